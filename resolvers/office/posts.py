"""Seats without a holder, and what is asked of whoever orders a change of posts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.errors import Problem
from domain.office.delegation import Span
from domain.office.organisation import Seat
from domain.office.posts import Appointment
from domain.time.moments import is_near
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import HELD_TODAY, SEAT, read_seat
from resolvers.office import loans
from resolvers.office.loans import LONGEST_DOCUMENT, LoanView

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
