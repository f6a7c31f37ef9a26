// The `when` of a rule as fields to fill in: limits of numbers, words to choose, yes or no.
import { h } from "./elements.js";
import { t } from "./words.js";

const NUMBER = "(-?[0-9]+(?:\\.[0-9]+)?)";
const RANGE = new RegExp(`^${NUMBER} *(<=?) *(\\w+) *(<=?) *${NUMBER}$`);
const AFTER = new RegExp(`^(\\w+) *(<=?|>=?) *${NUMBER}$`);
const BEFORE = new RegExp(`^${NUMBER} *(<=?|>=?) *(\\w+)$`);
const EQUAL = new RegExp(`^(\\w+) *= *${NUMBER}$`);
const WORDS = /^(\w+) *(?:=|in) *([A-Za-z_]\w*(?: *\| *[A-Za-z_]\w*)*)$/;
const TURNED = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

/** By fact {low, high} or {words}; null where it says what no field could. */
export function parse(when) {
  const found = {};
  if (when.trim() === "always") return found;
  for (const part of when.split(/ and /)) {
    const text = part.trim();
    let match;
    if ((match = RANGE.exec(text))) {
      const [, low, above, fact, below, high] = match;
      if (fact in found) return null;
      found[fact] = { low: { sign: TURNED[above], value: low }, high: { sign: below, value: high } };
    } else if ((match = EQUAL.exec(text)) && !(match[1] in found)) {
      found[match[1]] = { low: { sign: ">=", value: match[2] }, high: { sign: "<=", value: match[2] } };
    } else if ((match = AFTER.exec(text)) || (match = BEFORE.exec(text))) {
      const after = AFTER.test(text);
      const [fact, sign, value] = after
        ? [match[1], match[2], match[3]]
        : [match[3], TURNED[match[2]], match[1]];
      const side = sign.startsWith(">") ? "low" : "high";
      found[fact] ??= {};
      if (found[fact].words || found[fact][side]) return null;
      found[fact][side] = { sign, value };
    } else if ((match = WORDS.exec(text)) && !(match[1] in found)) {
      found[match[1]] = { words: match[2].split("|").map((each) => each.trim()) };
    } else {
      return null;
    }
  }
  return found;
}

const exact = (low, high) =>
  low?.sign === ">=" && high?.sign === "<=" && low.value === high.value;

export function written(parts) {
  const said = Object.entries(parts).flatMap(([fact, { low, high, words }]) => {
    if (words) return words.length === 1 ? `${fact} = ${words[0]}` : `${fact} in ${words.join("|")}`;
    if (exact(low, high)) return `${fact} = ${low.value}`;
    if (low && high) return `${low.value} ${TURNED[low.sign]} ${fact} ${high.sign} ${high.value}`;
    if (low || high) return `${fact} ${(low ?? high).sign} ${(low ?? high).value}`;
    return [];
  });
  return said.join(" and ") || "always";
}

/** In the office's words: 500 < 金额 < 1000 元. */
export function told(when, facts) {
  const parts = parse(when);
  if (!parts) return when;
  const said = Object.entries(parts).map(([name, { low, high, words }]) => {
    const fact = facts.find((each) => each.name === name) ?? { label: name, unit: "", values: {} };
    if (words) {
      const labels = words.map((each) => fact.values[each] ?? (t(`is.${each}`, {}, each)));
      return `${fact.label}: ${labels.join(t("or"))}`;
    }
    const unit = fact.unit ? ` ${fact.unit}` : "";
    if (exact(low, high)) return `${fact.label} = ${low.value}${unit}`;
    const before = low ? `${low.value} ${TURNED[low.sign] === "<=" ? "≤" : "<"} ` : "";
    const after = high ? ` ${high.sign === "<=" ? "≤" : "<"} ${high.value}` : "";
    if (low && !high) return `${fact.label} ${low.sign === ">=" ? "≥" : ">"} ${low.value}${unit}`;
    return `${before}${fact.label}${after}${unit}`;
  });
  return said.join(t("and")) || t("always");
}

const FEW = 15;

/** The fields of a condition; `value()` is the `when` that they say. */
export function conditionFields(when, facts, name = "when", legend = t("whenLegend")) {
  const raw = h("input.code", { name, value: when, autocomplete: "off", spellcheck: "false" });
  const parts = parse(when);
  const wrong = h("p.wrong", { id: `${name}-wrong`, hidden: true });
  raw.id = name;
  raw.setAttribute("aria-describedby", `${name}-wrong`);
  raw.setAttribute("aria-label", t("whenRaw"));
  const made = (fact) => box(fact, parts, () => {
    raw.value = written(parts);
  });
  const some = parts === null ? [] : facts.filter((fact) => facts.length <= FEW || fact.name in parts);
  const boxes = h("div", {}, some.map(made));
  const rest = parts === null ? [] : facts.filter((fact) => !some.includes(fact));
  const shown = h("fieldset", {},
    h("legend", {}, legend),
    boxes,
    // Of hundreds of measures those are shown that it looks at; another is chosen.
    rest.length > 0 && h("p.more", {}, t("addFact"), " ", h("select", {
      "aria-label": `${legend}: ${t("addFact")}`,
      onchange: ({ target }) => {
        const index = rest.findIndex((fact) => fact.name === target.value);
        const added = made(rest[index]);
        boxes.append(added);
        added.open = true;
        target.selectedOptions[0].remove();
        target.value = "";
      },
    }, h("option", { value: "" }, t("choose")), rest.map((fact) => h("option", { value: fact.name }, fact.label)))),
    h("details", { open: parts === null }, h("summary", {}, t("whenRaw")), raw),
    wrong,
  );
  return { shown, value: () => raw.value.trim() || "always" };
}

function box(fact, parts, changed) {
  const numeric = fact.type === "decimal" || fact.type === "int";
  if (numeric) return limits(fact, parts, changed);
  const values = fact.type === "bool"
    ? { true: t("is.true"), false: t("is.false") }
    : fact.values;
  const chosen = new Set(parts[fact.name]?.words ?? []);
  const boxes = Object.entries(values).map(([value, label]) =>
    h("label.choice", {},
      h("input", {
        type: "checkbox", checked: chosen.has(value),
        onchange: (event) => {
          if (event.target.checked) chosen.add(value);
          else chosen.delete(value);
          // Yes and no together are any case.
          const every = fact.type === "bool" && chosen.size === 2;
          if (chosen.size && !every) parts[fact.name] = { words: Object.keys(values).filter((e) => chosen.has(e)) };
          else delete parts[fact.name];
          changed();
        },
      }), label));
  // What the rule does not look at yet is folded away: most rules look at one or two facts.
  return h("details.fact", { open: chosen.size > 0 },
    h("summary", {}, fact.label, h("span.hint", {}, chosen.size ? "" : t("any"))),
    h("div.choices", { role: "group", "aria-label": fact.label }, boxes));
}

function limits(fact, parts, changed) {
  const now = parts[fact.name] ?? {};
  const ends = { low: now.low ?? null, high: now.high ?? null };
  const one = (side, signs) => {
    const value = h("input.limit", {
      inputmode: "decimal", autocomplete: "off", value: ends[side]?.value ?? "",
      "aria-label": `${fact.label}: ${t(side)}`, name: `${fact.name}-${side}`,
    });
    const sign = h("select", { "aria-label": `${fact.label}: ${t(side)} ${t("inclusive")}` },
      signs.map((each) =>
        h("option", { value: each, selected: each === (ends[side]?.sign ?? signs[0]) }, t(`sign.${each}`))));
    const set = () => {
      ends[side] = value.value.trim() ? { sign: sign.value, value: value.value.trim() } : null;
      if (ends.low || ends.high) parts[fact.name] = { ...(ends.low && { low: ends.low }), ...(ends.high && { high: ends.high }) };
      else delete parts[fact.name];
      changed();
    };
    value.addEventListener("input", set);
    sign.addEventListener("change", set);
    return [sign, value];
  };
  return h("details.fact", { open: Boolean(now.low || now.high) },
    h("summary", {}, fact.label, h("span.hint", {}, now.low || now.high ? "" : t("any"))),
    h("div.limits", {}, one("low", [">", ">="]), h("span", { "aria-hidden": "true" }, "–"),
      one("high", ["<=", "<"]), h("span.unit", {}, fact.unit)));
}
