// What several views read of the office: its kinds, its roles, its drafts.
import { act, ask, institution, REFUSAL } from "./api.js";
import { language } from "./words.js";

export const SAYS = "file added line said { label text }";
export const DRAFT = "id base by at changedAt version digest changes { file added line }";
const kept = new Map();

/** Asked once in a language; what changes the rules forgets it. */
function once(name, asks) {
  const key = `${name} ${language()} ${institution()}`;
  if (!kept.has(key)) {
    kept.set(key, asks().catch((error) => {
      kept.delete(key);
      throw error;
    }));
  }
  return kept.get(key);
}

export const forget = () => kept.clear();

export const kinds = () =>
  once("kinds", () =>
    ask(`{ kinds(regulated: true) { kind: kindCode code label area areaLabel
      facts { name label type unit values } } }`));

/** What this office calls its roles, and who holds each, by code. */
export const roles = () =>
  once("roles", async () => {
    const found = new Map();
    const seats = await ask("{ seats { role title holdings { person { name } } } }");
    for (const { role, title, holdings } of seats) {
      const one = found.get(role) ?? { role, title, holders: new Set() };
      for (const { person } of holdings) one.holders.add(person.name);
      found.set(role, one);
    }
    return found;
  });

/** What the files of its rulebook are called; none for whom it is not shown to. */
export const fileLabels = () =>
  once("files", () =>
    ask("{ rulebook { files { name label } } }")
      .then((found) => new Map(found?.files.map(({ name, label }) => [name.replace(/\.csv$/, ""), label])))
      .catch((refused) => {
        if (refused.code === "NOT_ALLOWED") return new Map();
        throw refused;
      }));

export const regulations = () =>
  once("regulations", () =>
    ask("query ($of: String!) { regulations(institution: $of) { regulation title } }",
      { of: institution() }));

/** What is wrong with the rules in force; null for whom it is not shown to. */
export const findings = () =>
  once("findings", () =>
    ask(`query ($of: String!) { matrixFindings(institution: $of) {
      severity problem kind: kindCode region message clauses { title cite } } }`, { of: institution() })
      .catch((refused) => {
        if (refused.code === "NOT_ALLOWED") return null;
        throw refused;
      }));

export const drafts = () =>
  ask(`{ rulebookDrafts(first: 30) { ${DRAFT} } }`).catch((refused) => {
    if (refused.code === "NOT_ALLOWED") return null;
    throw refused;
  });

export const draft = (id, more = "") =>
  ask(`query ($id: ID!) { rulebookDraft(draftId: $id) { __typename
    ... on RulebookDraft { ${DRAFT} changes { ${SAYS} } ${more} } ${REFUSAL} } }`, { id });

export const versions = () =>
  ask(`{ rulebookVersions { number effectiveFrom recordedAt
    document { issuingBody number day reason agreedBy file { name upload } } } }`);

/** All lines, of a draft or of the rules in force, by file. */
export async function files(draftId) {
  const found = draftId
    ? await draft(draftId, "files { name text }")
    : await ask("{ rulebook { files { name text } } }");
  return found.files;
}

export const startDraft = (like) =>
  act("startDraft", `... on RulebookDraft { ${DRAFT} }`, like ? { like } : {});

export const changeDraft = (draftId, changes) =>
  act("changeDraft", `... on RulebookDraft { ${DRAFT} }`, { draftId, changes });

/** The lines on one kind of request, by the rule that they make. */
export function rulesOf(every, code) {
  const rules = new Map();
  for (const { name, text } of every) {
    for (const written of text.split("\n")) {
      const [mark, role, office, kind, doing, when, rule, order, clause, effect] = written.split(", ");
      if (mark !== "p" || kind !== code) continue;
      const line = { role, institution: office, kind, act: doing, when, rule, order, clause, effect };
      const one = rules.get(rule) ?? { rule, when, file: name.replace(/\.csv$/, ""), lines: [] };
      one.lines.push(line);
      rules.set(rule, one);
    }
  }
  return [...rules.values()];
}

/** The next number of an interpretation of the office's own. */
export function nextInterpretation(every) {
  const { text } = every.find(({ name }) => name === "clauses.csv") ?? { text: "" };
  const numbers = [...text.matchAll(/^interpretation\/([0-9]+)/gm)].map(([, number]) => Number(number));
  return Math.max(0, ...numbers) + 1;
}
