"""Which statements the office's clauses want published, of which period, and what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.errors import Refused, at_fault
from domain.records.statements import Statement
from domain.shapes.cadences import Cadence, Period, period_at
from domain.shapes.publishing import Publishing, duty_of, latest_told
from domain.time.moments import is_near
from resolvers.ground.context import Context
from resolvers.records import publication_rows as rows
from resolvers.records.statements import BY_NAME
from resolvers.rules.rulebooks import LivingRulebook


@dataclass(frozen=True)
class Due:
    """A statement that a cadence wants published: of its last period, and by which day."""

    statement: Statement
    cadence: Cadence
    publishing: Publishing
    period: Period
    by: date
    published: Any = None


def publishing_of(
    living: LivingRulebook, statement: Statement, cadence: Cadence | None
) -> Publishing:
    """By which clause it is published: the cadence's own, or the first.

    Raises:
        Refused: no clause of the office wants it published.

    """
    every = [each for each in living.shapes.publications if each.id == statement.name]
    own = [each for each in every if cadence and each.clause == cadence.clause]
    for each in own or every:
        return each
    raise Refused("STATEMENT_UNKNOWN")


def asked_for(living: LivingRulebook, statement: Statement, named: str) -> Cadence | None:
    """The cadence by its name, or the one that wants the statement where there is but one.

    Raises:
        Refused: no such cadence wants it.

    """
    every = [each for each in living.shapes.cadences if each.done == statement.name]
    if named:
        every = [each for each in every if each.id == named]
        if not every:
            raise Refused("STATEMENT_UNKNOWN")
    return every[0] if len(every) == 1 else None


def period_of(cadence: Cadence | None, day: date, last: date | None, today: date) -> Period:
    """The period of a cadence that a day lies in; else the days that are given.

    Raises:
        Refused: a day is far away, or the last is before the first.

    """
    for each, name in ((day, "day"), (last or day, "last")):
        if not is_near(each, today):
            raise at_fault("DATE_TOO_FAR", "input", name)
    found = period_at(cadence, day) if cadence else None
    if found is None and last is not None and last < day:
        raise at_fault("END_BEFORE_START", "input", "last")
    return found or Period(day, last or day, last or day, day)


async def due(context: Context) -> Sequence[Due]:
    """What the office's cadences want published, each of the last period that may be told."""
    living = await context.rulebook()
    found = []
    for row in living.shapes.cadences:
        statement = BY_NAME.get(row.done)
        if statement is None:
            continue
        period = latest_told(statement.written, row, context.today)
        owed = duty_of(statement.written, row, period) if period else None
        if period and owed:
            published = await context.row(
                rows.STANDS,
                statement=statement.name,
                cadence=row.id,
                clause=row.clause,
                first=period.first,
                last=period.last,
            )
            of = publishing_of(living, statement, row)
            found.append(Due(statement, row, of, period, owed.due, published))
    return sorted(found, key=lambda each: (each.by, each.cadence.id))
