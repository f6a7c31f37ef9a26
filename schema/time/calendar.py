"""The working-day calendar in the API: the days that differ from Monday to Friday, and changes."""

from datetime import date
from typing import Annotated, Any

import strawberry

from domain.errors import Refused
from domain.tables import NATIONAL
from domain.time import calendar
from domain.time.calendar import must_reach
from resolvers.time import calendar_changes
from schema.ground.acts import ask, within
from schema.ground.fields import Info
from schema.ground.mirrors import enum_of
from schema.ground.rows import told
from schema.office.administering import by_two

DayState: Any = enum_of(calendar.DayState)


@strawberry.type
class CalendarDay:
    """A day that differs from Monday to Friday."""

    day: Annotated[date, "The day."]
    working: Annotated[bool, "Whether people work."]
    name: Annotated[str, "Why: the holiday, or what it is moved for."]
    state: Annotated[DayState, "Whether it is certain yet."]
    own: Annotated[bool, "Whether the office has set it itself."]


@strawberry.type
class CalendarDays:
    """The days of a stretch that differ from Monday to Friday."""

    days: Annotated[list[CalendarDay], "In order."]


async def calendar_days(info: Info, institution: str, begins: date, ends: date) -> CalendarDays:
    """Holidays and moved working days of an institution, its own before the national ones."""
    context = info.context
    await context.rulebook(institution)
    if institution != context.viewer.institution:
        raise Refused("OTHER_INSTITUTION", institution=institution)
    must_reach(begins=begins, ends=ends)
    found = await calendar_changes.days_between(context, begins, ends)
    return CalendarDays(
        days=[told(CalendarDay, each, own=each.institution != NATIONAL) for each in found]
    )


Day = Annotated[date, "The day."]


async def set_calendar_day(
    info: Info,
    day: Day,
    working: Annotated[bool, "Whether people work."],
    name: Annotated[str, "Why."],
) -> None:
    """Correct one day of the office's own calendar."""
    await calendar_changes.set_day(info.context, day, working, name)


async def clear_calendar_day(info: Info, day: Day) -> None:
    """Take an own day back, so that the national calendar speaks again."""
    await calendar_changes.clear_day(info.context, day)


async def confirm_calendar_year(info: Info, year: Annotated[int, "The year."]) -> None:
    """Announce a year as the national calendar has it so far."""
    await calendar_changes.confirm_year(info.context, year)


async def _whose(info: Info, _: Any) -> str:
    return info.context.viewer.institution


SAYS = "The calendar is changed; every server counts by it within a second or so."
CHANGED = within(_whose, "CalendarChanged", SAYS, institution="Whose calendar.")
FIELDS = (
    ask(calendar_days, "shapes.preview"),
    *(
        by_two(does, "calendar.change", "CalendarResult", replay=CHANGED)
        for does in (set_calendar_day, clear_calendar_day, confirm_calendar_year)
    ),
)
