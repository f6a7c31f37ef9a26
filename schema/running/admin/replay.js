// A replay as a job, with its progress: the stored requests of a period as a draft would route them.
import { act, ask, REFUSAL } from "./api.js";
import { button, field, fill, form, h, input, say, today, trouble } from "./elements.js";
import * as office from "./office.js";
import { t } from "./words.js";

const JOB = `id from to state done total stale problem result { requests keptBack changed
  byKindAndUnit { kind unit changed intoGap outOfGap } signatures { role title more }
  authority { role title label act gained lost } cases { label state cases today number } }`;
const LATEST = `query ($id: ID!) { replayJobs(draftId: $id, first: 1) { ${JOB} } }`;
const SEEN = `query ($id: ID!) { replayJob(replayId: $id) { __typename ... on ReplayJob { ${JOB} } ${REFUSAL} } }`;
const GOES_ON = new Set(["WAITING", "RUNNING"]);
const SOON = 400;

/** The form, and the latest replay of the draft below, which goes on meanwhile. */
export function replaying(id) {
  const shown = h("div", { "aria-live": "polite" });
  const followed = (job) => job && follow(shown, job).catch((refused) => fill(shown, trouble(refused)));
  ask(LATEST, { id }).then(([job]) => followed(job)).catch(() => {});
  return [
    form(
      {
        send: async ({ from, to }) => {
          const job = await act("startReplay", `... on ReplayJob { ${JOB} }`, { draftId: id, from, to });
          // The form is free again while the job runs.
          followed(job);
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

/** Asks how far it is until it has ended, or something else is shown in its place. */
async function follow(place, job) {
  const bar = h("progress", { "aria-label": t("replay") });
  const told = h("span");
  const line = h("p.progress", {}, bar, told, button(".quiet", t("stop"), () =>
    act("cancelReplay", "... on ReplayJob { id }", { replayId: job.id })));
  fill(place, line);
  while (GOES_ON.has(job.state)) {
    if (job.total) Object.assign(bar, { max: job.total, value: job.done });
    told.textContent = t(job.total ? "replayed" : "replayWaits", { done: job.done, of: job.total });
    await new Promise((soon) => setTimeout(soon, SOON));
    // What came in its place, or a page that was left, ends the asking; a lost network does not.
    if (line.parentElement !== place || !place.closest("#main")) return;
    job = await ask(SEEN, { id: job.id }).catch((refused) => {
      if (refused.problems) throw refused;
      told.textContent = refused.told ?? t("broken");
      return job;
    });
  }
  const [kinds, roles] = await Promise.all([office.kinds(), office.roles()]);
  say(job.result ? t("replaySaid", job.result) : job.problem ?? t("stopped"));
  fill(place, job.result ? shown(job, kinds, roles) : h("p.hint", {}, job.problem ?? t("stopped")));
}

function shown({ result, stale, from, to }, kinds, roles) {
  const label = (code) => kinds.find((each) => each.code === code)?.label ?? code;
  const name = ({ role, title }) => roles.get(role)?.title ?? title;
  const signatures = result.signatures.filter(({ more }) => more);
  return [
    h("p.verdict", { "data-verdict": result.changed || result.cases.length ? "needsReason" : "clean" },
      t("replaySaid", result)),
    h("p.hint", {}, t("replayPeriod", { from, to }),
      result.keptBack > 0 && ` · ${t("keptBack", { count: result.keptBack })}`, stale && h("b", {}, " ", t("stale"))),
    result.changed > 0 && table(["kind", "unit", "changedCount", "outOfGap", "intoGap"],
      result.byKindAndUnit.map((each) => [label(each.kind), each.unit, each.changed, each.outOfGap, each.intoGap])),
    list("signatures", signatures.map((each) =>
      t(each.more > 0 ? "signsMore" : "signsLess", { title: name(each), count: Math.abs(each.more) }))),
    list("authority", result.authority.map((each) => t("gainsLoses", {
      ...each, title: name(each), of: each.label, act: t(`act.${each.act}`, {}, each.act),
    }))),
    list("casesLeft", result.cases.map((each) => t("caseLeft", { ...each, of: each.label }))),
  ];
}

const list = (name, lines) =>
  lines.length > 0 && h("div", {}, h("h3", {}, t(name)), h("ul.plain", {}, lines.map((each) => h("li", {}, each))));

const table = (columns, rows) =>
  h("div.scroll", {}, h("table", {},
    h("thead", {}, h("tr", {}, columns.map((each, index) => h(index < 2 ? "th" : "th.count", { scope: "col" }, t(each))))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((each, index) => h(index < 2 ? "td" : "td.count", {}, each)))))));
