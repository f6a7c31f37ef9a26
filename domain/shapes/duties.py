"""Duties: the periods of a cadence with what was done in them, and what becomes of the rest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from domain.errors import Refused, at_fault
from domain.shapes.cadences import Cadence, Period, falls_on, is_missed, period_on, periods
from domain.time.calendar import FIRST_DAY, Calendar
from domain.values.choices import Choice

LAST_MISSED = 2
"""Of a cadence that nobody attends to, so many missed periods are told of at once, no more."""


class DutyState(Choice):
    """What has become of a duty; optional where nothing is owed."""

    UPCOMING = "upcoming", "未到期: its period has not begun."
    DUE = "due", "应办: it is owed in the period that runs."
    DONE = "done", "已办: it was done in time."
    DONE_LATE = "done_late", "逾期补办: it was done, and recorded after it was due."
    MISSED = "missed", "逾期未办: it was not done by the day on which it was due."
    OPTIONAL = "optional", "视情况办理: left to choice, or owed in some cases only."


@dataclass(frozen=True)
class Done:
    """One time that a duty was done, and who says so."""

    id: UUID
    day: date
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
    if day < period.opens:
        raise at_fault("DUTY_BEFORE_PERIOD", "input", "doneOn", first=period.opens.isoformat())
    if cadence.times_most is not None and done >= cadence.times_most:
        raise Refused("DUTY_DONE_ENOUGH", clause=cadence.clause, most=cadence.times_most)
    return today > period.due


def _before(cadence: Cadence, day: date, calendar: Calendar) -> Iterator[Period]:
    """The periods from the one that a day lies in back, of working days or days off only those."""
    while day >= FIRST_DAY and (period := period_on(cadence, day, calendar)):
        if falls_on(cadence, period.first, calendar):
            yield period
        day = period.first - timedelta(days=1)
