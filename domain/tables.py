"""The words that every table is declared with.

Tables are SQLAlchemy Core: they declare columns, constraints and migrations, and build the
ordinary statements. `institution_id` is the institution's code and leads every key.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import TIMESTAMP, Column, MetaData, Table, Text, Uuid

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


def table(name: str, *parts: Any) -> Table:
    """A table whose first key column is the institution that its rows belong to."""
    return Table(name, metadata, Column("institution_id", Text, primary_key=True), *parts)


def key(name: str = "id") -> Column[Any]:
    return Column(name, Uuid, primary_key=True)


def moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, TIMESTAMP(timezone=True), nullable=nullable)
