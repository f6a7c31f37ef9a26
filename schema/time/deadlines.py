"""Clocks of clauses and counts of working days, on the institution's own calendar."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

import strawberry

from domain.errors import Problem, Refused
from domain.shapes.asking import Measures, read_measures, speaking
from domain.shapes.book import Shapes
from domain.shapes.cadences import Cadence, Every
from domain.shapes.clocks import Clock, term
from domain.shapes.next_due import next_term
from domain.time.calendar import BOUNDS, Calendar, must_reach, outside
from domain.time.moments import OFFICE_TIME
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.rules.shapes import calendar_of, known_to, rows_of
from schema.ground.acts import ask
from schema.ground.fields import Info
from schema.ground.rows import told
from schema.ground.scalars import JSON, given_object
from schema.rules.clauses import Clause, clause_of
from schema.rules.shapes import inside_input


@strawberry.type
class ClockTerm:
    """One clock that the clause starts, or what recurs by it and is due by a day."""

    clock: Annotated[str, "The row that says so."]
    event: Annotated[str, "What starts it, or how often it comes back."]
    action: Annotated[str, "What must be done; empty where the text is open."]
    expiry: Annotated[str, "What happens when it runs out."]
    due: Annotated[datetime, "The last second that is in time."]
    not_before: Annotated[datetime | None, "The earliest, where the text gives a range."]
    provisional: Annotated[bool, "Holidays still to be announced may move it."]


@strawberry.type
class DeadlinePreview:
    """Until when something must be done. The day that starts a clock is not counted."""

    due: Annotated[
        datetime, "The last second that is in time; of several clocks that of the first."
    ]
    clause: Annotated[Clause, "The clause that says so."]
    provisional: Annotated[bool, "It was counted over a year whose holidays are not announced yet."]
    clocks: Annotated[list[ClockTerm], "Every clock that the clause starts, then what recurs."]


@strawberry.type
class WorkdaysBetween:
    """Working days from a day to a day."""

    count: Annotated[int, "Both days included."]
    provisional: Annotated[bool, "Holidays still to be announced may move it."]


@strawberry.type
class AddedWorkdays:
    """The nth working day after a day, or before it."""

    day: Annotated[date, "The day itself when none is added."]
    provisional: Annotated[bool, "Holidays still to be announced may move it."]


async def deadline_preview(
    info: Info,
    institution: str,
    clause: str,
    start: datetime,
    measures: JSON | None = None,
    only: str | None = None,
) -> DeadlinePreview:
    """When a clock of a clause falls due, as the clause stands on the day that it starts; of what
    recurs, by when it is due next.
    """
    on = start.astimezone(OFFICE_TIME).date()
    living = await info.context.rulebook(institution, on)
    rows = rows_of(living, timed, clause, on, only)
    with inside_input(living, info.context.language, at=()):
        stated = read_measures(given_object(measures), known_to(living.rulebook, rows), rows)
        running = speaking_of(rows, stated)
    if not running:
        raise Refused("NOTHING_SPEAKS", clause=clause)
    calendar = await calendar_of(info.context, institution)
    # A clock that the text leaves open is refused only where no other runs.
    ended = [row for row in running if isinstance(row, Cadence) or not row.is_open]
    terms = [shown(row, start, calendar) for row in ended or running[:1]]
    return DeadlinePreview(
        due=terms[0].due,
        clause=clause_of(living, clause),
        provisional=terms[0].provisional,
        clocks=terms,
    )


def speaking_of(rows: Iterable[Clock | Cadence], stated: Measures) -> list[Clock | Cadence]:
    """The clocks that the measures speak of; where none is told, the only one of the clause."""
    clocks = [row for row in rows if isinstance(row, Clock)]
    spoken = clocks if len(clocks) == 1 and not stated else speaking(clocks, stated)
    recurring = (row for row in rows if isinstance(row, Cadence))
    return [*spoken, *(row for row in recurring if row.when.holds(stated))]


def timed(shapes: Shapes) -> tuple[Clock | Cadence, ...]:
    recurring = (row for row in shapes.cadences if row.every is not Every.EVENT)
    return (*shapes.clocks, *recurring)


def shown(row: Clock | Cadence, start: datetime, calendar: Calendar) -> ClockTerm:
    if isinstance(row, Cadence):
        often = row.every.says.partition(":")[0]
        of = {"event": often, "action": row.activity, "expiry": ""}
        return told(ClockTerm, next_term(row, start, calendar), clock=row.id, **of)
    of = {"event": row.event, "action": row.action, "expiry": row.expiry}
    return told(ClockTerm, term(row, start, calendar), clock=row.id, **of)


async def workdays_between(
    info: Info, institution: str, begins: date, ends: date
) -> WorkdaysBetween:
    """How many working days the institution's calendar has from one day to another."""
    await allowed(info, institution)
    must_reach(begins=begins, ends=ends)
    calendar = await calendar_of(info.context, institution)
    return WorkdaysBetween(
        count=calendar.workdays_between(begins, ends),
        provisional=calendar.is_provisional(begins, ends),
    )


async def add_workdays(info: Info, institution: str, day: date, count: int) -> AddedWorkdays:
    """The working day that lies so many after a day, or before it."""
    await allowed(info, institution)
    calendar = await calendar_of(info.context, institution)
    must_reach(day=day)
    try:
        found = calendar.add_workdays(day, count)
    except Refused:
        raise outside([Problem("OUTSIDE_CALENDAR", ("count",), details=BOUNDS)]) from None
    return AddedWorkdays(day=found, provisional=calendar.is_provisional(day, found))


async def allowed(info: Info, institution: str) -> LivingRulebook:
    """Raises: Refused when the institution is not the viewer's to see."""
    return await info.context.rulebook(institution)


FIELDS = (
    ask(deadline_preview, "shapes.preview"),
    ask(workdays_between, "shapes.preview"),
    ask(add_workdays, "shapes.preview", "AddedWorkdaysResult"),
)
