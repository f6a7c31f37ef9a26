"""Statements read: counted for some days, for whoever may see them, or one's own line alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain import STATEMENTS
from domain.errors import at_fault
from domain.records.statements import How, Statement, Times
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.records.acts import may
from resolvers.records.allowed import may_one, refusal
from resolvers.records.happened import said_of_everybody
from resolvers.records.pages import compiled
from resolvers.records.register_rows import record_of
from resolvers.records.sight import SEEN, rows_seen
from resolvers.records.statement_sql import counted, lines

BY_NAME = {each.name: each for each in STATEMENTS}
LONGEST = 731

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A statement as it is now; `running` while its days are not over."""

    statement: Statement
    first: date
    last: date
    running: bool
    lines: tuple[Row, ...]


async def drawn(
    context: Context, statement: Statement, first: date | None, last: date | None
) -> Drawn:
    """What a statement tells of some days, or of the month before.

    Raises: Refused: more than two years, or another's to see.
    """
    usual = the_month_before(context.today)
    begins, ends = first or last or usual[0], last or first or usual[1]
    if (ends - begins).days > LONGEST:
        raise at_fault("TOO_LONG_A_PERIOD", "to", days=LONGEST)
    mine = None if await sees(context, statement) else await _own(context, statement)
    if statement.lists:
        seen = record_of(statement.lists), lines(statement)
        rows = await rows_seen(context, *seen, first=begins, last=ends)
    else:
        rows = await _counted(context, statement, begins, ends, mine)
    return Drawn(statement, begins, ends, ends >= context.today, tuple(rows))


async def sees(context: Context, statement: Statement) -> bool:
    """Whether the viewer sees all of it: it is open, or a line lets them see or publish it."""
    if Act.SEE not in context.services.vocabulary.objects[statement.name].acts:
        return True
    return await may_one(context, statement.name, (Act.SEE, Act.PUBLISH))


async def _own(context: Context, statement: Statement) -> UUID:
    if statement.by and statement.by.of_people:
        return context.viewer.person.id
    verdict = await may(context, statement.name, Act.SEE)
    raise refusal(context, "STATEMENT_NOT_YOURS", statement.name, verdict)


async def all_lines(context: Context, statement: Statement, first: date, last: date) -> list[Row]:
    """Every line of a statement, as it is published."""
    if statement.lists:
        every = compiled(lines(statement).replace(SEEN, "true"))
        return await context.rows(every, first=first, last=last)
    if not statement.columns:
        return []
    return await _counted(context, statement, first, last, None)


async def _counted(
    context: Context, statement: Statement, first: date, last: date, mine: UUID | None
) -> list[Row]:
    """Its lines, with what happened in the office's own words."""
    living = await context.rulebook()
    said = {area: living.rulebook.said_in({area}) for area in statement.said}
    values = {f"said_{area}": [word.id for word in words] for area, words in said.items()}
    run = compiled(counted(statement, mine=mine is not None))
    rows = await context.rows(run, first=first, last=last, mine=mine, **values)
    worded = [each.name for each in statement.columns if getattr(each, "how", None) is How.WORDS]
    labels = {word.id: word.label.zh for words in said.values() for word in words}
    by_lines: Mapping[UUID, Mapping[str, int]] = {}
    if worded and statement.by and statement.by.of_people:
        by_lines = await said_of_everybody(context, living, first, last)
    return [
        {
            **row,
            **{
                name: _times(Counter(row[name]) + Counter(by_lines.get(row["person_id"])), labels)
                for name in worded
            },
        }
        for row in map(dict, rows)
    ]


def _times(found: Mapping[str, int], labels: Mapping[str, str]) -> list[Times]:
    return [Times(word, labels[word], found[word]) for word in labels if found[word]]


def the_month_before(today: date) -> tuple[date, date]:
    """What is asked about where no days are given."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
