"""Rows that an area puts into its registers when a request is approved."""

from collections.abc import Sequence

from domain.approval.procedure import Approved, Record
from domain.tables import metadata
from resolvers.ground.database import Transaction
from resolvers.ground.derived import derived


async def keep_records(
    transaction: Transaction, approved: Approved, records: Sequence[Record]
) -> None:
    """Insert them in the name of the request's institution, in their order."""
    for record in records:
        row = {"institution_id": approved.institution, **record.row}
        await transaction.rows(_insertion(record.table, tuple(row)), row=row)


@derived
def _insertion(table: str, columns: tuple[str, ...]) -> str:
    """Columns left out take their defaults. Names are those of a declared table.

    A request that is approved once more corrects its line.
    """
    known = metadata.tables[table]
    if unknown := set(columns) - set(known.columns.keys()):
        raise LookupError(f"{table} has no {sorted(unknown)}")
    names, values = ", ".join(columns), ", ".join(f"g.{name}" for name in columns)
    if {"corrects", "request_id"} <= set(known.columns.keys()):
        names, values = f"{names}, corrects", f"{values}, ({_LAST.format(table)})"
    return (
        f"insert into {table} ({names})"
        f" select {values} from jsonb_populate_record(cast(null as {table}), :row) g"
    )


_LAST = """
  select l.id from {0} l
  where (l.institution_id, l.request_id) = (g.institution_id, g.request_id)
    and not exists (select from {0} later
                    where (later.institution_id, later.corrects) = (l.institution_id, l.id))"""
