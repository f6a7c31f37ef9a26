// What waits for a second person: read, then agreed to or let rest.
import { act, ask } from "./api.js";
import { difference } from "./drafts.js";
import { field, fill, form, h, moment, say } from "./elements.js";
import * as office from "./office.js";
import { opening } from "./upload.js";
import { t } from "./words.js";

export async function confirm(place, _, go) {
  const acts = await ask(`{ administrativeActs(first: 30) {
    id said askedBy askedAt mine state decidedBy decidedAt why draftId file { name upload } } }`);
  const pending = acts.filter(({ state }) => state === "PENDING");
  const past = acts.filter(({ state }) => state !== "PENDING");
  const again = () => go("#/confirm");
  fill(place,
    h("h1", { tabindex: "-1" }, t("confirm")),
    h("p.hint", {}, t("confirmHint")),
    pending.length === 0 && h("p.empty", {}, t("nothingWaits")),
    await Promise.all(pending.map((each) => card(each, again))),
    past.length > 0 && h("section", {}, h("h2", {}, t("decided")),
      h("div.scroll.card", {}, h("table", {}, h("tbody", {}, past.map((each) => h("tr", {},
        h("td", {}, h("span.tag", { "data-state": each.state === "CONFIRMED" ? "enacted" : "outdated" }, t(`act.${each.state}`))),
        h("td", {}, each.said, each.why && h("span.condition", {}, each.why)),
        h("td", {}, t("askedBy", { name: each.askedBy }), h("span.condition", {}, moment(each.askedAt))),
        h("td", {}, each.decidedBy, h("span.condition", {}, moment(each.decidedAt))))))))));
}

async function card(one, again) {
  const draft = one.draftId && await office.draft(one.draftId);
  const decide = async ({ reason }, pressed) => {
    const agrees = pressed?.value === "confirm";
    if (agrees) await act("confirmAct", "... on Administered { link account }", { actId: one.id });
    else {
      await act("declineAct", "... on Administered { account }",
        { actId: one.id, reason }, "DeclineActInput");
    }
    office.forget();
    say(t(agrees ? "confirmed" : "declined"));
    await again();
  };
  return h("section.card", {},
    h("h2", {}, one.said),
    h("p.hint", {}, t("askedBy", { name: one.askedBy }), " · ", moment(one.askedAt)),
    one.file?.upload && h("p", {}, t("documentFile"), ": ", opening(one.file)),
    draft && h("details", { open: true }, h("summary", {}, t("whatChanges", { count: draft.changes.length })),
      await difference(draft.changes),
      h("p", {}, h("a", { href: `#/draft/${encodeURIComponent(one.draftId)}` }, t("readDraft")))),
    form({ send: decide },
      one.mine && h("p.hint", {}, t("askedByMe")),
      field(t(one.mine ? "takeBackReason" : "declineReason"), h("input", { name: "reason", autocomplete: "off" })),
      h("p.actions", {},
        !one.mine && h("button.main", { type: "submit", value: "confirm" }, t("agree")),
        h("button", { type: "submit", value: "decline" }, t(one.mine ? "takeBack" : "decline")))));
}
