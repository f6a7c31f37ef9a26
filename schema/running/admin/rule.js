// A cell opened: the rules behind it, and the form that changes one in a draft.
import { conditionFields, told } from "./conditions.js";
import { button, cited, dialog, field, fill, form, h, input, say, select, trouble } from "./elements.js";
import * as office from "./office.js";
import { t } from "./words.js";

const ACTS = ["endorse", "approve", "sign", "record", "vote"];
const COLUMN = /(?:^|\s)(when|clause|summary)[:：: ]/;

/** A dialog whose content comes when it was read, or says why not. */
async function opened(title, sub, content) {
  const place = h("div", {}, h("p.hint", {}, t("loading")));
  const shown = dialog(`${title} · ${sub}`,
    h("header", {},
      h("h2", {}, title, h("span.sub", {}, sub)),
      h("button.quiet", { type: "button", onclick: () => shown.close(), "aria-label": t("close") }, "✕")),
    place);
  try {
    await content(shown, place);
  } catch (refused) {
    fill(place, trouble(refused));
  }
}

/** Shows what a level does in a kind; `saved` is told the draft in which a rule was changed. */
export const openCell = (given) =>
  opened(given.kind.label, given.level.title, async (shown, place) => {
    if (given.saved) list({ ...given, shown, place, every: await office.files(given.draftId) });
    else fill(place, given.entries.length ? given.entries.map(entryRead) : h("p.empty", {}, t("noRule")));
  });

const entryRead = (entry) =>
  h("section.rule", {}, h("h3", {}, entry.words),
    h("ul.cites", {}, entry.clauses.map((each) => h("li", {}, h("b", {}, cited(each)), " ", each.summary))));

/** Begins with a new rule for a gap. */
export const openGap = (given) =>
  opened(t("closeGap"), given.kind.label, async (shown, place) => {
    shown.insertBefore(h("p.finding.error", {}, given.finding.message), place);
    const every = await office.files(given.draftId);
    await edit({ ...given, every, shown, place, level: null }, null, given.finding.region);
  });

function list(context) {
  const { kind, level, every, place, clauses } = context;
  const rules = office.rulesOf(every, kind.code).filter(({ lines }) =>
    lines.some(({ role }) => role === level.role));
  fill(place,
    rules.length === 0 && h("p.empty", {}, t("noRule")),
    rules.map((rule) => h("section.rule", { "aria-label": rule.rule },
      h("h3", {}, told(rule.when, kind.facts)),
      chain(context, rule),
      h("ul.cites", {}, [...new Set(rule.lines.map(({ clause }) => clause))].map((cite) =>
        h("li", {}, clauses.get(cite)
          ? [h("b", {}, cited(clauses.get(cite))), " ", clauses.get(cite).summary]
          : cite))),
      h("p.actions", {},
        button("", t("changeRule"), () => edit(context, rule, rule.when), place),
        button(".quiet.danger", t("removeRule"), () => remove(context, rule), place)))),
    h("p.actions", {}, button(rules.length ? ".quiet" : "", t("addRule"),
      () => edit(context, null, "always"), place)));
  place.querySelector("button")?.focus();
}

const title = ({ levels }, role) => levels.find((each) => each.role === role)?.title ?? role;

/** The steps in order, alternatives side by side. */
function chain(context, { lines }) {
  const orders = [...new Set(lines.map(({ order }) => order))];
  return h("ol.chain", {}, orders.map((order) => {
    const here = lines.filter((each) => each.order === order);
    const names = here.map(({ role }) => title(context, role));
    return h("li", {}, h("span.act", { "data-act": here[0].act }, t(`act.${here[0].act}`)), " ",
      names.join(order.endsWith("+") ? t("andAll") : t("or")));
  }));
}

async function edit(context, rule, when) {
  const { kind, level, levels, every, shown, place } = context;
  const roles = [...new Map([...levels, ...(await office.roles()).values()]
    .map(({ role, title: name }) => [role, name]))];
  const lines = rule?.lines ?? [{
    role: level && !["nobody", "none", "*"].includes(level.role) ? level.role : "", act: "approve", order: "1", effect: "allow",
  }];
  const steps = stepFields(lines, roles);
  const condition = conditionFields(when, kind.facts);
  const citing = await citeFields(context, rule);
  const made = form(
    {
      locate: (problem) => {
        const column = COLUMN.exec(problem.message)?.[1];
        return column === "when" ? "when" : column ? "summary" : null;
      },
      send: async () => {
        const changes = changed(context, rule, steps.value(), condition.value(), citing.value());
        context.draftId ??= (await office.startDraft()).id;
        const draft = await office.changeDraft(context.draftId, changes);
        shown.close();
        say(t("savedInDraft"));
        context.saved(draft);
      },
    },
    h("fieldset", {}, h("legend", {}, t("stepsLegend")), steps.shown),
    condition.shown,
    citing.shown,
    h("p.actions", {},
      h("button.main", { type: "submit" }, context.draftId ? t("saveToDraft") : t("saveToNewDraft")),
      h("button.quiet", { type: "button", onclick: () => (level ? list(context) : shown.close()) }, t("cancel"))),
  );
  fill(place, made);
  (made.querySelector("details[open] .limit") ?? made.querySelector("select"))?.focus();
}

function stepFields(lines, roles) {
  const steps = lines.map((each) => ({ ...each }));
  const shown = h("div");
  const draw = () =>
    fill(shown, steps.map((step, index) => {
      const known = roles.some(([role]) => role === step.role) || !step.role;
      const options = known ? roles : [[step.role, step.role], ...roles];
      const acts = ACTS.includes(step.act) ? ACTS : [step.act, ...ACTS];
      return h("div.step", {},
        h("span.number", {}, step.order),
        select("role", [["", t("choose")], ...options], step.role, {
          "aria-label": t("role"), onchange: (event) => (step.role = event.target.value),
        }),
        select("act", acts.map((each) => [each, t(`act.${each}`)]), step.act, {
          "aria-label": t("act"), onchange: (event) => (step.act = event.target.value),
        }),
        steps.length > 1 && h("button.quiet", {
          type: "button", "aria-label": t("removeStep"),
          onclick: () => {
            steps.splice(index, 1);
            draw();
          },
        }, "✕"));
    }), h("button.quiet", {
      type: "button",
      onclick: () => {
        const last = Math.max(0, ...steps.map(({ order }) => parseInt(order, 10)));
        steps.push({ role: "", act: "approve", order: String(last + 1), effect: "allow" });
        draw();
      },
    }, t("addStep")));
  draw();
  return { shown, value: () => steps };
}

/** By what the rule stands: as before, by an interpretation, or by an article of a document. */
async function citeFields(context, rule) {
  const regulations = await office.regulations();
  const summary = field(t("interpretationReason"), h("textarea", { name: "summary", rows: "2" }));
  const article = h("div.row", {},
    field(t("regulation"), select("regulation", regulations
      .filter(({ regulation }) => regulation !== "interpretation")
      .map((each) => [each.regulation, each.title]))),
    field(t("article"), input("article")));
  const ways = [...(rule ? ["keep"] : []), "interpretation", "article"];
  let way = ways[0];
  const draw = () => {
    summary.hidden = way === "keep";
    summary.querySelector("label").textContent = t(way === "article" ? "articleSummary" : "interpretationReason");
    article.hidden = way !== "article";
  };
  const shown = h("fieldset", {}, h("legend", {}, t("citeLegend")),
    ways.map((each) => h("label.choice", {},
      h("input", {
        type: "radio", name: "cite", value: each, checked: each === way,
        onchange: () => {
          way = each;
          draw();
        },
      }), t(`cite.${each}`))),
    article, summary);
  draw();
  const read = (name) => shown.querySelector(`[name=${name}]`)?.value.trim() ?? "";
  return {
    shown,
    value: () => {
      if (way === "keep") return null;
      const said = read("summary");
      const problems = said ? [] : [{ path: ["summary"], message: t("required") }];
      if (way === "article" && !read("article")) problems.push({ path: ["article"], message: t("required") });
      if (problems.length) throw Object.assign(new Error(t("incomplete")), { problems });
      if (way === "interpretation") {
        const clause = `interpretation/${office.nextInterpretation(context.every)}`;
        return { clause, title: "本机关的解释", summary: said };
      }
      const chosen = regulations.find((each) => each.regulation === read("regulation"));
      return { clause: `${chosen.regulation}/${read("article")}`, title: chosen.title, summary: said };
    },
  };
}

/** The lines that go and come; a line that stays one keeps its place. */
function changed({ kind, every }, rule, steps, when, cite) {
  const missing = steps.filter(({ role }) => !role);
  if (missing.length) {
    throw Object.assign(new Error(t("incomplete")), {
      problems: [{ path: ["steps"], message: t("roleMissing") }],
    });
  }
  const name = rule?.rule ?? nextRule(kind, every);
  const lines = steps.map(({ role, act: doing, order, clause, effect }) => ({
    role, kind: kind.code, act: doing, when, rule: name, order, clause: cite?.clause ?? clause ?? rule.lines[0].clause, effect,
  }));
  const before = rule?.lines ?? [];
  const file = rule?.file ?? kind.area;
  const changes = cite
    ? [{ file: "clauses", add: { ...cite, clause_kind: "approval", area: kind.area, request_kind: kind.code } }]
    : [];
  for (let index = 0; index < Math.max(before.length, lines.length); index++) {
    const [remove, add] = [before[index] ?? null, lines[index] ?? null];
    const added = add && { ...add, institution: before[0]?.institution };
    if (!add || !remove || JSON.stringify(ordered(remove)) !== JSON.stringify(ordered(added))) {
      changes.push({ file, ...(remove && { remove }), ...(add && { add }) });
    }
  }
  if (!changes.length) {
    throw Object.assign(new Error(t("nothingChanged")), { problems: [] });
  }
  return changes;
}

const ordered = (line) => Object.entries(line).sort();

function nextRule(kind, every) {
  const names = new Set(office.rulesOf(every, kind.code).map(({ rule }) => rule));
  const stem = kind.code.replace(/[._]/g, "-");
  let number = names.size + 1;
  while (names.has(`${stem}-${number}`)) number++;
  return `${stem}-${number}`;
}

async function remove(context, rule) {
  context.draftId ??= (await office.startDraft()).id;
  const draft = await office.changeDraft(context.draftId,
    rule.lines.map((line) => ({ file: rule.file, remove: line })));
  context.shown.close();
  say(t("savedInDraft"));
  context.saved(draft);
}
