"""The tables of cases: one a record, a typed column for all that stages fill in; their events."""

from collections.abc import Iterable, Mapping
from dataclasses import field, fields
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_type_hints
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from domain.records.lines import TYPES
from domain.shapes.asking import Measures
from domain.tables import ADDED, LINE, columns, key, moment, table

HIDDEN = "hidden"


def unseen(default: Any) -> Any:
    """A column of a record that only the server reads."""
    return field(default=default, metadata={HIDDEN: True})


def refers(record: type) -> dict[str, str]:
    """What columns of a record name, by the column: who handles it, a vehicle, a section."""
    named = ((each.name, each.metadata.get("refers")) for each in fields(record))
    return {name: str(of.word) for name, of in named if of}


MOVING = ("path", "state", "since", "version", "standing")
"""What a stage changes of every case, beside the columns of its record."""
RENEWED = ("rulebook_version", "begun_at", "facts")
"""What changes as well where a request is approved once more before the case has begun."""


def case_table(
    name: str, record: type, *parts: Any, renewed: bool = False, counted_by: str = ""
) -> Table:
    """The table of a record: where a case stands and how it began, then what its stages fill in.

    Statements find its cases by the column that they are `counted_by`.
    """
    own = tuple(each.name for each in fields(record))
    said = {name for part in parts for name in getattr(part, "column_keys", ())}
    changed = (*MOVING, *(RENEWED if renewed else ()), *own)
    made = table(
        name,
        key(),
        Column("request_id", Uuid),
        *columns(Text, "number", "kind", "path", "state"),
        moment("since"),
        Column("version", Integer, nullable=False),
        Column("standing", Boolean, nullable=False),
        Column("rulebook_version", Integer, nullable=False),
        moment("begun_at"),
        Column("begun_by", Uuid, nullable=False),
        *columns(Text, "begun_by_name"),
        Column("facts", JSONB, nullable=False),
        *_columns_of(record),
        *(part for name, part in _references(record) if name not in said),
        *parts,
        UniqueConstraint("institution_id", "request_id"),
        Index(f"{name}_begun_idx", "institution_id", "kind", "begun_at", "id"),
        *([Index(f"{name}_{counted_by}_idx", "institution_id", counted_by)] if counted_by else ()),
        changes=("insert", f"update ({', '.join(changed)})"),
    )
    made.info["renewed"] = renewed
    return made


def one_at_a_time(
    name: str, number: str, times: tuple[str, str], unless: tuple[str, ...]
) -> ExcludeConstraint:
    """That what a number stands for is in one case at a time, of those where `unless` is empty."""
    where = " and ".join(["standing", *(f"{each} is null" for each in unless)])
    # Ranges on both sides: an exclusion over plain ids would need btree_gist.
    return ExcludeConstraint(
        (text(f"int8range({number}, {number}, '[]')"), "&&"),
        (text(f"tstzrange({', '.join(times)})"), "&&"),
        name=name,
        where=text(f"{where} and {number} is not null"),
    )


def _references(record: type) -> Iterable[tuple[str, ForeignKeyConstraint]]:
    """What names a record that has a table is one of the office's own."""
    for each in fields(record):
        to = each.metadata.get("refers")
        if to and to.table:
            own, of = ["institution_id", each.name], to.table
            yield each.name, ForeignKeyConstraint(own, [f"{of}.institution_id", f"{of}.id"])


def _columns_of(record: type) -> Iterable[Column[Any]]:
    hints = get_type_hints(record)
    for each in fields(record):
        kinds = get_args(hints[each.name]) or (hints[each.name],)
        plain, nullable = next(k for k in kinds if k is not NoneType), NoneType in kinds
        plain = str if issubclass(plain, Enum) else plain
        of = BigInteger() if plain is int and HIDDEN in each.metadata else TYPES[plain]
        yield Column(each.name, of, nullable=nullable)


case_events = table(
    "case_events",
    key("case_id"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    *columns(Text, "event", "origin", "target"),
    moment("at"),
    Column("person_id", Uuid, nullable=False),
    *columns(Text, "person_name", "role", "clause", "comment"),
    Column("seat_id", Uuid),
    Column("taken", Boolean, nullable=False),
    *columns(JSONB, "measures", "particulars"),
    changes=ADDED,
    stands=LINE,
)
"""What happened to cases of every kind, line by line; not `taken`, a part was put on record."""


def happening(
    event: str,
    origin: str,
    target: str,
    *,
    clause: str,
    measures: Measures,
    more: Mapping[str, Any],
    comment: str = "",
    role: str = "",
    seat: UUID | None = None,
) -> dict[str, Any]:
    """What happened to a case, as its line of `case_events` tells it beside who and when."""
    return {
        "event": event,
        "origin": origin,
        "target": target,
        "role": role,
        "clause": clause,
        "comment": comment,
        "seat_id": seat,
        "taken": True,
        "measures": measures,
        "particulars": more,
    }
