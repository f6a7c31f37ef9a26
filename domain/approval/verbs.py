"""What may be done with an open turn besides taking it. Pure, like the engine.

None of this gives anybody authority: a turn passes only to whom the rules give it too, a signer
who is added signs and decides nothing, and what a clause asks for is never taken away.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.engine import Actor, in_hand, is_own_turn, open_step
from domain.approval.request import STATUSES, Decision, Request, Status, Step, StepStatus
from domain.approval.rounds import PENDING, advanced, closed
from domain.errors import Problem, Refused
from domain.office.organisation import Holder
from domain.values.choices import Choice

MOST_SIGNERS = 20
SIGNERS = ("input", "signers")


class Where(Choice):
    """When those who are added sign: before the turn is taken, or after it."""

    BEFORE = "before", "前加签: the turn waits for them."
    AFTER = "after", "后加签: they follow the turn."


class Together(Choice):
    """How several sign: all of them 会签, any one 或签, one after another 顺签."""

    ALL = "all", "会签: every one of them, in any order."
    ANY = "any", "或签: any one of them."
    IN_ORDER = "in_order", "顺签: one after another."


@dataclass(frozen=True)
class Handed:
    """A turn handed to another seat: by whom and why."""

    person: UUID
    name: str
    reason: str
    at: datetime


def transfer(request: Request, step_id: UUID, actor: Actor, to: UUID, handed: Handed) -> Request:
    """Hand one's open turn to another seat (转办); who may take it is for the rules to say.

    Raises: Refused: the turn is not the actor's to hand on, or has come from that seat.
    """
    step = in_hand(request, step_id, actor)
    if to in step.seats:
        raise Refused("ALREADY_WITH_THEM", clause=step.clauses[0])
    return _handed(request, step, to, handed, "transferred")


def reassign(request: Request, step_id: UUID, to: UUID, handed: Handed) -> Request:
    """Let an administrator give an open turn to another seat; marked for ever.

    Raises: Refused: the step is not open, or has come from that seat.
    """
    step = open_step(request, step_id)
    if to in step.seats:
        raise Refused("ALREADY_WITH_THEM", clause=step.clauses[0])
    return _marked(_handed(request, step, to, handed, "reassigned"), "REASSIGNED", handed)


def cancel(request: Request, handed: Handed) -> Request:
    """Let an administrator end a request that stands: it counts as withdrawn, marked for ever.

    Raises: Refused: it has ended.
    """
    if request.status not in {Status.PENDING, Status.RETURNED}:
        raise Refused("REQUEST_ENDED", status=STATUSES[request.status])
    return _marked(closed(request, Status.WITHDRAWN), "CANCELLED", handed)


def give_up(request: Request, handed: Handed) -> Request:
    """Let the applicant end a request that was approved: it counts as withdrawn, marked for ever.

    Raises: Refused: it is another's, or not approved.
    """
    if request.applicant != handed.person:
        raise Refused("NOT_YOURS_TO_GIVE_UP")
    if request.status is not Status.APPROVED:
        raise Refused("REQUEST_ENDED", status=STATUSES[request.status])
    return _marked(closed(request, Status.WITHDRAWN), "GIVEN_UP", handed)


def add_signers(
    request: Request,
    step_id: UUID,
    actor: Actor,
    signers: Sequence[UUID],
    role: str,
    where: Where,
    together: Together,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Request:
    """Ask others to sign before or after one's own turn (加签). Approval waits for them.

    Each signs in this `role`.

    Raises: Refused: the turn is not the actor's, or the signers are none, too many or named twice.
    """
    step = in_hand(request, step_id, actor)
    clause = step.clauses[0]
    if not 0 < len(signers) <= MOST_SIGNERS:
        problem = Problem("SIGNERS_NOT_COUNTABLE", SIGNERS, clause, {"limit": MOST_SIGNERS})
        raise Refused(problem.code, clause=clause, problems=[problem], **problem.details)
    if len(set(signers)) < len(signers) or set(signers) & set(step.seats):
        raise Refused("ALREADY_WITH_THEM", clause=clause)
    groups: dict[Together, list[list[tuple[UUID, ...]]]] = {
        Together.ALL: [[(signer,) for signer in signers]],
        Together.ANY: [[tuple(signers)]],
        Together.IN_ORDER: [[(signer,)] for signer in signers],
    }
    turns = groups[together]
    first = step.place if where is Where.BEFORE else step.place + 1
    added = [
        Step(
            id=new_id(),
            place=first + index,
            role=role,
            alternatives=(),
            act="sign",
            clauses=step.clauses,
            seats=seats,
            added_to=step.id,
            particulars={"added": {"by": actor.person, "name": actor.name}},
        )
        for index, group in enumerate(turns)
        for seats in group
    ]

    def moved(each: Step) -> Step:
        if each.status not in PENDING or each.confirms:
            return each
        if each.id == step.id and where is Where.BEFORE:
            return replace(
                each, place=each.place + len(turns), status=StepStatus.WAITING, opened_at=None
            )
        return replace(each, place=each.place + len(turns)) if each.place > step.place else each

    steps = (*(moved(each) for each in request.steps), *added)
    return advanced(replace(request, steps=steps, version=request.version + 1), now)


def remove_signer(request: Request, step_id: UUID, actor: Actor, now: datetime) -> Request:
    """Take back a signature that was asked for and is not given yet (减签).

    Raises: Refused: a rule asks for it, it was given, or somebody else asked for it.
    """
    step = request.step(step_id)
    if step is None:
        raise Refused("STEP_NOT_FOUND")
    asker = request.step(step.added_to) if step.added_to else None
    if asker is None:
        raise Refused("ASKED_BY_A_CLAUSE", clause=step.clauses[0])
    if step.status not in PENDING:
        raise Refused("STEP_NOT_OPEN", clause=step.clauses[0], status=STATUSES[step.status])
    by = step.particulars.get("added", {}).get("by")
    if str(by) != str(actor.person) and actor.seat_for(asker, request) is None:
        raise Refused("NOT_YOUR_STEP", clause=step.clauses[0])
    taken_back = replace(
        step,
        status=StepStatus.CANCELLED,
        particulars={**step.particulars, "removed": {"by": actor.person, "name": actor.name}},
    )
    return advanced(_with(request, taken_back), now)


def consent_by_telephone(
    request: Request,
    step_id: UUID,
    holder: Holder,
    recorder: Actor,
    said: Mapping[str, Any],
    due_at: datetime,
    now: datetime,
    new_id: UUID,
) -> Request:
    """Record that the holder of a turn agreed by telephone (电话同意); they confirm it in writing.

    Raises: Refused: the step is not open, or the recorder is a party to it.
    """
    step = open_step(request, step_id)
    clause = step.clauses[0]
    if request.status is not Status.PENDING or step.confirms or is_own_turn(step):
        raise Refused("NOT_BY_TELEPHONE", clause=clause)
    if request.applicant in {holder.id, recorder.person}:
        raise Refused("OWN_REQUEST", clause=clause)
    if recorder.person == holder.id:
        raise Refused("NOT_BY_ONESELF", clause=clause)
    agreed = replace(
        step,
        status=StepStatus.DONE,
        decision=Decision.AGREE,
        decided_by=holder.id,
        decided_by_name=holder.name,
        decided_in=said["seat"],
        decided_at=now,
        comment=said.get("comment"),
        particulars={**step.particulars, "by_telephone": dict(said)},
    )
    confirmation = Step(
        id=new_id,
        place=step.place,
        role=step.role,
        alternatives=(),
        act="sign",
        clauses=step.clauses,
        seats=(said["seat"],),
        status=StepStatus.OPEN,
        opened_at=now,
        due_at=due_at,
        confirms=step.id,
    )
    done = _with(request, agreed)
    return advanced(replace(done, steps=(*done.steps, confirmation)), now)


def _handed(request: Request, step: Step, to: UUID, handed: Handed, how: str) -> Request:
    return _with(request, _passed(step, step.seats, to, handed, how))


def _marked(request: Request, code: str, handed: Handed) -> Request:
    mark = {"code": code, "name": handed.name, "reason": handed.reason, "at": handed.at.isoformat()}
    return replace(request, marks=(*request.marks, mark))


def _with(request: Request, step: Step) -> Request:
    steps = tuple(step if each.id == step.id else each for each in request.steps)
    return replace(request, steps=steps, version=request.version + 1)


def named_on(request: Request, person: UUID) -> tuple[Step, ...]:
    """The turns still to be taken that name a person; one's own request keeps its own."""
    if request.applicant == person:
        return ()
    return tuple(step for step in request.steps if step.status in PENDING and person in step.seats)


def handed_over(request: Request, leaver: UUID, to: UUID, handed: Handed) -> Request:
    """The request with the leaver's turns in a successor's hands; how they came there is kept."""
    passing = {step.id for step in named_on(request, leaver)}
    steps = tuple(
        _passed(step, (leaver,), to, handed, "handed_over") if step.id in passing else step
        for step in request.steps
    )
    return replace(request, steps=steps, version=request.version + 1)


def _passed(step: Step, leaving: Sequence[UUID], to: UUID, handed: Handed, how: str) -> Step:
    """The step in other hands; how it came there is kept."""
    entry = {
        "how": how,
        "from": list(leaving),
        "to": to,
        "by": handed.person,
        "name": handed.name,
        "reason": handed.reason,
        "at": handed.at.isoformat(),
    }
    before = step.particulars.get("handed_on", ())
    seats = tuple(dict.fromkeys(to if seat in leaving else seat for seat in step.seats))
    return replace(
        step, seats=seats, particulars={**step.particulars, "handed_on": [*before, entry]}
    )


def count_named(requests: Iterable[Request], person: UUID) -> int:
    return sum(len(named_on(request, person)) for request in requests)
