"""Rows written as their tables declare them: many travel as one JSON array, one by its id."""

from collections.abc import Collection

from sqlalchemy import Table

from resolvers.ground.database import Statement, statement

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
