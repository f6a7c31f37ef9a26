"""A turn handed on, others asked to sign, and a request ended that was on its way or approved."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from domain.approval import verbs
from domain.approval.engine import in_hand, open_step
from domain.approval.request import Request, Status
from domain.approval.verbs import Handed, Together, Where
from domain.errors import Refused, at_fault
from domain.office.organisation import Seat
from resolvers.ground.context import Context
from resolvers.requests.acting import answered_elsewhere, changed, find, keep_act
from resolvers.requests.lending import must_be_lendable
from resolvers.requests.recipients import must_ask_others, must_be_entitled, recipients
from resolvers.requests.rows import RequestView
from resolvers.requests.sending import tell

LONGEST_REASON = 2000
TO = ("input", "to")


async def transfer(
    context: Context, known: RequestView, step_id: UUID, to: UUID, reason: str
) -> RequestView:
    """Hand one's turn on (转办).

    Raises: Refused: it is not the viewer's, or the rules do not give it to that seat too.
    """
    [seat] = await recipients(context, known, [to], "to")
    step = open_step(known.request, step_id)
    must_be_entitled(known, step, seat)
    await must_ask_others(context, known, step, {TO: to})
    actor = context.viewer.actor(known.request.kind, known.facts)
    must_be_lendable(known, actor, step)
    handed = _handed(context, reason)
    passed = verbs.transfer(known.request, step_id, actor, seat.id, handed)
    content = {"step": step_id, "to": seat.id, "reason": reason}
    view = await _kept(context, known, passed, [seat], "transferred", content)
    await _tell(context, view, "TURN_HANDED_ON", [seat], reason)
    return view


async def reassign(
    context: Context, known: RequestView, step_id: UUID, to: UUID, reason: str, asked_by: UUID
) -> Seat:
    """Give somebody's turn to another seat, as an administrator; the seat is told.

    Raises: Refused: the request or the seat is that of whoever asks or agrees, or the rules do not
    give the seat the turn too.
    """
    administrators = {asked_by, context.viewer.person.id}
    if known.request.applicant in administrators:
        raise Refused("OWN_REQUEST", clause=open_step(known.request, step_id).clauses[0])
    [seat] = await recipients(context, known, [to], "to")
    if any(holder.id in administrators for holder in seat.holders):
        raise at_fault("NOT_TO_ONESELF", "input", "to")
    step = open_step(known.request, step_id)
    must_be_entitled(known, step, seat)
    await must_ask_others(context, known, step, {TO: to})
    passed = verbs.reassign(known.request, step_id, seat.id, _handed(context, reason))
    content = {"step": step_id, "to": seat.id, "reason": reason, "asked_by": asked_by}
    content["clauses"] = step.clauses
    view = await _kept(context, known, passed, [seat], "reassigned", content, answers=False)
    await _tell(context, view, "TURN_HANDED_ON", [seat], reason)
    return seat


async def cancel(context: Context, known: RequestView, reason: str) -> RequestView:
    """End somebody's request, as an administrator: it counts as withdrawn."""
    ended = verbs.cancel(known.request, _handed(context, reason))
    return await _kept(context, known, ended, [], "cancelled", {"reason": reason}, answers=False)


async def give_up_request(context: Context, request_id: UUID, reason: str) -> None:
    """End the viewer's approved request: it counts as withdrawn, marked for ever.

    Raises: Refused: it is not approved, or another's.
    """
    known, person = await find(context, request_id), context.viewer.person
    by = Handed(person.id, person.name, reason, context.now)
    view = changed(context, known, verbs.give_up(known.request, by))
    await keep_act(context, view, "given_up", known, {"reason": reason}, answers=False)


async def add_signers(
    context: Context,
    known: RequestView,
    step_id: UUID,
    signers: Sequence[UUID],
    where: Where,
    together: Together,
    reason: str,
) -> RequestView:
    """Ask others to sign before or after one's own turn (加签, 会签 或签 顺签)."""
    step = open_step(known.request, step_id)
    if answered_elsewhere(known, step):
        raise at_fault("NOT_HANDED_ON", "input", "stepId", clause=step.clauses[0])
    seats = await recipients(context, known, signers, "signers")
    actor = context.viewer.actor(known.request.kind, known.facts)
    in_hand(known.request, step_id, actor)
    asked_of: dict[tuple[str, ...], UUID] = {
        (*verbs.SIGNERS, str(index)): each for index, each in enumerate(signers)
    }
    await must_ask_others(context, known, step, asked_of)
    asked = verbs.add_signers(
        known.request,
        step_id,
        actor,
        signers,
        context.services.vocabulary.parts.signer,
        where,
        together,
        context.now,
        context.services.new_id,
    )
    content = {"step": step_id, "signers": signers, "where": where, "together": together}
    said = {**content, "reason": reason}
    view = await _kept(context, known, asked, seats, "signers_added", said)
    await _tell(context, view, "SIGNATURE_ASKED", seats, reason)
    return view


async def remove_signer(
    context: Context, known: RequestView, step_id: UUID, reason: str
) -> RequestView:
    """Take back a signature that was asked for (减签)."""
    actor = context.viewer.actor(known.request.kind, known.facts)
    less = verbs.remove_signer(known.request, step_id, actor, context.now)
    content = {"step": step_id, "reason": reason}
    return await _kept(context, known, less, [], "signer_removed", content)


async def _kept(
    context: Context,
    known: RequestView,
    request: Request,
    seats: Sequence[Seat],
    event: str,
    content: dict[str, object],
    *,
    answers: bool = True,
) -> RequestView:
    seen = {**known.seats, **{seat.id: seat for seat in seats}}
    view = replace(changed(context, known, request), seats=seen)
    await keep_act(context, view, event, known, content, answers=answers)
    return view


def _handed(context: Context, reason: str) -> Handed:
    if not reason.strip():
        raise at_fault("REQUIRED", "input", "reason")
    if len(reason) > LONGEST_REASON:
        raise at_fault("TOO_LONG", "input", "reason", limit=LONGEST_REASON)
    person = context.viewer.person
    return Handed(person.id, person.name, reason.strip(), context.now)


async def _tell(
    context: Context, view: RequestView, code: str, seats: Sequence[Seat], reason: str
) -> None:
    if view.request.status is Status.PENDING:
        to = [(seat.id, seat.institution) for seat in seats]
        await tell(context, view, code, to, reason=reason)
