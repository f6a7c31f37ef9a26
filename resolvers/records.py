"""Rows that an area puts into its registers when a request is approved."""

from collections.abc import Sequence
from functools import cache

from domain.approval.procedure import Approved, Record
from domain.records import metadata
from resolvers.database import Statement, Transaction, statement


async def keep_records(
    transaction: Transaction, approved: Approved, records: Sequence[Record]
) -> None:
    """Insert them in the name of the request's institution, in their order."""
    for record in records:
        row = {"institution_id": approved.institution, **record.row}
        await transaction.rows(_insertion(record.table, tuple(row)), row=row)


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> Statement:
    """Columns left out take their defaults. Names are those of a declared table."""
    unknown = set(columns) - set(metadata.tables[table].columns.keys())
    if unknown:
        raise LookupError(f"{table} has no {sorted(unknown)}")
    names = ", ".join(columns)
    return statement(
        f"insert into {table} ({names})"
        f" select {names} from jsonb_populate_record(cast(null as {table}), :row)"
    )
