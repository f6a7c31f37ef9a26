"""Changing an office's calendar: a day corrected or taken back, a year confirmed, each recorded."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.calendar import FIRST_DAY, LAST_DAY, CalendarDay, DayState
from domain.errors import at_fault
from domain.records import NATIONAL
from resolvers import calendars, ledger
from resolvers.clocks import recount
from resolvers.context import Context
from resolvers.database import statement
from resolvers.keeping import remember

LONGEST_NAME = 50

OWN_DAYS = statement(
    """select day, working, name, state, institution_id from calendar_days
       where institution_id in (:institution, :national) and day between :begins and :ends
       order by day, institution_id desc"""
)
SET_DAY = statement(
    """insert into calendar_days (institution_id, day, working, name, state)
       values (:institution, :day, :working, :name, 'announced')
       on conflict (institution_id, day) do update
       set working = excluded.working, name = excluded.name, state = excluded.state"""
)
CLEAR_DAY = statement(
    """delete from calendar_days where institution_id = :institution and day = :day
       returning day"""
)
CONFIRM = statement(
    """insert into calendar_days (institution_id, day, working, name, state)
       select :institution, n.day, n.working, n.name, 'announced' from calendar_days n
       where n.institution_id = :national and n.day between :begins and :ends
       on conflict (institution_id, day) do update set state = 'announced'
       returning day"""
)


async def days_between(
    context: Context, institution: str, begins: date, ends: date
) -> list[CalendarDay]:
    """The days that differ from Monday to Friday; the office's own row stands for the national."""
    rows = await context.transaction.rows(
        OWN_DAYS, institution=institution, national=NATIONAL, begins=begins, ends=ends
    )
    kept: dict[date, CalendarDay] = {}
    for day, working, name, state, owner in rows:
        kept.setdefault(day, CalendarDay(day, working, name, DayState(state), owner))
    return list(kept.values())


async def set_day(context: Context, day: date, working: bool, name: str) -> None:
    """Correct one day of the office's own calendar, whatever the national one says.

    Raises:
        Refused: the day lies outside the calendar, or the name is blank or too long.

    """
    if not FIRST_DAY <= day <= LAST_DAY:
        raise at_fault("OUTSIDE_CALENDAR", "input", "day", first=FIRST_DAY.year, last=LAST_DAY.year)
    if not name.strip() or len(name) > LONGEST_NAME:
        raise at_fault(
            "TOO_LONG" if name.strip() else "REQUIRED", "input", "name", limit=LONGEST_NAME
        )
    institution = context.viewer.institution
    await context.transaction.rows(
        SET_DAY, institution=institution, day=day, working=working, name=name.strip()
    )
    await _recorded(context, {"day": day, "working": working, "name": name.strip()})


async def clear_day(context: Context, day: date) -> None:
    """Take the office's own row back, so that the national calendar speaks again.

    Raises:
        Refused: the office has no row of its own for that day.

    """
    institution = context.viewer.institution
    if not await context.transaction.rows(CLEAR_DAY, institution=institution, day=day):
        raise at_fault("NO_OWN_DAY", "input", "day")
    await _recorded(context, {"day": day, "cleared": True})


async def confirm_year(context: Context, year: int) -> int:
    """Announce a year whose national days are only provisional; how many days it has.

    Raises:
        Refused: the calendar has no days of that year.

    """
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise at_fault(
            "OUTSIDE_CALENDAR", "input", "year", first=FIRST_DAY.year, last=LAST_DAY.year
        )
    days = await context.transaction.rows(
        CONFIRM,
        institution=context.viewer.institution,
        national=NATIONAL,
        begins=date(year, 1, 1),
        ends=date(year, 12, 31),
    )
    await _recorded(context, {"year": year, "days": len(days)})
    return len(days)


async def _recorded(context: Context, content: Mapping[str, Any]) -> None:
    viewer = context.viewer
    said = {**content, "person": viewer.person.id, "name_of_person": viewer.person.name}
    await remember(context.transaction, viewer.institution, context.answer, {}, context.now)
    # What runs is due by the days as they are now.
    await ledger.hold(context.transaction, viewer.institution)
    calendar = await calendars.read(context.transaction, viewer.institution)
    await recount(context.transaction, context.services, viewer.institution, calendar, context.now)
    await ledger.append(
        context.transaction, viewer.institution, "calendar_changed", context.now, said
    )
