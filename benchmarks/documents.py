"""What is asked in the measurements, as a client's screens ask it."""

INBOX = """query Inbox { inbox(first: 50) { totalCount pageInfo { hasNextPage }
  edges { node { id number kind status summary submittedAt unit applicant { name }
      steps { title act status clause { title cite }
        waitingFor { title unit holders { name } } } }
    step { id title act waitingSince } } } }"""

REQUEST = """query Request($id: ID!) { node(id: $id) { ... on Request {
  id number kind status summary submittedAt unit applicant { name }
  steps { id title act status decision decidedBy { name } decidedAt comment
    clauses { title cite summary } waitingFor { title unit holders { name } } }
  history(first: 50) { edges { node { position event sentence at by { name } status round
    comment turns { title decision } clauses { title cite } } } } } } }"""

SCREEN = """query Screen($id: ID!) { node(id: $id) { ... on Request {
  id number kind status version summary submittedAt completedAt unit applicant { id name }
  fields { label display } marks attachments { name paper }
  steps { id title act status decision decidedBy { name } decidedAt comment skippedBecause
    clause { title cite } waitingFor { title holders { name } } }
  allowedActions { action allowed refusal { message } }
  clocks { state changes { what } } copies { at }
  comments { edges { node { text } } }
  history(first: 50) { edges { node { sentence at by { name } comment } } } } } }"""

SCREEN_OF_20 = """{ inbox(first: 20) { totalCount pageInfo { hasNextPage endCursor }
  edges { node { id number kind status summary submittedAt unit applicant { name } }
    step { id title act waitingSince dueAt } } } }"""

LINE = "edges { node { id number kind status summary submittedAt unit applicant { name } } }"


def box(name: str, more: str = "", first: int = 50) -> str:
    """A page of a box, as a list shows it."""
    return f"{{ requests(box: {name}, first: {first}{more}) {{ {LINE} }} }}"


LISTS = {
    "HANDLED": box("HANDLED"),
    "UNIT": box("UNIT"),
    "MINE": box("MINE"),
    "COPIED": box("COPIED"),
    "text that is rare": box("UNIT", ', text: "督查回访"'),
    "text that is common": box("UNIT", ', text: "家中有事"'),
}
ROUTE = """query Route($input: RoutePreviewInput!) { routePreview(input: $input) {
  ... on RoutePreview { finding provisional steps { title act clauses { title cite } } } } }"""
PREVIEW = """query Preview($input: PreviewInput!) { preview(input: $input) {
  ... on RoutePreview { finding provisional steps { title act clauses { title cite } } } } }"""
COUNTS = "{ boxCounts { box count exact } }"
VIEWER = "{ viewer { name } }"

OF_TABLES = """query Inbox { inbox(first: 50) { totalCount pageInfo { hasNextPage }
  nodes { stepId openedAt request { rowId number kind status form submittedAt unitName
    applicantName turnsList { rowId role act status clauses
      awaitedList { role unitByInstitutionIdAndUnitId { name } heldList { name } } } } } } }"""
"""The inbox as PostGraphile reads it off the tables: codes for titles, and no summaries."""
