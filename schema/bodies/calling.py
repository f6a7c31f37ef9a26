"""Sittings of bodies in the API: called on notice, counted item by item, closed with minutes."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import at_fault
from domain.records.sittings import Finding
from resolvers.bodies import sittings as sitting
from resolvers.bodies import waiting as bodies
from resolvers.bodies.sittings import Proposed
from resolvers.ground.listing import readable
from resolvers.rules.rulebooks import LivingRulebook
from schema.bodies.sittings import Outcome, Sitting, sitting_of
from schema.ground.edges import in_place
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import argument, global_id, uuid_of
from schema.ground.scalars import JSON, given_object
from schema.requests.requests import Request
from schema.requests.steps import Step, step_of
from schema.rules.shapes import inside_input

KEY = "The same key is answered once."
SITTING = "The sitting."
LONGEST_TITLE = 200
LONGEST_REASON = 1000


@strawberry.type
class OpenVoteStep:
    """A request's step that waits for a vote of the body."""

    step: Step = strawberry.field(description="The step.")
    request: Request = strawberry.field(description="Its request.")
    sitting: str | None = strawberry.field(
        description="The number of the sitting that has it on its agenda."
    )


@strawberry.type
class SittingKept:
    """The sitting as the act left it."""

    sitting: Sitting = strawberry.field(description="With its agenda.")


SittingResult = Annotated[SittingKept | Refusal, strawberry.union("SittingResult")]


@strawberry.input
class AgendaItemInput:
    """A matter to put on the agenda: a request's open vote, or one of its own."""

    step_id: strawberry.ID | None = strawberry.field(
        default=None, description="A step of `openVoteSteps`."
    )
    title: str | None = strawberry.field(default=None, description="What it is about.")
    matter: str | None = strawberry.field(
        default=None, description="The code by which a row speaks of it; of a step its kind."
    )


@strawberry.input
class CallSittingInput:
    """A body called together. What its last sittings put off comes on the agenda by itself."""

    body: str = strawberry.field(description="The role code of the body.")
    begins_at: datetime = strawberry.field(description="When it begins.")
    noticed_at: datetime | None = strawberry.field(
        default=None, description="When the papers were sent; now when absent."
    )
    place: str = strawberry.field(default="", description="Where.")
    agenda: list[AgendaItemInput] = strawberry.field(description="In this order.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class SittingMemberInput:
    """Somebody who was due, and whether they came."""

    person_id: strawberry.ID = strawberry.field(description="The person.")
    attended: bool = strawberry.field(description="Whether they came.")


@strawberry.input
class RecordAttendanceInput:
    """Who came: either two numbers, or the members one by one."""

    sitting_id: strawberry.ID = strawberry.field(description=SITTING)
    eligible: int | None = strawberry.field(default=None, description="How many were due.")
    present: int | None = strawberry.field(default=None, description="How many of them came.")
    members: list[SittingMemberInput] | None = strawberry.field(
        default=None, description="Or who was due; an applicant among them has no vote."
    )
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class RecordVoteInput:
    """The count of one item."""

    item_id: strawberry.ID = strawberry.field(description="The item.")
    in_favour: int = strawberry.field(description="Votes in favour of those present.")
    against: int = strawberry.field(default=0, description="Votes against.")
    abstained: int = strawberry.field(default=0, description="Abstentions.")
    written_in_favour: int = strawberry.field(
        default=0, description="Written opinions in favour of those who have not come."
    )
    measures: JSON | None = strawberry.field(
        default=None, description='What its clause looks at: {"wide_split": true}'
    )
    finding: Outcome | None = strawberry.field(
        default=None, description="What the chair found, where the text states no majority."
    )
    reason: str | None = strawberry.field(default=None, description="Why the chair found so.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class CloseMinutesInput:
    """The end of a sitting: nothing changes afterwards."""

    sitting_id: strawberry.ID = strawberry.field(description=SITTING)
    minutes: str = strawberry.field(description="What was said and resolved.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


Body = Annotated[str, strawberry.argument(description="The role code of the body.")]


async def sittings(info: Info, body: Body) -> list[Sitting | None]:
    """The latest hundred sittings of a body that the viewer keeps or may call, newest first.

    Null stands for one that cannot be shown, and `errors` says so.
    """
    found = await bodies.of_body(info.context, body)
    return [await in_place("sittings", each, partial(_shown, info)) for each in found]


async def one_sitting(info: Info, id: strawberry.ID) -> Sitting:
    """A sitting with its agenda, for those who keep or may call it."""
    return await _shown(info, await bodies.found(info.context, argument(id, {"Sitting"}, "id")[1]))


async def open_vote_steps(info: Info, body: Body) -> list[OpenVoteStep | None]:
    """What may go on the agenda: the steps that wait for a vote of the body, oldest first.

    Null stands for one that cannot be shown, and `errors` says so.
    """

    def waiting(vote: bodies.OpenVote) -> OpenVoteStep:
        step = vote.view.request.step(vote.step_id)
        if step is None:
            raise LookupError("what waits is a step of its request's present round")
        turn = step_of(vote.view, step, info.context.language)
        return OpenVoteStep(step=turn, request=vote.view, sitting=vote.sitting)  # type: ignore[arg-type]

    votes = await bodies.open_votes(info.context, body)
    return [await in_place("steps", vote, waiting) for vote in votes]


async def call_sitting(info: Info, input: CallSittingInput) -> SittingKept:
    """Call a body together in good time. Without a sitting its secretary may still `decide`."""
    context = info.context
    with inside_input(await _rules(info), context.language):
        waiting = {
            global_id("Step", f"{each.view.id}:{each.step_id}"): each
            for each in readable(await bodies.open_votes(context, input.body))
        }
        if len(input.agenda) > bodies.MOST:
            raise at_fault("TOO_LARGE", "agenda", maximum=bodies.MOST)
        _must_be_short(input.place, "place", limit=LONGEST_TITLE)
        agenda = [_proposed(at, each, waiting) for at, each in enumerate(input.agenda)]
        noticed = input.noticed_at or context.now
        called = await sitting.call(
            context, input.body, input.begins_at, noticed, input.place, agenda
        )
    return await _kept(info, called)


def _proposed(at: int, given: AgendaItemInput, waiting: Mapping[Any, bodies.OpenVote]) -> Proposed:
    where = ("agenda", str(at))
    if given.step_id is None:
        if not given.title or not given.title.strip():
            raise at_fault("STEP_OR_TITLE", *where)
        _must_be_short(given.title, *where, "title", limit=LONGEST_TITLE)
        return Proposed(given.title.strip(), given.matter or "")
    if given.step_id not in waiting:
        raise at_fault("STEP_NOT_WAITING", *where, "stepId")
    return Proposed("", vote=waiting[given.step_id])


async def record_attendance(info: Info, input: RecordAttendanceInput) -> SittingKept:
    """Record who came to a sitting, until the first item is voted on."""
    sitting_id = uuid_of(input.sitting_id, "Sitting", "sittingId")
    listed = input.members or []
    members = {
        uuid_of(each.person_id, "Person", "members", str(at), "personId"): each.attended
        for at, each in enumerate(listed)
    }
    with inside_input(await _rules(info), info.context.language):
        if input.members is not None and not listed:
            raise at_fault("COUNT_OR_MEMBERS", "members")
        if len(members) != len(listed):
            raise at_fault("NAMED_TWICE", "members")
        counts = (input.eligible, input.present)
        return await _kept(info, await sitting.attend(info.context, sitting_id, counts, members))


async def record_vote(info: Info, input: RecordVoteInput) -> SittingKept:
    """Record the votes on one item: by the body's rows it is carried, lost or put off."""
    item_id = uuid_of(input.item_id, "SittingItem", "itemId")
    names = ("in_favour", "against", "abstained", "written_in_favour")
    votes = {name: getattr(input, name) for name in names}
    finding = Finding(input.finding, (input.reason or "").strip()) if input.finding else None
    with inside_input(await _rules(info), info.context.language):
        _must_be_short(input.reason or "", "reason", limit=LONGEST_REASON)
        measures = given_object(input.measures)
        voted = await sitting.vote(info.context, item_id, votes, measures, finding)
    return await _kept(info, voted)


async def close_minutes(info: Info, input: CloseMinutesInput) -> SittingKept:
    """Close the minutes of a sitting; items without a result come before the next one."""
    sitting_id = uuid_of(input.sitting_id, "Sitting", "sittingId")
    with inside_input(await _rules(info), info.context.language):
        return await _kept(info, await sitting.close(info.context, sitting_id, input.minutes))


async def replay_kept(info: Info, answer: Any) -> SittingKept:
    return await _kept(info, UUID(answer["sitting"]))


def _must_be_short(text: str, *path: str, limit: int) -> None:
    if len(text) > limit:
        raise at_fault("TOO_LONG", *path, limit=limit)


async def _rules(info: Info) -> LivingRulebook:
    return await info.context.rulebook(info.context.viewer.institution)


async def _shown(info: Info, found: Any) -> Sitting:
    return sitting_of(await _rules(info), found, info.context.language)


async def _kept(info: Info, sitting_id: UUID) -> SittingKept:
    return SittingKept(sitting=await _shown(info, await bodies.found(info.context, sitting_id)))


def _keeps(act: Any) -> Any:
    return mutation(act, SittingResult, permission="sittings", replay=replay_kept)


@strawberry.type
class Query:
    sittings = query(sittings, list[Sitting | None], permission="sittings")
    sitting = query(one_sitting, Sitting, permission="sittings")
    open_vote_steps = query(open_vote_steps, list[OpenVoteStep | None], permission="sittings")


@strawberry.type
class Mutation:
    call_sitting = _keeps(call_sitting)
    record_attendance = _keeps(record_attendance)
    record_vote = _keeps(record_vote)
    close_minutes = _keeps(close_minutes)
