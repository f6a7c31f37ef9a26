// A replay with its progress: the stored requests of a period as a draft would route them.
import { ask, REFUSAL } from "./api.js";
import { field, fill, form, h, input, say, today } from "./elements.js";
import * as office from "./office.js";
import { t } from "./words.js";

const ASKED = `query ($id: ID!, $from: Date!, $to: Date!) {
  replayDraft(draftId: $id, from: $from, to: $to) { __typename ... on DraftReplay {
    requests changed byKindAndUnit { kind unit changed intoGap outOfGap example }
    signatures { role title more } } ${REFUSAL} } }`;

/** The form, and what comes of it below. */
export function replaying(id) {
  const shown = h("div", { "aria-live": "polite" });
  let running = null;
  return [
    form({
      send: async ({ from, to }) => {
        running?.abort();
        running = new AbortController();
        await run(shown, id, from, to, running);
      },
    },
    h("p.hint", {}, t("replayHint")),
    h("div.row", {},
      field(t("from"), input("from", { type: "date", value: today(-12) })),
      field(t("to"), input("to", { type: "date", value: today() })),
      h("p.actions", {}, h("button", { type: "submit" }, t("replayStart"))))),
    shown,
  ];
}

/** A period month by month: each is an answer of its own, so that progress is seen and can end. */
async function run(place, id, from, to, running) {
  const parts = months(from, to);
  const bar = h("progress", { max: parts.length, value: 0, "aria-label": t("replay") });
  const told = h("span", {}, t("replayed", { done: 0, of: parts.length }));
  fill(place, h("p.progress", {}, bar, told,
    h("button.quiet", { type: "button", onclick: () => running.abort() }, t("stop"))));
  const sum = { requests: 0, changed: 0, places: new Map(), signatures: new Map() };
  try {
    for (const [index, [first, last]] of parts.entries()) {
      add(sum, await ask(ASKED, { id, from: first, to: last }, { signal: running.signal }));
      bar.value = index + 1;
      told.textContent = t("replayed", { done: index + 1, of: parts.length });
    }
  } catch (refused) {
    fill(place, refused.name === "AbortError" && h("p.hint", {}, t("stopped")));
    if (refused.name !== "AbortError") throw refused;
    return;
  }
  const [kinds, roles] = await Promise.all([office.kinds(), office.roles()]);
  say(t("replaySaid", sum));
  fill(place, shown(sum, kinds, roles));
}

function months(from, to) {
  const parts = [];
  let first = from;
  while (first && to && first <= to && parts.length < 60) {
    const [year, month] = first.split("-").map(Number);
    const last = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
    parts.push([first, last < to ? last : to]);
    first = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  }
  // An impossible period is the server's to refuse.
  return parts.length ? parts : [[from, to]];
}

function add(sum, part) {
  sum.requests += part.requests;
  sum.changed += part.changed;
  for (const each of part.byKindAndUnit) {
    const key = `${each.kind} ${each.unit}`;
    const one = sum.places.get(key);
    if (!one) sum.places.set(key, { ...each });
    else for (const name of ["changed", "intoGap", "outOfGap"]) one[name] += each[name];
  }
  for (const each of part.signatures) {
    const one = sum.signatures.get(each.role);
    if (!one) sum.signatures.set(each.role, { ...each });
    else one.more += each.more;
  }
}

function shown(sum, kinds, roles) {
  const label = (code) => kinds.find((each) => each.code === code)?.label ?? code;
  const signatures = [...sum.signatures.values()].filter(({ more }) => more);
  return [
    h("p.verdict", { "data-verdict": sum.changed ? "needsReason" : "clean" }, t("replaySaid", sum)),
    sum.changed > 0 && h("div.scroll", {}, h("table", {},
      h("thead", {}, h("tr", {}, ["kind", "unit", "changedCount", "outOfGap", "intoGap"].map((each, index) =>
        h(index < 2 ? "th" : "th.count", { scope: "col" }, t(each))))),
      h("tbody", {}, [...sum.places.values()].map((each) => h("tr", {},
        h("td", {}, label(each.kind)), h("td", {}, each.unit),
        [each.changed, each.outOfGap, each.intoGap].map((count) => h("td.count", {}, count))))))),
    signatures.length > 0 && h("div", {}, h("h3", {}, t("signatures")),
      h("ul.plain", {}, signatures.map(({ role, title, more }) =>
        h("li", {}, t(more > 0 ? "signsMore" : "signsLess",
          { title: roles.get(role)?.title ?? title, count: Math.abs(more) }))))),
  ];
}
