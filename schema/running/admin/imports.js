// The office brought in by sheets: told line by line before anything is kept, then done as a whole.
import { act, ask, fetched, REFUSAL } from "./api.js";
import { button, field, fill, form, h, say, select } from "./elements.js";
import * as office from "./office.js";
import { t } from "./words.js";

const CHANGES = "sheet line does said";
const PROBLEMS = "unchanged problemCount problems { path message }";

export async function imports(place) {
  const forms = await ask("{ recordForms(regulated: true) { object label stage } }");
  const objects = [...new Map(forms.map(({ object, label }) => [object, label]))];
  fill(place,
    h("h1", { tabindex: "-1" }, t("imports")),
    h("p.hint", {}, t("importsHint")),
    h("section.card", { "aria-labelledby": "of-office" },
      h("h2", { id: "of-office" }, t("importOffice")), h("p.hint", {}, t("importOfficeHint")),
      importing(organisation)),
    h("section.card", { "aria-labelledby": "of-records" },
      h("h2", { id: "of-records" }, t("importRecords")), h("p.hint", {}, t("importRecordsHint")),
      importing({ ...records, of: [t("recordsOf"), [["", t("sheetSays")], ...objects]] })));
}

/** How each kind of file is looked at, and done, and what may be taken as a sheet. */
const organisation = {
  whole: true,
  takes: [".quiet", "officeSheet", () => fetched("exportOffice", {})],
  look: ({ file, whole }) =>
    ask(`query ($file: String!, $whole: Boolean!) { officeImport(file: $file, whole: $whole) { __typename
      ... on ImportPlan { changes { ${CHANGES} } ${PROBLEMS} waits } ${REFUSAL} } }`, { file, whole }),
  does: ({ file, whole, document }) =>
    act("importOffice", "... on OfficeImported { changed waits { id } }", { file, whole, document }),
};
const records = {
  takes: [".quiet", "recordSheet", (of) => fetched("exportRecordSheet", { of })],
  look: ({ file, of }) =>
    act("importRecords", `... on RecordsBroughtIn { changes { ${CHANGES} } ${PROBLEMS} }`, { file, of, dryRun: true }),
  does: async ({ file, of }) => {
    const done = await act("importRecords", `... on RecordsBroughtIn { changes { ${CHANGES} } ${PROBLEMS} }`, { file, of });
    return { changed: done.changes.length, waits: null };
  },
};

/** A file looked at, and done once somebody has seen what it does. */
export function importing(way) {
  const plan = h("div", { "aria-live": "polite" });
  const file = h("input", { type: "file", name: "sheet", accept: ".xlsx,.csv", onchange: () => fill(plan) });
  const made = form(
    {
      locate: (problem) => (["file", "of"].includes(problem.path.at(-1)) ? "sheet" : null),
      send: async (given) => {
        if (!file.files.length) {
          throw Object.assign(new Error(t("incomplete")), { problems: [{ path: ["sheet"], message: t("chooseFile") }] });
        }
        const asked = {
          file: base64(new Uint8Array(await file.files[0].arrayBuffer())), of: given.of ?? "",
          whole: given.whole === "on", document: given.document ?? "",
        };
        const told = await way.look(asked);
        fill(plan, shown(told), told.problemCount === 0 && told.changes.length > 0 &&
          h("p.actions", {}, button(".main", t(told.waits ? "importAndWait" : "importNow"), async () => {
            const done = await way.does(asked);
            office.forget();
            say(t("imported", done));
            if (way.done) return way.done();
            return fill(plan, h("p.verdict", { "data-verdict": "clean" }, t("imported", done)),
              done.waits && h("p", {}, t("importWaits"), " ", h("a", { href: "#/confirm" }, t("confirm"))));
          }, plan.appendChild(h("div")))));
      },
    },
    h("div.row", {},
      way.of && field(way.of[0], select("of", way.of[1]), t("recordsOfHint")),
      field(t("file"), file, t("fileHint")),
      way.whole && field(t("orderingDocument"), h("input", { name: "document", autocomplete: "off" }))),
    way.whole && h("label.choice", {}, h("input", { type: "checkbox", name: "whole" }), t("whole")),
    h("p.actions", {}, h("button", { type: "submit" }, t("look")),
      button(way.takes[0], t(way.takes[1]), () => way.takes[2](made.elements.of?.value))));
  return [made, plan];
}

function shown(told) {
  return [
    h("p.verdict", { "data-verdict": told.problemCount ? "blocked" : "clean" },
      t(told.problemCount ? "importBlocked" : "unchanged" in told ? "importPlan" : "importChanges",
        { changes: told.changeCount ?? told.changes.length, unchanged: told.unchanged, problems: told.problemCount })),
    told.problems.length > 0 && h("ul.problems", {}, told.problems.map(({ path, message }) =>
      h("li", {}, h("b", {}, path.filter((each) => each !== "input").join(" ")), " ", message))),
    told.changes.length > 0 && h("div.scroll.tall", {}, h("table", {},
      h("thead", {}, h("tr", {}, ["does", "sheet", "line", "said"].map((each) => h("th", { scope: "col" }, t(each))))),
      h("tbody", {}, told.changes.map((each) => h("tr", {},
        h("td", {}, h("span.tag", { "data-does": each.does }, t(`does.${each.does}`))),
        h("td", {}, t(`sheet.${each.sheet}`, {}, each.sheet)), h("td.count", {}, each.line ?? "–"),
        h("td", {}, each.said)))))),
  ];
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return btoa(text);
}
