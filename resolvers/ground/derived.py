"""Statements derived of what is declared: rows as their tables have them, and of declarations.

Many rows travel as one JSON array, one by its id.
"""

from collections.abc import Callable, Collection
from functools import cache, wraps
from typing import ParamSpec

from sqlalchemy import Table

from resolvers.ground.database import Statement, statement

P = ParamSpec("P")


def derived(make: Callable[P, str]) -> Callable[P, Statement]:
    """The statement that a function writes of a declaration, compiled once for each."""

    @wraps(make)
    def compiled(*of: P.args, **named: P.kwargs) -> Statement:
        return statement(make(*of, **named))

    kept: Callable[..., Statement] = cache(compiled)
    return kept


SKIP = "on conflict do nothing"


def insertion(table: Table, conflict: str = "", but: Collection[str] = ()) -> Statement:
    """Insert `:rows`, objects by column name. `but` are columns that the database fills."""
    names = [column.name for column in table.columns if column.name not in but]
    return statement(
        f"insert into {table.name} ({', '.join(names)})"
        f" select {', '.join(f'g.{name}' for name in names)}"
        f" from jsonb_populate_recordset(cast(null as {table.name}), :rows) g {conflict}"
    )


def alteration(table: Table, *names: str) -> Statement:
    """Set these columns of the row `:id`, each to what is given by its name."""
    told = ", ".join(f"{name} = :{name}" for name in names)
    of = "institution_id = :institution and id = :id"
    return statement(f"update {table.name} set {told} where {of}")
