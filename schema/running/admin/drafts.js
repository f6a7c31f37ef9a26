// Drafts and versions of the rulebook: what there is, how two differ, and begun anew.
import { act, ask, REFUSAL } from "./api.js";
import { button, day, fill, h } from "./elements.js";
import { told as inFields } from "./conditions.js";
import * as office from "./office.js";
import { draftName } from "./matrix.js";
import { opening } from "./upload.js";
import { t } from "./words.js";

export async function drafts(place, _, go) {
  const [every, versions, acts] = await Promise.all([office.drafts(), office.versions().catch(notShown), waiting()]);
  if (every === null) return fill(place, h("h1", { tabindex: "-1" }, t("drafts")), h("p.empty", {}, t("draftsNotShown")));
  const newest = versions?.[0]?.number;
  const begin = async (like) => {
    const draft = await office.startDraft(like);
    go(`#/draft/${encodeURIComponent(draft.id)}`);
  };
  fill(place,
    h("div.title", {}, h("h1", { tabindex: "-1" }, t("drafts")), button(".main", t("newDraft"), () => begin())),
    every.length === 0 && h("p.empty", {}, t("noDrafts")),
    every.length > 0 && h("div.scroll.card", {}, h("table", {},
      h("thead", {}, h("tr", {}, ["draft", "base", "changesCount", "state"].map((each) => h("th", { scope: "col" }, t(each))))),
      h("tbody", {}, every.map((draft) => h("tr", {},
        h("td", {}, h("a", { href: `#/draft/${encodeURIComponent(draft.id)}` }, draftName(draft))),
        h("td", {}, t("version", { number: draft.base })),
        h("td", {}, draft.changes.length),
        h("td", {}, h("span.tag", { "data-state": stateOf(draft, newest, acts) }, t(`draft.${stateOf(draft, newest, acts)}`, { version: draft.version })))))))),
    versions && h("section", {}, h("h2", {}, t("versions")),
      h("div.scroll.card", {}, h("table", {},
        h("thead", {}, h("tr", {}, ["versionNumber", "effective", "document", "doing"].map((each) => h("th", { scope: "col" }, t(each))))),
        h("tbody", {}, versions.map((each, index) => h("tr", {},
          h("td", {}, t("version", { number: each.number })),
          h("td", {}, each.effectiveFrom ?? t("fromTheStart")),
          h("td", {}, each.document
            ? [`${each.document.issuingBody} ${each.document.number} (${day(each.document.day)})`,
              each.document.reason && h("span.condition", {}, each.document.reason),
              h("span.condition", {}, t("agreedBy", { name: each.document.agreedBy })),
              each.document.file?.upload && opening(each.document.file)]
            : t("shipped")),
          h("td.actions", {},
            versions[index + 1] && h("a.button.small", { href: `#/versions/${versions[index + 1].number}/${each.number}` }, t("compare")),
            index > 0 && button(".small", t("restore"), () => begin(each.number))))))))));
}

const notShown = (refused) => {
  if (refused.code === "NOT_ALLOWED") return null;
  throw refused;
};

export const waiting = () =>
  ask("{ administrativeActs(state: PENDING) { id draftId mine said askedBy askedAt } }").catch((refused) => {
    if (refused.problems) return [];
    throw refused;
  });

export function stateOf(draft, newest, acts) {
  if (draft.version !== null) return "enacted";
  if (acts.some(({ draftId }) => draftId === draft.id)) return "waits";
  return newest && draft.base !== newest ? "outdated" : "open";
}

export async function compare(place, [a, b]) {
  const found = await ask("query ($a: Int!, $b: Int!) { rulebookDiff(a: $a, b: $b) { file added line said { label text } } }",
    { a: Number(a), b: Number(b) });
  fill(place, h("h1", { tabindex: "-1" }, t("compareTitle", { a, b })),
    await difference(found));
}

/** What a line says in words, and of which file it is. */
export async function inWords() {
  const [kinds, roles, regulations, labels] = await Promise.all(
    [office.kinds(), office.roles(), office.regulations(), office.fileLabels()]);
  const names = {
    kinds, roles,
    clause: (code) => {
      const [regulation, ...cite] = code.split("/");
      if (regulation === "interpretation") return `${t("interpretation")} ${cite}`;
      const known = regulations.find((each) => each.regulation === regulation);
      return known ? `${known.title} ${cite.join("/")}` : code;
    },
  };
  return {
    said: (line, told) => said(line, told, names),
    file: (file) => labels.get(file) ?? t(`file.${file}`, {}, file),
    role: (role) => roles.get(role)?.title ?? t(`role.${role}`, {}, role),
  };
}

/** Lines that go and come, in words; `undo` takes one back. */
export async function difference(changes, undo) {
  const words = await inWords();
  if (!changes.length) return h("p.empty", {}, t("noChanges"));
  const files = [...new Set(changes.map(({ file }) => file))];
  return h("div.difference", {}, files.map((file) => h("section", {},
    h("h3", {}, words.file(file)),
    h("ul", {}, changes.filter((each) => each.file === file).map((each) =>
      h("li", { class: each.added ? "added" : "removed" },
        h("span.sign", {}, each.added ? t("comes") : t("goes")),
        h("div.said", {}, words.said(each.line, each.said)),
        undo && button(".quiet.small", t("undo"), () => undo(each))))))));
}

/** A line that says who decides, in short; any other column by column, as the server tells it. */
function said(line, told, { kinds, roles, clause }) {
  const kind = "effect" in line && kinds.find(({ code }) => code === line.kind);
  if (kind) {
    return [h("b", {}, kind.label), " · ",
      roles.get(line.role)?.title ?? t(`role.${line.role}`, {}, line.role), " ",
      h("span.act", { "data-act": line.act }, t(`act.${line.act}`, {}, line.act)), " · ",
      inFields(line.when, kind.facts),
      h("span.condition", {}, clause(line.clause))];
  }
  if ("summary" in line && "clause" in line) {
    return [h("b", {}, `${line.title} ${line.clause.split("/").slice(1).join("/")}`), h("span.condition", {}, line.summary)];
  }
  return told.map(({ label, text }, index) => [index > 0 && " · ", h("span.term", {}, label), " ", text]);
}

export const submit = (input) =>
  act("submitDraft", `... on Administered { waits { id } }`, input);

export const analyse = (id, from) =>
  ask(`query ($id: ID!, $from: Date) { analyseDraft(draftId: $id, effectiveFrom: $from) { __typename
    ... on DraftAnalysis { blocked new { ...F } gone { ...F } closedSilently { ...F } examplesChanged
      examples { example expected found holds } overtaken { law article sure differs } } ${REFUSAL} } }
    fragment F on DraftFinding { severity problem message }`, { id, from: from ?? null });
