"""The working-day calendar in the API: the days that differ from Monday to Friday, and changes."""

from datetime import date
from typing import Annotated, Any

import strawberry

from domain.errors import Refused
from domain.tables import NATIONAL
from domain.time import calendar
from domain.time.calendar import must_reach
from resolvers.time import calendar_changes
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query

KEY = "The same key is answered once."
DayState: Any = strawberry.enum(calendar.DayState, description="Whether a day is certain yet.")


@strawberry.type
class CalendarDay:
    """A day that differs from Monday to Friday."""

    day: date = strawberry.field(description="The day.")
    working: bool = strawberry.field(description="Whether people work.")
    name: str = strawberry.field(description="Why: the holiday, or what it is moved for.")
    state: DayState = strawberry.field(description="Whether it is certain yet.")
    own: bool = strawberry.field(description="Whether the office has set it itself.")


@strawberry.input
class SetCalendarDayInput:
    """A day of the office's own calendar, whatever the national one says."""

    day: date = strawberry.field(description="The day.")
    working: bool = strawberry.field(description="Whether people work.")
    name: str = strawberry.field(description="Why.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class ClearCalendarDayInput:
    """An own day taken back, so that the national calendar speaks again."""

    day: date = strawberry.field(description="The day.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class ConfirmCalendarYearInput:
    """A year whose national days were only provisional."""

    year: int = strawberry.field(description="The year.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.type
class CalendarChanged:
    """The calendar is changed; every server counts by it within a second or so."""

    institution: str = strawberry.field(description="Whose calendar.")


CalendarDaysResult = Annotated["CalendarDays | Refusal", strawberry.union("CalendarDaysResult")]
CalendarResult = Annotated[CalendarChanged | Refusal, strawberry.union("CalendarResult")]


@strawberry.type
class CalendarDays:
    """The days of a stretch that differ from Monday to Friday."""

    days: list[CalendarDay] = strawberry.field(description="In order.")


async def calendar_days(info: Info, institution: str, begins: date, ends: date) -> CalendarDays:
    """Holidays and moved working days of an institution, its own before the national ones."""
    context = info.context
    await context.rulebook(institution)
    if institution != context.viewer.institution:
        raise Refused("OTHER_INSTITUTION", institution=institution)
    must_reach(begins=begins, ends=ends)
    found = await calendar_changes.days_between(context, institution, begins, ends)
    return CalendarDays(
        days=[
            CalendarDay(
                day=each.day,
                working=each.working,
                name=each.name,
                state=each.state,
                own=each.institution != NATIONAL,
            )
            for each in found
        ]
    )


async def set_calendar_day(info: Info, input: SetCalendarDayInput) -> CalendarChanged:
    """Correct one day of the office's own calendar."""
    await calendar_changes.set_day(info.context, input.day, input.working, input.name)
    return _changed(info)


async def clear_calendar_day(info: Info, input: ClearCalendarDayInput) -> CalendarChanged:
    """Take an own day back."""
    await calendar_changes.clear_day(info.context, input.day)
    return _changed(info)


async def confirm_calendar_year(info: Info, input: ConfirmCalendarYearInput) -> CalendarChanged:
    """Announce a year as the national calendar has it so far."""
    await calendar_changes.confirm_year(info.context, input.year)
    return _changed(info)


async def replayed(info: Info, _: Any) -> CalendarChanged:
    return _changed(info)


def _changed(info: Info) -> CalendarChanged:
    return CalendarChanged(institution=info.context.viewer.institution)


@strawberry.type
class Query:
    calendar_days = query(calendar_days, CalendarDaysResult, permission="shapes.preview")


def _change(resolver: Any) -> Any:
    return mutation(resolver, CalendarResult, permission="calendar.change", replay=replayed)


@strawberry.type
class Mutation:
    set_calendar_day = _change(set_calendar_day)
    clear_calendar_day = _change(clear_calendar_day)
    confirm_calendar_year = _change(confirm_calendar_year)
