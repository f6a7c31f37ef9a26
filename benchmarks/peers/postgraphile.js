// The inbox on PostGraphile 5, as the serving role and under its settings; functions say whose it is.
import { createServer } from "node:http"
import { makePgService } from "postgraphile/adaptors/pg"
import { grafserv } from "postgraphile/grafserv/node"
import { PostGraphileAmberPreset } from "postgraphile/presets/amber"
import { postgraphile } from "postgraphile"
import { claims } from "./people.js"

// Node 20 lacks it.
Promise.withResolvers ??= function () {
  let resolve, reject
  const promise = new Promise((...both) => ([resolve, reject] = both))
  return { promise, resolve, reject }
}

const preset = {
  extends: [PostGraphileAmberPreset],
  disablePlugins: ["NodePlugin", "PgMutationCreatePlugin", "PgMutationUpdateDeletePlugin"],
  pgServices: [
    makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public"], poolConfig: { max: 10 } }),
  ],
  gather: { pgStrictFunctions: true },
  schema: { defaultBehavior: "+list" },
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: {
    context({ node }) {
      const told = claims(node.req.headers.authorization)
      return { pgSettings: { "guiju.institution": told.institution, "guiju.session": told.jti } }
    },
  },
}
const server = createServer()
const served = postgraphile(preset).createServ(grafserv)
await served.addTo(server)
server.listen(Number(process.env.PORT), "127.0.0.1")
process.on("SIGTERM", () => process.exit())
