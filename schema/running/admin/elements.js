// Elements made of names and text; whatever comes from the server is text, never markup.
import { t } from "./words.js";

const PROPERTIES = new Set(["value", "checked", "disabled", "indeterminate", "open", "max"]);
let number = 0;

/** h("button.quiet", {onclick}, "text", element …): nothing is made of null, false and "". */
export function h(name, given = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  for (const [key, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (PROPERTIES.has(key)) made[key] = value;
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...shown(children));
  return made;
}

const shown = (children) =>
  children.flat(Infinity).filter((each) => each || each === 0);

export function fill(place, ...children) {
  place.replaceChildren(...shown(children));
  return place;
}

/** Tells those who hear the page rather than see it. */
export function say(text) {
  document.getElementById("said").textContent = text;
}

/** A control with its label, a hint, and room for what is wrong with it. */
export function field(label, control, hint = "") {
  const id = `field-${++number}`;
  control.id = id;
  control.setAttribute("aria-describedby", `${id}-hint ${id}-wrong`);
  return h("div.field", {},
    h("label", { for: id }, label),
    control,
    h("p.hint", { id: `${id}-hint` }, hint),
    h("p.wrong", { id: `${id}-wrong`, hidden: true }),
  );
}

export const input = (name, given = {}) => h("input", { name, autocomplete: "off", ...given });

export const select = (name, options, chosen, given = {}) =>
  h("select", { name, ...given },
    options.map(([value, label]) =>
      h("option", { value, selected: value === chosen }, label)));

/** A form whose refusals stand at their fields; while it is sent it cannot be sent again. */
export function form(given, ...children) {
  const top = h("div.refused", { tabindex: "-1", role: "alert", hidden: true });
  const { send, locate, ...rest } = given;
  const made = h("form", { novalidate: true, ...rest }, top, children);
  made.addEventListener("input", ({ target }) => {
    const wrong = target.hasAttribute("aria-invalid") && document.getElementById(`${target.id}-wrong`);
    if (wrong) wrong.hidden = true;
    target.removeAttribute("aria-invalid");
  });
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (made.getAttribute("aria-busy") === "true") return;
    forget(made);
    made.setAttribute("aria-busy", "true");
    try {
      await send(Object.fromEntries(new FormData(made)), event.submitter);
    } catch (refused) {
      showRefused(made, refused, locate);
    } finally {
      made.removeAttribute("aria-busy");
    }
  });
  return made;
}

function forget(made) {
  made.querySelector(".refused").hidden = true;
  for (const each of made.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
  for (const each of made.querySelectorAll(".wrong")) each.hidden = true;
}

/** Each problem at the field that its path names, or that `locate` finds; the rest on top. */
export function showRefused(made, refused, locate = () => null) {
  if (!("problems" in refused)) {
    // Gone is the network, or a fault of ours: it is told on top, and all that was typed stays.
    if (!refused.told) console.error(refused);
    refused = { message: refused.told ?? t("broken"), problems: [] };
  }
  const rest = [];
  let first = null;
  for (const problem of refused.problems) {
    const name = locate(problem) ?? problem.path.at(-1);
    const control = [...made.elements].find((each) => each.name === name && !each.disabled);
    const place = control && document.getElementById(`${control.id}-wrong`);
    if (!place) {
      rest.push(problem);
      continue;
    }
    control.setAttribute("aria-invalid", "true");
    const folded = control.closest("details");
    if (folded) folded.open = true;
    place.textContent = place.hidden ? problem.message : `${place.textContent} ${problem.message}`;
    place.hidden = false;
    first ??= control;
  }
  const top = made.querySelector(".refused");
  if (rest.length || !first) {
    fill(top, h("p", {}, refused.message), rest.length > 0 &&
      h("ul", {}, rest.map((each) => h("li", {}, said(each)))));
    top.hidden = false;
  }
  (first ?? top).focus();
}

const said = (problem) =>
  problem.clause
    ? `${problem.message} (${problem.clause.title} ${problem.clause.cite})`
    : problem.message;

/** What takes a while: a button that is busy meanwhile and shows refusals in `place`. */
export function button(name, label, does, place) {
  const made = h(`button${name}`, { type: "button" }, label);
  made.addEventListener("click", async () => {
    if (made.getAttribute("aria-busy") === "true") return;
    made.setAttribute("aria-busy", "true");
    try {
      await does(made);
    } catch (refused) {
      fill(place ?? made.parentElement.appendChild(h("div")), trouble(refused));
    } finally {
      made.removeAttribute("aria-busy");
    }
  });
  return made;
}

/** A refusal where no form is. */
export function trouble(refused, again) {
  if (!refused.told && !refused.problems) console.error(refused);
  const problems = refused.problems ?? [];
  return h("div.refused", { role: "alert" },
    h("p", {}, refused.told ?? (refused.problems ? refused.message : t("broken"))),
    problems.length > 0 && h("ul", {}, problems.map((each) => h("li", {}, said(each)))),
    again && h("button", { type: "button", onclick: again }, t("again")),
  );
}

/** A dialog that keeps the focus, gives it back, and closes by Escape. */
export function dialog(label, ...children) {
  const before = document.activeElement;
  const made = h("dialog", { "aria-label": label }, children);
  made.addEventListener("close", () => {
    made.remove();
    if (before?.isConnected) before.focus();
  });
  document.body.append(made);
  made.showModal();
  return made;
}

export const day = (text) => (text ? text.slice(0, 10) : "");
export const moment = (text) => (text ? text.slice(0, 16).replace("T", " ") : "");

/** A day of the offices, wherever the browser is, so many months away. */
export function today(months = 0) {
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
  const moved = new Date(`${day}T00:00Z`);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  return moved.toISOString().slice(0, 10);
}

export const cited = (clause) => `${clause.title} ${clause.cite}`;
