"""Recurring duties served: what is due, done and missed, by whom, and recording one as done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.approval.engine import Actor
from domain.errors import Refused, at_fault, must_be_short
from domain.office.organisation import Seat
from domain.rules.rows import NOBODY
from domain.shapes.cadences import (
    Cadence,
    Duty,
    DutyState,
    Every,
    Period,
    due_at,
    due_between,
    duty,
    is_late,
    periods,
)
from domain.time.calendar import Calendar
from domain.time.moments import is_near, office_local
from resolvers.ground.context import Context
from resolvers.records.acts import acted
from resolvers.records.verdicts import Acting, Verdict
from resolvers.requests.papers import Attachment
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import duties_done
from resolvers.time.duty_rows import Key, Units, clerks, done_between, owing_of

LONGEST_STRETCH = 366
LONGEST_PERIOD = timedelta(days=800)
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Owed:
    """A duty with the seats that it falls to, whether the viewer may record it, and whose it is.

    It is the viewer's `own` where each owes it: what shows it done is another's to put down. It may
    fall on a `day_off`.
    """

    duty: Duty
    seats: tuple[Seat, ...]
    mine: bool
    unit: str | None = None
    own: bool = False
    day_off: bool = False

    @property
    def is_hidden(self) -> bool:
        """Whether somebody else owes it, and it falls to others still."""
        return self.duty.cadence.for_people and not (self.mine or self.own)


@dataclass(frozen=True)
class Wanted:
    """What duties are asked for: those due on these days, narrowed."""

    first: date
    last: date
    state: DutyState | None = None
    who: str | None = None
    mine: bool = False


async def duties(context: Context, living: LivingRulebook, wanted: Wanted) -> list[Owed]:
    """What is due on these days by the rows in force today, in order.

    What people owe each is shown to them and to those to whom it falls.

    Raises: Refused: the stretch is too long or far away.
    """
    for day, name in ((wanted.first, "from"), (wanted.last, "to")):
        if not is_near(day, context.today):
            raise at_fault("DATE_TOO_FAR", name)
    if (wanted.last - wanted.first).days >= LONGEST_STRETCH:
        raise at_fault("STRETCH_TOO_LONG", "to", most=LONGEST_STRETCH)
    institution, calendar = context.viewer.institution, await context.calendar()
    done = await done_between(
        context.transaction, institution, wanted.first - LONGEST_PERIOD, wanted.last
    )
    rows = [each for each in living.shapes.cadences if wanted.who in (None, each.who)]
    owing = await owing_of(context.transaction, institution, living, rows, context.today)
    actor, units = context.viewer.actor("duties", {}), owing.units
    found = [
        _owed(actor, owed, mine, units, calendar)
        for row in rows
        for period in due_between(row, wanted.first, wanted.last, calendar)
        for unit, mine in owing.of(row).items()
        if units.owes(unit, period)
        for owed in [duty(row, period, done.get(_key(row, period, unit), ()), context.now, unit)]
    ]
    fitting = [
        each
        for each in found
        if wanted.state in (None, each.duty.state)
        if not each.is_hidden and (each.mine or each.own or not wanted.mine)
    ]
    return sorted(fitting, key=order)


def order(owed: Owed) -> tuple[str, str, str, str, str]:
    """What is due first comes first."""
    row, period, unit = owed.duty.cadence, owed.duty.period, owed.duty.unit
    return period.due.isoformat(), row.id, row.clause, period.first.isoformat(), str(unit or "")


async def one(context: Context, living: LivingRulebook, name: Key) -> Owed:
    """A duty by its name. Raises: Refused: there is none, or its unit does not owe it."""
    row, period = await _named(context, living, name)
    *_, unit = name
    institution = context.viewer.institution
    done = await done_between(context.transaction, institution, period.first, period.first)
    owing = await owing_of(context.transaction, institution, living, [row], context.today)
    if unit not in owing.of(row) or not owing.units.owes(unit, period):
        raise Refused("DUTY_NOT_FOUND")
    owed = duty(row, period, done.get(name, ()), context.now, unit)
    actor = context.viewer.actor("duties", {})
    found = _owed(actor, owed, owing.of(row)[unit], owing.units, await context.calendar())
    if found.is_hidden:
        raise Refused("DUTY_NOT_FOUND")
    return found


async def record(
    context: Context,
    name: Key,
    done_on: date,
    note: str,
    paper: Attachment | None,
    at: datetime | None,
) -> None:
    """Record that a duty was done; where that is told, an hour is kept by when it was done.

    Raises: Refused: it is not the viewer's, or it cannot have been done then, or often enough was.
    """
    viewer = context.viewer
    living = await context.rulebook()
    row, period = await _named(context, living, name)
    # One after the other, so that a period is not recorded more often than its row allows.
    await context.one_at_a_time(f"{viewer.institution}:{name}")
    owed = await one(context, living, name)
    if not owed.mine:
        raise Refused(
            "NOT_YOUR_DUTY",
            clause=row.clause,
            role=row.who or next(iter(sorted(clerks(living))), NOBODY),
        )
    _acts_in(context, owed.seats)
    must_be_short(note, "input", "note", longest=LONGEST_NOTE)
    late = is_late(row, period, done_on, len(owed.duty.done), context.today)
    late = late or (at or context.now) > due_at(row, period, context.now)
    if at and office_local(at).date() != done_on:
        raise at_fault("DUTY_ON_ANOTHER_DAY", "input", "doneAt")
    if at and at > context.now:
        raise at_fault("IN_THE_FUTURE", "input", "doneAt")
    person = viewer.person
    unit = owed.duty.unit
    said = {"duty": [row.id, row.clause, period.first.isoformat(), str(unit) if unit else None]}
    await context.remember(said)
    await duties_done.note(
        context,
        row,
        period,
        done_on,
        late=late,
        shown=duties_done.Shown(person.id, person.name, unit=unit),
        told=note.strip(),
        paper=paper,
        at=at,
    )


async def _named(context: Context, living: LivingRulebook, name: Key) -> tuple[Cadence, Period]:
    cadence, clause, first, _ = name
    rows = living.shapes.cadences
    row = next((each for each in rows if (each.id, each.clause) == (cadence, clause)), None)
    if row is None or not is_near(first, context.today):
        raise Refused("DUTY_NOT_FOUND")
    if row.every is Every.EVENT:
        raise Refused("DUTY_HAS_NO_PERIOD", clause=clause)
    owed = periods(row, first, first, await context.calendar())
    found = next((period for period in owed if period.first == first), None)
    if found is None:
        raise Refused("DUTY_NOT_FOUND")
    return row, found


def _owed(actor: Actor, owed: Duty, mine: Sequence[Seat], units: Units, calendar: Calendar) -> Owed:
    is_mine = any(seat.id in actor.seats | set(actor.lent) for seat in mine)
    own = owed.cadence.for_people and owed.unit == actor.person
    is_mine |= own and not owed.cadence.shown_by
    day_off = not calendar.is_workday(owed.period.due)
    return Owed(owed, tuple(mine), is_mine, units.names.get(owed.unit), own, day_off)


def _acts_in(context: Context, seats: Sequence[Seat]) -> None:
    """The ledger names the seat in which it was done: of one's own before a lent one."""
    actor = context.viewer.actor("duties", {})
    usable = [each for each in seats if each.id in actor.seats]
    usable += [each for each in seats if each.id in actor.lent]
    for seat in usable[:1]:
        loan = None if seat.id in actor.seats else actor.lent[seat.id]
        acting = Acting(seat.id, seat.role, seat.unit_id, loan)
        acted(context, Verdict(True, None, seat.role, acting))


def _key(row: Cadence, period: Period, unit: UUID | None) -> Key:
    return row.id, row.clause, period.first, unit
