"""Cadences: what recurs, in which periods, how often in each, by which day; and the duties done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import ClassVar
from uuid import UUID

from domain.conditions.language import Condition
from domain.errors import Refused, at_fault
from domain.shapes.clocks import EVENT
from domain.shapes.points import Point, Window, end_of, months_later
from domain.time.calendar import FIRST_DAY, Calendar
from domain.values.choices import Choice


class Every(Choice):
    """How often a duty comes back."""

    DAY = "day", "每日: every day."
    WORKDAY = "workday", "每个工作日: every working day."
    DAY_OFF = "day_off", "每个休息日: every day that is no working day."
    WEEK = "week", "每周: every week, from Monday."
    HALF_MONTH = "half_month", "每半月: every half of a month, to the 15th and from the 16th."
    MONTH = "month", "每月: every month."
    QUARTER = "quarter", "每季度: every quarter."
    HALF_YEAR = "half_year", "每半年: every half-year."
    YEAR = "year", "每年: every year."
    EVENT = "event", "遇事即办: whenever something happens."


MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
DAYS = {Every.DAY: 1, Every.WORKDAY: 1, Every.DAY_OFF: 1, Every.WEEK: 7}
OF_DAYS = {Every.WORKDAY: True, Every.DAY_OFF: False}
"""What comes back on working days alone, or on the others alone."""

PERSON = "person"
"""What everybody owes who serves, beside the roles of units and the kinds of things."""

SECOND_HALF = 16
"""The day on which the second half of a month begins."""


@dataclass(frozen=True)
class Cadence:
    """`times` in each period of `interval` units, up to `times_most`; None is left open.

    `done` says when within a day in the words of the text, and by which events it is shown done.
    With a role in `each` it is owed by, or for, every unit where a seat of that role stands (and
    none of `but`); with a kind of thing for every one in use, of case for every one under way, with
    `person` for everybody who serves, and `when` says of which.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("cadence", "deadline", "meeting", "quota")
    id: str
    clause: str
    activity: str
    who: str
    every: Every
    interval: int | None
    times: int | None
    times_most: int | None
    at: Point | Window | None
    when: Condition
    done: str
    each: str = ""
    but: str = ""

    @property
    def shown_by(self) -> tuple[str, ...]:
        """The events that show it done, so that nobody has to record it."""
        return tuple(word for word in self.done.split() if EVENT.fullmatch(word))

    @property
    def for_people(self) -> bool:
        return self.each == PERSON

    @property
    def for_some(self) -> bool:
        """Whether it is owed for people, or for things or cases, whose kinds bear a dot."""
        return self.for_people or "." in self.each

    @property
    def is_of_its_day(self) -> bool:
        """Whether it is done on its day of the week alone, rather than by then."""
        return isinstance(self.at, Point) and self.at.alone


@dataclass(frozen=True)
class Period:
    """From its first day to its last; since when it may be done, and by which day it is due."""

    first: date
    last: date
    due: date
    opens: date


def period_at(cadence: Cadence, day: date) -> Period | None:
    """The period that a day lies in; what follows events has none."""
    interval = cadence.interval or 1
    if cadence.every in MONTHS:
        length = MONTHS[cadence.every] * interval
        behind = (day.year * 12 + day.month - 1) % length
        first = months_later(day.replace(day=1), -behind)
        last = months_later(first, length) - timedelta(days=1)
    elif cadence.every is Every.HALF_MONTH:
        second = day.day >= SECOND_HALF
        first = day.replace(day=SECOND_HALF if second else 1)
        last = months_later(first.replace(day=1), 1) if second else day.replace(day=SECOND_HALF)
        last -= timedelta(days=1)
    elif cadence.every in DAYS:
        length = DAYS[cadence.every] * interval
        # Day 1 of the calendar of all days is a Monday.
        first = day - timedelta(days=(day.toordinal() - 1) % length)
        last = first + timedelta(days=length - 1)
    else:
        return None
    if isinstance(cadence.at, Window):
        opens, due = cadence.at.within(last)
        return Period(first, last, due, opens)
    return Period(first, last, _due(cadence.at, first, last), first)


def period_on(cadence: Cadence, day: date, calendar: Calendar) -> Period | None:
    """The period that a day lies in; one whose day moves on is due on the next working day."""
    period = period_at(cadence, day)
    rolls = isinstance(cadence.at, Point) and cadence.at.rolls
    if period is None or not rolls or calendar.is_workday(period.due):
        return period
    return replace(period, due=calendar.add_workdays(period.due, 1))


def _due(at: Point | None, first: date, last: date) -> date:
    if at is None or at.at:
        return last
    return min(at.nearest(datetime.combine(first, datetime.min.time())).date(), last)


def falls_on(cadence: Cadence, day: date, calendar: Calendar) -> bool:
    """Whether it comes back on such a day at all: a working day, a day off, or any."""
    wanted = OF_DAYS.get(cadence.every)
    return wanted is None or calendar.is_workday(day) is wanted


def periods(cadence: Cadence, first: date, last: date, calendar: Calendar) -> Iterator[Period]:
    """Every period that touches these days; of working days, or days off, only those."""
    day = first
    while day <= last and (period := period_on(cadence, day, calendar)):
        if falls_on(cadence, period.first, calendar):
            yield period
        day = period.last + timedelta(days=1)


def due_at(cadence: Cadence, period: Period, like: datetime) -> datetime:
    """The hour that the text gives on the day by which it is due, else the end of that day."""
    hour = cadence.at.at if isinstance(cadence.at, Point) else None
    end = end_of(period.due, like)
    return datetime.combine(period.due, hour, end.tzinfo) if hour else end


def is_missed(cadence: Cadence, period: Period, done: int, now: datetime) -> bool:
    """Whether too few were done by the moment until which the last was due."""
    return done < needed(cadence) and now > due_at(cadence, period, now)


LAST_MISSED = 2
"""Of a cadence that nobody attends to, so many missed periods are told of at once, no more."""


class DutyState(Choice):
    """What has become of a duty; optional where nothing is owed."""

    UPCOMING = "upcoming", "未到期: its period has not begun."
    DUE = "due", "应办: it is owed in the period that runs."
    DONE = "done", "已办: it was done in time."
    DONE_LATE = "done_late", "逾期补办: it was done, or put down by hand, after it was due."
    MISSED = "missed", "逾期未办: it was not done by the day on which it was due."
    OPTIONAL = "optional", "视情况办理: left to choice, or owed in some cases only."


@dataclass(frozen=True)
class Done:
    """One time that a duty was done, and who says so."""

    id: UUID
    day: date
    done_at: datetime | None
    late: bool
    person: UUID
    name: str
    note: str
    paper: tuple[str, str, UUID | None] | None
    recorded_at: datetime


@dataclass(frozen=True)
class Duty:
    """A period of a cadence and how it stands; `conditional` where a row speaks of some only.

    It is owed by a `unit` where each owes it, and otherwise by the office.
    """

    cadence: Cadence
    period: Period
    done: tuple[Done, ...]
    state: DutyState
    unit: UUID | None = None

    @property
    def conditional(self) -> bool:
        return is_conditional(self.cadence)


def is_conditional(cadence: Cadence) -> bool:
    """Whether only somebody who knows the case can say that it is owed."""
    return bool(cadence.when.regions) and not cadence.for_some


def needed(cadence: Cadence) -> int:
    """How often it is owed in a period; once where the text says nothing, never where it may be."""
    return 1 if cadence.times is None else cadence.times


def duty(
    cadence: Cadence, period: Period, done: Sequence[Done], now: datetime, unit: UUID | None = None
) -> Duty:
    return Duty(cadence, period, tuple(done), state_of(cadence, period, done, now), unit)


def state_of(cadence: Cadence, period: Period, done: Sequence[Done], now: datetime) -> DutyState:
    owed = needed(cadence)
    if done and len(done) >= owed:
        in_time = sum(not each.late for each in done)
        return DutyState.DONE if in_time >= owed else DutyState.DONE_LATE
    if now.date() < period.opens:
        return DutyState.UPCOMING
    if not owed or is_conditional(cadence):
        return DutyState.OPTIONAL
    return DutyState.MISSED if is_missed(cadence, period, len(done), now) else DutyState.DUE


def due_between(cadence: Cadence, first: date, last: date, calendar: Calendar) -> Iterator[Period]:
    """The periods that are due on one of these days."""
    # What is due on a day may have begun a period earlier, never more.
    for period in periods(cadence, first, last, calendar):
        if first <= period.due <= last:
            yield period


def missed_lately(
    cadence: Cadence, since: date, now: datetime, calendar: Calendar
) -> Iterator[Period]:
    """The last periods that are over and have been known since a day, newest first."""
    before = _before(cadence, now.date(), calendar)
    # Of an hour that has gone by one is told once its day is over: until then it may be put down.
    over = (period for period in before if period.due < now.date())
    if needed(cadence):
        yield from (period for period in islice(over, LAST_MISSED) if period.due >= since)


def reminded_of(cadence: Cadence, now: datetime, calendar: Calendar) -> Period | None:
    """The period that is due the next working day or today, where that is worth a reminder."""
    today = now.date()
    period = period_on(cadence, today, calendar)
    if period is None or today > period.due:
        return None
    day_before = calendar.add_workdays(period.due, -1)
    return period if period.first <= day_before <= today else None


def is_late(cadence: Cadence, period: Period, day: date, done: int, today: date) -> bool:
    """Whether what was done on a day may be recorded for a period now; whether it is late.

    Raises: Refused: the day lies in the future or before the period, or it was done often enough.
    """
    if day > today:
        raise at_fault("IN_THE_FUTURE", "input", "doneOn")
    first = period.due if cadence.is_of_its_day else period.opens
    if day < first:
        raise at_fault("DUTY_BEFORE_PERIOD", "input", "doneOn", first=first.isoformat())
    if cadence.times_most is not None and done >= cadence.times_most:
        raise Refused("DUTY_DONE_ENOUGH", clause=cadence.clause, most=cadence.times_most)
    return today > period.due


def _before(cadence: Cadence, day: date, calendar: Calendar) -> Iterator[Period]:
    """The periods from the one that a day lies in back, of working days or days off only those."""
    while day >= FIRST_DAY and (period := period_on(cadence, day, calendar)):
        if falls_on(cadence, period.first, calendar):
            yield period
        day = period.first - timedelta(days=1)
