"""Seats without a holder, filled; appointments that end; each told to whom it concerns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.errors import Problem, at_fault, invalid
from domain.office.delegation import Span
from domain.office.notices import Notice
from domain.office.organisation import Seat
from domain.office.posts import (
    LEAST_ADMINISTRATORS,
    ONE_DAY,
    Appointment,
    fewest_from,
    must_not_fall,
)
from domain.time.moments import is_near
from domain.values.names import Names, canonical
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.ground.viewers import HELD_TODAY, SEAT, read_seat
from resolvers.office import appointments, delegations, loans
from resolvers.office.appointments import Colleague
from resolvers.office.delegations import LONGEST_DOCUMENT, recorded
from resolvers.office.loans import LoanView
from resolvers.office.own_matters import must_be_anothers

VACANT = statement(
    f"""select {SEAT} as seat, w.steps, w.oldest, v.since
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
        order by w.oldest nulls last, u.position, s.role, s.id"""
)
APPOINT = statement(
    """insert into appointments (institution_id, id, seat_id, person_id, begins, ends)
       values (:institution, :id, :seat, :person, :begins, :ends)"""
)
CUT = statement(
    """update appointments set ends = :last_day
       where institution_id = :institution and id = any(cast(:ids as uuid[]))
         and begins <= :last_day"""
)
CANCEL = statement(
    """delete from appointments
       where institution_id = :institution and id = any(cast(:ids as uuid[]))
         and begins > :last_day"""
)


@dataclass(frozen=True)
class VacantSeat:
    """A seat that nobody holds today, what waits for it, and who it is lent to meanwhile."""

    seat: Seat
    steps: int
    oldest: datetime | None
    since: date | None
    loan: LoanView | None


@dataclass(frozen=True)
class Post:
    """An appointment to make or to end, by a document."""

    seat: UUID
    person: UUID
    document: str


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


async def fill(context: Context, post: Post, begins: date, ends: date | None) -> Seat:
    """Appoint a person to a seat from a day on; a loan of the vacant seat then ends.

    Raises:
        Refused: to oneself, in the past, to who holds it already or has left, or the seat has a
            turn in the viewer's own matter.

    """
    await appointments.alone(context)
    seat = await appointments.seat(context, post.seat, "seatId")
    person = await appointments.colleague(context, post.person, "personId")
    problems = [*undocumented(post.document), *wrong_days(begins, ends, context.today)]
    if problems:
        raise invalid(problems)
    if person.id == context.viewer.person.id:
        raise at_fault("OWN_APPOINTMENT", "input", "personId")
    await must_be_anothers(context, [seat.id], "seatId")
    person.must_stay_until(ends or date.max, "personId")
    span = Span(begins, ends or date.max)
    held = await appointments.of_seats(context, [seat.id])
    if any(each.person == person.id and each.touches(span) for each in held):
        raise at_fault("HOLDS_IT_ALREADY", "input", "personId", name=person.name)
    await appointments.must_be_apart(context, seat, person, span)
    await appoint(context, seat, person, begins, ends)
    content = {
        "seat": seat.id,
        "appointed": person.id,
        "begins": begins,
        "ends": ends,
        "document": canonical(Names.DOCUMENT, post.document),
    }
    await recorded(context, "seat_filled", {"seat": seat.id}, content)
    return (await appointments.seats(context, [seat.id]))[seat.id]


async def appoint(
    context: Context, seat: Seat, person: Colleague, begins: date, ends: date | None
) -> None:
    """Write an appointment, end the loans of the vacant seat, and tell the person."""
    await context.transaction.rows(
        APPOINT,
        institution=seat.institution,
        id=context.services.new_id(),
        seat=seat.id,
        person=person.id,
        begins=begins,
        ends=ends,
    )
    for loan in await loans.standing(context, Span(begins, ends or date.max)):
        if loan.seat.id == seat.id and loan.delegation.vacant:
            await delegations.stop(context, loan, begins - ONE_DAY)
    await tell_post(context, "SEAT_FILLED", seat, person.id, begins=begins.isoformat())


async def end(context: Context, post: Post, last_day: date) -> Seat:
    """End a person's appointment to a seat after a last day; their loans of it end with it.

    Raises:
        Refused: in the past, no such appointment, too few administrators would remain, or the
            seat has a turn in the viewer's own matter.

    """
    await appointments.alone(context)
    seat = await appointments.seat(context, post.seat, "seatId")
    person = await appointments.colleague(context, post.person, "personId")
    problems = [*undocumented(post.document), *wrong_days(last_day, None, context.today, "lastDay")]
    if problems:
        raise invalid(problems)
    held = await appointments.of_seats(context, [seat.id])
    ending = beyond((each for each in held if each.person == person.id), last_day)
    if not ending:
        raise at_fault("APPOINTMENT_NOT_FOUND", "input", "personId", name=person.name)
    await must_be_anothers(context, [seat.id], "seatId")
    if seat.role in appointments.ADMINISTRATORS:
        everybody = await appointments.of_administrators(context)
        if not enough_administrators(everybody, ending, last_day):
            raise at_fault("LAST_ADMINISTRATORS", "input", "personId", least=LEAST_ADMINISTRATORS)
    await cut(context, ending, last_day)
    for loan in await loans.standing(context, Span(last_day + ONE_DAY, date.max)):
        own = loan.lender.id == person.id and not loan.delegation.vacant
        if own and loan.seat.id == seat.id:
            await delegations.stop(context, loan, last_day)
    await tell_post(context, "SEAT_ENDED", seat, person.id, ends=last_day.isoformat())
    content = {
        "seat": seat.id,
        "held_by": person.id,
        "last_day": last_day,
        "document": canonical(Names.DOCUMENT, post.document),
    }
    await recorded(context, "appointment_ended", {"seat": seat.id}, content)
    return (await appointments.seats(context, [seat.id]))[seat.id]


def beyond(held: Iterable[Appointment], last_day: date) -> list[Appointment]:
    """The appointments that would last longer than a day, or begin after it."""
    return [each for each in held if each.ends is None or each.ends > last_day]


def enough_administrators(
    everybody: Sequence[Appointment],
    ending: Sequence[Appointment],
    last_day: date,
    coming: Sequence[Appointment] = (),
) -> bool:
    """Whether enough administrators remain when these appointments end, and others begin."""
    after = last_day + ONE_DAY
    gone = {each.id for each in ending}
    kept = [each for each in everybody if each.id not in gone]
    kept += [replace(each, ends=last_day) for each in ending if each.begins <= last_day]
    before = fewest_from(everybody, after)
    return must_not_fall(before, fewest_from((*kept, *coming), after))


async def cut(context: Context, ending: Sequence[Appointment], last_day: date) -> None:
    """End appointments after a last day; those that would only begin later are cancelled."""
    values = {
        "institution": context.viewer.institution,
        "ids": [each.id for each in ending],
        "last_day": last_day,
    }
    await context.rows(CANCEL, **values)
    await context.rows(CUT, **values)


async def tell_post(context: Context, code: str, seat: Seat, to: UUID, **details: str) -> None:
    said = {"role": seat.role, "unit": seat.unit, **details}
    notice = Notice(code, to, seat.institution, said, subject=seat.id)
    await announce(context, notice)


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
