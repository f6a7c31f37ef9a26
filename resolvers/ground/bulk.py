"""Many rows in one statement: they travel as one JSON array and land in the columns they name."""

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
