"""Copying, circulating, urging and commenting in the API: what goes on beside the decisions."""

from uuid import UUID

import strawberry

from domain.approval.correspondence import LONGEST_COMMENT, LONGEST_NOTE, MOST_RECIPIENTS
from domain.errors import Problem, Refused, invalid
from resolvers.requests import circulations, comments, copies, urging
from resolvers.requests.sending import To
from schema.ground.fields import Info, mutation
from schema.ground.ids import read_id, uuid_of
from schema.requests.decided import (
    KEY,
    Decided,
    DecideResult,
    decided,
    known_request,
    replay_decided,
    step_ids,
)

TO = f"Ids of people and seats of one's own institution, at most {MOST_RECIPIENTS}."


@strawberry.input
class CopyInput:
    """A request, and whom to send a copy."""

    request_id: strawberry.ID = strawberry.field(description="The request.")
    to: list[strawberry.ID] = strawberry.field(description=TO)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class CirculateInput:
    """A request, and who is to read it."""

    request_id: strawberry.ID = strawberry.field(description="The request.")
    to: list[strawberry.ID] = strawberry.field(description=TO)
    note: str | None = strawberry.field(
        default=None, description=f"A word with it, at most {LONGEST_NOTE} characters."
    )
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class AcknowledgeInput:
    """A circulation that the viewer has read."""

    circulation_id: strawberry.ID = strawberry.field(description="The circulation.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class EndCirculationInput:
    """A circulation that the viewer started."""

    circulation_id: strawberry.ID = strawberry.field(description="The circulation.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class UrgeInput:
    """An open step that the viewer waits for."""

    step_id: strawberry.ID = strawberry.field(description="The open step.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class CommentInput:
    """Something to say about a request."""

    request_id: strawberry.ID = strawberry.field(description="The request.")
    text: str = strawberry.field(description=f"At most {LONGEST_COMMENT} characters.")
    mentions: list[strawberry.ID] | None = strawberry.field(
        default=None, description="People who are told of it; they must see the request already."
    )
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


async def copy(info: Info, input: CopyInput) -> Decided:
    """Send copies of a request (抄送): who gets one sees it from then on."""
    to = _recipients(input.to)
    known = await known_request(info, _request_id(input.request_id), None)
    await copies.copy(info.context, known, to)
    return decided(known)


async def circulate(info: Info, input: CirculateInput) -> Decided:
    """Send a request round to be read (传阅), with a receipt of each reader."""
    to = _recipients(input.to)
    known = await known_request(info, _request_id(input.request_id), None)
    await circulations.circulate(info.context, known, to, input.note or "")
    return decided(known)


async def acknowledge(info: Info, input: AcknowledgeInput) -> Decided:
    """Say that one has read what circulates; for a seat its holder says so once."""
    circulation = uuid_of(input.circulation_id, "Circulation", "circulationId")
    return decided(await circulations.acknowledge(info.context, circulation))


async def end_circulation(info: Info, input: EndCirculationInput) -> Decided:
    """End a circulation of one's own; who has read it stays on record."""
    circulation = uuid_of(input.circulation_id, "Circulation", "circulationId")
    return decided(await circulations.end_circulation(info.context, circulation))


async def urge(info: Info, input: UrgeInput) -> Decided:
    """Urge an open step (催办): once an hour, and not all day long."""
    request_id, step_id = step_ids(input.step_id)
    known = await known_request(info, request_id, None)
    await urging.urge(info.context, known, step_id)
    return decided(known)


async def comment(info: Info, input: CommentInput) -> Decided:
    """Comment on a request in one's sight, also after it has ended."""
    mentions = [
        uuid_of(each, "Person", "mentions", str(index))
        for index, each in enumerate(input.mentions or ())
    ]
    known = await known_request(info, _request_id(input.request_id), None)
    await comments.comment(info.context, known, input.text, mentions)
    return decided(known)


def _request_id(given: strawberry.ID) -> UUID:
    return uuid_of(given, "Request", "requestId")


def _recipients(given: list[strawberry.ID]) -> list[To]:
    """People and seats by their global ids.

    Raises:
        Refused: naming each that is no such id.

    """
    found = [_recipient(each) for each in given]
    problems = [
        Problem("INVALID_ID", ("input", "to", str(index)))
        for index, each in enumerate(found)
        if each is None
    ]
    if problems:
        raise invalid(problems[:MOST_RECIPIENTS])
    return [each for each in found if each is not None]


def _recipient(given: str) -> To | None:
    try:
        of, key = read_id(given)
        return To(UUID(key), of) if of in {"Person", "Seat"} else None
    except (Refused, ValueError):
        return None


@strawberry.type
class Mutation:
    copy = mutation(copy, DecideResult, permission="requests.send", replay=replay_decided)
    circulate = mutation(circulate, DecideResult, permission="requests.send", replay=replay_decided)
    acknowledge = mutation(
        acknowledge, DecideResult, permission="requests.send", replay=replay_decided
    )
    end_circulation = mutation(
        end_circulation, DecideResult, permission="requests.send", replay=replay_decided
    )
    urge = mutation(urge, DecideResult, permission="requests.send", replay=replay_decided)
    comment = mutation(comment, DecideResult, permission="requests.send", replay=replay_decided)
