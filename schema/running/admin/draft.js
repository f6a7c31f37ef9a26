// One draft: what it changes, what that does, what it would have done, and who has adopted it.
import { analyse, difference, stateOf, submit, waiting } from "./drafts.js";
import { field, fill, form, h, input, say, today, trouble } from "./elements.js";
import { draftName } from "./matrix.js";
import * as office from "./office.js";
import { replaying } from "./replay.js";
import { t } from "./words.js";

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
    section(1, "changes", await difference(found.changes, undo)),
    section(2, "analysis", judged),
    section(3, "replay", replaying(id)),
    section(4, "submitDraft", state === "open" ? submitting(id, again) : closing(state, found, acts)));
  if (state === "enacted" || state === "outdated") fill(judged, h("p.empty", {}, t("notAnalysed")));
  else showAnalysis(judged, id);
}

const section = (number, name, ...content) =>
  h("section.card", { "aria-labelledby": `part-${name}` },
    h("h2", { id: `part-${name}` }, h("span.number", {}, number), t(name)), content);

async function showAnalysis(place, id) {
  fill(place, h("p.hint", { role: "status" }, t("analysing")));
  let told;
  try {
    told = await analyse(id);
  } catch (refused) {
    return fill(place, trouble(refused, () => showAnalysis(place, id)));
  }
  const verdict = told.blocked ? "blocked" : told.new.length ? "needsReason" : "clean";
  const group = (name, found, looks) => found.length > 0 && h("div", {},
    h("h3", {}, t(name)),
    h("ul", {}, found.map((each) => h("li", { class: `finding ${looks ?? each.severity.toLowerCase()}` },
      h("span.tag", {}, t(`problem.${each.problem}`, {}, each.problem)), " ", each.message))));
  say(t(verdict));
  return fill(place,
    h("p.verdict", { "data-verdict": verdict }, t(verdict)),
    group("closedSilently", told.closedSilently, "error"), group("newFindings", told.new),
    group("goneFindings", told.gone, "gone"));
}

function submitting(id, again) {
  return form(
    {
      send: async (given) => {
        const done = await submit({ draftId: id, ...given });
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
