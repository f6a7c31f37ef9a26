"""Each office's calendar as it is served: the national rows and its own, read anew every second."""

import time
from collections import OrderedDict
from collections.abc import Callable

import asyncpg

from domain.tables import NATIONAL
from domain.time.calendar import (
    Calendar,
    CalendarDay,
    DayState,
    calendar_days,
    calendar_of,
    national_days,
)
from resolvers.ground.database import Transaction, statement
from resolvers.ground.derived import insertion

Rows = list[asyncpg.Record]
MOST_INSTITUTIONS = 256
LASTS = 1.0
"""Seconds that a calendar is served before it is read again."""

DAYS = statement("""
  select day, working, name, state, institution_id from calendar_days
  where institution_id in (:institution, :national)
  order by institution_id, day""")
SEED = insertion(
    calendar_days,
    """on conflict (institution_id, day) do update
       set working = excluded.working, name = excluded.name, state = excluded.state
       where calendar_days.state = 'provisional' and excluded.state = 'announced'""",
)


class Calendars:
    """The calendars of the offices that asked lately."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Rows | None, Calendar]] = OrderedDict()

    async def load(self, transaction: Transaction, institution: str) -> Calendar:
        """The calendar of an office, at most a second old."""
        until, rows, calendar = self._kept.get(institution, (0.0, None, None))
        if calendar is None or self._clock() >= until:
            until = self._clock() + LASTS
            found = await _days(transaction, institution)
            if calendar is None or found != rows:
                calendar = _calendar(found)
            self._kept[institution] = until, found, calendar
            if len(self._kept) > MOST_INSTITUTIONS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(institution)
        return calendar

    def renew(self, institution: str, calendar: Calendar) -> None:
        """Serve a calendar that was just changed, without waiting for it to be read again."""
        self._kept[institution] = self._clock() + LASTS, None, calendar


async def read(transaction: Transaction, institution: str) -> Calendar:
    """The calendar as this very transaction sees it."""
    return _calendar(await _days(transaction, institution))


async def _days(transaction: Transaction, institution: str) -> Rows:
    return await transaction.glance(DAYS, institution=institution, national=NATIONAL)


def _calendar(rows: Rows) -> Calendar:
    return calendar_of(map(day_of, rows))


def day_of(row: asyncpg.Record) -> CalendarDay:
    day, working, name, state, owner = row
    return CalendarDay(day, working, name, DayState(state), owner)


async def seed_national(transaction: Transaction) -> None:
    """Store the national days that are missing, and announce what was provisional until now.

    A day that somebody has announced stays as it is. The transaction acts for no office hereafter.
    """
    await transaction.act_as(NATIONAL)
    rows = [{**vars(each), "institution_id": NATIONAL} for each in national_days()]
    await transaction.rows(SEED, rows=rows)
