// Starts GraphiQL against the address that it was served from; nothing is fetched from elsewhere.
const welcome = `# 规矩 Guiju. The book on the left describes every field.
# 1. Sign in: run this and copy the token.
mutation SignIn {
  signIn(input: {
    account: "staff@hrss-bureau", password: "guiju"
  }) {
    ... on SignedIn {
      token
      viewer { name seats { title unit } }
    }
    ... on Refusal { code message }
  }
}

# 2. Paste it under Headers below, behind Bearer,
#    and ask who decides on 2.5 days of sick leave.
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

const send = GraphiQL.createFetcher({ url: "/graphql" });

// Until a token is pasted the header is a blank to fill in, not a wrong token.
function fetcher(question, options) {
  const headers = { ...options?.headers };
  if (/^Bearer\s*$/.test(headers.Authorization ?? "")) delete headers.Authorization;
  return send(question, { ...options, headers });
}

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: welcome,
    defaultHeaders: '{\n  "Authorization": "Bearer "\n}',
    defaultEditorToolsVisibility: "headers",
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
  }),
);
