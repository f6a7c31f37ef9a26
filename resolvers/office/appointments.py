"""Who holds which seat when, and which nobody: read under the lock before anything changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.errors import Problem, at_fault
from domain.office.delegation import Span
from domain.office.organisation import Holder, Seat
from domain.office.posts import Appointment
from domain.time.moments import is_near
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import HELD_TODAY, SEAT, read_seat
from resolvers.office import loans
from resolvers.office.loans import LONGEST_DOCUMENT, LoanView

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


VACANT = statement(f"""
  select {SEAT} as seat, w.steps, w.oldest, v.since
  from seats s
  join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
  cross join lateral (
    select count(*) as steps, min(w.opened_at) as oldest from waiting w
    where w.institution_id = s.institution_id and w.seat_id = s.id) w
  cross join lateral (
    select max(a.ends) + 1 as since from appointments a
    where (a.institution_id, a.seat_id) = (s.institution_id, s.id)
      and a.ends < :today) v
  where s.institution_id = :institution and not exists (
    select from appointments a
    where (a.institution_id, a.seat_id) = (s.institution_id, s.id) and {HELD_TODAY})
    and (s.ends is null or s.ends >= :today or w.steps > 0)
  order by w.oldest nulls last, u.position, s.role, s.id""")


@dataclass(frozen=True)
class VacantSeat:
    """A seat that nobody holds today, what waits for it, and who it is lent to meanwhile."""

    seat: Seat
    steps: int
    oldest: datetime | None
    since: date | None
    loan: LoanView | None


async def vacant_seats(context: Context) -> list[VacantSeat]:
    """The seats without a holder today, those first for which work has waited longest."""
    today = context.today
    rows = await context.rows(VACANT, today=today)
    lent = {
        each.seat.id: each
        for each in await loans.standing(context, Span(today, today))
        if each.delegation.vacant
    }
    seats = [(read_seat(row["seat"]), row) for row in rows]
    return [
        VacantSeat(seat, row["steps"], row["oldest"], row["since"], lent.get(seat.id))
        for seat, row in seats
    ]


def beyond(held: Iterable[Appointment], last_day: date) -> list[Appointment]:
    """The appointments that would last longer than a day, or begin after it."""
    return [each for each in held if each.ends is None or each.ends > last_day]


def undocumented(document: str) -> list[Problem]:
    if not document.strip():
        return [Problem("REQUIRED", ("input", "document"))]
    if len(document.strip()) > LONGEST_DOCUMENT:
        details = {"limit": LONGEST_DOCUMENT}
        return [Problem("TOO_LONG", ("input", "document"), details=details)]
    return []


def wrong_days(begins: date, ends: date | None, today: date, name: str = "begins") -> list[Problem]:
    if begins < today:
        return [Problem("IN_THE_PAST", ("input", name), details={"today": today})]
    if not is_near(begins, today):
        return [Problem("DATE_TOO_FAR", ("input", name))]
    if ends is not None and ends < begins:
        return [Problem("END_BEFORE_START", ("input", "ends"))]
    return []
