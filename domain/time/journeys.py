"""Journeys: how far and what for, and whether they leave the hours in which an office works."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.time.calendar import Calendar
from domain.time.moments import Period, office_local

OPENS, CLOSES = time(8), time(18)
"""No text gives the hours of work; these are the widest that offices keep."""

NOON, AFTER_NOON = time(11), time(14)
"""Nor those of lunch."""


class Destination(StrEnum):
    """How far a journey goes."""

    IN_AREA = "in_area"
    IN_CITY = "in_city"
    OUT_OF_CITY = "out_of_city"


class Purpose(StrEnum):
    """What a thing is used for."""

    OFFICIAL = "official"
    PRIVATE = "private"


class Urgency(StrEnum):
    """How urgent a matter is."""

    NORMAL = "normal"
    URGENT = "urgent"


def between(begins: datetime, ends: datetime) -> Period:
    """A journey in the office's own time."""
    return Period(office_local(begins), office_local(ends))


def last_day(period: Period) -> date:
    """The last day that a period reaches into; its end itself is outside."""
    return (period.ends - timedelta.resolution).date()


def days_of(period: Period) -> Iterator[date]:
    """The days that a period reaches into."""
    first, last = period.begins.date().toordinal(), last_day(period).toordinal()
    return map(date.fromordinal, range(first, last + 1))


def touches_a_day_off(period: Period, calendar: Calendar) -> bool:
    """Whether any day of a period is a rest day or a holiday."""
    first, last = period.begins.date(), last_day(period)
    return calendar.workdays_between(first, last) <= (last - first).days


def touches_noon(begins: datetime, ends: datetime) -> bool:
    """Whether a stretch of its first day is the time of lunch."""
    first, last = office_local(begins), office_local(ends)
    over_night = last.date() > first.date()
    return first.time() < AFTER_NOON and (over_night or last.time() > NOON)


def leaves_working_hours(period: Period, calendar: Calendar) -> bool:
    """Whether any part of a period lies before or after work, or on a day off."""
    if period.begins.date() != last_day(period) or touches_a_day_off(period, calendar):
        return True
    return period.begins.time() < OPENS or period.ends.time() > CLOSES
