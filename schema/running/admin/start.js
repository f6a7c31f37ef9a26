// The frame of the page: who is signed in, where one is, in which language.
import { institution, signOut, viewer, whenSignedOut } from "./api.js";
import { confirm } from "./confirm.js";
import { draft } from "./draft.js";
import { compare, drafts, waiting } from "./drafts.js";
import { button, fill, h, trouble } from "./elements.js";
import { imports } from "./imports.js";
import { matrix } from "./matrix.js";
import * as office from "./office.js";
import { registers } from "./registers.js";
import { factor, signInAgain, signInForm } from "./sign_in.js";
import { language, speak, t } from "./words.js";

const VIEWS = { matrix, drafts, draft, versions: compare, confirm, imports, registers, factor };
const TABS = ["matrix", "drafts", "confirm", "imports", "registers"];
const BELONGS = { draft: "drafts", versions: "drafts" };

const page = document.getElementById("page");
let shows = 0;

function path() {
  const [view, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return view in VIEWS ? [view, rest] : ["matrix", []];
}

const other = () => {
  const next = language() === "zh-CN" ? "en" : "zh-CN";
  return h("button.quiet", {
    type: "button", lang: next,
    onclick: () => {
      speak(next);
      frame();
    },
  }, next === "en" ? "English" : "中文");
};

const brand = () =>
  h("span.brand", {}, h("img", { src: "/admin/mark.svg", alt: "", width: "28", height: "28" }), t("brand"));

function frame() {
  document.documentElement.lang = language();
  if (!viewer()) return welcome();
  const [view] = path();
  fill(page,
    h("a.skip", {
      href: "#main",
      onclick: (event) => {
        event.preventDefault();
        document.getElementById("main").focus();
      },
    }, t("skip")),
    h("header.top", {}, brand(),
      h("nav", { "aria-label": t("nav") }, TABS.map((each) => h("a", {
        href: `#/${each}`, "aria-current": (BELONGS[view] ?? view) === each ? "page" : null,
      }, t(each)))),
      h("div.who", {},
        h("span.name", { title: `${viewer().account} · ${institution()}` }, viewer().name,
          h("span.sub", {}, [viewer().seats[0]?.title, viewer().seats[0]?.unit].filter(Boolean).join(" · "))),
        h("a.quiet", { href: "#/factor" }, t("factor")), other(),
        button(".quiet", t("signOut"), async () => {
          await signOut().catch(() => {});
          office.forget();
          history.replaceState(null, "", "/admin");
          frame();
        }))),
    h("main", { id: "main", tabindex: "-1" }));
  return show();
}

function welcome() {
  document.title = `${t("signIn")} · ${t("brand")}`;
  fill(page, h("main.welcome", { id: "main" },
    h("div.card", {}, brand(), h("h1", {}, t("welcome")), h("p.hint", {}, t("welcomeHint")),
      signInForm(async () => frame()), h("p.actions", {}, other()))));
  page.querySelector("[name=account]").focus();
}

/** How much waits for the viewer, beside what leads there. */
async function mark() {
  const acts = await waiting().catch(() => []);
  const count = acts.filter(({ mine }) => !mine).length;
  const place = page.querySelector('nav a[href="#/confirm"]');
  if (place) fill(place, t("confirm"), count > 0 && h("span.waits", { "aria-label": t("waits", { count }) }, count));
}

/** The view that the address names; a later one ends an earlier that still waits. */
async function show() {
  const mine = ++shows;
  const [view, rest] = path();
  const main = document.getElementById("main");
  for (const each of page.querySelectorAll("nav a")) {
    if (each.hash === `#/${BELONGS[view] ?? view}`) each.setAttribute("aria-current", "page");
    else each.removeAttribute("aria-current");
  }
  document.title = `${t(view)} · ${t("brand")}`;
  for (const each of document.querySelectorAll("dialog")) each.close();
  mark();
  main.setAttribute("aria-busy", "true");
  if (!main.childElementCount) fill(main, h("p.hint", {}, t("loading")));
  // Made aside and put in place as a whole: what comes late changes nothing.
  const place = h("div.view", { "data-view": view });
  try {
    await VIEWS[view](place, rest, go);
  } catch (refused) {
    if (!viewer()) return frame();
    fill(place, h("h1", { tabindex: "-1" }, t(view)), trouble(refused, () => show()));
  }
  if (mine !== shows) return;
  fill(main, place);
  main.removeAttribute("aria-busy");
  main.querySelector("h1")?.focus({ preventScroll: true });
}

/** To an address, also to the one where one is already: it is read anew then. */
async function go(address) {
  if (location.hash !== address) history.pushState(null, "", address);
  await show();
}

window.addEventListener("popstate", () => viewer() && show());
whenSignedOut(signInAgain);
frame();
