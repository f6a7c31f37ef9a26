"""From a route to steps: which seat takes each turn for this applicant.

A step goes to the seat of its role at the applicant's unit or the nearest unit above it. Nobody
decides on their own request: what falls away, and why, is kept with the step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.request import Decision, Step, StepStatus
from domain.errors import Refused
from domain.organisation import Person, Seat
from domain.rules.routes import RouteStep
from domain.rules.rulebook import DECIDING
from domain.vocabulary import Role, RoleClass

LADDER = ("section_chief", "deputy_in_charge", "director", "superior")
"""The levels that a switch climbs when a deciding seat is the applicant's own."""


@dataclass(frozen=True)
class Office:
    """The applicant, the nearest seat of each role from the unit up, and the office's switch."""

    applicant: Person
    nearest: Mapping[str, Seat]
    roles: Mapping[str, Role]
    escalates: bool = False


def place(
    route: Sequence[RouteStep], office: Office, now: datetime, new_id: Callable[[], UUID]
) -> tuple[Step, ...]:
    """The steps of one round, none open yet.

    Raises:
        Refused: GAP where a deciding seat is the applicant's own or the office has no such seat.

    """
    first_decision = min((turn.place for turn in route if turn.decides), default=None)
    steps = tuple(
        _place_one(
            turn,
            office,
            now,
            new_id(),
            before_decision=first_decision is None or turn.place < first_decision,
        )
        for turn in route
    )
    _must_be_decided_by_somebody(steps)
    return steps


def _must_be_decided_by_somebody(steps: Sequence[Step]) -> None:
    """A chain of nothing but the applicant's own endorsements decides nothing."""
    chain = [step for step in steps if step.act in DECIDING]
    if chain and all(step.status is StepStatus.SKIPPED for step in chain):
        last = chain[-1]
        raise Refused("GAP", clause=last.clauses[0], because="OWN_DECISION", role=last.role)


def _place_one(
    turn: RouteStep, office: Office, now: datetime, step_id: UUID, *, before_decision: bool
) -> Step:
    seats, own = _seats_for(turn, office)
    escalates = not seats and turn.decides and office.escalates
    if escalates and (above := _next_level(own, office)):
        return _step(turn, step_id, (above,), skipped=_because("ESCALATED", turn, above.role))
    if seats:
        return _step(turn, step_id, seats)
    if not own:
        raise Refused("GAP", clause=turn.clauses[0], because="NO_SUCH_SEAT", role=turn.role)
    if turn.decides:
        raise Refused("GAP", clause=turn.clauses[0], because="OWN_DECISION", role=turn.role)
    if turn.act == "endorse":
        skipped = _because("OWN_ENDORSEMENT_FALLS_AWAY", turn, turn.role)
        return _step(turn, step_id, own, status=StepStatus.SKIPPED, skipped=skipped)
    if turn.act == "sign" and not before_decision:
        return _step(turn, step_id, own)
    return _step(
        turn,
        step_id,
        own,
        status=StepStatus.DONE,
        decision=Decision.AGREE,
        decided_by=office.applicant.id,
        decided_by_name=office.applicant.name,
        decided_in=own[0].id,
        decided_at=now,
    )


def _seats_for(turn: RouteStep, office: Office) -> tuple[tuple[Seat, ...], tuple[Seat, ...]]:
    """The seats that may take the turn, and those that only the applicant holds."""
    found: dict[UUID, Seat] = {}
    for named in (turn.role, *turn.alternatives):
        for role in expanded(named, office.roles):
            if seat := office.nearest.get(role):
                found.setdefault(seat.id, seat)
    own = {seat.id for seat in found.values() if _held_alone(seat, office.applicant)}
    return (
        tuple(seat for seat in found.values() if seat.id not in own),
        tuple(seat for seat in found.values() if seat.id in own),
    )


def expanded(role: str, roles: Mapping[str, Role]) -> tuple[str, ...]:
    """The roles that a role of a set stands for; any other role stands for itself."""
    declared = roles.get(role)
    if declared is None or declared.role_class is not RoleClass.ANY_OF:
        return (role,)
    return declared.members


def _held_alone(seat: Seat, applicant: Person) -> bool:
    holders = {holder.id for holder in seat.holders}
    return holders == {applicant.id}


def _next_level(own: Sequence[Seat], office: Office) -> Seat | None:
    highest = max((LADDER.index(seat.role) for seat in own if seat.role in LADDER), default=-1)
    above = (office.nearest.get(role) for role in LADDER[highest + 1 :])
    return next((seat for seat in above if seat and not _held_alone(seat, office.applicant)), None)


def _because(code: str, turn: RouteStep, role: str) -> dict[str, Any]:
    return {"code": code, "role": role, "instead_of": turn.role}


def _step(turn: RouteStep, step_id: UUID, seats: Sequence[Seat], **state: Any) -> Step:
    return Step(
        id=step_id,
        place=turn.place,
        role=turn.role,
        alternatives=turn.alternatives,
        act=turn.act,
        clauses=turn.clauses,
        seats=tuple(seat.id for seat in seats),
        **state,
    )
