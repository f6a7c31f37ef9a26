// Who asks: a token's signature and content, as every contender checks them.
import { createHmac, timingSafeEqual } from "node:crypto"
import { readFileSync } from "node:fs"

export const words = JSON.parse(readFileSync(process.env.WORDS, "utf8"))

export function claims(header) {
  const token = (header ?? "").replace(/^Bearer /, "")
  const at = token.lastIndexOf(".")
  const ours = createHmac("sha256", words.secret).update(token.slice(0, at)).digest()
  const theirs = Buffer.from(token.slice(at + 1), "base64url")
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) throw new Error("NOT_SIGNED_IN")
  const told = JSON.parse(Buffer.from(token.slice(0, at).split(".")[1], "base64url"))
  if (told.exp * 1000 <= Date.now()) throw new Error("NOT_SIGNED_IN")
  if (!/^[a-z][a-z0-9-]*$/.test(told.institution)) throw new Error("NOT_SIGNED_IN")
  return told
}

const shifted = (at) => new Date(at.getTime() + 8 * 3600e3).toISOString()

export const today = () => shifted(new Date()).slice(0, 10)
