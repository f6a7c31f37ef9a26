"""Clocks: how long a clause gives, from which event, and when that falls due.

Events are the words of the program, not of a text; rows name those that start or stop them.
The day that starts a clock is not counted. What is counted in days or longer is due at the last
second of its last day, in office time; half a working day is a morning or an afternoon, and due at
its end. Hours and minutes run on exactly, also through holidays.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from domain.conditions.language import Condition
from domain.errors import Refused
from domain.shapes.points import Point, end_of, months_later
from domain.time.calendar import Calendar, outside, reaches
from domain.time.moments import HALF, OFFICE_TIME, half_day_of, office_local
from domain.values.choices import Choice
from domain.vocabulary import FactValue


class Unit(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"
    YEAR = "year"


class Direction(StrEnum):
    AFTER = "after"
    BEFORE = "before"


class OnExpiry(Choice):
    """What a clock that has run out brings about, beside telling who is responsible."""

    NOTIFY = "notify", "提醒: those who answer for it are told."
    URGE = "urge", "催办: they are urged."
    EXPLAIN = "explain", "说明理由: they are to explain the delay, and see it through."
    ESCALATE = "escalate", "报上一级: the next level is told too."
    DEEM_ACCEPTED = "deem_accepted", "视为同意: it counts as accepted, on record."


EXACT = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}
NEXT_WORKDAY = "next_workday"


@dataclass(frozen=True)
class Span:
    """So many units."""

    count: Decimal
    unit: Unit

    @property
    def text(self) -> str:
        return f"{self.count} {self.unit}"


@dataclass(frozen=True)
class Expiry:
    """What follows when time is up, and the role that is told of it too, where one is named."""

    brings: OnExpiry
    role: str = ""

    @property
    def text(self) -> str:
        return f"{self.brings} {self.role}".strip()


@dataclass(frozen=True)
class Clock:
    """`within` is the outer limit and `least` the lower one of a range; None is left open.

    It runs from the events that `starts` names to those that `stops` names, warns so long before
    it is due, and may be extended to `longest` where the text says how far.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("deadline",)
    id: str
    clause: str
    event: str
    action: str
    within: Decimal | None
    least: Decimal | None
    unit: Unit | None
    direction: Direction
    at: Point | None
    rollover: str
    when: Condition
    expiry: str
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    warn: Span | None = None
    expires: Expiry | None = None
    longest: Decimal | None = None

    @property
    def is_open(self) -> bool:
        """Whether the text gives no outer limit to count to."""
        last = self.least if self.direction is Direction.BEFORE else None
        return self.at is None and (self.within if last is None else last) is None


@dataclass(frozen=True)
class Term:
    """Until when, since when at the earliest, and whether later announcements may move it."""

    due: datetime
    not_before: datetime | None
    provisional: bool


def term(clock: Clock, start: datetime, calendar: Calendar) -> Term:
    """When a clock that starts then falls due.

    Raises: Refused: the text gives no outer limit, or the calendar does not reach so far.
    """
    start = start.astimezone(OFFICE_TIME)
    before = clock.direction is Direction.BEFORE
    # Three to five days before an event: at the latest on the third, at the earliest on the fifth.
    last = clock.least if before and clock.least is not None else clock.within
    first = clock.within if before else clock.least
    try:
        if clock.at is not None:
            due, not_before = _at(clock, clock.at, start, calendar), None
        elif last is None or clock.unit is None:
            raise Refused("OPEN_TERM", clause=clock.clause)
        else:
            due = rolled(clock, counted(clock, last, start, calendar), calendar)
            ranged = clock.least is not None and first is not None
            not_before = counted(clock, first or Decimal(0), start, calendar) if ranged else None
    except (OverflowError, ValueError):
        raise outside() from None
    return Term(due, not_before, is_provisional(clock, start, due, calendar))


def counted(clock: Clock, count: Decimal, start: datetime, calendar: Calendar) -> datetime:
    """So many units from the start in the clock's direction."""
    sign = -1 if clock.direction is Direction.BEFORE else 1
    return later(start, sign * count, clock.unit or Unit.DAY, calendar)


def later(start: datetime, count: Decimal, unit: Unit, calendar: Calendar) -> datetime:
    """So many units after a moment, or before it when negative."""
    if unit in EXACT:
        return start + EXACT[unit] * float(count)
    if count % 1:
        halves = int(count / HALF)
        half = calendar.add_half_workdays(half_day_of(office_local(start)), halves)
        return half.ends.replace(tzinfo=OFFICE_TIME) - timedelta(seconds=1)
    return end_of(day_later(start.date(), int(count), unit, calendar), start)


def day_later(day: date, count: int, unit: Unit, calendar: Calendar) -> date:
    match unit:
        case Unit.WORKDAY:
            return calendar.add_workdays(day, count)
        case Unit.MONTH:
            return months_later(day, count)
        case Unit.YEAR:
            return months_later(day, 12 * count)
        case _:
            return day + timedelta(days=count)


def _at(clock: Clock, point: Point, start: datetime, calendar: Calendar) -> datetime:
    """The point nearest to the start, or in the period that lies `within` units from it.

    An hour of the same day is that day's, and its end where the hour has passed.
    """
    step = -1 if clock.direction is Direction.BEFORE else 1
    if point.at and clock.within == 0 and step > 0:
        due = datetime.combine(start.date(), point.at, start.tzinfo)
        return due if due >= start else end_of(start.date(), start)
    if clock.within and clock.unit and clock.unit not in EXACT:
        day = day_later(start.date(), step * int(clock.within), clock.unit, calendar)
        if clock.unit in (Unit.MONTH, Unit.YEAR):
            day = day.replace(day=1, month=day.month if clock.unit is Unit.MONTH else 1)
        start, step = datetime.combine(day, datetime.min.time(), start.tzinfo), 1
    return rolled(clock, point.nearest(start, step), calendar)


def rolled(clock: Clock, due: datetime, calendar: Calendar) -> datetime:
    if clock.rollover != NEXT_WORKDAY:
        return due
    if not reaches(due.date()):
        raise outside()
    if calendar.is_workday(due.date()):
        return due
    return datetime.combine(calendar.add_workdays(due.date(), 1), due.timetz())


def is_provisional(clock: Clock, start: datetime, due: datetime, calendar: Calendar) -> bool:
    """Whether the count leaned on a year whose holidays are not announced yet."""
    if clock.unit is not Unit.WORKDAY and clock.rollover != NEXT_WORKDAY:
        return False
    return calendar.is_provisional(start.date(), due.date())


def moment_of(clock: Clock, at: date) -> datetime:
    """The moment that a clock starts at; a day that tells no hour is not held against anybody.

    Hours and half-days run from the last second of such a day, all else from its first.
    """
    if isinstance(at, datetime):
        return at
    first = datetime.combine(at, time(), OFFICE_TIME)
    counts = (clock.within, clock.least)
    fine = clock.unit in EXACT or any(count is not None and count % 1 for count in counts)
    return end_of(at, first) if fine else first


EVENT = re.compile(r"([a-z][a-z0-9_]*|\*)(\.([a-z][a-z0-9_]*|\*))+")
ENDING = frozenset({"withdrawn", "rejected", "returned", "extended", "struck_out", "objected"})
"""What becomes of that which nobody goes on with, or not before it comes again."""
UNCLAIMED = frozenset({False})


def concerned(patterns: Iterable[str], events: Iterable[str]) -> bool:
    """Whether an event is among those that a row names; `*` stands for one word of a text."""
    happened = [event.split(".") for event in events]
    return any(
        len(named) == len(parts)
        and all(word in ("*", part) for word, part in zip(named, parts, strict=True))
        for named in (pattern.split(".") for pattern in patterns)
        for parts in happened
    )


def kinds_of(events: Iterable[str]) -> list[str]:
    """What these events, or patterns of events, happen to."""
    return [event.rpartition(".")[0] for event in events]


def runs_for(clock: Clock, events: Iterable[str]) -> bool:
    """Whether a clock is started by something that happens to what these happen to."""
    return concerned(kinds_of(clock.starts), kinds_of(events))


def ends(clock: Clock, events: Iterable[str]) -> bool:
    """Whether an event ends what the clock runs for, so that nothing is owed any more."""
    return runs_for(clock, [each for each in events if each.rpartition(".")[2] in ENDING])


def started_by(
    clocks: Iterable[Clock], events: Iterable[str], facts: Mapping[str, FactValue]
) -> list[Clock]:
    """The rows that start with one of these events, and have an end to count to."""
    return [clock for clock in starting(clocks, events) if clock.when.holds(facts)]


def starting(clocks: Iterable[Clock], events: Iterable[str]) -> tuple[Clock, ...]:
    """The same, whatever the facts are."""
    said = tuple(events)
    return tuple(row for row in clocks if concerned(row.starts, said) and not row.is_open)


def too_late(
    clocks: Iterable[Clock],
    kind: str,
    begins: datetime,
    now: datetime,
    calendar: Calendar,
    facts: Mapping[str, FactValue],
) -> list[tuple[Clock, Term]]:
    """The rows that wanted this asked earlier than now, each with until when.

    They count backwards from what begins, and start on `<kind>.begins`. An exception that a row
    makes is not claimed where the facts do not speak of it.
    """
    backward = [clock for clock in clocks if clock.direction is Direction.BEFORE]
    exceptions = {
        name: False
        for clock in backward
        for name, region in clock.when.regions.items()
        if region == UNCLAIMED
    }
    found = [
        (clock, term(clock, begins, calendar))
        for clock in started_by(backward, (f"{kind}.begins",), {**exceptions, **facts})
    ]
    return [(clock, owed) for clock, owed in found if owed.due < now]
