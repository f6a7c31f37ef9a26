"""Who holds which seat when, read under the institution's lock before anything of it changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.errors import at_fault
from domain.office.organisation import Holder, Seat
from domain.office.posts import Appointment
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import SEAT, read_seat

ALONE = statement("select pg_advisory_xact_lock(3, hashtext(:institution))")
SEATS = statement(f"""
  select {SEAT} as seat
  from seats s join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
  where s.institution_id = :institution and s.id = any(cast(:seats as uuid[]))
  order by u.position, s.role, s.id""")
PEOPLE = statement("""
  select id, name, account, leaves from people
  where institution_id = :institution and id = any(cast(:people as uuid[]))""")
_APPOINTMENTS = """
  select a.id, a.seat_id, a.person_id, p.name, a.begins, a.ends
  from appointments a
  join people p on (p.institution_id, p.id) = (a.institution_id, a.person_id)
  {where}
  order by a.begins, a.id"""
OF_SEATS = statement(
    _APPOINTMENTS.format(
        where="where a.institution_id = :institution and a.seat_id = any(cast(:seats as uuid[]))"
    )
)
OF_PERSON = statement(
    _APPOINTMENTS.format(where="where a.institution_id = :institution and a.person_id = :person")
)


@dataclass(frozen=True)
class Colleague:
    """Somebody of the institution; `leaves` is the last working day where it is set."""

    id: UUID
    name: str
    account: str
    leaves: date | None

    @property
    def holder(self) -> Holder:
        return Holder(self.id, self.name, self.account)

    def must_stay_until(self, day: date, *path: str) -> None:
        """Raises: Refused where the person leaves before."""
        if self.leaves is not None and self.leaves < day:
            raise at_fault("HAS_LEFT", "input", *path, name=self.name, day=self.leaves)


async def alone(context: Context) -> None:
    """Nobody else changes posts or loans of the institution until this transaction ends."""
    await context.rows(ALONE)


async def seats(context: Context, ids: Sequence[UUID]) -> dict[UUID, Seat]:
    """Those of these seats that belong to the institution, with their holders today."""
    rows = await context.rows(SEATS, seats=sorted(ids), today=context.today)
    return {seat.id: seat for seat in (read_seat(row["seat"]) for row in rows)}


async def seat(context: Context, id: UUID, *path: str) -> Seat:
    """Raises: Refused where the institution has no such seat."""
    found = await seats(context, [id])
    if id not in found:
        raise at_fault("SEAT_NOT_FOUND", "input", *path)
    return found[id]


async def colleagues(context: Context, ids: Sequence[UUID]) -> dict[UUID, Colleague]:
    rows = await context.rows(PEOPLE, people=sorted(ids))
    return {row["id"]: Colleague(*row) for row in rows}


async def colleague(context: Context, id: UUID, *path: str) -> Colleague:
    """Raises: Refused where nobody of the institution is meant."""
    found = await colleagues(context, [id])
    if id not in found:
        raise at_fault("NOT_OF_THIS_OFFICE", "input", *path)
    return found[id]


async def of_seats(context: Context, ids: Sequence[UUID]) -> list[Appointment]:
    """Every appointment to these seats, whenever."""
    rows = await context.rows(OF_SEATS, seats=sorted(ids))
    return [Appointment(*row) for row in rows]


async def of_person(context: Context, person: UUID) -> list[Appointment]:
    """Every appointment of a person, whenever."""
    rows = await context.rows(OF_PERSON, person=person)
    return [Appointment(*row) for row in rows]
