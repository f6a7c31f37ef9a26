"""What a new table gets beside its columns, read off its declaration: walls and triggers."""

from alembic.autogenerate.rewriter import Rewriter
from alembic.operations.ops import CreateTableOp, ExecuteSQLOp, UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table

from domain.tables import OURS

written = Rewriter()
"""Completes what `alembic revision --autogenerate` writes."""


def walls(table: Table) -> list[str]:
    """Only its institution's transactions see a row; the owner is bound as well."""
    policies = {"own": f"using (institution_id = {OURS})", **table.info["walls"]}
    return [
        f"alter table {table.name} enable row level security",
        f"alter table {table.name} force row level security",
        *(f"create policy {name} on {table.name} {says}" for name, says in policies.items()),
    ]


def stands(table: Table) -> list[str]:
    """What was written stands: no row is changed or removed, and the table is never emptied."""
    if not table.info["stands"]:
        return []
    refused = f"execute function {table.info['stands']}()"
    return [
        f"create trigger stands before update or delete on {table.name} for each row {refused}",
        f"create trigger stands_whole before truncate on {table.name} for each statement {refused}",
    ]


def tells(table: Table) -> list[str]:
    """Every statement that writes is told of, also where triggers are held back."""
    if not table.info["tells"]:
        return []
    said = []
    for event, rows in (("insert", "new"), ("update", "new"), ("delete", "old")):
        said.append(
            f"create trigger tells_{event} after {event} on {table.name}"
            f" referencing {rows} table as changed"
            f" for each statement execute function {table.info['tells']}()"
        )
        said.append(f"alter table {table.name} enable always trigger tells_{event}")
    return said


@written.rewrites(UpgradeOps)
def completed(_: MigrationContext, __: object, upgrading: UpgradeOps) -> UpgradeOps:
    """The tables, and when all of them are there, their walls and what refuses changes."""
    created = [each for each in upgrading.ops if isinstance(each, CreateTableOp)]
    tables = [each.to_table() for each in created]
    for each in created:
        each.info = {}
    said = [each for table in tables for each in (*walls(table), *stands(table), *tells(table))]
    upgrading.ops.extend(map(ExecuteSQLOp, said))
    return upgrading
