"""What hangs on a person between two days: what they hold, owe and attend, and who steps in."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from domain.errors import Refused
from domain.messages import say
from domain.office.delegation import Span
from domain.office.posts import ONE_DAY
from domain.shapes.votes import Vote
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.office import appointments, loans
from resolvers.office.administering import confirming
from resolvers.office.appointments import Colleague
from resolvers.office.hanging import (
    EMPLOYED,
    LEAVING,
    MOST,
    Hanging,
    Hangs,
    barred,
    to_hand_over,
)
from resolvers.records.attending import roles_due
from resolvers.rules.rulebooks import LivingRulebook

TURNS = statement("""
  select r.number, w.opened_at, w.seat_id
  from waiting w
  join requests r on (r.institution_id, r.id) = (w.request_institution_id, w.request_id)
  where w.institution_id = :institution and w.seat_id = any(cast(:seats as uuid[]))
    and w.applicant_id <> :person
  order by w.opened_at limit :most""")
CLOCKS = statement("""
  select clause, coalesce(extended_until, due_at) as due from clocks
  where institution_id = :institution and ended_at is null
    and responsible && cast(:seats as uuid[]) and coalesce(extended_until, due_at) < :until
  order by due limit :most""")
DUTY = statement("""
  select day, post, shift from roster_slots
  where institution_id = :institution and person_id = :person
    and day between :begins and :ends order by day limit :most""")
SITTINGS = statement("""
  select body, number, begins_at from sittings
  where institution_id = :institution and closed_at is null
    and begins_at >= :since and begins_at < :until order by begins_at limit :most""")
DUE = statement("""
  select a.person_id, exists (
    select from absences b
    where (b.institution_id, b.person_id) = (a.institution_id, a.person_id) and b.standing
      and b.period @> cast(:local as timestamp)) as away
  from appointments a join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
  where a.institution_id = :institution and s.role = any(cast(:roles as text[]))
    and a.begins <= :day and (a.ends is null or a.ends >= :day)
  group by 1, 2""")
DECIDES = statement("""
  select from waiting w
  where w.institution_id = :institution and w.seat_id = any(cast(:seats as uuid[]))
    and w.applicant_id = :person limit 1""")

OF_UNIT = statement("""
  select distinct a.person_id from appointments a
  join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
  where a.institution_id = :institution and s.unit_id = :unit
    and (a.ends is null or a.ends > :day)""")
LOOKED_AHEAD = timedelta(days=30)
MOST_PEOPLE = 20
"""People of one act of whom it is told."""


async def what_hangs_on(context: Context, person: UUID, span: Span) -> list[Hangs]:
    """Everything that hangs on somebody of the office, in the order of `Hanging`.

    Shown to themselves, to who keeps posts or confirms it, and to who has a turn in a request of
    theirs.

    Raises: Refused: nobody of the office is meant, or it is not the viewer's to see.
    """
    found = await before_going(context, await context.rulebook(), LEAVING, person, span)
    if found is None:
        raise Refused("NOT_YOURS_TO_SEE")
    return found


async def before_going(
    context: Context, living: LivingRulebook, subject: str, person: UUID, span: Span
) -> list[Hangs] | None:
    """What hangs on who asks to go, with the clause that bars it; None where it is not to be seen.

    It needs nobody's approval to be told to oneself.
    """
    whom = (await appointments.colleagues(context, [person])).get(person)
    if whom is None or not await may_see(context, person):
        return None
    held = [e for e in await appointments.of_person(context, person) if e.touches(span)]
    seats = await appointments.seats(context, [each.seat for each in held])
    others = await _others(context, whom, list(seats), span)
    found = [
        Hangs(
            Hanging.SEAT,
            _titled(context, living, seat.role, seat.unit),
            steps_in=others[seat.id],
            covered=bool(others[seat.id]),
        )
        for seat in seats.values()
    ]
    own = {"person": person, "most": MOST}
    mine = [person, *seats]
    for row in await context.rows(TURNS, seats=mine, **own):
        steps_in = others.get(row["seat_id"], ())
        day = row["opened_at"].date()
        found.append(Hangs(Hanging.TURN, row["number"], day, steps_in, covered=bool(steps_in)))
    for loan in await loans.standing(context, span):
        if loan.borrower.id == person:
            name = _titled(context, living, loan.seat.role, loan.seat.unit)
            covered = not loan.delegation.vacant
            instead = (loan.lender.name,) if covered else ()
            found.append(
                Hangs(Hanging.LOAN, name, loan.delegation.span.ends, instead, covered=covered)
            )
    kept = await to_hand_over(context, living, person)
    employed = await context.value(EMPLOYED, person=person)
    bars = {(each.what, each.name): each for each in barred(living, subject, kept, employed)}
    found += [bars.get((each.what, each.name), each) for each in kept]
    until = _midnight(span.ends, 1)
    for row in await context.rows(CLOCKS, seats=mine, until=until, most=MOST):
        due = row["due"].astimezone(OFFICE_TIME).date()
        found.append(Hangs(Hanging.CLOCK, row["clause"], due))
    days = {"begins": span.begins, "ends": span.ends}
    for row in await context.rows(DUTY, **own, **days):
        found.append(Hangs(Hanging.DUTY, f"{row['post']} {row['shift']}".strip(), row["day"]))
    return [*found, *[each async for each in _sittings(context, living, person, span)]]


async def hanging_on_those(
    context: Context, act: str, given: Mapping[str, Any]
) -> list[tuple[str, list[Hangs]]]:
    """By name what hangs on each whom an act moves, for thirty days; nothing not to be seen."""
    living, told = await context.rulebook(), []
    goes = {person: day async for person, day in _going(context, act, given)}
    names = await appointments.colleagues(context, [*goes])
    for person, day in [*goes.items()][:MOST_PEOPLE]:
        span = Span(day + ONE_DAY, day + LOOKED_AHEAD)
        if found := await before_going(context, living, LEAVING, person, span):
            told.append((names[person].name, found))
    return told


async def _going(
    context: Context, act: str, given: Mapping[str, Any]
) -> AsyncIterator[tuple[UUID, date]]:
    """Whom an act moves, and their last day before that."""
    if act == "hand_over":
        yield UUID(given["person"]), date.fromisoformat(given["last_day"])
    for each in given["changes"] if act == "organise" else ():
        if each["event"] == "appointment_ended":
            yield UUID(each["person_id"]), date.fromisoformat(each["last_day"])
        elif each["event"] == "seat_filled":
            yield UUID(each["person_id"]), date.fromisoformat(each["begins"]) - ONE_DAY
        elif each["event"] == "unit_merged":
            day = date.fromisoformat(each["last_day"])
            for row in await context.rows(OF_UNIT, unit=UUID(each["unit_id"]), day=day):
                yield row["person_id"], day


async def may_see(context: Context, person: UUID) -> bool:
    """Whether what hangs on somebody is the viewer's to see."""
    viewer = context.viewer
    keeps = loans.manages_posts(context) or viewer.person.roles & await confirming(context)
    if viewer.person.id == person or keeps:
        return True
    mine = sorted({*viewer.seat_ids, *(each.seat for each in viewer.borrowed)})
    return bool(await context.rows(DECIDES, seats=mine, person=person))


async def _others(
    context: Context, whom: Colleague, seats: Sequence[UUID], span: Span
) -> dict[UUID, tuple[str, ...]]:
    """By seat who else holds it all the time, or is lent it."""
    found: dict[UUID, list[str]] = {seat: [] for seat in seats}
    for each in await appointments.of_seats(context, seats):
        whole = each.begins <= span.begins and (each.ends is None or span.ends <= each.ends)
        if each.person != whom.id and whole:
            found[each.seat].append(each.name)
    for loan in await loans.standing(context, span):
        if loan.seat.id in found and loan.lender.id == whom.id:
            found[loan.seat.id].append(loan.borrower.name)
    return {seat: tuple(dict.fromkeys(names)) for seat, names in found.items()}


def _titled(context: Context, living: LivingRulebook, role: str, unit: str) -> str:
    known = living.vocabulary.roles.get(role)
    return f"{say(context.language, known.label) if known else role}({unit})"


def _midnight(day: date, more: int = 0) -> datetime:
    return datetime.combine(date.fromordinal(day.toordinal() + more), time(), OFFICE_TIME)


async def _sittings(
    context: Context, living: LivingRulebook, person: UUID, span: Span
) -> AsyncIterator[Hangs]:
    """The sittings that are quorate with somebody and not without."""
    bounds = {"since": _midnight(span.begins), "until": _midnight(span.ends, 1)}
    for row in await context.rows(SITTINGS, **bounds, most=MOST):
        votes = [e for e in living.shapes.votes if e.body == row["body"] and e.quorum]
        roles, _ = roles_due(living, row["body"])
        at = row["begins_at"].astimezone(OFFICE_TIME)
        members = await context.rows(
            DUE, roles=sorted(roles), day=at.date(), local=at.replace(tzinfo=None)
        )
        here = {each["person_id"] for each in members if not each["away"]}
        broken = [_broken(votes, len(those), len(members)) for those in (here, here - {person})]
        if person in here and broken[1] and not broken[0]:
            name = f"{_titled(context, living, row['body'], '')} {row['number']}".replace("()", "")
            yield Hangs(Hanging.SITTING, name, at.date(), clause=broken[1].clause)


def _broken(votes: Sequence[Vote], present: int, eligible: int) -> Vote | None:
    """The row whose quorum so many would not make."""
    return next((e for e in votes if e.quorum and not e.quorum.is_met(present, eligible)), None)
