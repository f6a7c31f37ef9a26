"""Sittings of bodies in the API: called on notice, counted item by item, closed with minutes."""

from datetime import datetime
from functools import partial
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import at_fault, must_be_short
from domain.records.sittings import Came, Finding
from resolvers.office.resolving import resolved
from resolvers.records import attending, ballots, bodies, calling_off
from resolvers.records import sittings as sitting
from schema.ground.acts import Reason, act, replayed, within
from schema.ground.edges import in_place
from schema.ground.fields import Info, query
from schema.ground.ids import Id, uuid_of
from schema.ground.scalars import JSON, given_object
from schema.office.administering import ACTS, READY
from schema.records.sittings import Outcome, Sitting, sitting_of
from schema.requests.requests import Request
from schema.requests.steps import Step, step_of
from schema.rules.shapes import inside_input

ITEM = "The item."
LONGEST_TITLE = 200
LONGEST_REASON = 1000
LONGEST_STATEMENT = 4000


@strawberry.type
class OpenVoteStep:
    """A request's step that waits for a vote of the body."""

    step: Annotated[Step, "The step."]
    request: Annotated[Request, "Its request."]
    sitting: Annotated[str | None, "The number of the sitting that has it on its agenda."]


@strawberry.input
class SittingMemberInput:
    """Somebody who was due, and whether they came."""

    person_id: Annotated[strawberry.ID, "The person."]
    attended: Annotated[bool, "Whether they came."]
    excused: Annotated[bool, "Whether who did not come had asked beforehand."] = False
    sits_in: Annotated[bool, "Whether they only sit in: neither counted nor asked to vote."] = False


@strawberry.input
class StatementInput:
    """What somebody said on an item; of who did not come, in writing."""

    person_id: Annotated[strawberry.ID, "One of those recorded as due or sitting in."]
    said: Annotated[str, "Their explanation, advice or opinion."]


Body = Annotated[str, "The role code of the body."]


Unminuted = Annotated[bool, "Only what has begun and whose minutes are not closed yet."]


async def sittings(info: Info, body: Body, unminuted: Unminuted = False) -> list[Sitting | None]:
    """The latest hundred sittings of a body that the viewer keeps or may call, newest first.

    Null stands for one that cannot be shown, and `errors` says so.
    """
    found = await bodies.of_body(info.context, body, unminuted=unminuted)
    return [await in_place("sittings", each, partial(_shown, info)) for each in found]


async def my_sittings(info: Info) -> list[Sitting | None]:
    """The latest hundred sittings that the viewer called, was called to or came to, newest first.

    Null stands for one that cannot be shown, and `errors` says so.
    """
    found = await bodies.of_viewer(info.context)
    return [await in_place("sittings", each, partial(_shown, info)) for each in found]


async def one_sitting(info: Info, id: Annotated[UUID, Id("Sitting")]) -> Sitting:
    """A sitting with its agenda, for those who keep it, may call it or were called to it."""
    return await _shown(info, await bodies.found(info.context, id))


async def open_vote_steps(info: Info, body: Body) -> list[OpenVoteStep | None]:
    """What may go on the agenda: the steps that wait for a vote of the body, oldest first.

    Null stands for one that cannot be shown, and `errors` says so.
    """

    def waiting(vote: bodies.OpenVote) -> OpenVoteStep:
        step = vote.view.step(vote.step_id)
        if step is None:
            raise LookupError("what waits is a step of its request's present round")
        turn = step_of(vote.view, step, info.context.language)
        return OpenVoteStep(step=turn, request=vote.view, sitting=vote.sitting)  # type: ignore[arg-type]

    votes = await bodies.open_votes(info.context, body)
    return [await in_place("steps", vote, waiting) for vote in votes]


Which = Annotated[UUID, Id("Sitting"), "The sitting."]


async def record_attendance(
    info: Info,
    sitting_id: Which,
    eligible: Annotated[int | None, "How many were due; else the members one by one."] = None,
    present: Annotated[int | None, "How many of them came."] = None,
    members: Annotated[
        list[SittingMemberInput] | None, "Or who was due; an applicant among them has no vote."
    ] = None,
    chaired_by_id: Annotated[UUID | None, Id("Person"), "Who chaired it."] = None,
) -> None:
    """Record who came to a sitting, until the first item is voted on."""
    came = {
        uuid_of(each.person_id, "Person", "members", str(at), "personId"): Came(
            each.attended, each.excused and not each.attended, each.sits_in
        )
        for at, each in enumerate(members or [])
    }
    with inside_input(await info.context.rulebook(), info.context.language):
        if members is not None and not members:
            raise at_fault("COUNT_OR_MEMBERS", "members")
        if len(came) != len(members or []):
            raise at_fault("NAMED_TWICE", "members")
        counts = (eligible, present)
        await attending.attend(info.context, sitting_id, counts, came, chaired_by_id)


async def record_vote(
    info: Info,
    item_id: Annotated[UUID, Id("SittingItem"), ITEM],
    in_favour: Annotated[int, "Votes in favour of those present."],
    against: Annotated[int, "Votes against."] = 0,
    abstained: Annotated[int, "Abstentions."] = 0,
    written_in_favour: Annotated[int, "Written opinions in favour of those who have not come."] = 0,
    written_at: Annotated[
        datetime | None, "When the last of these came in: before the body met."
    ] = None,
    on_paper: Annotated[bool, "Whether a secret vote was cast on unsigned papers."] = False,
    measures: Annotated[JSON | None, 'What its clause looks at: {"wide_split": true}'] = None,
    finding: Annotated[
        Outcome | None, "What the chair found, where the text states no majority."
    ] = None,
    reason: Annotated[str | None, "Why the chair found so."] = None,
    heard: Annotated[
        list[StatementInput] | None, "What was said on it; a clause may ask whom to hear."
    ] = None,
) -> None:
    """Record the votes on one item: by the body's rows it is carried, lost or put off."""
    votes = {"in_favour": in_favour, "against": against, "abstained": abstained}
    written = {"written_in_favour": written_in_favour, "written_at": written_at}
    found = Finding(finding, (reason or "").strip()) if finding else None
    with inside_input(await info.context.rulebook(), info.context.language):
        must_be_short(reason or "", "reason", longest=LONGEST_REASON)
        resolves = partial(resolved, acts=ACTS, ready=READY)
        cast = {**votes, **written}
        told = cast, given_object(measures), found, resolves, _statements(heard or [])
        await sitting.vote(info.context, item_id, *told, on_paper=on_paper)


def _statements(heard: list[StatementInput]) -> dict[UUID, str]:
    said = {}
    for at, each in enumerate(heard):
        text, where = each.said.strip(), ("heard", str(at))
        if not text:
            raise at_fault("REQUIRED", *where, "said")
        must_be_short(text, *where, "said", longest=LONGEST_STATEMENT)
        said[uuid_of(each.person_id, "Person", *where, "personId")] = text
    if len(said) < len(heard):
        raise at_fault("NAMED_TWICE", "heard")
    return said


async def withdraw_from_item(
    info: Info,
    item_id: Annotated[UUID, Id("SittingItem"), ITEM],
    people: Annotated[list[strawberry.ID], "Who withdraws, of those named as due; none: nobody."],
    reason: Reason,
) -> None:
    """Keep members whom a matter concerns out of it 回避: they are neither counted nor asked."""
    named = [uuid_of(each, "Person", "people", str(at)) for at, each in enumerate(people)]
    await ballots.withdraw(info.context, item_id, {*named}, reason)


async def close_minutes(
    info: Info, sitting_id: Which, minutes: Annotated[str, "What was said and resolved."]
) -> None:
    """Close the minutes of a sitting for good; items without a result come before the next one."""
    with inside_input(await info.context.rulebook(), info.context.language):
        await sitting.close(info.context, sitting_id, minutes)


async def call_off_sitting(info: Info, sitting_id: Which, reason: Reason) -> None:
    """Call a sitting off before it begins: all asked are told; its matters wait for the next."""
    await calling_off.call_off(info.context, sitting_id, reason)


async def _shown(info: Info, found: Any) -> Sitting:
    return sitting_of(await info.context.rulebook(), found, info.context.language)


async def _kept(info: Info, sitting_id: UUID) -> Sitting:
    return await _shown(info, await bodies.found(info.context, sitting_id))


KEPT = within(_kept, "SittingKept", "The sitting as the act left it.", sitting="With its agenda.")
REPLAY = replayed(KEPT, "sitting")


def keeps(does: Any) -> Any:
    return act(does, "sittings", "SittingResult", replay=REPLAY)


FIELDS = (
    query(sittings, "sittings"),
    query(my_sittings, "sittings"),
    query(one_sitting, "sittings", name="sitting"),
    query(open_vote_steps, "sittings"),
    keeps(record_attendance),
    keeps(withdraw_from_item),
    keeps(record_vote),
    keeps(close_minutes),
    keeps(call_off_sitting),
)
