"""From a route to steps: which seat takes each turn for this applicant.

A step goes to the seat of its role at the applicant's unit or the nearest unit above it. Nobody
decides on their own request: what falls away, and why, is kept with the step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.request import OWN_SIGNATURE, Decision, Step, StepStatus
from domain.errors import Refused
from domain.office.organisation import Person, Seat
from domain.rules.routes import RouteStep
from domain.rules.rows import DECIDING
from domain.vocabulary import Role, RoleClass


@dataclass(frozen=True)
class Office:
    """The applicant, the nearest seat of each role from the unit up, and the office's switch.

    Where it `escalates`, the levels of `ladder` are climbed when a deciding seat is one's own.
    """

    applicant: Person
    nearest: Mapping[str, Seat]
    roles: Mapping[str, Role]
    escalates: bool = False
    ladder: Sequence[str] = ()


def place(
    route: Sequence[RouteStep], office: Office, now: datetime, new_id: Callable[[], UUID]
) -> tuple[Step, ...]:
    """The steps of one round, none open yet.

    Raises: Refused: GAP where a deciding seat is the applicant's own or the office has no such
    seat.
    """
    first_decision = min((turn.place for turn in route if turn.decides), default=None)
    last_word = _last_word(route, office)
    return tuple(
        _place_one(
            turn,
            office,
            now,
            new_id(),
            before_decision=first_decision is None or turn.place < first_decision,
            decides=turn.decides or turn is last_word,
        )
        for turn in route
    )


def _last_word(route: Sequence[RouteStep], office: Office) -> RouteStep | None:
    """The last of a chain that only the applicant would endorse: it decides like an approval."""
    chain = [turn for turn in route if turn.act in DECIDING]
    if not chain or any(turn.decides or _seats_for(turn, office)[0] for turn in chain):
        return None
    return chain[-1]


def _place_one(
    turn: RouteStep,
    office: Office,
    now: datetime,
    step_id: UUID,
    *,
    before_decision: bool,
    decides: bool,
) -> Step:
    seats, own = _seats_for(turn, office)
    if seats:
        return _step(_without_own(turn, office), step_id, seats)
    if not own:
        raise Refused("GAP", clause=turn.clauses[0], because="NO_SUCH_SEAT", role=turn.role)
    if decides:
        above = _next_level(turn, office) if office.escalates else None
        if above is None:
            raise Refused("GAP", clause=turn.clauses[0], because="OWN_DECISION", role=turn.role)
        return _step(turn, step_id, (above,), skipped=_because("ESCALATED", turn, above.role))
    if turn.act == "endorse":
        skipped = _because("OWN_ENDORSEMENT_FALLS_AWAY", turn, turn.role)
        return _step(turn, step_id, own, status=StepStatus.SKIPPED, skipped=skipped)
    if turn.act == "sign" and not before_decision:
        return _step(turn, step_id, own, skipped=_because(OWN_SIGNATURE, turn, turn.role))
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
    found = {seat.id: seat for role in turn.roles for seat in _named(role, office)}
    return (
        tuple(seat for seat in found.values() if not _held_alone(seat, office.applicant)),
        tuple(seat for seat in found.values() if _held_alone(seat, office.applicant)),
    )


def _without_own(turn: RouteStep, office: Office) -> RouteStep:
    """The turn without the alternatives that only the applicant could take."""

    def is_own(role: str) -> bool:
        seats = _named(role, office)
        return bool(seats) and all(_held_alone(seat, office.applicant) for seat in seats)

    stays = [role for role in turn.roles if not is_own(role)]
    if len(stays) == len(turn.roles):
        return turn
    return replace(turn, role=stays[0], alternatives=tuple(stays[1:]))


def _named(role: str, office: Office) -> list[Seat]:
    members = expanded(role, office.roles)
    return [office.nearest[member] for member in members if member in office.nearest]


def expanded(role: str, roles: Mapping[str, Role]) -> tuple[str, ...]:
    """The roles that a role of a set stands for; any other role stands for itself."""
    declared = roles.get(role)
    if declared is None or declared.role_class is not RoleClass.ANY_OF:
        return (role,)
    return declared.members


def _held_alone(seat: Seat, applicant: Person) -> bool:
    holders = {holder.id for holder in seat.holders}
    return holders == {applicant.id}


def _next_level(turn: RouteStep, office: Office) -> Seat | None:
    """The first seat of the ladder above all that the applicant holds; none stands over a body."""
    known = [office.roles[role] for role in turn.roles if role in office.roles]
    if any(role.role_class in {RoleClass.BODY, RoleClass.OUTSIDE} for role in known):
        return None
    held = [office.roles[role].level for role in office.applicant.roles if role in office.roles]
    for role in office.ladder:
        seat = office.nearest.get(role)
        if seat is None or _held_alone(seat, office.applicant):
            continue
        outside = office.roles[role].role_class is RoleClass.OUTSIDE
        if outside or office.roles[role].level > max(held, default=0):
            return seat
    return None


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
