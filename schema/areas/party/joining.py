"""Joining the party in the API: applications, cases with their history, and what may follow."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.office.organisation import Holder
from domain.shapes.votes import Ballot
from domain.time.calendar import Calendar
from resolvers.areas.party import joining
from resolvers.areas.party.cases import CaseView, find, page
from schema.areas.party.actions import of_party_case
from schema.ground.connections import Cursors, PageInfo, moment, page_info, page_size
from schema.ground.edges import edges_of, unreadable_field
from schema.ground.errors import Problem, Refusal, problem_of
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import argument, global_id, uuid_of
from schema.ground.nodes import Node
from schema.ground.scalars import JSON, given_object
from schema.office.organisation import Person, person_of, title_of
from schema.records.actions import ALLOWED, LivingAction
from schema.requests.kinds import said
from schema.rules.clauses import Clause, clause_of
from schema.rules.shapes import inside_input

KIND = "PartyCase"
CURSORS = Cursors("partyCases", (moment, UUID))


@strawberry.type
class PartyEvent:
    """What happened to a case."""

    event: str = strawberry.field(description="begin, confirm, propose …")
    from_: str = strawberry.field(name="from", description="The state that it found.")
    to: str = strawberry.field(description="The state that it led to.")
    taken: bool = strawberry.field(description="False: a seat only put its part on record.")
    at: datetime = strawberry.field(description="When.")
    by: str = strawberry.field(description="The name of who did it.")
    role: str = strawberry.field(description="The role of the seat that it was done in.")
    measures: JSON = strawberry.field(description="What was stated and counted, by measure.")
    particulars: JSON = strawberry.field(description="The count of votes and who was named.")
    comment: str = strawberry.field(description="As it was written; may be empty.")
    clause: Clause = strawberry.field(description="The clause that it rests on.")


@strawberry.type
class PartyNextEvent:
    """An event that may follow on a case's state."""

    event: str = strawberry.field(description="To give to `advancePartyCase`.")
    to: str = strawberry.field(description="The state that it leads to.")
    label: str = strawberry.field(description="In words.")
    role: str = strawberry.field(description="Whose it is: the role of the seat.")
    title: str = strawberry.field(description="What the office calls that seat.")
    allowed: bool = strawberry.field(description="Nothing known now stands against the viewer.")
    reasons: list[Problem] = strawberry.field(description="Why not, each with its clause.")
    demands: list[Problem] = strawberry.field(description="What is still to be stated with it.")


def _history(root: strawberry.Parent["PartyCase"]) -> list[PartyEvent]:
    return [_event(root.view, entry) for entry in root.view.entries]


def _follow(root: strawberry.Parent["PartyCase"], info: Info) -> list[PartyNextEvent]:
    found = joining.next_events(info.context, root.view, root.calendar)
    return [_next(root.view, each, info.context.language) for each in found]


@strawberry.type
class PartyCase(Node):
    """A person's case of joining the party, under the rules of the day that it was begun."""

    view: strawberry.Private[CaseView]
    calendar: strawberry.Private[Calendar]
    id: strawberry.ID = strawberry.field(description="Opaque and global.")
    person: Person = strawberry.field(description="Whose case it is.")
    path: str = strawberry.field(description="The path that it is on: party.candidate …")
    state: str = strawberry.field(description="Where it stands: activist, probationary …")
    since: datetime = strawberry.field(description="Since when.")
    begun_at: datetime = strawberry.field(description="When the application was handed in.")
    version: int = strawberry.field(description="To give as `expectedVersion`.")
    rulebook_version: int = strawberry.field(description="The rules that it is judged by.")
    standing: bool = strawberry.field(description="Whether anything can still follow.")

    history: list[PartyEvent] = strawberry.field(resolver=_history, description="In its order.")
    next_events: list[PartyNextEvent] = strawberry.field(
        description="What may follow, for the viewer, and why the rest may not.", resolver=_follow
    )
    allowed_actions: list[LivingAction] = strawberry.field(
        resolver=of_party_case, description=ALLOWED
    )


@strawberry.type
class PartyCaseEdge:
    """One case of a page."""

    cursor: str = strawberry.field(description="To continue after it.")
    node: PartyCase | None = strawberry.field(description="The case.")
    unreadable: str | None = unreadable_field()


@strawberry.type
class PartyCaseConnection:
    """Cases, the newest first."""

    edges: list[PartyCaseEdge] = strawberry.field(description="This page.")
    page_info: PageInfo = strawberry.field(description="Where it lies.")


@strawberry.input
class PartyBallotInput:
    """A count of votes, as the branch secretary records it."""

    eligible: int = strawberry.field(description="How many have a vote.")
    present: int = strawberry.field(description="How many of them have come.")
    in_favour: int = strawberry.field(description="Votes in favour of those present.")
    against: int = strawberry.field(default=0, description="Votes against.")
    abstained: int = strawberry.field(default=0, description="Abstentions.")
    written_in_favour: int = strawberry.field(default=0, description="Of the absent, in writing.")


@strawberry.input
class BeginPartyCaseInput:
    """One's own application to join the party."""

    application: str = strawberry.field(description="The application as it is handed in.")
    born: date = strawberry.field(description="The applicant's date of birth.")
    idempotency_key: strawberry.ID = strawberry.field(description="The same key is answered once.")


@strawberry.input
class PartyCaseActInput:
    """An act on a case, with what the seat has to say; dates and counts are the server's."""

    case_id: strawberry.ID = strawberry.field(description="The case.")
    expected_version: int = strawberry.field(description="The version that was read.")
    event: str = strawberry.field(description="As `nextEvents` names it.")
    measures: JSON | None = strawberry.field(default=None, description='{"vetting_recorded": true}')
    ballot: PartyBallotInput | None = strawberry.field(default=None, description="A vote, counted.")
    people: list[strawberry.ID] | None = strawberry.field(
        default=None, description="The mentors or introducers."
    )
    comment: str | None = strawberry.field(default=None, description="May be left out.")
    idempotency_key: strawberry.ID = strawberry.field(description="The same key is answered once.")


@strawberry.type
class PartyCaseKept:
    """The act is done and on record."""

    case: PartyCase = strawberry.field(description="As it is now.")


PartyCaseResult = Annotated[PartyCaseKept | Refusal, strawberry.union("PartyCaseResult")]


async def begin_party_case(info: Info, input: BeginPartyCaseInput) -> PartyCaseKept:
    """Apply to join the party: age and conditions are checked, all reasons told at once."""
    living = await info.context.rulebook(info.context.viewer.institution)
    with inside_input(living, info.context.language):
        return await _kept(info, await joining.begin(info.context, input.application, input.born))


async def advance_party_case(info: Info, input: PartyCaseActInput) -> PartyCaseKept:
    """Take a case a stage further, in the seat that the clause names."""
    return await _act(info, input, note=False)


async def note_on_party_case(info: Info, input: PartyCaseActInput) -> PartyCaseKept:
    """Put on record what one's seat has to say of a stage that another seat will take."""
    return await _act(info, input, note=True)


async def _act(info: Info, input: PartyCaseActInput, *, note: bool) -> PartyCaseKept:
    asked = joining.Asked(
        event=input.event,
        measures=given_object(input.measures),
        ballot=Ballot(**vars(input.ballot)) if input.ballot else None,
        people=tuple(
            uuid_of(each, "Person", "people", str(n)) for n, each in enumerate(input.people or ())
        ),
        comment=input.comment or "",
    )
    case, context = uuid_of(input.case_id, KIND, "caseId"), info.context
    living = await context.rulebook(context.viewer.institution)
    with inside_input(living, context.language):
        await joining.act(context, case, input.expected_version, asked, note=note)
    return await _kept(info, case)


async def replay_kept(info: Info, answer: Any) -> PartyCaseKept:
    return await _kept(info, UUID(answer["case"]))


async def _kept(info: Info, case: UUID) -> PartyCaseKept:
    return PartyCaseKept(case=_case(await find(info.context, case), await info.context.calendar()))


async def party_case(info: Info, id: strawberry.ID) -> PartyCase:
    """One case with its history; one's own, or any for those who have stages to take."""
    view = await find(info.context, argument(id, {KIND}, "id")[1])
    return _case(view, await info.context.calendar())


async def party_cases(
    info: Info,
    state: Annotated[
        str | None, strawberry.argument(description="In this state alone: activist …")
    ] = None,
    first: int | None = 20,
    after: str | None = None,
) -> PartyCaseConnection:
    """Cases of joining the party that the viewer may see, the newest first."""
    since = CURSORS.read(after)
    found, more = await page(info.context, state, page_size(first), since)
    calendar = await info.context.calendar()
    edges = await edges_of(info, PartyCaseEdge, CURSORS, found, lambda view: _case(view, calendar))
    cursors = [edge.cursor for edge in edges]
    return PartyCaseConnection(edges=edges, page_info=page_info(cursors, more=more, after=after))


def _case(view: CaseView, calendar: Calendar) -> PartyCase:
    case = view.case
    return PartyCase(
        view=view,
        calendar=calendar,
        id=global_id(KIND, case.id),
        person=person_of(Holder(case.person, view.name, view.account)),
        path=case.path,
        state=case.state,
        since=case.since,
        begun_at=view.begun_at,
        version=view.version,
        rulebook_version=view.rulebook_version,
        standing=view.standing,
    )


def _event(view: CaseView, entry: Mapping[str, Any]) -> PartyEvent:
    return PartyEvent(
        event=entry["event"],
        from_=entry["origin"],
        to=entry["target"],
        taken=entry["taken"],
        at=datetime.fromisoformat(entry["at"]),
        by=entry["person_name"],
        role=entry["role"],
        measures=JSON(entry["measures"]),
        particulars=JSON(entry["particulars"]),
        comment=entry["comment"],
        clause=clause_of(view.living, entry["clause"]),
    )


def _next(view: CaseView, each: joining.Next, language: str) -> PartyNextEvent:
    living = view.living
    return PartyNextEvent(
        event=each.transition.event,
        to=each.transition.target,
        label=said(each.transition.label, language),
        role=each.role,
        title=title_of(each.role, living.vocabulary.roles, language),
        allowed=not each.reasons,
        reasons=[problem_of(problem, living, language) for problem in each.reasons],
        demands=[problem_of(problem, living, language) for problem in each.demands],
    )


@strawberry.type
class Query:
    party_cases = query(party_cases, PartyCaseConnection, permission="cases")
    party_case = query(party_case, PartyCase, permission="cases")


ACTS: Any = {"permission": "cases", "replay": replay_kept}


@strawberry.type
class Mutation:
    begin_party_case = mutation(begin_party_case, PartyCaseResult, **ACTS)
    advance_party_case = mutation(advance_party_case, PartyCaseResult, **ACTS)
    note_on_party_case = mutation(note_on_party_case, PartyCaseResult, **ACTS)
