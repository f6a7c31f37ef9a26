"""A turn handed on, shared or corrected in the API, and what an administrator may do about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from domain.approval import verbs
from domain.errors import at_fault
from resolvers.requests import consents, correcting, handing
from resolvers.requests.procedures import PROCEDURES
from schema.ground.fields import Info, mutation
from schema.ground.ids import argument, uuid_of
from schema.ground.scalars import JSON
from schema.requests.acts import stored_names
from schema.requests.decided import (
    KEY,
    VERSION,
    Decided,
    DecideResult,
    comment_of,
    decided,
    known_request,
    replay_decided,
    step_ids,
)

Where: Any = strawberry.enum(
    verbs.Where, name="SignedWhen", description="Before the turn is taken, or after it."
)
Together: Any = strawberry.enum(
    verbs.Together,
    name="SignedTogether",
    description="How several sign: all 会签, any one 或签, one after another 顺签.",
)
WHY = "Why; kept for ever."
STEP = "The open step."
TO = "A seat or a person of this office."


@strawberry.input
class TransferInput:
    """A turn handed on (转办)."""

    step_id: strawberry.ID = strawberry.field(description=STEP)
    to: strawberry.ID = strawberry.field(
        description=TO + " A turn that decides goes only to a seat that the rules give it too."
    )
    reason: str = strawberry.field(description=WHY)
    expected_version: int | None = strawberry.field(default=None, description=VERSION)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class ReassignInput(TransferInput):
    """A turn given to another seat by an administrator."""


@strawberry.input
class CancelInput:
    """A request ended by an administrator."""

    request_id: strawberry.ID = strawberry.field(description="The request.")
    reason: str = strawberry.field(description=WHY)
    expected_version: int | None = strawberry.field(default=None, description=VERSION)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class AddSignersInput:
    """Others asked to sign (加签)."""

    step_id: strawberry.ID = strawberry.field(description=STEP)
    signers: list[strawberry.ID] = strawberry.field(description="Seats or people of this office.")
    when: Where = strawberry.field(description="Before or after one's own turn.")
    together: Together = strawberry.field(
        default=verbs.Together.ALL, description="How several sign."
    )
    reason: str = strawberry.field(default="", description="What they are asked.")
    expected_version: int | None = strawberry.field(default=None, description=VERSION)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class RemoveSignerInput:
    """A signature that is no longer asked for (减签)."""

    step_id: strawberry.ID = strawberry.field(description="The added step.")
    reason: str = strawberry.field(default="", description="Why.")
    expected_version: int | None = strawberry.field(default=None, description=VERSION)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class CorrectInput:
    """Facts of the form corrected (更正, 核减) by a seat whose turn it is."""

    step_id: strawberry.ID = strawberry.field(description="One's own open step.")
    changes: JSON = strawberry.field(description="The facts that are different, by their fields.")
    reason: str = strawberry.field(description=WHY)
    expected_version: int | None = strawberry.field(default=None, description=VERSION)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class RecordConsentInput:
    """Consent given by telephone (电话同意)."""

    step_id: strawberry.ID = strawberry.field(description=STEP)
    person_id: strawberry.ID = strawberry.field(description="Who consented: a holder of the turn.")
    said_at: datetime | None = strawberry.field(default=None, description="When; now when absent.")
    comment: str | None = strawberry.field(default=None, description="What was said.")
    expected_version: int | None = strawberry.field(default=None, description=VERSION)
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


async def transfer(info: Info, input: TransferInput) -> Decided:
    """Hand one's open turn to another seat or, where nothing is decided, to another person."""
    request_id, step_id = step_ids(input.step_id)
    known = await known_request(info, request_id, input.expected_version)
    to, reason = recipient(input.to, "to"), input.reason
    answer = info.context.answer
    return decided(await handing.transfer(info.context, known, step_id, to, reason, answer))


async def reassign(info: Info, input: ReassignInput) -> Decided:
    """Give an open turn to another seat as an administrator, marked for ever."""
    request_id, step_id = step_ids(input.step_id)
    known = await known_request(info, request_id, input.expected_version, overseen=True)
    to, reason = recipient(input.to, "to"), input.reason
    answer = info.context.answer
    return decided(await handing.reassign(info.context, known, step_id, to, reason, answer))


async def cancel(info: Info, input: CancelInput) -> Decided:
    """End a request as an administrator: it counts as withdrawn, and is marked for ever."""
    request_id = uuid_of(input.request_id, "Request", "requestId")
    known = await known_request(info, request_id, input.expected_version, overseen=True)
    return decided(await handing.cancel(info.context, known, input.reason, info.context.answer))


async def add_signers(info: Info, input: AddSignersInput) -> Decided:
    """Ask others to sign before or after one's own turn; approval waits for them."""
    request_id, step_id = step_ids(input.step_id)
    known = await known_request(info, request_id, input.expected_version)
    view = await handing.add_signers(
        info.context,
        known,
        step_id,
        [recipient(each, "signers") for each in input.signers],
        input.when,
        input.together,
        input.reason,
        info.context.answer,
    )
    return decided(view)


async def remove_signer(info: Info, input: RemoveSignerInput) -> Decided:
    """Take back a signature that one asked for; what a clause asks for stays."""
    request_id, step_id = step_ids(input.step_id)
    known = await known_request(info, request_id, input.expected_version)
    answer = info.context.answer
    return decided(await handing.remove_signer(info.context, known, step_id, input.reason, answer))


async def correct(info: Info, input: CorrectInput) -> Decided:
    """Correct facts of the form while one's turn is open: the pinned rules route it anew."""
    request_id, step_id = step_ids(input.step_id)
    known = await known_request(info, request_id, input.expected_version)
    form = PROCEDURES[known.request.kind].form
    changes = stored_names(form, input.changes, "changes")
    if not input.reason.strip():
        raise at_fault("REQUIRED", "input", "reason")
    answer = info.context.answer
    view = await correcting.correct(
        info.context, known, step_id, changes, input.reason.strip(), answer
    )
    return decided(view)


async def record_consent(info: Info, input: RecordConsentInput) -> Decided:
    """Record that the holder of a turn consented by telephone; they confirm it in writing."""
    request_id, step_id = step_ids(input.step_id)
    known = await known_request(info, request_id, input.expected_version, overseen=True)
    view = await consents.record_consent(
        info.context,
        known,
        step_id,
        uuid_of(input.person_id, "Person", "personId"),
        input.said_at,
        comment_of(input.comment),
        info.context.answer,
    )
    return decided(view)


async def replay_overseen(info: Info, answer: Any) -> Decided:
    """The request as it is now, for who acted on it without having it in sight."""
    return decided(await known_request(info, UUID(answer["request"]), None, overseen=True))


def recipient(given: str, field: str) -> UUID:
    """The seat or person that a global id names.

    Raises:
        Refused: it names something else.

    """
    return argument(given, {"Person", "Seat"}, "input", field)[1]


@strawberry.type
class Mutation:
    transfer = mutation(transfer, DecideResult, permission="requests.decide", replay=replay_decided)
    add_signers = mutation(
        add_signers, DecideResult, permission="requests.decide", replay=replay_decided
    )
    remove_signer = mutation(
        remove_signer, DecideResult, permission="requests.decide", replay=replay_decided
    )
    correct = mutation(correct, DecideResult, permission="requests.decide", replay=replay_decided)
    record_consent = mutation(
        record_consent,
        DecideResult,
        permission="requests.record_consent",
        replay=replay_overseen,
    )
    reassign = mutation(
        reassign, DecideResult, permission="requests.override", replay=replay_overseen
    )
    cancel = mutation(cancel, DecideResult, permission="requests.override", replay=replay_overseen)
