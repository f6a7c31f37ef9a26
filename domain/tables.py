"""The words that every table is declared with.

Tables are SQLAlchemy Core: they declare columns, constraints and migrations, and build the
ordinary statements. `institution_id` is the institution's code and leads every key.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    TIMESTAMP,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    MetaData,
    Table,
    Text,
    Uuid,
)

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    }
)

NATIONAL = "*"
"""The institution id of rows that belong to no office: the national calendar."""

PLATFORM = "platform"
"""The institution that runs the others; accounts without an @ are its own."""


REST = "the rest"
"""Every column that is no key: of rows that one statement writes anew as a whole."""

ADDED = ("insert",)
"""Lines that stand: they are added, and never changed or removed."""

SWEPT = (*ADDED, "delete")
"""Lines that are added, and forgotten when they are old: `resolvers/time/sweeps.py`."""

REWRITTEN = f"update ({REST})"

LINE = "register_stands"
"""The trigger's function that refuses to change or remove a line, or to empty its table."""

TOLD = "organisation_changed"
"""The trigger's function that raises an office's epoch, whoever writes what it is made of."""

OURS = "current_setting('guiju.institution', true)"
"""The institution that a transaction serves."""

KIN = f"""for select using (institution_id in (
  select superior_id from institution_superiors where institution_id = {OURS}
  union all
  select institution_id from institution_superiors where superior_id = {OURS}))"""
"""A superior and those below it see each other's organisation."""

OF_OUR_REQUEST = f"for select using (request_institution_id = {OURS})"
"""What hangs on a request is seen where the request is kept."""


def table(
    name: str,
    *parts: Any,
    changes: tuple[str, ...] = (),
    stands: str = "",
    tells: str = "",
    walls: Mapping[str, str] = MappingProxyType({}),
) -> Table:
    """A table whose first key column is the institution that its rows belong to.

    Only that institution's transactions see its rows; `walls` are further policies by name, as
    SQL writes them behind the table. `changes` are the privileges of the serving role beside
    `select`; `stands` is the trigger's function that refuses changes whoever asks for them, and
    `tells` the one that hears of every statement that writes.
    """
    info = {"changes": changes, "stands": stands, "tells": tells, "walls": dict(walls)}
    first = Column("institution_id", Text, primary_key=True)
    return Table(name, metadata, first, *parts, info=info)


def key(name: str = "id") -> Column[Any]:
    return Column(name, Uuid, primary_key=True)


def columns(kind: Any, *names: str, nullable: bool = False) -> list[Column[Any]]:
    """Columns of one kind, none of which is ever empty unless said."""
    return [Column(name, kind, nullable=nullable) for name in names]


def refers(to: str, *names: str, nullable: bool = False, key: bool = False) -> list[Any]:
    """Columns that each name a row of a table in the same institution."""
    there = [f"{to}.institution_id", f"{to}.id"]
    made: list[Any] = []
    for name in names:
        made.append(Column(name, Uuid, primary_key=key, nullable=nullable))
        made.append(ForeignKeyConstraint(["institution_id", name], there))
    return made


def signed() -> list[Any]:
    """The columns of who wrote a row, one of the office's own, and when."""
    return [*refers("people", "by_id"), Column("by_name", Text, nullable=False), moment("at")]


def among(name: str, words: Iterable[str]) -> CheckConstraint:
    """The refusal of what is none of these words in a column."""
    said = ", ".join(f"'{each}'" for each in words)
    return CheckConstraint(f"{name} in ({said})", name=name)


ROW_BY_ROW = "offset 0"
"""Ends an `exists` of a list: asked of each row of the page, not of all that the office has."""


def local_day(moment: str) -> str:
    """The SQL of the day of a moment in the office's own time."""
    return f"cast({moment} at time zone 'Asia/Shanghai' as date)"


PERSONAL = {"born", "child_born", "gender", "worked_since"}
"""Words whose values are personal though no text: the ledger seals them under whatever table."""


def personal(name: str, kind: Any, *, nullable: bool = False) -> Column[Any]:
    """A column that is personal though no text: a day of birth, a share of one's pay."""
    PERSONAL.add(name)
    return Column(name, kind, nullable=nullable)


def moment(name: str, *, nullable: bool = False, key: bool = False) -> Column[datetime]:
    return Column(name, TIMESTAMP(timezone=True), primary_key=key, nullable=nullable)
