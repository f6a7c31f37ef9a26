"""A turn handed on and to whom, others asked to sign, and a request ended, decided or not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from domain.approval import verbs
from domain.approval.engine import in_hand, open_step
from domain.approval.request import Request, Status, Step
from domain.approval.rounds import PENDING
from domain.approval.verbs import Handed, Together, Where
from domain.errors import Problem, Refused, at_fault, must_be_none, must_be_said
from domain.office.organisation import Seat, asked_already
from domain.rules.rows import DECIDING
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.people import these
from resolvers.ground.viewers import SEAT, read_seat
from resolvers.requests.acting import answered_elsewhere, changed, find, keep_act
from resolvers.requests.lending import must_be_lendable
from resolvers.requests.rows import RequestView, facts_of
from resolvers.requests.sending import people_behind, tell
from resolvers.requests.written_rows import concerned

SEATS = statement(f"""
  select {SEAT} as seat
  from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
  where s.institution_id = :institution and s.id = any(cast(:ids as uuid[]))""")


async def recipients(
    context: Context, view: RequestView, ids: Iterable[UUID], field: str
) -> tuple[Seat, ...]:
    """Seats of the viewer's office, and people as it were in seats of their own, in their order.

    Raises: Refused: one is unknown here, nobody holds it, or the applicant alone does, or whom the
    request complains of.
    """
    wanted = tuple(dict.fromkeys(ids))
    rows = await context.rows(SEATS, ids=wanted, today=context.today)
    found = {seat.id: seat for seat in (read_seat(row["seat"]) for row in rows)}
    if context.viewer.institution == view.request.institution:
        for person in (await these(context, set(wanted) - found.keys())).values():
            own = (view.request.institution, "", view.unit_id or view.id, view.unit_name)
            found[person.id] = Seat(person.id, *own, (person,))
    problems = []
    for each in wanted:
        path = ("input", field)
        holders = {holder.id for holder in found[each].holders} if each in found else set()
        if each not in found:
            problems.append(Problem("NOT_OF_THIS_OFFICE", path))
        elif not holders:
            problems.append(Problem("NOBODY_THERE", path))
        elif holders == {view.request.applicant}:
            problems.append(Problem("OWN_REQUEST", path))
        elif holders <= {view.request.applicant, concerned(view)}:
            problems.append(Problem("CONCERNS_THEM", path))
    must_be_none(problems)
    return tuple(found[each] for each in wanted)


async def must_ask_others(
    context: Context, view: RequestView, step: Step, asked: Mapping[tuple[str, ...], UUID]
) -> None:
    """Refuse to ask the viewer, or anybody twice, by whichever seat or name they are meant.

    `asked` names, by its path, each who is to be asked.

    Raises: Refused: naming each who is oneself, has this turn or a signature in hand already, or is
    asked under two names.
    """
    me = context.viewer.person.id
    turns = [step, *(e for e in view.request.steps if e.added_to and e.status in PENDING)]
    everybody = {*asked.values(), *(seat for turn in turns for seat in turn.seats)}
    behind = {seat.id: frozenset(h.id for h in seat.holders) for seat in view.seats.values()}
    behind |= await people_behind(context, view, everybody, everybody)
    with_them = [{person for seat in turn.seats for person in behind[seat]} for turn in turns]
    again = asked_already([behind[each] for each in asked.values()])
    problems = []
    for index, (path, each) in enumerate(asked.items()):
        people = behind[each]
        if people == {me} and each not in step.seats:
            problems.append(Problem("NOT_TO_ONESELF", path))
        elif index in again or any(people <= taken for taken in with_them):
            problems.append(Problem("ALREADY_WITH_THEM", path))
    if problems:
        raise Refused(problems[0].code, clause=step.clauses[0], problems=problems)


def must_be_entitled(view: RequestView, step: Step, seat: Seat) -> None:
    """A turn that decides passes only to a seat to which the rules give the same act here.

    Raises: Refused: they do not; or the turn is a body's or an outside answer.
    """
    if view.living is None:
        raise RuntimeError("a request is judged by the rules that it is pinned to")
    if step.act == "vote" or answered_elsewhere(view, step):
        raise Refused("NOT_HANDED_ON", clause=step.clauses[0])
    if step.act not in DECIDING:
        return
    held = {view.seats[each].role or step.role for each in step.seats if each in view.seats}
    kind, facts = view.request.kind, facts_of(view)
    may = view.living.authority.may
    if not seat.role or not (
        seat.role in held
        or may(frozenset({seat.role}), view.request.institution, kind, step.act, facts)
    ):
        raise Refused("NOT_ENTITLED", clause=step.clauses[0])


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
    person, why = context.viewer.person, must_be_said(reason, "reason", LONGEST_REASON)
    return Handed(person.id, person.name, why, context.now)


async def _tell(
    context: Context, view: RequestView, code: str, seats: Sequence[Seat], reason: str
) -> None:
    if view.request.status is Status.PENDING:
        to = [(seat.id, seat.institution) for seat in seats]
        await tell(context, view, code, to, reason=reason)
