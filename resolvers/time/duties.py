"""Recurring duties served: what is due, done and missed, by whom, and recording one as done."""

from bisect import bisect_right
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from domain.approval.engine import Actor
from domain.errors import Refused, at_fault, must_be_short
from domain.office.organisation import Seat
from domain.rules.rows import NOBODY
from domain.shapes.cadences import (
    Cadence,
    Done,
    Duty,
    DutyState,
    Every,
    Period,
    due_at,
    due_between,
    duty,
    is_late,
    periods,
    state_of,
)
from domain.time.calendar import Calendar
from domain.time.moments import is_near, office_local
from resolvers.ground.context import Context
from resolvers.records.acts import acted
from resolvers.records.verdicts import Acting, Verdict
from resolvers.requests.papers import Attachment
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import duties_done
from resolvers.time.duty_rows import Key, Owing, clerks, done_of, owing_of

LONGEST_STRETCH = 366
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Share:
    """Whose part of a duty something is, with the seats that it falls to.

    It is `mine` where the viewer may record it, and the viewer's `own` where each owes it: what
    shows it done may be another's to put down.
    """

    unit: UUID | None
    seats: tuple[Seat, ...]
    name: str | None
    mine: bool
    own: bool
    is_hidden: bool
    """Whether somebody else owes it, and it falls to others still."""


@dataclass(frozen=True)
class Named:
    """A duty by its row, its period and whose it is."""

    row: Cadence
    period: Period
    share: Share

    @property
    def key(self) -> Key:
        return self.row.id, self.row.clause, self.period.first, self.share.unit


@dataclass(frozen=True)
class Owed:
    """A duty as it stands. It may fall on a `day_off`."""

    named: Named
    duty: Duty
    day_off: bool

    @property
    def share(self) -> Share:
        return self.named.share


@dataclass(frozen=True)
class Wanted:
    """What duties are asked for: so many of those due on these days, narrowed, after a place."""

    first: date
    last: date
    most: int
    after: tuple[str, ...] | None = None
    state: DutyState | None = None
    who: str | None = None
    mine: bool = False


@dataclass(frozen=True)
class Found:
    """A page of duties, how many there are on all, and whether more follow."""

    page: list[Owed]
    count: int
    more: bool


async def duties(context: Context, living: LivingRulebook, wanted: Wanted) -> Found:
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
    rows = [each for each in living.shapes.cadences if wanted.who in (None, each.who)]
    owing = await owing_of(context.transaction, institution, living, rows, context.today)
    shares = {
        (row.id, row.clause): [
            share
            for share in _shares(context.viewer.actor("duties", {}), row, owing)
            if not share.is_hidden and (share.mine or share.own or not wanted.mine)
        ]
        for row in rows
    }
    found = [
        Named(row, period, share)
        for row, period in _due(rows, wanted.first, wanted.last, calendar)
        for share in shares[row.id, row.clause]
        if owing.units.owes(share.unit, period)
    ]
    if wanted.state:
        done = await done_of(context.transaction, institution, {each.key[:3] for each in found})
        found = [
            each
            for each in found
            if state_of(each.row, each.period, done.get(each.key, ()), context.now) is wanted.state
        ]
    begin = bisect_right(found, wanted.after, key=order) if wanted.after else 0
    page = found[begin : begin + wanted.most]
    done = await done_of(context.transaction, institution, {each.key[:3] for each in page})
    shown = [_owed(each, done, context.now, calendar) for each in page]
    return Found(shown, len(found), more=begin + len(page) < len(found))


def _due(
    rows: Sequence[Cadence], first: date, last: date, calendar: Calendar
) -> list[tuple[Cadence, Period]]:
    """What is due on these days, in order; rows that come back alike share their periods."""
    alike: dict[Hashable, list[Period]] = {}
    for row in rows:
        rhythm = row.every, row.interval, row.at
        if rhythm not in alike:
            alike[rhythm] = [*due_between(row, first, last, calendar)]
    every = [(row, each) for row in rows for each in alike[row.every, row.interval, row.at]]
    return sorted(every, key=lambda e: (e[1].due, e[0].id, e[0].clause, e[1].first))


def order(of: Named) -> tuple[str, ...]:
    """What is due first comes first."""
    row, period, unit = of.row, of.period, of.share.unit
    return period.due.isoformat(), row.id, row.clause, period.first.isoformat(), str(unit or "")


async def one(context: Context, living: LivingRulebook, name: Key) -> Owed:
    """A duty by its name. Raises: Refused: there is none, or its unit does not owe it."""
    row, period = await _named(context, living, name)
    *_, unit = name
    institution = context.viewer.institution
    owing = await owing_of(context.transaction, institution, living, [row], context.today)
    shares = _shares(context.viewer.actor("duties", {}), row, owing)
    mine = next((e for e in shares if e.unit == unit and not e.is_hidden), None)
    if mine is None or not owing.units.owes(unit, period):
        raise Refused("DUTY_NOT_FOUND")
    done = await done_of(context.transaction, institution, [name[:3]])
    return _owed(Named(row, period, mine), done, context.now, await context.calendar())


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
    if not owed.share.mine:
        raise Refused(
            "NOT_YOUR_DUTY",
            clause=row.clause,
            role=row.who or next(iter(sorted(clerks(living))), NOBODY),
        )
    _acts_in(context, owed.share.seats)
    must_be_short(note, "input", "note", longest=LONGEST_NOTE)
    late = is_late(row, period, done_on, len(owed.duty.done), context.today)
    late = late or (at or context.now) > due_at(row, period, context.now)
    if at and office_local(at).date() != done_on:
        raise at_fault("DUTY_ON_ANOTHER_DAY", "input", "doneAt")
    if at and at > context.now:
        raise at_fault("IN_THE_FUTURE", "input", "doneAt")
    person = viewer.person
    unit = owed.share.unit
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


def _shares(actor: Actor, row: Cadence, owing: Owing) -> list[Share]:
    """Whose a duty is, in the order of a page."""
    found = []
    for unit, seats in sorted(owing.of(row).items(), key=lambda each: str(each[0] or "")):
        own = row.for_people and unit == actor.person
        mine = any(seat.id in actor.seats or seat.id in actor.lent for seat in seats)
        mine |= own and not row.shown_by
        hidden = row.for_people and not (mine or own)
        found.append(Share(unit, tuple(seats), owing.units.names.get(unit), mine, own, hidden))
    return found


def _owed(
    named: Named, done: Mapping[Key, Sequence[Done]], now: datetime, calendar: Calendar
) -> Owed:
    stands = duty(named.row, named.period, done.get(named.key, ()), now, named.share.unit)
    return Owed(named, stands, not calendar.is_workday(named.period.due))


def _acts_in(context: Context, seats: Sequence[Seat]) -> None:
    """The ledger names the seat in which it was done: of one's own before a lent one."""
    actor = context.viewer.actor("duties", {})
    usable = [each for each in seats if each.id in actor.seats]
    usable += [each for each in seats if each.id in actor.lent]
    for seat in usable[:1]:
        loan = None if seat.id in actor.seats else actor.lent[seat.id]
        acting = Acting(seat.id, seat.role, seat.unit_id, loan)
        acted(context, Verdict(True, None, seat.role, acting))
