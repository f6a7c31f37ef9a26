// Lines of any file of a draft: found, changed in a form that its columns make, added, removed.
import { ask, REFUSAL } from "./api.js";
import { conditionFields } from "./conditions.js";
import { button, dialog, field, fill, form, h, input, say, select, trouble } from "./elements.js";
import * as office from "./office.js";
import { t } from "./words.js";

const SHOWN = 50;
const OWN = "+";
const sheets = async (id, shown, file = null) => {
  const { sheets: found } = await ask(`query ($id: ID!, $file: String) { rulebookDraft(draftId: $id) {
    __typename ... on RulebookDraft { sheets(file: $file) { ${shown} } } ${REFUSAL} } }`, { id, file });
  return found;
};

/** A choice of files, and the lines of the one that is chosen. */
export async function lines(id, saved) {
  const every = await sheets(id, "file label count");
  const place = h("div");
  const choose = select("file", [["", t("choose")], ...every.map(({ file, label, count }) =>
    [file, count ? `${label} (${count})` : label])], "", {
    onchange: ({ target }) => target.value && show(place, id, target.value, saved)
      .catch((refused) => fill(place, trouble(refused))),
  });
  return h("details", {}, h("summary", {}, t("byLine")), h("p.hint", {}, t("byLineHint")),
    h("label", {}, t("bySheetOf"), choose), place);
}

async function show(place, id, file, saved) {
  fill(place, h("p.hint", {}, t("loading")));
  const [sheet] = await sheets(id, `file label columns { name label needed several condition example
    words { code label } } lines { line said } measures { name label type unit values }`, file);
  const context = { id, sheet, saved };
  const found = h("ul.plain");
  const number = h("p.hint", { role: "status" });
  const search = h("input", { type: "search", autocomplete: "off", oninput: () => list() });
  const list = () => {
    const wanted = search.value.trim().toLowerCase();
    const some = sheet.lines.filter(({ line, said }) =>
      !wanted || [...Object.values(line), ...said].join(" ").toLowerCase().includes(wanted));
    number.textContent = t("linesShown", { shown: Math.min(SHOWN, some.length), of: some.length });
    fill(found, some.slice(0, SHOWN).map(({ line, said }) => h("li.line", {},
      button(".quiet", said.join(" · "), () => edit(context, line)))));
  };
  list();
  fill(place,
    h("p.actions", {}, h("label", {}, t("search"), search), button("", t("addLine"), () => edit(context, null))),
    number, found);
}

async function edit({ id, sheet, saved }, line) {
  const fields = sheet.columns.filter(({ name }) => name !== "institution").map((each) => [each.name,
    control(each, line?.[each.name] ?? (each.condition ? "always" : ""), sheet.measures)]);
  const cites = fields.some(([name]) => name === "clause") && sheet.file !== "clauses";
  const done = async (changes) => {
    const draft = await office.changeDraft(id, changes);
    shown.close();
    say(t("savedInDraft"));
    await saved(draft);
  };
  const made = form(
    {
      locate: ({ message }) => fields.find(([name]) => new RegExp(`(?:^|[\\s,])${name}[:：: ,]`).test(message))?.[0] ?? null,
      send: async () => {
        const add = Object.fromEntries(fields.map(([name, { value }]) => [name, value()]));
        const changes = add.clause === OWN ? [await interpreted(id, sheet, add, made)] : [];
        if (changes.length) add.clause = changes[0].add.clause;
        await done([...changes, { file: sheet.file, ...(line && { remove: line }), add }]);
      },
    },
    fields.map(([, { shown: one }]) => one),
    cites && await interpretation(id, sheet, fields.find(([name]) => name === "clause")[1].shown.querySelector("select")),
    h("p.actions", {},
      h("button.main", { type: "submit" }, t("saveToDraft")),
      line && button(".quiet.danger", t("removeLine"), () => done([{ file: sheet.file, remove: line }])),
      h("button.quiet", { type: "button", onclick: () => shown.close() }, t("cancel"))),
  );
  const shown = dialog(sheet.label,
    h("header", {}, h("h2", {}, sheet.label), h("button.quiet", {
      type: "button", onclick: () => shown.close(), "aria-label": t("close"),
    }, "✕")), made);
  made.querySelector("input, select")?.focus();
}

/** What is to be said of an interpretation, where the line cites a new one. */
async function interpretation(id, sheet, clause) {
  const [{ columns }] = await sheets(id, "columns { name words { code label } }", "clauses");
  const areas = columns.find(({ name }) => name === "area").words.map(({ code, label }) => [code, label]);
  const own = areas.some(([code]) => code === sheet.file);
  const shown = h("fieldset", { hidden: true }, h("legend", {}, t("cite.interpretation")),
    !own && field(t("area"), select("ofArea", areas)),
    field(t("interpretationReason"), h("textarea", { name: "reason", rows: "2" })));
  clause.prepend(h("option", { value: OWN }, t("cite.interpretation")));
  clause.addEventListener("change", () => (shown.hidden = clause.value !== OWN));
  return shown;
}

async function interpreted(id, sheet, add, made) {
  const summary = made.elements.reason.value.trim();
  if (!summary) throw Object.assign(new Error(t("incomplete")), { problems: [{ path: ["reason"], message: t("required") }] });
  const request = (await office.kinds()).some(({ code }) => code === add.kind);
  const clause = `interpretation/${office.nextInterpretation(await office.files(id))}`;
  return { file: "clauses", add: {
    clause, title: "本机关的解释", summary, area: made.elements.ofArea?.value ?? sheet.file,
    clause_kind: request ? "approval" : "interpretation", request_kind: request ? add.kind : "",
  } };
}

/** A column as a control: a choice of words, words put together, a condition, or text. */
function control({ name, label, needed, several, condition, example, words }, now, measures) {
  if (condition) return conditionFields(now, measures, name, label);
  const hint = [!needed && t("mayBeEmpty"), example && t("suchAs", { example })].filter(Boolean).join(" · ");
  const options = words.map(({ code, label: said }) => [code, said === code ? code : said]);
  if (words.length && !several) {
    const known = words.some(({ code }) => code === now);
    const first = [...(known && needed ? [] : [["", t(needed ? "choose" : "nothing")]]), ...(known || !now ? [] : [[now, now]])];
    const made = select(name, [...first, ...options.filter(([code]) => code)], now);
    return { shown: field(label, made, hint), value: () => made.value };
  }
  const made = input(name, { value: now });
  const more = several && words.length > 0 && select("", [["", t("addWord")], ...options], "", {
    "aria-label": `${label}: ${t("addWord")}`,
    onchange: ({ target }) => {
      made.value = `${made.value} ${target.value}`.trim();
      target.value = "";
    },
  });
  const shown = field(label, made, hint);
  if (more) made.after(more);
  return { shown, value: () => made.value.trim() };
}
