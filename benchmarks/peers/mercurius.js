// The inbox on Fastify and Mercurius with its JIT: the floor's statements, sign-in and walls.
import Fastify from "fastify"
import mercurius from "mercurius"
import pg from "pg"
import { claims, today, words } from "./people.js"

const PAGE = 50

// Moments keep their microseconds, and are said in the office's time.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => text)
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })

const moment = (text) => {
  if (text === null) return null
  const [, whole, fraction = ""] = /^(.{19})(\.\d+)?\+00$/.exec(text)
  const local = new Date(Date.parse(whole.replace(" ", "T") + "Z") + 8 * 3600e3).toISOString()
  return local.slice(0, 19) + (fraction && fraction.padEnd(7, "0")) + "+08:00"
}
const base64 = (text) => Buffer.from(text).toString("base64")
const day = (text, year) => {
  const [of, month, date] = text.split("-").map(Number)
  return (of === year ? "" : `${of}年`) + `${month}月${date}日`
}

function summary({ kind, form, days }, year) {
  const label = words.kinds[kind]
  if (kind.startsWith("leave.")) {
    const [first, last] = [form.begins.date, form.ends.date]
    const until = first === last ? "" : `至${day(last).replace(/^.*年/, "")}`
    return `${label} ${Number(days)} 天，${day(first, year)}${until}`
  }
  if (kind.startsWith("outing.")) {
    const hours = (Date.parse(form.returns) - Date.parse(form.departs)) / 3600e3
    const [from, to] = [form.departs, form.returns].map((at) => at.slice(11, 16))
    return `${label} ${hours} 小时，${day(form.departs.slice(0, 10), year)} ${from}至${to}`
  }
  const said = form.explanation
  return `${label}：${said.length <= 40 ? said : said.slice(0, 40) + "…"}`
}

async function page(header) {
  const told = claims(header)
  const on = today()
  const client = await pool.connect()
  const ask = async (name, ...values) => (await client.query({ name, text: words.statements[name], values })).rows
  try {
    await client.query(`begin read only; set local guiju.institution = '${told.institution}'`)
    const [who] = await ask("viewer", told.institution, told.jti, new Date(), on)
    if (!who) throw new Error("NOT_SIGNED_IN")
    const own = [...who.seats, who.id]
    const turns = [...own, ...who.loans.map((each) => each.seat_id)]
    const found = await ask("inbox", told.institution, who.id, turns, own, JSON.stringify(who.loans))
    const rows = found.slice(0, PAGE)
    const given = ["institution_id", "id", "round"].map((name) => rows.map((row) => row[name]))
    const taken = new Map(rows.map((row) => [row.id, []]))
    for (const each of await ask("steps", ...given)) taken.get(each.request_id).push(each)
    const waited = [...new Set([...taken.values()].flat().flatMap((each) => each.seats ?? []))]
    const held = new Map((await ask("seats", told.institution, waited, on)).map((row) => [
      row.id,
      {
        title: words.roles[row.role],
        unit: row.unit,
        holders: row.holders.map((name) => ({ name })),
      },
    ]))
    await client.query("commit")
    const year = Number(on.slice(0, 4))
    return {
      totalCount: Number(found[0]?.total ?? 0),
      pageInfo: { hasNextPage: found.length > PAGE },
      edges: rows.map((row) => edge(row, taken.get(row.id), held, year)),
    }
  } catch (error) {
    await client.query("rollback")
    throw error
  } finally {
    client.release()
  }
}

function edge(row, taken, held, year) {
  const own = taken.find((each) => each.id === row.step_id)
  return {
    node: {
      id: base64(`Request:${row.id}`),
      number: row.number,
      kind: row.kind.toUpperCase().replaceAll(".", "_"),
      status: row.status.toUpperCase(),
      summary: summary(row, year),
      submittedAt: moment(row.submitted_at),
      unit: row.unit_name,
      applicant: { name: row.applicant_name },
      steps: taken.map((each) => ({
        title: words.roles[each.role],
        act: each.act.toUpperCase(),
        status: each.status.toUpperCase(),
        clause: words.clauses[each.clause],
        waitingFor: (each.seats ?? []).map((seat) => held.get(seat)),
      })),
    },
    step: {
      id: base64(`Step:${row.id}:${own.id}`),
      title: words.roles[own.role],
      act: own.act.toUpperCase(),
      waitingSince: moment(row.opened_at),
    },
  }
}

const schema = `
  type Query { inbox(first: Int): Requests! }
  type Requests { totalCount: Int! pageInfo: PageInfo! edges: [Edge!]! }
  type PageInfo { hasNextPage: Boolean! }
  type Edge { node: Request! step: OwnStep }
  type Request {
    id: ID! number: String! kind: String! status: String! summary: String! submittedAt: String
    unit: String! applicant: Person! steps: [Step!]!
  }
  type Person { name: String! }
  type Step { title: String! act: String! status: String! clause: Clause! waitingFor: [Seat!]! }
  type Clause { title: String! cite: String! }
  type Seat { title: String! unit: String! holders: [Person!]! }
  type OwnStep { id: ID! title: String! act: String! waitingSince: String }
`
const app = Fastify()
app.register(mercurius, {
  schema,
  resolvers: { Query: { inbox: (_, __, { header }) => page(header) } },
  context: (request) => ({ header: request.headers.authorization }),
  jit: 1,
})
await app.listen({ host: "127.0.0.1", port: Number(process.env.PORT) })
process.on("SIGTERM", () => process.exit())
