"""Turns taken in the API: one decision, or many at once of which each is judged by itself."""

from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

import strawberry

from domain.approval.request import Decision as Said
from domain.errors import Refused, at_fault, must_be_short
from domain.records.files import REQUEST
from domain.values.names import Names, canonical
from resolvers.files.attaching import give
from resolvers.requests import verbs
from resolvers.requests.papers import Attachment, OutsideDocument
from schema.ground.acts import KEY
from schema.ground.errors import Refusal, refusal
from schema.ground.fields import Info, mutation, plain, written
from schema.ground.ids import global_id
from schema.ground.papers import AttachmentInput, found_one
from schema.requests.decided import (
    VERSION,
    Decided,
    DecideResult,
    comment_of,
    decided,
    known_request,
    of_step,
    replay_decided,
    step_ids,
)
from schema.requests.requests import Request
from schema.requests.steps import Decision

LONGEST_NUMBER = 100
MOST_AT_ONCE = 100


@strawberry.input
class OutsideDocumentInput:
    """The document on which a body outside this office answered."""

    number: Annotated[str, "Its document number 文号."]
    dated: Annotated[date, "Its day; not in the future."]
    scan: Annotated[AttachmentInput, "The scan of it."]


@strawberry.input
class DecideInput:
    """A turn taken."""

    step_id: Annotated[strawberry.ID, "The open step."]
    decision: Annotated[Decision, "What is said."]
    comment: Annotated[str | None, "A word with it."] = None
    return_to: Annotated[
        strawberry.ID | None,
        "The earlier step to return it to, or the request: to the applicant, as when absent.",
    ] = None
    document: Annotated[
        OutsideDocumentInput | None,
        "On what a body outside answered; its step takes no other word.",
    ] = None
    expected_version: Annotated[int | None, VERSION] = None
    idempotency_key: Annotated[strawberry.ID, KEY[2]]


@strawberry.input
class DecideItemInput:
    """One of many turns, taken by itself."""

    step_id: Annotated[strawberry.ID, "The open step."]
    decision: Annotated[Decision, "What is said."]
    comment: Annotated[str | None, "A word with it."] = None
    expected_version: Annotated[int | None, VERSION] = None


@strawberry.input
class DecideManyInput:
    """Many turns, each taken by itself."""

    items: Annotated[list[DecideItemInput], "At most a hundred."]
    idempotency_key: Annotated[strawberry.ID, KEY[2]]


@strawberry.type
class DecidedItem:
    """What became of one of many turns."""

    step_id: Annotated[strawberry.ID, "The step that was named."]
    request: Annotated[Request | None, "The request, where it was taken."]
    refusal: Annotated[Refusal | None, "Why not, where it was not."]


@strawberry.type
class DecidedMany:
    """What became of many turns, in the order in which they were named."""

    items: Annotated[list[DecidedItem], "One for each."]
    taken: Annotated[int, "How many were taken."]


DecideManyResult = Annotated[DecidedMany | Refusal, strawberry.union("DecideManyResult")]


async def decide(info: Info, input: DecideInput) -> Decided:
    """Take the turn that is open: agree, reject or return it to the applicant."""
    context = info.context
    request_id, step_id = step_ids(input.step_id)
    said = comment_of(input.comment)
    known = await known_request(info, request_id, input.expected_version)
    document, papers = await _document(info, input.document, request_id)
    view = await verbs.decide(
        context,
        known,
        step_id,
        input.decision,
        said,
        target=_target(input, request_id),
        document=document,
    )
    await give(context, papers, REQUEST, request_id)
    return decided(view)


async def decide_many(info: Info, input: DecideManyInput) -> DecidedMany:
    """Take many turns, each judged by itself: a refusal keeps no other from being taken."""
    if not 0 < len(input.items) <= MOST_AT_ONCE:
        raise at_fault("TOO_MANY_AT_ONCE", "input", "items", limit=MOST_AT_ONCE)
    if len({item.step_id for item in input.items}) < len(input.items):
        raise at_fault("NAMED_TWICE", "input", "items")
    items = [
        await _one(info, item, f"{input.idempotency_key}/{item.step_id}") for item in input.items
    ]
    return DecidedMany(items=items, taken=sum(item.request is not None for item in items))


async def _one(info: Info, item: DecideItemInput, key: str) -> DecidedItem:
    given = DecideInput(**vars(item), idempotency_key=strawberry.ID(key))
    try:
        done: Decided = await written(
            info,
            partial(decide, info, given),
            "requests.decide",
            replay=replay_decided,
            idempotency_key=key,
            asked=["decideMany", plain(item)],
            beside=of_step(info, item),
        )
    except Refused as refused:
        said = await refusal(refused, info.context)
        return DecidedItem(step_id=item.step_id, request=None, refusal=said)
    return DecidedItem(step_id=item.step_id, request=done.request, refusal=None)


def _target(input: DecideInput, request_id: UUID) -> UUID | None:
    """The step that a return names; the request itself stands for its applicant."""
    if input.return_to in (None, global_id("Request", request_id)):
        return None
    if input.decision is not Said.RETURN:
        raise at_fault("ONLY_A_RETURN_GOES_BACK", "input", "returnTo")
    named, target = step_ids(str(input.return_to), "returnTo")
    if named != request_id:
        raise at_fault("NOT_RETURNABLE_TO", "input", "returnTo")
    return target


async def _document(
    info: Info, given: OutsideDocumentInput | None, request_id: UUID
) -> tuple[OutsideDocument | None, tuple[Attachment, ...]]:
    """The document, and its scan as it is to be attached to the request."""
    if given is None:
        return None, ()
    number = canonical(Names.DOCUMENT, given.number)
    if not number:
        raise at_fault("REQUIRED", "input", "document", "number")
    must_be_short(number, "input", "document", "number", longest=LONGEST_NUMBER)
    if given.dated > info.context.today:
        raise at_fault("IN_THE_FUTURE", "input", "document", "dated")
    scan = await found_one(info, given.scan, "document", "scan", of=request_id)
    told = {"name": scan.name, "sha256": scan.sha256, "upload": str(scan.upload)}
    return OutsideDocument(number, given.dated.isoformat(), **told), (scan,)


FIELDS = (
    mutation(decide, "requests.decide", DecideResult, replay=replay_decided, beside=of_step),
    mutation(decide_many, "requests.decide", DecideManyResult, each=True),
)
