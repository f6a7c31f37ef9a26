"""What every act on a request takes and answers: its step, its version, and the request after."""

from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import Refused, at_fault, must_be_short
from resolvers.ground.keys import key_of
from resolvers.ground.opening import Beside
from resolvers.requests.acting import beside_viewer, find
from resolvers.requests.rows import RequestView
from schema.ground.errors import Refusal
from schema.ground.fields import Info
from schema.ground.ids import Id, read_id, uuid_of
from schema.office.administering import AdministrativeAct
from schema.requests.requests import Request

LONGEST_COMMENT = 2000
VERSION = "Refuse if the request has changed since this version."


@strawberry.type
class Decided:
    """The request as the act left it."""

    request: Annotated[Request, "With its steps."]
    waits: Annotated[
        AdministrativeAct | None,
        "What an administrator asks for and a second person has to confirm first.",
    ] = None


RequestId = Annotated[UUID, Id("Request"), "The request."]
Version = Annotated[int | None, VERSION]
DecideResult = Annotated[Decided | Refusal, strawberry.union("DecideResult")]


async def replay_decided(info: Info, answer: Any) -> Decided:
    return decided(await find(info.context, UUID(answer["request"])))


def decided(view: RequestView) -> Decided:
    return Decided(request=view)  # type: ignore[arg-type]


def step_ids(given: str, field: str = "stepId") -> tuple[UUID, UUID]:
    """The request and the step that a step's global id names."""
    try:
        of, key = read_id(given)
        request_id, _, step_id = key.partition(":")
        if of == "Step":
            return key_of(request_id), key_of(step_id)
    except (Refused, ValueError):
        pass
    raise at_fault("INVALID_ID", "input", field)


def of_step(info: Info, given: Any) -> Beside | None:
    """The request of the step that an input names, read with the viewer."""
    try:
        return beside_viewer(info.context, step_ids(given.step_id)[0])
    except Refused:
        return None


def of_request(info: Info, given: Any) -> Beside | None:
    """The request that an input names, read with the viewer."""
    try:
        return beside_viewer(info.context, uuid_of(given.request_id, "Request", "requestId"))
    except Refused:
        return None


async def known_request(
    info: Info, request_id: UUID, expected_version: int | None, *, overseen: bool = False
) -> RequestView:
    """The request in the viewer's sight, if it still has this version."""
    known = await find(info.context, request_id, overseen=overseen)
    if expected_version is not None and expected_version != known.request.version:
        raise Refused("VERSION_CHANGED", version=known.request.version)
    return known


async def known_step(
    info: Info, given: str, expected_version: int | None, *, overseen: bool = False
) -> tuple[RequestView, UUID]:
    """The request of a step, as `known_request` knows it, and which step that is."""
    request_id, step = step_ids(given)
    return await known_request(info, request_id, expected_version, overseen=overseen), step


def comment_of(given: str | None) -> str | None:
    must_be_short(given or "", "input", "comment", longest=LONGEST_COMMENT)
    return given
