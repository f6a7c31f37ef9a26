"""Statements in the API: for each a type with its own columns, counted for the days asked about."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import strawberry

from domain import STATEMENTS
from domain.records.statements import Statement, Times
from domain.vocabulary import snake
from resolvers.records import statements
from resolvers.records.statements import Drawn
from schema.ground.fields import Info, query
from schema.ground.ids import global_id
from schema.ground.mirrors import shaped
from schema.records.actions import LivingAction, of_object

DOOR = "statements"


@strawberry.type
class StatementTimes:
    """How often something happened."""

    word: Annotated[str, "As the register has it."]
    label: Annotated[str, "What the clause calls it."]
    number: Annotated[int, "How often."]


def line_type(statement: Statement) -> Any:
    """A line of a statement: what names it, then its columns."""
    shape: list[tuple[str, Any, Any]] = []
    by = statement.by
    if by and by.refers:
        description = f"{by.label.zh}; {by.label.en}"
        read = _id(by.key, by.refers.word)
        shape.append(
            (by.key, strawberry.ID, strawberry.field(resolver=read, description=description))
        )
    shape += [
        (name, str, strawberry.field(description=f"{label.zh}; {label.en}"))
        for name, label in statement.known_by
    ]
    shape += [
        (
            each.name,
            list[StatementTimes] if each.type == list[Times] else each.type,
            strawberry.field(description=f"{each.label.zh}; {each.label.en}"),
        )
        for each in statement.columns
    ]
    return shaped(f"{statement.word}Line", shape, "A line of the statement.")


def _id(key: str, word: str) -> Any:
    def read(root: Any) -> strawberry.ID:
        return global_id(word, getattr(root, key))

    return read


def statement_type(statement: Statement) -> tuple[Any, Any]:
    """A statement for some days, and its lines."""
    line = line_type(statement)
    shape = [
        ("from_", date, strawberry.field(name="from", description="The first day.")),
        ("to", date, strawberry.field(description="The last day.")),
        ("running", bool, strawberry.field(description="Whether these days are not over yet.")),
        ("lines", list[line], strawberry.field(description="Its lines, by name.")),  # type: ignore[valid-type]
        ("allowed_actions", list[LivingAction], of_object(statement.name)),
    ]
    columns = "、".join(each.label.zh for each in statement.columns)
    return shaped(f"{statement.word}Statement", shape, f"{statement.name}: {columns}."), line


def _read(statement: Statement) -> Any:
    made, line = statement_type(statement)

    async def read(info: Info, from_: date | None = None, to: date | None = None) -> Any:
        return shown(made, line, await statements.drawn(info.context, statement, from_, to))

    read.__doc__ = (
        f"{statement.name}: of some days, or of the month before; counted anew each time."
    )
    return query(read, DOOR, made, name=f"{snake(statement.word)}_statement")


def shown(made: Any, line: Any, drawn: Drawn) -> Any:
    return made(
        from_=drawn.first,
        to=drawn.last,
        running=drawn.running,
        lines=[_line(line, row) for row in drawn.lines],
    )


def _line(line: Any, row: Mapping[str, Any]) -> Any:
    made = line.__new__(line)
    for name, value in row.items():
        setattr(made, name, value)
    return made


FIELDS = tuple(_read(each) for each in STATEMENTS if each.columns)
