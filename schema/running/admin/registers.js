// The books that the office keeps and whatever else it has, with who keeps them, by which clause.
import { ask, institution } from "./api.js";
import { told } from "./conditions.js";
import { cited, fill, h } from "./elements.js";
import * as office from "./office.js";
import { t } from "./words.js";

export async function registers(place) {
  const [lines, books, forms, roles] = await Promise.all([
    ask(`query ($of: String!) { actLines(institution: $of) {
      object label act words role title borne region denies clause { title cite summary } } }`, { of: institution() }),
    ask("{ registers { name label words { word label } clauses { title cite } } }"),
    ask("{ recordForms(regulated: true) { object stage stageLabel } }"),
    office.roles(),
  ]);
  const objects = new Map(books.map(({ name, label, clauses }) => [name, { label, clauses, lines: [] }]));
  for (const line of lines) {
    if (!objects.has(line.object)) objects.set(line.object, { label: line.label, clauses: [], lines: [] });
    objects.get(line.object).lines.push(line);
  }
  // What a condition of such a line looks at, in words: stages of a case, entries of a book.
  const labels = (pairs) => Object.fromEntries(pairs.filter(([, label]) => label));
  const facts = (name) => [
    { name: "stage", label: t("stage"), values: labels(forms.filter(({ object }) => object === name).map((each) => [each.stage, each.stageLabel])) },
    { name: "what", label: t("what"), values: labels((books.find((each) => each.name === name)?.words ?? []).map((each) => [each.word, each.label])) },
  ];
  const rows = [...objects.entries()].map(([name, one]) => row(name, one, roles, facts(name)));
  const search = h("input", {
    type: "search", autocomplete: "off", name: "search",
    oninput: () => {
      const wanted = search.value.trim().toLowerCase();
      let count = 0;
      for (const each of rows) {
        each.hidden = !each.textContent.toLowerCase().includes(wanted);
        count += each.hidden ? 0 : 1;
      }
      number.textContent = t("booksShown", { count });
    },
  });
  const number = h("span.hint", { role: "status" }, t("booksShown", { count: rows.length }));
  fill(place,
    h("div.title", {}, h("h1", { tabindex: "-1" }, t("registers")), h("label", {}, t("search"), search), number),
    h("p.hint", {}, t("registersHint")),
    h("div.scroll.card.tall.books", {}, h("table.registers", {},
      h("thead", {}, h("tr", {}, ["book", "keeps", "alsoDo", "clauses"].map((each) => h("th", { scope: "col" }, t(each))))),
      h("tbody", {}, rows))));
}

function row(name, { label, clauses, lines }, roles, facts) {
  const keeps = lines.filter(({ act, denies }) => act === "keep" && !denies);
  const others = lines.filter((each) => !keeps.includes(each));
  const cites = [...new Set([...clauses, ...lines.map(({ clause }) => clause)].map(cited))];
  return h("tr", {},
    h("th", { scope: "row" }, label, h("span.condition", {}, name)),
    h("td", { "data-label": t("keeps") }, keeps.length ? people(keeps, roles, facts) : h("span.hint", {}, t("serverKeeps"))),
    h("td", { "data-label": t("alsoDo") }, people(others, roles, facts, true)),
    h("td.cites", { "data-label": t("clauses") }, cites.map((each) => h("div", {}, each))));
}

/** Whoever does one thing in the same cases stands together, with who holds the role today. */
function people(lines, roles, facts, named = false) {
  const groups = new Map();
  for (const line of lines) {
    const key = `${line.words} ${line.denies} ${line.region}`;
    groups.set(key, [...(groups.get(key) ?? []), line]);
  }
  return [...groups.values()].map((group) => {
    const [{ words, denies, region }] = group;
    return h("div.keepers", {},
      named && h("span.act", { "data-act": denies ? "*" : null }, denies && t("denied"), words),
      region !== "always" && h("span.condition", {}, told(region, facts)),
      [...new Map(group.map((each) => [each.role, each])).values()].map((each) => {
        const holders = [...(roles.get(each.role)?.holders ?? [])];
        return h("span.keeper", {}, each.title, each.borne && t("borne"),
          holders.length > 0 && h("span.holders", {}, holders.slice(0, 4).join(t("comma")), holders.length > 4 && "…"));
      }));
  });
}
