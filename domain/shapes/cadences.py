"""Cadences: what recurs, in which periods, how often in each and on which day at the latest."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from domain.conditions.language import Condition
from domain.shapes.events import EVENT
from domain.shapes.points import Point, Window, end_of, months_later
from domain.time.calendar import Calendar
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
    With a role in `each` it is owed by, or for, every unit where a seat of that role stands; with a
    kind of thing for every one in use, of case for every one under way, with `person` for everybody
    who serves, and `when` says of which.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("cadence", "deadline", "meeting")
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
        return isinstance(self.at, Point) and bool(self.at.weekday)


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
    owed = 1 if cadence.times is None else cadence.times
    return done < owed and now > due_at(cadence, period, now)
