"""Copying, circulating, urging and commenting in the API: what goes on beside the decisions."""

from typing import Annotated
from uuid import UUID

import strawberry

from domain.approval.correspondence import LONGEST_COMMENT, LONGEST_NOTE, MOST_RECIPIENTS
from domain.errors import Problem, Refused, must_be_none
from resolvers.requests import circulations, comments, urging
from resolvers.requests.sending import To
from schema.ground.acts import acts
from schema.ground.fields import Info
from schema.ground.ids import Id, read_id, uuid_of
from schema.requests.decided import (
    Decided,
    RequestId,
    decided,
    known_request,
    known_step,
    replay_decided,
)

CirculationId = Annotated[UUID, Id("Circulation"), "The circulation."]
Recipients = Annotated[
    list[strawberry.ID],
    f"Ids of people and seats of one's own institution, at most {MOST_RECIPIENTS}.",
]


async def copy(info: Info, request_id: RequestId, to: Recipients) -> Decided:
    """Send copies of a request (抄送): who gets one sees it from then on."""
    people = _recipients(to)
    known = await known_request(info, request_id, None)
    await circulations.copy(info.context, known, people)
    return decided(known)


async def circulate(
    info: Info,
    request_id: RequestId,
    to: Recipients,
    note: Annotated[str | None, f"A word with it, at most {LONGEST_NOTE} characters."] = None,
) -> Decided:
    """Send a request round to be read (传阅), with a receipt of each reader."""
    people = _recipients(to)
    known = await known_request(info, request_id, None)
    await circulations.circulate(info.context, known, people, note or "")
    return decided(known)


async def acknowledge(info: Info, circulation_id: CirculationId) -> Decided:
    """Say that one has read what circulates; for a seat its holder says so once."""
    return decided(await circulations.acknowledge(info.context, circulation_id))


async def end_circulation(info: Info, circulation_id: CirculationId) -> Decided:
    """End a circulation of one's own; who has read it stays on record."""
    return decided(await circulations.end_circulation(info.context, circulation_id))


async def urge(info: Info, step_id: Annotated[strawberry.ID, "The open step."]) -> Decided:
    """Urge an open step (催办): once an hour, and not all day long."""
    known, step = await known_step(info, step_id, None)
    await urging.urge(info.context, known, step)
    return decided(known)


async def comment(
    info: Info,
    request_id: RequestId,
    text: Annotated[str, f"At most {LONGEST_COMMENT} characters."],
    mentions: Annotated[
        list[strawberry.ID] | None, "People who are told of it; they must see the request already."
    ] = None,
) -> Decided:
    """Comment on a request in one's sight, also after it has ended."""
    people = [
        uuid_of(each, "Person", "mentions", str(at)) for at, each in enumerate(mentions or ())
    ]
    known = await known_request(info, request_id, None)
    await comments.comment(info.context, known, text, people)
    return decided(known)


def _recipients(given: list[strawberry.ID]) -> list[To]:
    """People and seats by their global ids. Raises: Refused: naming each that is no such id."""
    found = [_recipient(each) for each in given]
    problems = [
        Problem("INVALID_ID", ("input", "to", str(index)))
        for index, each in enumerate(found)
        if each is None
    ]
    must_be_none(problems[:MOST_RECIPIENTS])
    return [each for each in found if each is not None]


def _recipient(given: str) -> To | None:
    try:
        of, key = read_id(given)
        return To(UUID(key), of) if of in {"Person", "Seat"} else None
    except (Refused, ValueError):
        return None


FIELDS = acts(
    *(copy, circulate, acknowledge, end_circulation, urge, comment),
    permission="requests.send",
    result="DecideResult",
    replay=replay_decided,
)
