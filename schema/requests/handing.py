"""A turn handed on, shared or corrected in the API, and what an administrator may do about it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.approval import verbs
from domain.errors import must_be_said
from resolvers.office import administering
from resolvers.requests import consents, correcting, handing
from schema.ground.acts import act, acts
from schema.ground.fields import Info
from schema.ground.ids import Id, argument
from schema.ground.scalars import JSON
from schema.office.administering import ACTS, waiting
from schema.requests.decided import (
    Decided,
    RequestId,
    Version,
    comment_of,
    decided,
    known_request,
    known_step,
    replay_decided,
)
from schema.requests.json_forms import read_json

strawberry.enum(
    verbs.Where, name="SignedWhen", description="Before the turn is taken, or after it."
)
strawberry.enum(
    verbs.Together,
    name="SignedTogether",
    description="How several sign: all 会签, any one 或签, one after another 顺签.",
)
REASSIGN, CANCEL = "reassign", "cancel"
StepId = Annotated[strawberry.ID, "The open step."]
Why = Annotated[str, "Why; kept for ever."]
To = Annotated[
    strawberry.ID,
    "A seat or a person of this office. A turn that decides goes only to a seat that the rules"
    " give it too.",
]


async def transfer(
    info: Info, step_id: StepId, to: To, reason: Why, expected_version: Version = None
) -> Decided:
    """Hand one's open turn to another seat or, where nothing is decided, to another person."""
    known, step = await known_step(info, step_id, expected_version)
    given = recipient(to, "to"), reason
    return decided(await handing.transfer(info.context, known, step, *given))


async def reassign(
    info: Info, step_id: StepId, to: To, reason: Why, expected_version: Version = None
) -> Decided:
    """Give an open turn to another seat as an administrator, once a second person has agreed.

    It is marked on the request for ever.
    """
    known, step = await known_step(info, step_id, expected_version, overseen=True)
    given = {"request": str(known.id), "step": str(step), "to": str(recipient(to, "to"))}
    given["reason"] = must_be_said(reason, "reason")
    return await _overseen(info, REASSIGN, given)


async def _overseen(info: Info, act: str, given: dict[str, str]) -> Decided:
    done = await administering.administer(info.context, act, ACTS[act], given)
    return await replay_overseen(info, done.answer)


async def cancel(
    info: Info, request_id: RequestId, reason: Why, expected_version: Version = None
) -> Decided:
    """End a request as an administrator: it counts as withdrawn, and is marked for ever."""
    await known_request(info, request_id, expected_version, overseen=True)
    given = {"request": str(request_id), "reason": must_be_said(reason, "reason")}
    return await _overseen(info, CANCEL, given)


async def add_signers(
    info: Info,
    step_id: StepId,
    signers: Annotated[list[strawberry.ID], "Seats or people of this office."],
    when: Annotated[verbs.Where, "Before or after one's own turn."],
    together: Annotated[verbs.Together, "How several sign."] = verbs.Together.ALL,
    reason: Annotated[str, "What they are asked."] = "",
    expected_version: Version = None,
) -> Decided:
    """Ask others to sign before or after one's own turn; approval waits for them."""
    known, step = await known_step(info, step_id, expected_version)
    to = [recipient(each, "signers") for each in signers]
    given = to, when, together, reason
    return decided(await handing.add_signers(info.context, known, step, *given))


async def remove_signer(
    info: Info,
    step_id: Annotated[strawberry.ID, "The added step."],
    reason: Annotated[str, "Why."] = "",
    expected_version: Version = None,
) -> Decided:
    """Take back a signature that one asked for; what a clause asks for stays."""
    known, step = await known_step(info, step_id, expected_version)
    return decided(await handing.remove_signer(info.context, known, step, reason))


async def correct(
    info: Info,
    step_id: Annotated[strawberry.ID, "One's own open step."],
    changes: Annotated[JSON, "The facts that are different, by their fields."],
    reason: Why,
    expected_version: Version = None,
) -> Decided:
    """Correct facts of the form while one's turn is open: the pinned rules route it anew."""
    known, step = await known_step(info, step_id, expected_version)
    changed = read_json(known.procedure.form, changes, "changes", dict)
    given = changed, must_be_said(reason, "reason")
    return decided(await correcting.correct(info.context, known, step, *given))


async def record_consent(
    info: Info,
    step_id: StepId,
    person_id: Annotated[UUID, Id("Person"), "Who consented: a holder of the turn."],
    said_at: Annotated[datetime | None, "When; now when absent."] = None,
    comment: Annotated[str | None, "What was said."] = None,
    expected_version: Version = None,
) -> Decided:
    """Record that the holder of a turn consented by telephone; they confirm it in writing."""
    known, step = await known_step(info, step_id, expected_version, overseen=True)
    given = person_id, said_at, comment_of(comment)
    return decided(await consents.record_consent(info.context, known, step, *given))


async def replay_overseen(info: Info, answer: Any) -> Decided:
    """The request as it is now, for who acted on it without having it in sight."""
    known = await known_request(info, UUID(answer["request"]), None, overseen=True)
    return Decided(request=known, waits=await waiting(info, answer))  # type: ignore[arg-type]


def recipient(given: str, field: str) -> UUID:
    """The seat or person that a global id names. Raises: Refused: it names something else."""
    return argument(given, {"Person", "Seat"}, "input", field)[1]


TURN: Any = {"permission": "requests.decide", "result": "DecideResult", "replay": replay_decided}
OVERSEEN: Any = {
    "permission": "requests.override",
    "result": "DecideResult",
    "replay": replay_overseen,
}


FIELDS = (
    *acts(transfer, add_signers, remove_signer, correct, **TURN),
    act(record_consent, **{**OVERSEEN, "permission": "requests.record_consent"}),
    *acts(reassign, cancel, **OVERSEEN),
)
