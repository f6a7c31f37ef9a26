// Starts GraphiQL against the address that it was served from; nothing is fetched from elsewhere.
const welcome = `# 规矩 Guiju. The book icon on the left shows every field with its description.
# 1. Sign in: run this, copy the token.
mutation SignIn {
  signIn(input: { account: "staff@hrss-bureau", password: "guiju" }) {
    ... on SignedIn { token viewer { name seats { title unit } } }
    ... on Refusal { code message }
  }
}

# 2. Paste the token under Headers below, then ask who must agree to two and a half days' sick leave.
query WhoMustAgree {
  routePreview(input: {
    institution: "hrss-bureau", kind: LEAVE_SICK
    facts: { days: "2.5", applicant_rank: "staff" }
  }) {
    ... on RoutePreview {
      finding
      steps { title act clause { title } }
    }
    ... on Refusal { code message }
  }
}
`;

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: "/graphql" }),
    defaultQuery: welcome,
    defaultHeaders: '{\n  "Authorization": "Bearer "\n}',
    defaultEditorToolsVisibility: "headers",
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
  }),
);
