"""Changes of who holds a seat, until another administrator confirms them.

Whoever made one submits nothing of their own to that seat meanwhile: nobody chooses who decides on
their own matters, before they arise as little as after.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.approval.engine import is_own_turn
from domain.approval.request import Step
from domain.approval.rounds import PENDING
from domain.errors import Problem, Refused, at_fault
from domain.office.organisation import Holder, Seat
from domain.office.posts import Appointment
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import SEAT, Viewer, read_seat
from resolvers.office import appointments, loans
from resolvers.office.delegations import recorded
from resolvers.records.acts import named_takers
from resolvers.rules.rulebooks import LivingRulebook

UNCONFIRMED = statement(
    f"""select {SEAT} as seat, p.id, p.name, p.account, c.at
        from seat_changes c
        join people p on (p.institution_id, p.id) = (c.institution_id, c.person_id)
        join seats s on (s.institution_id, s.id) = (c.institution_id, c.seat_id)
        join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
        where c.institution_id = :institution order by c.at, s.id, p.id"""
)
CHOSEN = statement(
    """select s.id, s.role, u.name as unit
       from seat_changes c
       join seats s on (s.institution_id, s.id) = (c.institution_id, c.seat_id)
       join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
       where c.institution_id = :institution and c.person_id = :person and (
         c.seat_id = any(cast(:seats as uuid[])) or s.role = any(cast(:roles as text[])))
       order by u.position, s.role, s.id"""
)
CONFIRM = statement(
    """delete from seat_changes
       where institution_id = :institution and seat_id = :seat and person_id <> :person
         and at <= :changed_at
       returning person_id"""
)


@dataclass(frozen=True)
class SeatChange:
    """A seat, who changed who holds it and when last, and who holds it from now on."""

    seat: Seat
    by: Holder
    at: datetime
    held: tuple[Appointment, ...]


async def unconfirmed(context: Context) -> list[SeatChange]:
    """The changes that nobody but who made them has looked at, the oldest first."""
    rows = await context.rows(UNCONFIRMED, today=context.today)
    seats = [read_seat(row["seat"]) for row in rows]
    held = await appointments.of_seats(context, [seat.id for seat in seats])
    held = [each for each in held if each.ends is None or each.ends >= context.today]
    return [
        SeatChange(
            seat,
            Holder(row["id"], row["name"], row["account"]),
            row["at"],
            tuple(each for each in held if each.seat == seat.id),
        )
        for seat, row in zip(seats, rows, strict=True)
    ]


async def confirm(context: Context, seat_id: UUID, changed_at: datetime) -> None:
    """Confirm what others changed of a seat, as it was seen.

    Raises:
        Refused: nothing was changed by another, or something since.

    """
    await appointments.alone(context)
    seat = await appointments.seat(context, seat_id, "seatId")
    confirmed = await context.transaction.rows(
        CONFIRM,
        institution=seat.institution,
        seat=seat.id,
        person=context.viewer.person.id,
        changed_at=changed_at,
    )
    if not confirmed:
        raise at_fault("NOTHING_TO_CONFIRM", "input", "seatId")
    content = {"changed_by": sorted(row["person_id"] for row in confirmed)}
    await recorded(context, "seat_confirmed", {"seat": seat.id}, content)


async def stand_still(context: Context) -> None:
    """Let no change that the viewer makes at the same moment come after the look at them."""
    if loans.manages_posts(context):
        await ledger.hold(context.transaction, context.viewer.institution)


async def must_be_chosen_by_others(context: Context, who: Viewer, steps: Sequence[Step]) -> None:
    """Refuse a route by a seat whose holder the applicant changed, if the turn can say no.

    It is asked of the rows once more where the viewer may have changed one since.

    Raises:
        Refused: CHOSEN_BY_APPLICANT, naming each such seat.

    """
    asked = {
        seat: step.clauses[0]
        for step in steps
        if step.status in PENDING and step.act != "record" and not is_own_turn(step)
        for seat in step.seats
    }
    if who.changed.isdisjoint(asked) and not loans.manages_posts(context):
        return
    problems = await _chosen(context, who.person.id, asked, (), "input")
    for each in problems:
        raise Refused(each.code, clause=each.clause, problems=problems, **each.details)


async def must_have_left_seats_alone(context: Context, living: LivingRulebook, of: str) -> None:
    """Refuse that the viewer begins a case of their own by a seat whose holder they changed.

    Raises:
        Refused: CHOSEN_BY_APPLICANT, naming each such seat.

    """
    await stand_still(context)
    problems = await _chosen(context, context.viewer.person.id, {}, named_takers(living, of))
    for each in problems:
        raise Refused(each.code, problems=problems, **each.details)


async def _chosen(
    context: Context, person: UUID, asked: dict[UUID, str], roles: Collection[str], *path: str
) -> list[Problem]:
    rows = await context.rows(CHOSEN, person=person, seats=sorted(asked), roles=sorted(roles))
    return [
        Problem(
            "CHOSEN_BY_APPLICANT",
            path,
            asked.get(row["id"]),
            {"role": row["role"], "unit": row["unit"]},
        )
        for row in rows
    ]
