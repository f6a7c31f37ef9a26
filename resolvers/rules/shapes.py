"""Rows of the shapes as they are asked for: by clause, on a day, one row of several."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from domain.errors import Refused, at_fault
from domain.rulebook import Rulebook
from domain.shapes.book import ShapeRow, Shapes
from domain.shapes.clocks import kinds_of
from domain.shapes.ladders import stages_of
from domain.time.calendar import Calendar
from domain.vocabulary import Fact
from resolvers.ground.context import Context
from resolvers.rules.rulebooks import LivingRulebook

Row = TypeVar("Row", bound=ShapeRow)


def rows_of(
    living: LivingRulebook,
    pick: Callable[[Shapes], tuple[Row, ...]],
    clause: str,
    on: date,
    only: str | None = None,
) -> tuple[Row, ...]:
    """The rows of a shape that state a clause on a day; `only` names one of several.

    A clause that was replaced on an unknown day is in force on none, so its name alone suffices.

    Raises: Refused: the clause is unknown, states nothing of this shape or is not in force.
    """
    lines = living.rulebook.lines_by_clause.get(clause)
    if lines is None:
        raise at_fault("UNKNOWN_CLAUSE", "clause")
    rows = _of(pick(living.shapes), clause)
    if not rows:
        every = _of(pick(living.rulebook.shapes), clause)
        if not every:
            raise Refused("NOTHING_TO_COMPUTE", clause=clause)
        if not any(line.replaced_by and line.valid_until is None for line in lines):
            raise Refused("CLAUSE_NOT_IN_FORCE", clause=clause, on=on)
        rows = every
    chosen = tuple(row for row in rows if only in (None, row.id))
    if not chosen:
        known = " ".join(dict.fromkeys(row.id for row in rows))
        raise at_fault("UNKNOWN_ROW", "only", row=(only or "")[:40], known=known)
    return chosen


def known_to(book: Rulebook, rows: Iterable[object]) -> Mapping[str, Fact]:
    """The measures of the office, the stages of what is proposed, and the columns of the books
    whose lines these rows look at.
    """
    named = dict.fromkeys(each for row in rows for each in _books_of(row))
    told = (book.columns.get(each, {}) for each in named)
    stages = stages_of((each.trigger, each.label) for each in book.shapes.ladders)
    columns = {name: fact for each in told for name, fact in each.items()}
    return {**stages, **columns, **book.shapes.measures}


def _books_of(row: object) -> Iterator[str]:
    yield getattr(row, "of", "")
    yield getattr(row, "subject", "").partition(":")[0]
    yield from kinds_of(getattr(row, "starts", ()))


def _of(rows: Iterable[Row], clause: str) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.clause == clause)


async def calendar_of(context: Context, institution: str) -> Calendar:
    """The calendar of an institution that the viewer may ask about."""
    if institution == context.viewer.institution:
        return await context.calendar()
    async with context.services.database.transaction(institution, read_only=True) as transaction:
        return await context.services.calendars.load(transaction, institution)
