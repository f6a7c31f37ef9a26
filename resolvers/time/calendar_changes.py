"""Changing an office's calendar: a day corrected or taken back, a year confirmed, each recorded."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

from domain.errors import at_fault, must_be_said
from domain.tables import NATIONAL
from domain.time.calendar import BOUNDS, FIRST_DAY, LAST_DAY, CalendarDay, must_reach
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.requests import recounting
from resolvers.time import calendars
from resolvers.time.clock_rows import recount

LONGEST_NAME = 50

OWN_DAYS = statement("""
  select day, working, name, state, institution_id from calendar_days
  where institution_id in (:institution, :national) and day between :begins and :ends
  order by day, institution_id desc""")
SET_DAY = statement("""
  insert into calendar_days (institution_id, day, working, name, state)
  values (:institution, :day, :working, :name, 'announced')
  on conflict (institution_id, day) do update
  set working = excluded.working, name = excluded.name, state = excluded.state""")
CLEAR_DAY = statement("""
  delete from calendar_days where institution_id = :institution and day = :day
  returning day""")
CONFIRM = statement("""
  insert into calendar_days (institution_id, day, working, name, state)
  select :institution, n.day, n.working, n.name, 'announced' from calendar_days n
  where n.institution_id = :national and n.day between :begins and :ends
  on conflict (institution_id, day) do update set state = 'announced'
  returning day""")


async def days_between(context: Context, begins: date, ends: date) -> list[CalendarDay]:
    """The days that differ from Monday to Friday; the office's own row stands for the national."""
    rows = await context.rows(OWN_DAYS, national=NATIONAL, begins=begins, ends=ends)
    kept: dict[date, CalendarDay] = {}
    for each in map(calendars.day_of, rows):
        kept.setdefault(each.day, each)
    return list(kept.values())


async def set_day(context: Context, day: date, working: bool, name: str) -> None:
    """Correct one day of the office's own calendar, whatever the national one says.

    Raises: Refused: the day lies outside the calendar, or the name is blank or too long.
    """
    must_reach("input", day=day)
    said = {"day": day, "working": working, "name": must_be_said(name, "name", LONGEST_NAME)}
    async with _changing(context, day, day, said):
        await context.rows(SET_DAY, **said)


async def clear_day(context: Context, day: date) -> None:
    """Take the office's own row back, so that the national calendar speaks again.

    Raises: Refused: the office has no row of its own for that day.
    """
    async with _changing(context, day, day, {"day": day, "cleared": True}):
        if not await context.rows(CLEAR_DAY, day=day):
            raise at_fault("NO_OWN_DAY", "input", "day")


async def confirm_year(context: Context, year: int) -> int:
    """Announce a year whose national days are only provisional; how many days it has.

    Raises: Refused: the calendar has no days of that year.
    """
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise at_fault("OUTSIDE_CALENDAR", "input", "year", **BOUNDS)
    first, last = date(year, 1, 1), date(year, 12, 31)
    said: dict[str, Any] = {"year": year}
    async with _changing(context, first, last, said, confirmed=True):
        days = await context.rows(CONFIRM, national=NATIONAL, begins=first, ends=last)
        said["days"] = len(days)
    return len(days)


@asynccontextmanager
async def _changing(
    context: Context,
    first: date,
    last: date,
    content: Mapping[str, Any],
    *,
    confirmed: bool = False,
) -> AsyncIterator[None]:
    """Change these days; what runs and what was counted on them follows, and all is recorded."""
    viewer, transaction = context.viewer, context.transaction
    before = await calendars.read(transaction, viewer.institution)
    counted = await recounting.touched(context, first, last, provisional=confirmed)
    yield
    said = {**content, "person": viewer.person.id, "name_of_person": viewer.person.name}
    await context.remember({})
    # What runs is due by the days as they are now.
    await ledger.hold(transaction, viewer.institution)
    after = await calendars.read(transaction, viewer.institution)
    await recount(transaction, context.services, viewer.institution, after, context.now)
    await context.record("calendar_changed", said)
    await recounting.recount(context, counted, before, after)
    context.services.calendars.renew(viewer.institution, after)
