// Signing in, by a code of the second factor where there is one, and setting that up.
import { act, ask, signIn, viewer } from "./api.js";
import { button, dialog, field, fill, form, h, input, say } from "./elements.js";
import { t } from "./words.js";

/** The form; whoever has a second factor is asked for its code when the password is right. */
export function signInForm(then, account = "") {
  const code = field(t("code"), input("code", { inputmode: "numeric", autocomplete: "one-time-code" }), t("codeHint"));
  code.hidden = true;
  const made = form(
    {
      send: async (given) => {
        try {
          await signIn({ account: given.account.trim(), password: given.password, code: given.code.trim() || null });
        } catch (refused) {
          if (refused.code === "SECOND_FACTOR_WANTED" && code.hidden) {
            code.hidden = false;
            made.elements.code.focus();
            say(t("codeHint"));
            return;
          }
          throw refused;
        }
        await then();
      },
    },
    field(t("account"), input("account", { autocomplete: "username", value: account, readonly: account !== "", autocapitalize: "none", spellcheck: "false" }), t("accountHint")),
    field(t("password"), input("password", { type: "password", autocomplete: "current-password" })),
    code,
    h("p.actions", {}, h("button.main", { type: "submit" }, t("signIn"))));
  return made;
}

/** A session that ended meanwhile is begun anew above the page, and what was typed stays. */
export function signInAgain() {
  return new Promise((done) => {
    const shown = dialog(t("signIn"), h("header", {}, h("h2", {}, t("sessionOver"))), h("p.hint", {}, t("nothingLost")),
      signInForm(() => shown.close(), viewer()?.account));
    shown.addEventListener("close", done);
    shown.querySelector("[name=password]").focus();
  });
}

export async function factor(place) {
  const now = await ask("{ secondFactor { confirmedAt recoveryCodesLeft owed } }");
  const setting = h("div");
  const begin = async () => {
    const { secret, uri } = await act("beginSecondFactor", "... on SecondFactorBegun { secret uri }", {});
    fill(setting,
      h("ol", {},
        h("li", {}, t("factorAdd"), h("p.secret", {}, (secret ?? "").match(/.{1,4}/g)?.join(" ")),
          h("p", {}, h("a", { href: uri }, t("factorOpen")))),
        h("li", {}, t("factorEnter"))),
      form(
        {
          send: async ({ code }) => {
            const { recoveryCodes } = await act("confirmSecondFactor",
              "... on SecondFactorProved { recoveryCodes }", { code: code.trim() }, "SecondFactorCodeInput");
            say(t("factorStands"));
            fill(setting, h("p.verdict", { "data-verdict": "clean" }, t("factorStands")), h("p", {}, t("recovery")),
              h("ul.secret", {}, recoveryCodes.map((each) => h("li", {}, each))));
          },
        },
        field(t("code"), input("code", { inputmode: "numeric", autocomplete: "one-time-code" })),
        h("p.actions", {}, h("button.main", { type: "submit" }, t("confirmCode")))));
  };
  fill(place,
    h("h1", { tabindex: "-1" }, t("factor")),
    h("section.card", {},
      h("p", {}, now.confirmedAt ? t("factorHas", { count: now.recoveryCodesLeft }) : t(now.owed ? "factorOwed" : "factorNone")),
      !now.confirmedAt && h("p.actions", {}, button(".main", t("factorBegin"), begin, setting)),
      now.confirmedAt && form(
        {
          send: async ({ code }) => {
            await act("proveSecondFactor", "... on SecondFactorProved { account }", { code: code.trim() }, "SecondFactorCodeInput");
            say(t("factorProved"));
            fill(setting, h("p.verdict", { "data-verdict": "clean" }, t("factorProved")));
          },
        },
        field(t("code"), input("code", { inputmode: "numeric", autocomplete: "one-time-code" }), t("proveHint")),
        h("p.actions", {}, h("button", { type: "submit" }, t("confirmCode")))),
      setting));
}
