"""Carry one request through its steps. Pure: what was becomes what is, or a refusal says why not.

A decided step never changes; a request is approved only when every step up to its last decision
is done or fell away; nobody decides on their own request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.request import (
    OWN_SIGNATURE,
    STATUSES,
    Decision,
    Request,
    Status,
    Step,
    StepStatus,
)
from domain.approval.rounds import PENDING, advanced, asked_again, closed, returnable_to
from domain.errors import Refused
from domain.rules.phrases import ACTS


@dataclass(frozen=True)
class Loan:
    """The delegation under which a lent seat is acted for."""

    delegation: UUID
    lender: UUID | None
    lender_name: str
    document: str


@dataclass(frozen=True)
class Actor:
    """Who acts, the seats that the person holds today, and those that were lent for this case."""

    person: UUID
    name: str
    seats: frozenset[UUID]
    lent: Mapping[UUID, Loan] = field(default_factory=dict)

    def seat_for(self, step: Step, request: Request) -> UUID | None:
        """The seat that takes a step: one's own before a lent one.

        What the applicant lent is of no use in the applicant's own request.
        """
        for seat in step.seats:
            if seat in self.seats:
                return seat
        usable = (seat for seat in step.seats if seat in self.lent)
        return next((s for s in usable if self.lent[s].lender != request.applicant), None)


def decide(
    request: Request,
    step_id: UUID,
    actor: Actor,
    decision: Decision,
    comment: str | None,
    now: datetime,
    falls_to: Mapping[UUID, UUID],
    document: Mapping[str, Any] | None = None,
) -> Request:
    """Take one turn. `falls_to` names, by step, the one person to whom the step falls alone.

    Agreement covers the turns that follow at once and fall to the same person: each records its
    own seat. `document` is the paper on which an outside body's answer stands.

    Raises: Refused: the step is not open, not the actor's, or does not take this decision.
    """
    step = check(request, step_id, actor, decision)
    said = {"document": document} if document else {}
    decided = _decided(request, step, actor, decision, comment, now, said)
    if decision is Decision.REJECT:
        return closed(decided, Status.REJECTED)
    if decision is Decision.RETURN:
        return closed(_denied(decided, step, actor, now), Status.RETURNED)
    now_done = advanced(decided, now)
    while following := _falls_to(now_done, actor, falls_to):
        now_done = advanced(_decided(now_done, following, actor, decision, comment, now), now)
    return now_done


def return_to(
    request: Request,
    step_id: UUID,
    target_id: UUID,
    actor: Actor,
    comment: str | None,
    now: datetime,
    new_id: Callable[[], UUID],
) -> Request:
    """Return it to an earlier turn: the turns from there on are asked again.

    Raises: Refused: the step is not the actor's, or the target was never agreed to in this round.
    """
    step = check(request, step_id, actor, Decision.RETURN)
    target = request.step(target_id)
    if step.confirms or target is None or target not in returnable_to(request, step):
        raise Refused("NOT_RETURNABLE_TO", clause=step.clauses[0])
    decided = _decided(request, step, actor, Decision.RETURN, comment, now)
    further = step.place - target.place + 1
    repeated = [step, *(e for e in returnable_to(request, step) if e.place >= target.place)]
    again = (asked_again(each, each.place + further, new_id()) for each in repeated)
    steps = (
        replace(each, status=StepStatus.WAITING, opened_at=None, place=each.place + further)
        if each.status in PENDING and each.place >= step.place and each.confirms is None
        else each
        for each in decided.steps
    )
    return advanced(replace(decided, steps=(*steps, *again)), now)


def check(request: Request, step_id: UUID, actor: Actor, decision: Decision) -> Step:
    """The step, if this actor may decide it so now. Raises: Refused: with the reason."""
    step = open_step(request, step_id)
    _must_be_able(request, step, actor)
    if decision not in _decisions_taken(request, step, actor):
        raise Refused("DECISION_NOT_TAKEN", clause=step.clauses[0], act=ACTS[step.act])
    return step


def in_hand(request: Request, step_id: UUID, actor: Actor) -> Step:
    """The open step of a pending request, if the actor may pass it on or ask others about it.

    Raises: Refused: with the reason.
    """
    step = open_step(request, step_id)
    _must_be_able(request, step, actor)
    if request.status is not Status.PENDING:
        raise Refused("REQUEST_ENDED", status=STATUSES[request.status])
    if step.confirms is not None or actor.person == request.applicant:
        raise Refused("ONLY_TO_DECIDE", clause=step.clauses[0])
    return step


def open_step(request: Request, step_id: UUID) -> Step:
    """The step of this id, which must be open.

    Raises: Refused: there is none, or it is not open.
    """
    step = request.step(step_id)
    if step is None:
        raise Refused("STEP_NOT_FOUND")
    if step.status is not StepStatus.OPEN:
        raise Refused("STEP_NOT_OPEN", clause=step.clauses[0], status=STATUSES[step.status])
    return step


def _must_be_able(request: Request, step: Step, actor: Actor) -> None:
    seat = actor.seat_for(step, request)
    own = actor.person == request.applicant and not is_own_turn(step)
    lent_by_applicant = seat is None and not actor.lent.keys().isdisjoint(step.seats)
    if (own and seat is not None) or lent_by_applicant:
        raise Refused("OWN_REQUEST", clause=step.clauses[0])
    if seat is None:
        raise Refused("NOT_YOUR_STEP", clause=step.clauses[0])


def is_own_turn(step: Step) -> bool:
    """Only a signature may be the applicant's own turn: it is not a decision."""
    return step.skipped is not None and step.skipped["code"] == OWN_SIGNATURE


def withdraw(request: Request, person: UUID, *, ahead: bool = False) -> Request:
    """Take back one's own request before it is decided, or what it was granted for is `ahead`.

    Raises: Refused: it is another's, or it has ended.
    """
    _must_be_own(request, person)
    granted = ahead and request.status is Status.APPROVED
    if not granted and request.status not in {Status.PENDING, Status.RETURNED}:
        raise Refused("REQUEST_ENDED", status=STATUSES[request.status])
    return closed(request, Status.WITHDRAWN)


def resubmittable(request: Request, person: UUID) -> None:
    """Only what was returned may be submitted again, by its applicant."""
    _must_be_own(request, person)
    if request.status is not Status.RETURNED:
        raise Refused("NOT_RETURNED", status=STATUSES[request.status])


def report_back(request: Request, person: UUID, now: datetime) -> Request:
    """Report back from an approved leave (销假), once."""
    _must_be_own(request, person)
    if request.status is not Status.APPROVED:
        raise Refused("NOT_APPROVED", status=STATUSES[request.status])
    if request.completed_at is not None:
        raise Refused("ALREADY_REPORTED_BACK")
    return replace(request, completed_at=now, version=request.version + 1)


def correct_return(request: Request, person: UUID) -> Request:
    """Say anew since when somebody is back: they themselves, or who decided on their leave."""
    if person not in {request.applicant, *(step.decided_by for step in request.steps)}:
        raise Refused("NOT_YOUR_REQUEST")
    if request.completed_at is None:
        raise Refused("NOT_REPORTED_BACK")
    return replace(request, version=request.version + 1)


def _must_be_own(request: Request, person: UUID) -> None:
    if person != request.applicant:
        raise Refused("NOT_YOUR_REQUEST")


def _decisions_taken(request: Request, step: Step, actor: Actor) -> frozenset[Decision]:
    """Records, own signatures and what comes after the approval are never refused."""
    is_own = actor.person == request.applicant
    if step.confirms is not None:
        return frozenset({Decision.AGREE, Decision.RETURN})
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
    said: Mapping[str, Any] | None = None,
) -> Request:
    seat = actor.seat_for(step, request)
    loan = actor.lent.get(seat) if seat and seat not in actor.seats else None
    particulars = {**step.particulars, **(said or {})}
    if loan:
        particulars["acting_for"] = {
            "delegation": loan.delegation,
            "lender": loan.lender,
            "lender_name": loan.lender_name,
            "document": loan.document,
        }
    done = replace(
        step,
        status=StepStatus.DONE,
        decision=decision,
        decided_by=actor.person,
        decided_by_name=actor.name,
        decided_in=seat,
        decided_at=now,
        comment=comment,
        particulars=particulars,
    )
    steps = tuple(done if each.id == step.id else each for each in request.steps)
    return replace(request, steps=steps, version=request.version + 1)


def _denied(request: Request, step: Step, actor: Actor, now: datetime) -> Request:
    """What was said by telephone, denied by the seat that should have said it."""
    if step.confirms is None:
        return request
    mark = {"code": "CONSENT_DENIED", "name": actor.name, "at": now.isoformat()}
    mark["approved"] = str(request.status is Status.APPROVED).lower()
    return replace(request, marks=(*request.marks, mark))


def _falls_to(request: Request, actor: Actor, falls_to: Mapping[UUID, UUID]) -> Step | None:
    """An open turn that falls to the actor alone."""
    if actor.person == request.applicant:
        return None
    for step in request.steps:
        falls_here = falls_to.get(step.id) == actor.person and actor.seats & set(step.seats)
        if step.status is StepStatus.OPEN and falls_here and step.confirms is None:
            return step
    return None
