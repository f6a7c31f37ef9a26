// The public GraphQL API, asked as anybody may ask it; the token stays in this tab.
import { language, t } from "./words.js";

export const REFUSAL = "... on Refusal { code message problems { path code message clause { title cite } } }";
const SIGNED = `... on SignedIn { token refreshToken viewer { name account seats { title unit } } } ${REFUSAL}`;
const LOST = new Set(["TOKEN_EXPIRED", "NOT_SIGNED_IN", "SESSION_OVER"]);
const PLACE = "guiju-session";

let session = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
let epoch = 0;
let refreshing = null;
let signInAgain = async () => {};
const unanswered = new Map();

/** A no that was expected, in a sentence, with what is wrong at which field. */
export class Refused extends Error {
  constructor({ code, message, problems }) {
    super(message);
    Object.assign(this, { code, problems: problems ?? [] });
  }
}

/** The server was not reached; nothing that was typed is lost. */
class Unreachable extends Error {
  get told() {
    return t("unreachable");
  }
}

export const viewer = () => session?.viewer ?? null;
export const institution = () => session?.viewer.account.split("@")[1] ?? "";

/** Who is asked to sign in again when a session has ended, while the page stays as it is. */
export function whenSignedOut(asks) {
  signInAgain = asks;
}

function keep(answer) {
  session = answer;
  if (answer) sessionStorage.setItem(PLACE, JSON.stringify(answer));
  else sessionStorage.removeItem(PLACE);
}

async function post(query, variables, signal) {
  // Never by rules older than those that were shown.
  const headers = { "content-type": "application/json", "accept-language": language(), "x-guiju-epoch": epoch };
  if (session) headers.authorization = `Bearer ${session.token}`;
  const body = JSON.stringify({ query, variables });
  try {
    const answer = await fetch("/graphql", { method: "POST", headers, body, signal });
    const told = await answer.json();
    epoch = Math.max(epoch, told.extensions?.epoch ?? 0);
    return told;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Unreachable();
  }
}

function read({ data, errors }) {
  if (errors) throw new Refused({ ...errors[0].extensions, message: errors[0].message });
  const [answer] = Object.values(data);
  if (answer?.__typename === "Refusal") throw new Refused(answer);
  return answer;
}

/** The answer of the only root field. */
export async function ask(query, variables = {}, { signal } = {}) {
  let body = await post(query, variables, signal);
  if (LOST.has(body.errors?.[0].extensions.code)) {
    refreshing ??= refresh().finally(() => (refreshing = null));
    await refreshing;
    body = await post(query, variables, signal);
  }
  return read(body);
}

async function refresh() {
  const given = session && { refreshToken: session.refreshToken };
  try {
    keep(await once("refreshSession", given));
  } catch (refused) {
    if (!(refused instanceof Refused) && session) throw refused;
    await signInAgain();
  }
}

async function once(name, given) {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input!`;
  const query = `mutation ($input: ${type}) { ${name}(input: $input) { __typename ${SIGNED} } }`;
  return read(await post(query, { input: given }));
}

export async function signIn(given) {
  session = null;
  epoch = 0;
  keep(await once("signIn", given));
}

export async function signOut() {
  try {
    await act("signOut", "... on SignedOut { account }", {});
  } finally {
    keep(null);
  }
}

/** Bytes sent to an address that the API has named, or fetched from it. */
export async function bytes(url, given = {}) {
  const headers = { authorization: `Bearer ${session.token}`, "accept-language": language() };
  const answer = await fetch(url, { ...given, headers }).catch(() => {
    throw new Unreachable();
  });
  if (!answer.ok) read(await answer.json());
  return answer;
}

/** A file that the server has written for us: the browser saves it under its name. */
export async function fetched(name, input) {
  const { link } = await act(name, "... on ExportedFile { link }", input);
  location.assign(link);
}

/** A mutation; the same again is the same act until it was answered. */
export async function act(name, shown, input, type = `${name[0].toUpperCase()}${name.slice(1)}Input`) {
  const what = name + JSON.stringify(input);
  const idempotencyKey = unanswered.get(what) ?? key();
  unanswered.set(what, idempotencyKey);
  const query = `mutation ($input: ${type}!) {
    ${name}(input: $input) { __typename ${shown} ${REFUSAL} } }`;
  try {
    const answer = await ask(query, { input: { ...input, idempotencyKey } });
    unanswered.delete(what);
    return answer;
  } catch (refused) {
    if (refused instanceof Refused) unanswered.delete(what);
    throw refused;
  }
}

/** crypto.randomUUID is there on secure pages alone. */
function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
}
