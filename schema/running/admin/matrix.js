// The approvals of an area: kinds by levels, limits in the cells, findings beside them.
import { ask, institution } from "./api.js";
import { button, cited, fill, h, moment, select, trouble } from "./elements.js";
import * as office from "./office.js";
import { openCell, openGap } from "./rule.js";
import { t } from "./words.js";

const TABLE = `query ($of: String!, $area: String!, $draft: ID) {
  approvalMatrix(institution: $of, area: $area, draftId: $draft) {
    label levels { role title }
    rows { kind: kindCode label condition region cells { role
      entries { act words limits clauses { regulation cite title summary } } } } } }`;
const ANALYSIS = `query ($id: ID!) { analyseDraft(draftId: $id) {
  __typename ... on DraftAnalysis { new { severity problem message } gone { message } }
  ... on Refusal { code message } } }`;

const address = (area, draft) =>
  `#/matrix/${area}${draft ? `/${encodeURIComponent(draft)}` : ""}`;

/** Shows it; a path of `[area, draft]`. */
export async function matrix(place, [area, draftId], go) {
  const [kinds, findings, drafts, roles] = await Promise.all(
    [office.kinds(), office.findings(), office.drafts(), office.roles()]);
  const areas = areasOf(kinds, findings);
  area = areas.some(([code]) => code === area) ? area : areas[0]?.[0];
  if (!area) return fill(place, h("h1", {}, t("matrix")), h("p.empty", {}, t("noRules")));
  const draft = drafts?.find(({ id }) => id === draftId) ?? null;
  const asked = (id) => ask(TABLE, { of: institution(), area, draft: id });
  const [found, before] = await Promise.all([asked(draft?.id ?? null), draft && asked(null)]);
  const here = kinds.filter((each) => each.area === area);
  const clauses = new Map(found.rows.flatMap(({ cells }) => cells).flatMap(({ entries }) => entries)
    .flatMap((entry) => entry.clauses).map((each) => [`${each.regulation}/${each.cite}`, each]));
  const levels = [...found.levels, ...roles.values()];
  const editable = drafts !== null;
  const saved = editable && ((changed) => go(address(area, changed.id)));
  // A kind that the draft itself brings is in no list yet.
  const kindOf = ({ kind, label }) => kinds.find((each) => each.kind === kind)
    ?? { kind, code: kind.toLowerCase().replace("_", "."), label, area, facts: [] };
  const open = (row, level, entries) => openCell({
    kind: kindOf(row), level, levels, draftId: draft?.id, clauses, saved, entries,
  });
  const beside = h("aside.findings", { "aria-labelledby": "findings" });
  const close = editable && ((finding) => openGap({
    kind: kinds.find((each) => each.kind === finding.kind), levels, draftId: draft?.id, clauses, finding, saved,
  }));
  fill(place,
    h("div.title", {}, h("h1", { tabindex: "-1" }, t("matrix")),
      h("label", {}, t("area"), select("area", areas.map(([code, label, count]) =>
        [code, count ? `${label} (${t("findingCount", { count })})` : label]), area, {
        onchange: (event) => go(address(event.target.value, draft?.id)),
      })),
      editable && h("label", {}, t("shows"), select("draft",
        [["", t("inForce")], ...drafts.filter((each) => each.version === null)
          .map((each) => [each.id, draftName(each)])],
        draft?.id ?? "", { onchange: (event) => go(address(area, event.target.value)) }))),
    draft && h("p.banner", {},
      h("span", {}, h("b", {}, draftName(draft)), " · ", t("linesChanged", { count: draft.changes.length })),
      h("a.button", { href: `#/draft/${encodeURIComponent(draft.id)}` }, t("goToDraft"))),
    h("div.beside", {},
      h("div.scroll", { role: "region", "aria-label": found.label },
        table(found, before, findings?.filter((each) => here.some(({ kind }) => kind === each.kind)) ?? [], open)),
      beside));
  // The table is there before the analysis of a draft is.
  const shown = showFindings(beside, findings, here, draft, close)
    .catch((refused) => fill(beside, trouble(refused)));
  if (!draft) await shown;
}

export const draftName = (draft) =>
  t("draftName", { by: draft.by, at: moment(draft.at) });

/** Areas that have rules, those with most findings first. */
function areasOf(kinds, findings) {
  const found = new Map(kinds.map(({ area, areaLabel }) => [area, [area, areaLabel, 0]]));
  for (const { kind, severity } of findings ?? []) {
    const one = found.get(kinds.find((each) => each.kind === kind)?.area);
    if (one && severity === "ERROR") one[2]++;
  }
  return [...found.values()].sort((one, other) => other[2] - one[2]);
}

function table(found, before, findings, open) {
  const levels = found.levels;
  const was = new Map((before?.rows ?? []).map((row) => [`${row.kind} ${row.region}`, row]));
  const body = found.rows.map((row, index) => {
    const first = found.rows.findIndex(({ kind }) => kind === row.kind) === index;
    const here = first ? findings.filter(({ kind }) => kind === row.kind) : [];
    const old = was.get(`${row.kind} ${row.region}`);
    return h("tr", {},
      h("th", { scope: "row" }, h("span.kind", {}, row.label),
        row.condition && h("span.condition", {}, row.condition),
        here.length > 0 && h("a", {
          class: `mark ${here.some(({ severity }) => severity === "ERROR") ? "error" : "warning"}`,
          href: `#finding-${row.kind}`, tabindex: "-1",
          onclick: (event) => {
            event.preventDefault();
            const one = document.getElementById(`finding-${row.kind}`);
            one?.focus();
            one?.scrollIntoView({ block: "nearest" });
          },
        }, t("findingCount", { count: here.length }))),
      levels.map((level) => {
        const entries = row.cells.find(({ role }) => role === level.role)?.entries ?? [];
        const changed = before && JSON.stringify(entries) !== JSON.stringify(
          old?.cells.find(({ role }) => role === level.role)?.entries ?? []);
        return h("td", { role: "gridcell" }, h("button", {
          type: "button", tabindex: "-1",
          class: changed ? "cell changed" : "cell",
          "aria-label": [row.label, row.condition, level.title,
            entries.map(({ words }) => words).join("; ") || t("nothing"), changed && t("changedInDraft")]
            .filter(Boolean).join(", "),
          onclick: () => open(row, level, entries),
        }, entries.map(entryShown), changed && h("span.dot", {}, t("changed"))));
      }));
  });
  const made = h("table.matrix", { role: "grid", "aria-label": found.label },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("kind")),
      levels.map(({ title }) => h("th", { scope: "col" }, title)))),
    h("tbody", {}, body));
  roving(made);
  return made;
}

function entryShown(entry) {
  const [act] = entry.words.split(": ");
  return h("span.entry", {},
    h("span.act", { "data-act": entry.act }, act),
    entry.limits && h("span.limits", {}, entry.limits),
    h("span.cite", {}, entry.clauses.map(cited).join(t("comma"))));
}

/** One stop for Tab, arrows within: a table of two hundred cells is no queue. */
function roving(made) {
  const rows = [...made.tBodies[0].rows].map((row) => [...row.querySelectorAll("a, button")]);
  const first = rows.flat().find((each) => each.tagName === "BUTTON" && each.childElementCount) ?? rows[0]?.[0];
  if (first) first.tabIndex = 0;
  made.addEventListener("focusin", ({ target }) => {
    for (const each of rows.flat()) each.tabIndex = each === target ? 0 : -1;
  });
  made.addEventListener("keydown", (event) => {
    const [across, down] = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key] ?? [0, 0];
    const row = rows.findIndex((each) => each.includes(event.target));
    if (row < 0) return;
    let to = null;
    if (event.key === "Home") [to] = rows[row];
    else if (event.key === "End") to = rows[row].at(-1);
    else if (down) {
      // Beside the mark of findings each row has as many cells: they are counted from the end.
      const column = rows[row].length - rows[row].indexOf(event.target);
      to = rows[row + down]?.at(-column);
    } else if (across) to = rows[row][rows[row].indexOf(event.target) + across];
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}

async function showFindings(place, findings, here, draft, close) {
  const title = h("h2", { id: "findings" }, t("findings"));
  if (findings === null) return fill(place, title, h("p.empty", {}, t("findingsNotShown")));
  let standing = findings.filter((each) => here.some(({ kind }) => kind === each.kind));
  let brought = [];
  let gone = [];
  if (draft) {
    fill(place, title, h("p.hint", {}, t("analysing")));
    const told = await ask(ANALYSIS, { id: draft.id }).catch((refused) => {
      if (refused.problems) return { new: [], gone: [], said: refused.message };
      throw refused;
    });
    const ended = new Set(told.gone.map(({ message }) => message));
    gone = standing.filter(({ message }) => ended.has(message));
    standing = standing.filter(({ message }) => !ended.has(message));
    brought = told.new;
  }
  for (const mark of document.querySelectorAll(".matrix .mark")) {
    const kind = mark.hash.replace("#finding-", "");
    const count = standing.filter((each) => each.kind === kind).length;
    mark.textContent = t("findingCount", { count });
    mark.hidden = count === 0;
  }
  const seen = new Set();
  const card = (finding, state) => h("li", {
    class: `finding ${state ?? finding.severity.toLowerCase()}`, tabindex: "-1",
    id: finding.kind && !seen.has(finding.kind) && seen.add(finding.kind) ? `finding-${finding.kind}` : null,
  },
  h("p", {}, h("span.tag", {}, t(`problem.${finding.problem}`)), " ",
    h("b", {}, here.find(({ kind }) => kind === finding.kind)?.label ?? ""),
    state && h("span.state", {}, t(state))),
  h("p", {}, finding.message),
  close && !state && finding.problem === "GAP" &&
    h("p.actions", {}, button(".small", t("closeGap"), () => close(finding))));
  fill(place, title,
    standing.length + brought.length + gone.length === 0 && h("p.empty", {}, t("noFindings")),
    h("ul", {}, brought.map((each) => card(each, "new")), gone.map((each) => card(each, "gone")),
      [...standing].sort((one, other) => one.severity.localeCompare(other.severity)).map((each) => card(each))));
}
