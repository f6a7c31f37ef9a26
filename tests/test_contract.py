"""The names that outside programs rely on: each is there, and keeps its type."""

import pytest
from graphql import GraphQLEnumType, GraphQLNamedType, GraphQLObjectType

from schema.app import sdl
from tests.contract import contract

SCHEMA = contract()

FIELDS = """
Node.id: ID!
PageInfo.hasNextPage: Boolean!
PageInfo.hasPreviousPage: Boolean!
PageInfo.startCursor: String
PageInfo.endCursor: String
Clause.id: ID!
Clause.institution: String!
Clause.regulation: String!
Clause.cite: String!
Clause.title: String!
Clause.summary: String!
Clause.enforcedBy: [String!]!
Refusal.code: String!
Refusal.message: String!
Refusal.clause: Clause
Refusal.problems: [Problem!]!
Problem.path: [String!]!
Problem.code: String!
Problem.message: String!
Problem.clause: Clause
SignInInput.account: String!
SignInInput.password: String!
SignedIn.token: String!
SignedIn.viewer: Person!
Person.id: ID!
Person.name: String!
Person.account: String!
Person.seats: [Seat!]!
Seat.role: String!
Seat.title: String!
Seat.unit: String!
Seat.holders: [Person!]!
RoutePreviewInput.institution: String!
RoutePreviewInput.kind: RequestKind!
RoutePreviewInput.facts: JSON!
RoutePreviewInput.on: Date
RoutePreviewInput.regulation: String
RouteStep.role: String!
RouteStep.title: String!
RouteStep.alternatives: [String!]!
RouteStep.act: StepAct!
RouteStep.clause: Clause!
RouteStep.seats: [Seat!]!
RoutePreview.finding: RouteFinding!
RoutePreview.steps: [RouteStep!]!
RoutePreview.claims: [Clause!]!
RoutePreview.notes: [String!]!
Step.id: ID!
Step.role: String!
Step.title: String!
Step.act: StepAct!
Step.clause: Clause!
Step.status: StepStatus!
Step.decision: Decision
Step.decidedBy: Person
Step.onBehalfOf: Seat
Step.decidedAt: DateTime
Step.comment: String
Step.waitingFor: [Seat!]!
Step.dueAt: DateTime
Step.skippedBecause: String
FormValue.name: String!
FormValue.label: String!
FormValue.display: String!
FormValue.value: JSON
Request.form: RequestForm!
Request.id: ID!
Request.number: String!
Request.kind: RequestKind!
Request.status: RequestStatus!
Request.version: Int!
Request.summary: String!
Request.applicant: Person!
Request.submittedAt: DateTime
Request.completedAt: DateTime
Request.fields: [FormValue!]!
Request.steps: [Step!]!
Request.allowedActions: [AllowedAction!]!
AllowedAction.action: String!
AllowedAction.allowed: Boolean!
AllowedAction.refusal: Refusal
RequestConnection.edges: [RequestEdge!]!
RequestConnection.pageInfo: PageInfo!
RequestConnection.totalCount: Int!
RequestEdge.cursor: String!
RequestEdge.node: Request!
RequestEdge.step: Step
LeaveMomentInput.date: Date!
LeaveMomentInput.half: HalfOfDay!
SubmitLeaveSickInput.begins: LeaveMomentInput!
SubmitLeaveSickInput.ends: LeaveMomentInput!
SubmitLeaveSickInput.explanation: String!
SubmitLeaveSickInput.attachments: [AttachmentInput!]
SubmitLeaveSickInput.asSeat: ID
SubmitLeaveSickInput.idempotencyKey: ID!
AttachmentInput.upload: ID!
AttachmentInput.paper: String
Submitted.request: Request!
DecideInput.stepId: ID!
DecideInput.decision: Decision!
DecideInput.comment: String
DecideInput.returnTo: ID
DecideInput.expectedVersion: Int
DecideInput.idempotencyKey: ID!
Decided.request: Request!
KindInfo.kind: RequestKind!
KindInfo.label: String!
KindInfo.area: String!
KindInfo.fields: JSON!
ClauseConnection.edges: [ClauseEdge!]!
ClauseConnection.pageInfo: PageInfo!
ClauseConnection.totalCount: Int!
ClauseEdge.cursor: String!
ClauseEdge.node: Clause!
Query.viewer: Person!
Query.node: Node
Query.inbox: RequestConnection!
Query.requests: RequestConnection!
Query.kinds: [KindInfo!]!
Query.clauses: ClauseConnection!
Query.routePreview: RoutePreviewResult!
Query.previewLeaveSick: RoutePreviewResult!
Mutation.signIn: SignInResult!
Mutation.submitLeaveSick: SubmitResult!
Mutation.decide: DecideResult!
"""
ARGUMENTS = """
Query.node(id: ID!)
Query.inbox(first: Int = 50)
Query.inbox(after: String)
Query.requests(box: RequestBox!)
Query.requests(kind: RequestKind)
Query.requests(status: RequestStatus)
Query.requests(text: String)
Query.requests(from: Date)
Query.requests(to: Date)
Query.requests(first: Int = 50)
Query.requests(after: String)
Query.kinds(institution: String)
Query.clauses(institution: String!)
Query.clauses(area: String)
Query.clauses(clauseKind: String)
Query.clauses(requestKind: RequestKind)
Query.clauses(first: Int = 50)
Query.clauses(after: String)
Query.routePreview(input: RoutePreviewInput!)
Query.previewLeaveSick(input: SubmitLeaveSickInput!)
Mutation.signIn(input: SignInInput!)
Mutation.submitLeaveSick(input: SubmitLeaveSickInput!)
Mutation.decide(input: DecideInput!)
"""
ENUMS = {
    "StepAct": "ENDORSE APPROVE SIGN RECORD VOTE",
    "RouteFinding": "ROUTED GAP OVERLAP FORBIDDEN",
    "StepStatus": "WAITING OPEN DONE SKIPPED CANCELLED",
    "RequestStatus": "DRAFT PENDING RETURNED APPROVED REJECTED WITHDRAWN",
    "Decision": "AGREE REJECT RETURN",
    "RequestBox": "MINE TO_DECIDE HANDLED COPIED UNIT",
    "HalfOfDay": "MORNING AFTERNOON",
}
KINDS = """LEAVE_PERSONAL LEAVE_SICK LEAVE_OFFICIAL LEAVE_ANNUAL LEAVE_MARRIAGE LEAVE_MATERNITY
  LEAVE_PATERNITY LEAVE_BEREAVEMENT LEAVE_HOME_VISIT LEAVE_NURSING LEAVE_EXTENSION OUTING_OFFICIAL
  OUTING_PRIVATE VEHICLE_DISPATCH EXPENDITURE_GENERAL SEAL_USE"""
UNIONS = {
    "SignInResult": "SignedIn Refusal",
    "RoutePreviewResult": "RoutePreview Refusal",
    "SubmitResult": "Submitted Refusal",
    "DecideResult": "Decided Refusal",
}


def of(name: str) -> GraphQLNamedType:
    return SCHEMA.type_map[name]


@pytest.mark.parametrize("line", FIELDS.split("\n")[1:-1])
def test_every_field_is_there_and_keeps_its_type(line: str) -> None:
    path, _, kind = line.partition(": ")
    owner, name = path.split(".")
    assert str(of(owner).fields[name].type) == kind


@pytest.mark.parametrize("line", ARGUMENTS.split("\n")[1:-1])
def test_every_argument_is_there_and_keeps_its_type_and_default(line: str) -> None:
    path, _, given = line.rstrip(")").partition("(")
    owner, field = path.split(".")
    name, _, kind = given.partition(": ")
    kind, _, default = kind.partition(" = ")
    argument = of(owner).fields[field].args[name]
    assert str(argument.type) == kind
    assert not default or argument.ast_node.default_value.value == default


@pytest.mark.parametrize("name", ENUMS)
def test_every_enum_keeps_its_values(name: str) -> None:
    kind = of(name)
    assert isinstance(kind, GraphQLEnumType)
    assert list(kind.values) == ENUMS[name].split()


def test_the_kinds_have_their_codes() -> None:
    assert set(KINDS.split()) <= set(of("RequestKind").values)


@pytest.mark.parametrize("name", UNIONS)
def test_a_result_is_its_payload_or_a_refusal(name: str) -> None:
    assert {each.name for each in of(name).types} == set(UNIONS[name].split())


def test_requests_people_and_clauses_are_nodes() -> None:
    for name in ("Request", "Person", "Clause"):
        kind = of(name)
        assert isinstance(kind, GraphQLObjectType), name
        assert "Node" in {each.name for each in kind.interfaces}, name


def test_every_kind_has_its_typed_form() -> None:
    words = {"".join(part.capitalize() for part in kind.split("_")) for kind in KINDS.split()}
    assert {f"{each}Form" for each in words} <= {each.name for each in of("RequestForm").types}


def test_every_kind_has_a_submit_and_a_preview_of_one_input() -> None:
    mutations = of("Mutation").fields.items()
    submits = {name for name, field in mutations if str(field.type) == "SubmitResult!"}
    for name in submits - {"submit"}:
        preview = of("Query").fields[name.replace("submit", "preview", 1)]
        submit = of("Mutation").fields[name]
        assert str(preview.args["input"].type) == str(submit.args["input"].type)
    assert len(submits) > 12


def test_every_mutation_but_signing_in_asks_for_an_idempotency_key() -> None:
    for name, field in of("Mutation").fields.items():
        given = field.args["input"].type.of_type.fields
        assert ("idempotencyKey" in given) == (
            name not in ("signIn", "spendLink", "refreshSession")
        ), name


def test_exact_values_have_scalars_of_their_own() -> None:
    assert {"DateTime", "Date", "Decimal", "JSON"} <= set(SCHEMA.type_map)
    assert "Float" not in sdl().replace("Float cannot", "")
