"""Carry one request through its steps. Pure: what was becomes what is, or a refusal says why not.

A decided step never changes; a request is approved only when every step up to its last decision
is done or fell away; nobody decides on their own request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.approval.request import OWN_SIGNATURE, Decision, Request, Status, Step, StepStatus
from domain.errors import Refused
from domain.rules.rulebook import DECIDING

FINISHED = frozenset({StepStatus.DONE, StepStatus.SKIPPED})
PENDING = frozenset({StepStatus.WAITING, StepStatus.OPEN})


@dataclass(frozen=True)
class Actor:
    """Who acts, and the seats that the person holds today."""

    person: UUID
    name: str
    seats: frozenset[UUID]


def open_round(request: Request, steps: tuple[Step, ...], now: datetime) -> Request:
    """Start a round with these steps: the first turn opens, or the request is approved at once."""
    return _advanced(replace(request, status=Status.PENDING, steps=steps), now)


def decide(
    request: Request,
    step_id: UUID,
    actor: Actor,
    decision: Decision,
    comment: str | None,
    now: datetime,
    falls_to: Mapping[UUID, UUID],
) -> Request:
    """Take one turn. `falls_to` names, by step, the one person to whom the step falls alone.

    Agreement covers the turns that follow at once and fall to the same person: each records its
    own seat.

    Raises:
        Refused: the step is not open, not the actor's, or does not take this decision.

    """
    step = check(request, step_id, actor, decision)
    if decision is not Decision.AGREE:
        ended = Status.REJECTED if decision is Decision.REJECT else Status.RETURNED
        decided = _decided(request, step, actor, decision, comment, now)
        return _closed(decided, ended)
    now_done = _advanced(_decided(request, step, actor, decision, comment, now), now)
    while following := _falls_to(now_done, actor, falls_to):
        now_done = _advanced(_decided(now_done, following, actor, decision, comment, now), now)
    return now_done


def check(request: Request, step_id: UUID, actor: Actor, decision: Decision) -> Step:
    """The step, if this actor may decide it so now.

    Raises:
        Refused: with the reason.

    """
    step = request.step(step_id)
    if step is None:
        raise Refused("STEP_NOT_FOUND")
    if step.status is not StepStatus.OPEN:
        raise Refused("STEP_NOT_OPEN", clause=step.clauses[0], status=step.status.value)
    if not actor.seats & set(step.seats):
        raise Refused("NOT_YOUR_STEP", clause=step.clauses[0])
    if actor.person == request.applicant and not is_own_turn(step):
        raise Refused("OWN_REQUEST", clause=step.clauses[0])
    if decision not in _decisions_taken(request, step, actor):
        raise Refused("DECISION_NOT_TAKEN", clause=step.clauses[0], act=step.act)
    return step


def is_own_turn(step: Step) -> bool:
    """Only a signature may be the applicant's own turn: it is not a decision."""
    return step.skipped is not None and step.skipped["code"] == OWN_SIGNATURE


def withdraw(request: Request, person: UUID) -> Request:
    """Take back one's own request before it is decided.

    Raises:
        Refused: it is another's, or it has ended.

    """
    _must_be_own(request, person)
    if request.status not in {Status.PENDING, Status.RETURNED}:
        raise Refused("REQUEST_ENDED", status=request.status.value)
    return _closed(request, Status.WITHDRAWN)


def resubmittable(request: Request, person: UUID) -> None:
    """Only what was returned may be submitted again, by its applicant."""
    _must_be_own(request, person)
    if request.status is not Status.RETURNED:
        raise Refused("NOT_RETURNED", status=request.status.value)


def report_back(request: Request, person: UUID, now: datetime) -> Request:
    """Report back from an approved leave (销假), once."""
    _must_be_own(request, person)
    if request.status is not Status.APPROVED:
        raise Refused("NOT_APPROVED", status=request.status.value)
    if request.completed_at is not None:
        raise Refused("ALREADY_REPORTED_BACK")
    return replace(request, completed_at=now, version=request.version + 1)


def _must_be_own(request: Request, person: UUID) -> None:
    if person != request.applicant:
        raise Refused("NOT_YOUR_REQUEST")


def _decisions_taken(request: Request, step: Step, actor: Actor) -> frozenset[Decision]:
    """Records, own signatures and what comes after the approval are never refused."""
    is_own = actor.person == request.applicant
    if is_own or step.act == "record" or request.status is Status.APPROVED:
        return frozenset({Decision.AGREE})
    if step.act == "sign":
        return frozenset({Decision.AGREE, Decision.RETURN})
    return frozenset(Decision)


def _decided(
    request: Request,
    step: Step,
    actor: Actor,
    decision: Decision,
    comment: str | None,
    now: datetime,
) -> Request:
    seat = next(seat for seat in step.seats if seat in actor.seats)
    done = replace(
        step,
        status=StepStatus.DONE,
        decision=decision,
        decided_by=actor.person,
        decided_by_name=actor.name,
        decided_in=seat,
        decided_at=now,
        comment=comment,
    )
    steps = tuple(done if each.id == step.id else each for each in request.steps)
    return replace(request, steps=steps, version=request.version + 1)


def _closed(request: Request, status: Status) -> Request:
    steps = tuple(
        replace(step, status=StepStatus.CANCELLED) if step.status in PENDING else step
        for step in request.steps
    )
    return replace(request, status=status, steps=steps, version=request.version + 1)


def _holding(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps that must end before approval: up to the last decision, else the last signature.

    A decision that fell away holds nothing up.
    """
    asked = [step for step in steps if step.status is not StepStatus.SKIPPED]
    for acts in (DECIDING, frozenset({"sign"})):
        places = [step.place for step in asked if step.act in acts]
        if places:
            return tuple(step for step in steps if step.place <= max(places))
    return ()


def _advanced(request: Request, now: datetime) -> Request:
    unfinished = [step for step in _holding(request.steps) if step.status not in FINISHED]
    if unfinished:
        turn = min(step.place for step in unfinished)
        opening = {step.id for step in unfinished if step.place == turn}
        status = request.status
    else:
        opening = {step.id for step in request.steps if step.status is StepStatus.WAITING}
        status = Status.APPROVED
    steps = tuple(
        replace(step, status=StepStatus.OPEN, opened_at=now)
        if step.id in opening and step.status is StepStatus.WAITING
        else step
        for step in request.steps
    )
    return replace(request, steps=steps, status=status)


def _falls_to(request: Request, actor: Actor, falls_to: Mapping[UUID, UUID]) -> Step | None:
    """An open turn that falls to the actor alone."""
    if actor.person == request.applicant:
        return None
    for step in request.steps:
        falls_here = falls_to.get(step.id) == actor.person and actor.seats & set(step.seats)
        if step.status is StepStatus.OPEN and falls_here:
            return step
    return None
