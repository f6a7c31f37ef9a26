// One draft: what it changes, what that does, what it would have done, and who has adopted it.
import { analyse, difference, inWords, stateOf, submit, waiting } from "./drafts.js";
import { act, ask, fetched, REFUSAL } from "./api.js";
import { button, field, fill, form, h, input, say, today, trouble } from "./elements.js";
import { importing } from "./imports.js";
import { lines } from "./lines.js";
import { draftName } from "./matrix.js";
import * as office from "./office.js";
import { replaying } from "./replay.js";
import { upload } from "./upload.js";
import { t } from "./words.js";

/** Files that an office need not have yet. */
const MAY_BE_NEW = ["examples", "switches", "kinds", "registers", "attachments", "local"];

export async function draft(place, [id], go) {
  const [found, versions, acts] = await Promise.all([office.draft(id), office.versions().catch(() => []), waiting()]);
  const state = stateOf(found, versions[0]?.number, acts);
  const again = () => go(`#/draft/${encodeURIComponent(id)}`);
  const undo = state === "open" && (async ({ file, added, line }) => {
    await office.changeDraft(id, [{ file, [added ? "remove" : "add"]: line }]);
    say(t("undone"));
    await again();
  });
  const judged = h("div");
  fill(place,
    h("div.title", {}, h("h1", { tabindex: "-1" }, draftName(found)),
      h("span.tag", { "data-state": state }, t(`draft.${state}`, { version: found.version })),
      h("a.button", { href: `#/matrix/${found.changes[0]?.file ?? ""}/${encodeURIComponent(id)}` }, t("showInMatrix"))),
    h("p.hint", {}, t("draftHint", { base: found.base })),
    state === "outdated" && h("p.refused", {}, t("outdatedHint")),
    section(1, "changes", await difference(found.changes, undo), state === "open" && await lines(id, again), await sheets(id, state === "open", again)),
    section(2, "analysis", judged),
    section(3, "replay", replaying(id)),
    section(4, "submitDraft", state === "open" ? submitting(id, again) : closing(state, found, acts)));
  if (state === "enacted" || state === "outdated") fill(judged, h("p.empty", {}, t("notAnalysed")));
  else showAnalysis(judged, id);
}

const section = (number, name, ...content) =>
  h("section.card", { "aria-labelledby": `part-${name}` },
    h("h2", { id: `part-${name}` }, h("span.number", {}, number), t(name)), content);

/** The draft as sheets: taken, filled in, and brought back; whoever may not change it takes it alone. */
async function sheets(id, open, again) {
  const takes = [".quiet", "takeDraft", (file) => fetched("exportRulebook", { draftId: id, file: file || null })];
  if (!open) return h("p.actions", {}, button(takes[0], t(takes[1]), () => takes[2]()));
  const [words, { files }] = await Promise.all([inWords(), office.draft(id, "files { name }")]);
  const names = new Set([...files.map(({ name }) => name.replace(/\.csv$/, "")), ...MAY_BE_NEW]);
  return h("details", {}, h("summary", {}, t("bySheet")), h("p.hint", {}, t("bySheetHint")), importing({
    takes,
    of: [t("bySheetOf"), [["", t("sheetSays")], ...[...names].map((name) => [name, words.file(name)])]],
    look: async ({ file, of }) => {
      const told = await ask(`query ($id: ID!, $file: String!, $of: String!) {
        draftImport(draftId: $id, file: $file, of: $of) { __typename ... on DraftImportPlan {
          changes { file does line before after said { label text } } changeCount problemCount problems { path message } }
          ${REFUSAL} } }`, { id, file, of });
      const changes = told.changes.map(({ file: sheet, before, after, said, ...each }) => ({
        ...each, sheet: words.file(sheet),
        said: h(after ? "div" : "del", {}, words.said(after ?? before, said)),
      }));
      return { ...told, changes };
    },
    does: async ({ file, of }) => {
      const { changes } = await act("importDraft", `... on RulebookDraft { ${office.DRAFT} }`, { draftId: id, file, of });
      return { changed: changes.length };
    },
    done: again,
  }));
}

async function showAnalysis(place, id) {
  fill(place, h("p.hint", { role: "status" }, t("analysing")));
  let told;
  try {
    told = await analyse(id);
  } catch (refused) {
    return fill(place, trouble(refused, () => showAnalysis(place, id)));
  }
  const words = await inWords();
  const verdict = told.blocked ? "blocked" : told.new.length + told.examplesChanged.length ? "needsReason" : "clean";
  const group = (name, found, looks) => found.length > 0 && h("div", {},
    h("h3", {}, t(name)),
    h("ul", {}, found.map((each) => h("li", { class: `finding ${looks ?? each.severity.toLowerCase()}` },
      h("span.tag", {}, t(`problem.${each.problem}`, {}, each.problem)), " ", each.message))));
  const list = (name, looks, lines) => lines.length > 0 && h("div", {},
    h("h3", {}, t(name)), h("ul", {}, lines.map((each) => h("li", { class: `finding ${looks}` }, each))));
  say(t(verdict));
  return fill(place,
    h("p.verdict", { "data-verdict": verdict }, t(verdict)),
    list("examplesBroken", "error", told.examples.filter(({ holds }) => !holds).map((each) => [
      h("b", {}, each.example), h("span.condition", {}, t("exampleSays", { route: routed(each.expected, words) })),
      h("span.condition", {}, t("exampleGives", { route: routed(each.found, words) }))])),
    list("overtaken", "error", told.overtaken.map((each) => [
      h("b", {}, each.law, " ", each.article), h("span.condition", {}, each.differs, " · ", t(`sure.${each.sure}`))])),
    group("closedSilently", told.closedSilently, "error"), group("newFindings", told.new),
    list("examplesChanged", "warning", told.examplesChanged),
    group("goneFindings", told.gone, "gone"),
    told.examples.length > 0 && h("p.hint", {}, t("examplesHold", {
      holds: told.examples.filter(({ holds }) => holds).length, of: told.examples.length })));
}

/** A route as examples write it, `endorse:section_chief > director`, by the titles of this office. */
const routed = (text, words) =>
  text.replace(/(?:([a-z]+):)?([a-z_]+)/g, (_, does, role) =>
    [does && t(`act.${does}`, {}, does), words.role(role)].filter(Boolean).join(" "))
    .replace(/^GAP$/, t("problem.GAP")).replaceAll(" > ", " → ");

function submitting(id, again) {
  return form(
    {
      locate: ({ path }) => (path.includes("attachment") ? "attachment" : null),
      send: async (given) => {
        const done = await submit({ draftId: id, ...given, attachment: await upload(given.attachment) });
        say(t(done.waits ? "submitted" : "enacted"));
        office.forget();
        await again();
      },
    },
    h("p.hint", {}, t("submitHint")),
    h("div.row", {},
      field(t("issuingBody"), input("issuingBody"), t("issuingBodyHint")),
      field(t("number"), input("number"), t("numberHint"))),
    h("div.row", {},
      field(t("adoptedOn"), input("day", { type: "date", value: today() })),
      field(t("effectiveFrom"), input("effectiveFrom", { type: "date", value: today() }), t("effectiveHint"))),
    field(t("documentFile"), input("attachment", { type: "file" }), t("documentFileHint")),
    field(t("reason"), h("textarea", { name: "reason", rows: "2" }), t("reasonHint")),
    h("p.actions", {}, h("button.main", { type: "submit" }, t("submitDraft"))));
}

function closing(state, found, acts) {
  if (state === "enacted") {
    return [h("p.verdict", { "data-verdict": "clean" }, t("draft.enacted", { version: found.version })),
      h("p", {}, h("a", { href: `#/versions/${found.base}/${found.version}` }, t("compareTitle", { a: found.base, b: found.version })))];
  }
  if (state === "outdated") return h("p.empty", {}, t("outdatedHint"));
  const act = acts.find(({ draftId }) => draftId === found.id);
  return [h("p.verdict", { "data-verdict": "needsReason" }, t(act.mine ? "waitsForOther" : "waitsForYou")),
    h("p", {}, act.said), h("p", {}, h("a.button", { href: "#/confirm" }, t("confirm")))];
}
