"""Cases in the API: petitions and complaints with their history, and the events that may follow."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any
from unicodedata import normalize
from uuid import UUID

import strawberry

from domain.records.cases import ORAL, WRITTEN
from domain.time.calendar import Calendar
from resolvers.ground.listing import readable
from resolvers.records import cases
from resolvers.records.acts import Acting, seats_of
from resolvers.records.case_rows import CaseView, Filter, find, page, tells_secrets
from resolvers.requests.papers import Attachment
from schema.areas.petitions.case_types import (
    CaseClock,
    CaseEvent,
    CaseHandler,
    CaseNextEvent,
    Complainant,
    ComplainedOf,
    clock_of,
    event_of,
    next_of,
)
from schema.ground.connections import Cursors, PageInfo, moment, page_info, page_size
from schema.ground.edges import edges_of, lenient, nothing, unreadable_field
from schema.ground.errors import Refusal
from schema.ground.fields import Info, is_after_write, mutation, query
from schema.ground.ids import argument, global_id, uuid_if_given, uuid_of
from schema.ground.nodes import Node
from schema.ground.scalars import JSON, given_object
from schema.records.actions import ALLOWED, LivingAction, of_case
from schema.requests.kinds import RequestKind
from schema.requests.submissions import AttachmentInput
from schema.rules.shapes import inside_input

KIND = "Case"
CURSORS = Cursors("cases", (moment, UUID))


@strawberry.enum(description="In which form an answer is given.")
class AnswerForm(Enum):
    ORAL = ORAL
    WRITTEN = WRITTEN


async def _complainant(root: strawberry.Parent["Case"], info: Info) -> Complainant:
    case = root.view.case
    if not await tells_secrets(info.context, root.view, after_write=is_after_write(info)):
        return Complainant(name="", telephone="")
    info.context.reads_secret(case.kind, case.id)
    return Complainant(name=case.complainant_name, telephone=case.complainant_telephone)


def _history(root: strawberry.Parent["Case"], info: Info) -> list[CaseEvent]:  # noqa: ARG001
    return [event_of(root.view, entry) for entry in root.view.entries]


def _follow(root: strawberry.Parent["Case"], info: Info) -> list[CaseNextEvent]:
    found = cases.next_events(info.context, root.view, root.seats, root.calendar)
    return [next_of(root.view, each, info.context.language) for each in found]


def _clocks(root: strawberry.Parent["Case"], info: Info) -> list[CaseClock]:  # noqa: ARG001
    return [clock_of(root.view, each) for each in root.view.clocks]


@strawberry.type
class Case(Node):
    """A petition or complaint on the path that the office's rules give it."""

    view: strawberry.Private[CaseView]
    seats: strawberry.Private[Sequence[Acting]]
    calendar: strawberry.Private[Calendar]
    id: strawberry.ID = strawberry.field(description="Opaque and global.")
    request_id: strawberry.ID = strawberry.field(description="The request that it began with.")
    number: str = strawberry.field(description="The request's number.")
    kind: RequestKind = strawberry.field(description="What it is.")
    path: str = strawberry.field(description="The path that it is on: petition.visit …")
    state: str = strawberry.field(description="Where it stands: assigned, answered …")
    since: datetime = strawberry.field(description="Since when.")
    version: int = strawberry.field(description="To give as `expectedVersion`.")
    standing: bool = strawberry.field(description="Whether it can still go on.")
    overdue: bool = strawberry.field(description="Whether a clock of it has run out.")
    begun_at: datetime = strawberry.field(description="When it was registered, or instructed.")
    registered_by: str = strawberry.field(description="Who registered it.")
    channel: str = strawberry.field(description="How it came: letter, visit, telephone …")
    received_on: date = strawberry.field(description="The day on which it came.")
    subject: str = strawberry.field(description="What it says.")
    superior: str = strawberry.field(description="The superior that assigned it; may be empty.")
    complained_of: ComplainedOf = strawberry.field(description="Of whom or what it complains.")
    handler: CaseHandler = strawberry.field(description="Who handles it, and where it went.")
    answer: str = strawberry.field(description="The answer or result; empty until then.")
    answer_form: str = strawberry.field(description="oral, written, or empty.")
    urged_at: datetime | None = strawberry.field(description="When it was last urged.")
    answered_at: datetime | None = strawberry.field(description="When it was answered.")
    closed_at: datetime | None = strawberry.field(description="When it was settled.")
    reported_at: datetime | None = strawberry.field(description="When it was reported back.")
    archived_at: datetime | None = strawberry.field(description="When it was filed.")

    complainant: Complainant = strawberry.field(
        resolver=_complainant, description="Who complains; the ledger keeps who read it."
    )
    clocks: list[CaseClock] = strawberry.field(
        resolver=lenient("cases", _clocks, nothing), description="Its deadlines."
    )
    history: list[CaseEvent] = strawberry.field(
        resolver=lenient("cases", _history, nothing), description="In its order."
    )
    next_events: list[CaseNextEvent] = strawberry.field(
        resolver=lenient("cases", _follow, nothing),
        description="What may follow, for the viewer, and why the rest may not.",
    )
    allowed_actions: list[LivingAction] = strawberry.field(resolver=of_case, description=ALLOWED)


@strawberry.type
class CaseEdge:
    """One case of a page."""

    cursor: str = strawberry.field(description="To continue after it.")
    node: Case | None = strawberry.field(description="The case.")
    unreadable: str | None = unreadable_field()


@strawberry.type
class CaseConnection:
    """Cases, the newest first."""

    edges: list[CaseEdge] = strawberry.field(description="This page.")
    page_info: PageInfo = strawberry.field(description="Where it lies.")


@strawberry.input
class CaseFilterInput:
    """What a list of cases is narrowed to; whatever is left out does not count."""

    kind: RequestKind | None = strawberry.field(default=None, description="Of this kind alone.")
    number: str | None = strawberry.field(default=None, description="With this number alone.")
    state: str | None = strawberry.field(default=None, description="In this state alone.")
    channel: str | None = strawberry.field(default=None, description="letter, visit …")
    standing: bool | None = strawberry.field(default=None, description="Still going on, or not.")
    overdue: bool | None = strawberry.field(default=None, description="Late, or not.")
    from_: date | None = strawberry.field(
        name="from", default=None, description="Received on this day or later."
    )
    to: date | None = strawberry.field(default=None, description="Received on this day or earlier.")


@strawberry.input
class AdvanceCaseInput:
    """An event of a case, with what the event asks for; `nextEvents` tells which parts."""

    case_id: strawberry.ID = strawberry.field(description="The case.")
    expected_version: int = strawberry.field(description="The version that was read.")
    event: str = strawberry.field(description="As `nextEvents` names it.")
    text: str | None = strawberry.field(
        default=None, description="The proposal, answer, finding, report or reason."
    )
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="The section that is to handle it."
    )
    person_id: strawberry.ID | None = strawberry.field(
        default=None, description="Who is to handle it."
    )
    department: str | None = strawberry.field(
        default=None, description="The department that it is passed to."
    )
    document: AttachmentInput | None = strawberry.field(
        default=None, description="The paper that goes with it."
    )
    answer_form: AnswerForm | None = strawberry.field(
        default=None, description="Where the event does not tell."
    )
    measures: JSON | None = strawberry.field(default=None, description="What a guard asks for.")
    idempotency_key: strawberry.ID = strawberry.field(description="The same key is answered once.")


@strawberry.type
class CaseAdvanced:
    """The event has happened and is on record."""

    case: Case = strawberry.field(description="As it is now.")


CaseResult = Annotated[CaseAdvanced | Refusal, strawberry.union("CaseResult")]


async def advance_case(info: Info, input: AdvanceCaseInput) -> CaseAdvanced:
    """Let an event happen to a case: assign, forward, urge, investigate, answer, close, file …"""
    document = input.document
    asked = cases.Asked(
        event=input.event,
        text=input.text or "",
        unit=uuid_if_given(input.unit_id, "Unit", "unitId"),
        person=uuid_if_given(input.person_id, "Person", "personId"),
        department=input.department or "",
        document=Attachment(document.name, document.sha256) if document else None,
        answer_form=input.answer_form.value if input.answer_form else "",
        measures=given_object(input.measures),
    )
    context, case = info.context, uuid_of(input.case_id, KIND, "caseId")
    with inside_input(await context.rulebook(context.viewer.institution), context.language):
        await cases.act(context, case, input.expected_version, asked)
    return await _kept(info, case)


async def replay_kept(info: Info, answer: Any) -> CaseAdvanced:
    return await _kept(info, UUID(answer["case"]))


async def _kept(info: Info, case: UUID) -> CaseAdvanced:
    return CaseAdvanced(case=await shown(info, await find(info.context, case)))


async def case(info: Info, id: strawberry.ID) -> Case:
    """One case with its history: for its clerks, the leaders and who handles it."""
    return await shown(info, await find(info.context, argument(id, {KIND}, "id")[1]))


async def list_cases(
    info: Info,
    filter: Annotated[
        CaseFilterInput | None, strawberry.argument(description="What is wanted; all if absent.")
    ] = None,
    first: int | None = 20,
    after: str | None = None,
) -> CaseConnection:
    """Petitions and complaints that the viewer may see, the newest first."""
    since = CURSORS.read(after)
    found, more = await page(info.context, wanted(filter), page_size(first), since)
    kinds = {view.case.kind for view in readable(found)}
    seats = {kind: await seats_of(info.context, kind, {}) for kind in kinds}
    edges = await edges_of(
        info, CaseEdge, CURSORS, found, lambda view: shown(info, view, seats[view.case.kind])
    )
    cursors = [edge.cursor for edge in edges]
    return CaseConnection(edges=edges, page_info=page_info(cursors, more=more, after=after))


def wanted(given: CaseFilterInput | None) -> Filter:
    if given is None:
        return Filter()
    kind: Any = given.kind
    return Filter(
        kind.value if kind else None,
        *(
            given.number and normalize("NFKC", given.number).strip(),
            given.state,
            given.channel,
            given.standing,
            given.overdue,
            given.from_,
            given.to,
        ),
    )


async def shown(info: Info, view: CaseView, seats: Sequence[Acting] | None = None) -> Case:
    case = view.case
    if seats is None:
        seats = await seats_of(info.context, case.kind, view.known)
    return Case(
        view=view,
        seats=seats,
        calendar=await info.context.calendar(),
        id=global_id(KIND, case.id),
        request_id=global_id("Request", case.id),
        kind=RequestKind(case.kind),
        overdue=view.overdue,
        registered_by=case.registered_by_name,
        complained_of=ComplainedOf.of(case),
        handler=CaseHandler.of(case),
        **{name: getattr(case, name) for name in TOLD},
    )


TOLD = (
    *("number", "path", "state", "since", "version", "standing", "begun_at", "channel"),
    *("received_on", "subject", "superior", "answer", "answer_form", "urged_at"),
    *("answered_at", "closed_at", "reported_at", "archived_at"),
)


@strawberry.type
class Query:
    cases = query(list_cases, CaseConnection, permission="cases")
    case = query(case, Case, permission="cases")


@strawberry.type
class Mutation:
    advance_case = mutation(advance_case, CaseResult, permission="cases", replay=replay_kept)
