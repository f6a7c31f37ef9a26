"""Working days: Monday to Friday, but for the days that the state or an office moves 调休."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

from chinese_calendar import Holiday, holidays, workdays
from sqlalchemy import Boolean, CheckConstraint, Column, Date, Text

from domain.errors import Problem, Refused
from domain.tables import NATIONAL, columns, table
from domain.time.moments import HALF, HalfOfDay, Moment
from domain.values.choices import Choice

FIRST_DAY, LAST_DAY = date(2004, 1, 1), date(2050, 12, 31)
"""What the calendar speaks of. Outside it a day counts by its weekday and is never announced."""
BOUNDS: dict[str, Any] = {"first": FIRST_DAY.year, "last": LAST_DAY.year}


class DayState(Choice):
    """Provisional until an administrator confirms what the state has announced for the year."""

    ANNOUNCED = "announced", "Published, or confirmed by the office."
    PROVISIONAL = "provisional", "Expected, and not published yet."


calendar_days = table(
    "calendar_days",
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    *columns(Text, "name", "state"),
    CheckConstraint("state in ('announced', 'provisional')", name="state"),
    CheckConstraint(f"day between '{FIRST_DAY}' and '{LAST_DAY}'", name="day"),
    changes=("insert", "update (working, name, state)", "delete"),
    walls={"national": f"for select using (institution_id = '{NATIONAL}')"},
)


@dataclass(frozen=True)
class CalendarDay:
    """A day with a row of its own: a holiday, or a working day moved to a weekend 调休."""

    day: date
    working: bool
    name: str
    state: DayState = DayState.ANNOUNCED
    institution: str = NATIONAL


def reaches(*days: date) -> bool:
    """Whether the calendar speaks of all these days."""
    return all(FIRST_DAY <= day <= LAST_DAY for day in days)


def outside(problems: Sequence[Problem] = ()) -> Refused:
    """The refusal of a question about days that the calendar does not speak of."""
    return Refused("OUTSIDE_CALENDAR", problems=problems, **BOUNDS)


def must_reach(*path: str, **days: date) -> None:
    """Refuse what is asked of days that the calendar does not speak of.

    Raises: Refused: naming each of these days, by the argument that it was given in.
    """
    far = [(*path, name) for name, day in days.items() if not reaches(day)]
    if far:
        raise outside([Problem("OUTSIDE_CALENDAR", each, details=BOUNDS) for each in far])


@dataclass(frozen=True)
class Calendar:
    """One office's calendar. Made with `calendar_of`; counts by bisection, never day by day.

    A calendar that is `noting` keeps the days that it was asked about.
    """

    days: tuple[CalendarDay, ...]
    announced_years: frozenset[int]
    _ordinals: tuple[int, ...] = field(repr=False, compare=False)
    _moved: tuple[int, ...] = field(repr=False, compare=False)
    _asked: list[date] | None = field(default=None, repr=False, compare=False)

    def noting(self) -> "Calendar":
        """This calendar, with nothing asked yet."""
        return replace(self, _asked=[])

    @property
    def asked(self) -> tuple[date, date] | None:
        """The first and the last day that a noting calendar was asked about, if it was."""
        return (min(self._asked), max(self._asked)) if self._asked else None

    def row(self, day: date) -> CalendarDay | None:
        """What the calendar says of this very day, if it has a row."""
        at = bisect_left(self._ordinals, day.toordinal())
        return self.days[at] if at < len(self.days) and self.days[at].day == day else None

    def is_workday(self, day: date) -> bool:
        self._look(day, day)
        row = self.row(day)
        return row.working if row else day.weekday() < 5

    def is_holiday(self, day: date) -> bool:
        """Whether it is named as a holiday, rather than a mere weekend."""
        row = self.row(day)
        return row is not None and not row.working and bool(row.name)

    def is_announced(self, day: date) -> bool:
        """Whether the year's holidays are settled: it has rows, and none is provisional."""
        return day.year in self.announced_years

    def open_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years between these days, both included, whose holidays are not settled."""
        years = range(min(first, last).year, max(first, last).year + 1)
        return tuple(year for year in years if year not in self.announced_years)

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether holidays still to be announced may change a count between these days."""
        return bool(self.open_years(first, last))

    def workdays_between(self, first: date, last: date) -> int:
        """Working days from the first to the last, both included; none when they are reversed."""
        if last < first:
            return 0
        self._look(first, last)
        return self._through(last.toordinal()) - self._through(first.toordinal() - 1)

    def add_workdays(self, day: date, count: int) -> date:
        """The nth working day after a day, or before it when negative; the day itself at zero.

        Refused where the day or the answer lies outside the calendar.
        """
        if not reaches(day):
            raise outside()
        if count == 0:
            return day
        first, last = FIRST_DAY.toordinal(), LAST_DAY.toordinal()
        start = day.toordinal()
        wanted = self._through(start) + count if count > 0 else self._through(start - 1) + count + 1
        found = bisect_left(range(first, last + 1), wanted, key=self._through) + first
        known = first <= found <= last
        # At either edge bisection stops at a day that is not the one wanted.
        if not known or self._through(found - 1) + 1 != wanted or self._through(found) != wanted:
            raise outside()
        return date.fromordinal(found)

    def add_half_workdays(self, moment: Moment, count: int) -> Moment:
        """The nth half of a working day after a half-day, or before it when negative.

        A day off lies between the afternoon before it and the morning after it.
        """
        on = self.is_workday(moment.date)
        at = moment.half is HalfOfDay.AFTERNOON if on else count > 0
        days, late = divmod(at + count, 2)
        half = HalfOfDay.AFTERNOON if late else HalfOfDay.MORNING
        return Moment(self.add_workdays(moment.date, days), half)

    def half_days(self, begins: Moment, ends: Moment) -> int:
        """Half-days of working days from the first to the last, both included."""
        if ends.index < begins.index:
            return 0
        whole = 2 * self.workdays_between(begins.date, ends.date)
        late = begins.half is HalfOfDay.AFTERNOON and self.is_workday(begins.date)
        early = ends.half is HalfOfDay.MORNING and self.is_workday(ends.date)
        return whole - late - early

    def working_time(self, begins: Moment, ends: Moment) -> Decimal:
        """Days of working time: rest days and holidays do not count."""
        return self.half_days(begins, ends) * HALF

    def _look(self, first: date, last: date) -> None:
        if self._asked is not None:
            self._asked.extend((first, last))

    def _through(self, ordinal: int) -> int:
        """Working days since the calendar of all days began, up to and including this one."""
        weeks, rest = divmod(ordinal, 7)
        return weeks * 5 + min(rest, 5) + self._moved[bisect_right(self._ordinals, ordinal)]


def calendar_of(rows: Iterable[CalendarDay]) -> Calendar:
    """The calendar that rows make; an office's own row overrides the national one of that day."""
    ordered = sorted(rows, key=lambda row: row.institution != NATIONAL)
    effective = {row.day: row for row in ordered}
    days = tuple(effective[day] for day in sorted(effective))
    provisional = {row.day.year for row in days if row.state is DayState.PROVISIONAL}
    shifts = (row.working - (row.day.weekday() < 5) for row in days)
    return Calendar(
        days=days,
        announced_years=frozenset({row.day.year for row in days} - provisional),
        _ordinals=tuple(row.day.toordinal() for row in days),
        _moved=tuple(accumulate(shifts, initial=0)),
    )


FIXED_HOLIDAYS = (
    (1, 1, "元旦"),
    (5, 1, "劳动节"),
    (5, 2, "劳动节"),
    (10, 1, "国庆节"),
    (10, 2, "国庆节"),
    (10, 3, "国庆节"),
)
"""The statutory holidays, since 2025, whose date is the same each year."""


def national_days() -> tuple[CalendarDay, ...]:
    """The rows that the national calendar starts with.

    Announced for the years that are published; later years have their fixed holidays only and are
    provisional as a whole, since lunar holidays and moved days are announced year by year.
    """
    names = {each.value: each.chinese for each in Holiday}
    rest = [CalendarDay(day, False, names[name]) for day, name in holidays.items()]
    work = [CalendarDay(day, True, f"{names[name]}调休") for day, name in workdays.items()]
    first_open_year = max(holidays).year + 1
    provisional = [
        CalendarDay(date(year, month, day), False, name, DayState.PROVISIONAL)
        for year in range(first_open_year, LAST_DAY.year + 1)
        for month, day, name in FIXED_HOLIDAYS
    ]
    return tuple(sorted((*rest, *work, *provisional), key=lambda row: row.day))
