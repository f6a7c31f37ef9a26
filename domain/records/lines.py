"""Lines that stand, as tables: what is written, who wrote it, what the database itself refuses."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Integer,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from domain.approval.forms import Field
from domain.tables import ADDED, LINE, ROW_BY_ROW, among, key, moment, personal, refers, table

WRITTEN = ("id", "corrects", "void", "why", "recorded_by", "recorded_by_name", "recorded_at")
"""What the server notes of every line."""


class LineEvent(StrEnum):
    """What happens to a line, for clocks: `<register>.recorded`."""

    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    STRUCK_OUT = "struck_out"


NUMBER, AWAITS = "number", "awaits"
"""The columns of a register whose lines are numbered, or count once a second person signed."""

TYPES: Mapping[type, Any] = {
    str: Text(),
    bool: Boolean(),
    int: Integer(),
    Decimal: Numeric(),
    date: Date(),
    datetime: TIMESTAMP(timezone=True),
    UUID: Uuid(),
}
UNLESS_VOID = "void or "
"""A line that strikes another out bears its columns, and is held to nothing."""


def register_table(name: str, *parts: Any) -> Table:
    """A table of lines that stand: the register's own columns, then who wrote what when."""
    return table(
        name,
        key(),
        *parts,
        *refers(name, "corrects", nullable=True),
        Column("void", Boolean, nullable=False, server_default="false"),
        Column("why", Text, nullable=False, server_default=""),
        *refers("people", "recorded_by"),
        Column("recorded_by_name", Text, nullable=False),
        moment("recorded_at"),
        CheckConstraint(
            "not void or (corrects is not null and why <> '')", name="struck_out_whole"
        ),
        UniqueConstraint("institution_id", "corrects"),
        changes=ADDED,
        stands=LINE,
    )


line_numbers = table(
    "line_numbers",
    Column("register", Text, primary_key=True),
    Column("series", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
    changes=("insert", "update (last)"),
)
"""The last number of each series, of a register or of a kind of case."""

line_signatures = table(
    "line_signatures",
    Column("register", Text, primary_key=True),
    Column("line_id", Uuid, primary_key=True),
    *refers("people", "person_id"),
    Column("person_name", Text, nullable=False),
    moment("at"),
    changes=ADDED,
    stands=LINE,
)
"""Who signed for a line as its second person."""


def is_open(of: Table, alias: str) -> str:
    """The SQL condition that a line is neither corrected nor struck out, signed for or not.

    That others correct something is said as well: for a page all corrections may be read at once.
    """
    return (
        f"not {alias}.void and not exists (select from {of.name} later"
        f" where later.institution_id = {alias}.institution_id and later.corrects = {alias}.id"
        " and later.corrects is not null)"
    )


def stands(of: Table, alias: str) -> str:
    """The SQL condition that a line counts: neither corrected nor struck out, and signed for."""
    if AWAITS not in of.columns:
        return is_open(of, alias)
    return (
        f"{is_open(of, alias)} and (not {alias}.{AWAITS}"
        " or exists (select from line_signatures signed"
        f" where signed.institution_id = {alias}.institution_id"
        f" and signed.line_id = {alias}.id {ROW_BY_ROW}))"
    )


def column_of(field: Field) -> Column[Any]:
    """The column that holds what is filled in for a field; what is confidential is personal."""
    kind = Text() if issubclass(field.type, Enum) else TYPES[field.type]
    make = personal if field.confidential else Column
    return make(field.name, kind, nullable=field.optional)


def held_to(field: Field, unless: str = UNLESS_VOID) -> Iterator[Any]:
    """What the database itself refuses of a column: no such thing, no such word, out of bounds."""
    name, refers = field.name, field.refers
    if refers and refers.table:
        there = [f"{refers.table}.institution_id", f"{refers.table}.id"]
        yield ForeignKeyConstraint(["institution_id", name], there)
    if issubclass(field.type, Enum):
        yield among(name, (each.value for each in field.type))
    elif field.type is str and field.required and not field.served:
        yield CheckConstraint(f"{unless}btrim({name}) <> ''", name=name)
    elif field.bounds and field.bounds.minimum is not None and field.bounds.maximum is not None:
        least, most = field.bounds.minimum, field.bounds.maximum
        yield CheckConstraint(f"{unless}{name} between {least} and {most}", name=name)


def stored(value: Any) -> Any:
    """A value of an entry as its column holds it."""
    return value.value if isinstance(value, Enum) else value


def read_value(kind: type, value: Any) -> Any:
    """A value of a column as the entry has it."""
    return kind(value) if value is not None and hasattr(kind, "__members__") else value


def read_row(of: Iterable[Field], row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the columns of these fields as the entry has them."""
    worded = [each for each in of if each.worded]
    return {**row, **{each.name: read_value(each.type, row[each.name]) for each in worded}}
