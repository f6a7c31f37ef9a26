"""What an office need not keep for ever is forgotten, once a day and in bounded pieces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from resolvers.files.storing import Place
from resolvers.ground.database import Statement, statement
from resolvers.running.services import Services

LOOSE = timedelta(days=2)
"""How long an upload may wait to be finished and attached."""

MOST = 100_000
"""Rows of a table that one sweep takes; the next day's takes what is left."""


@dataclass(frozen=True)
class Sweep:
    """How long a row is kept after its moment, and what removes those of an office."""

    kept_for: timedelta
    remove: Statement


def _older(table: str, moment: str = "at") -> Statement:
    return statement(
        f"""delete from {table} where ctid = any(array(
              select ctid from {table}
              where institution_id = :institution and {moment} <= :before limit :most))"""
    )


SWEEPS: Mapping[str, Sweep] = {
    "answers": Sweep(timedelta(days=90), _older("answers")),
    "deliveries": Sweep(timedelta(days=90), _older("deliveries")),
    "sessions": Sweep(timedelta(0), _older("sessions", "expires_at")),
    "files": Sweep(LOOSE, _older("files", "record is null and begun_at")),
    "exports": Sweep(timedelta(0), _older("exports", "expires_at")),
    "requests_not_routed": Sweep(timedelta(days=1100), _older("requests_not_routed")),
    "cadence_notices": Sweep(timedelta(days=731), _older("cadence_notices")),
    "notices": Sweep(
        timedelta(days=731),
        statement(
            """with old as (
                 select id from notices
                 where institution_id = :institution and at <= :before limit :most),
               reads as (
                 delete from notice_reads r using old
                 where (r.institution_id, r.notice_id) = (:institution, old.id))
               delete from notices n using old
               where (n.institution_id, n.id) = (:institution, old.id)"""
        ),
    ),
}
"""By table. Whoever repeats a call does so within days; what somebody was told two years ago is in
the ledger, if it matters; a session or a link that is over opens nothing. What nobody could
decide is kept as long as a replay can look back."""


FILES = statement("select id from files where institution_id = :institution")


async def sweep(services: Services, institution: str, now: datetime) -> None:
    """Forget what is older than its time, each table in a transaction of its own.

    Then go the files that no row speaks of: of uploads that were never finished or attached.
    """
    for each in SWEEPS.values():
        async with services.database.transaction(institution) as transaction:
            before = now - each.kept_for
            await transaction.rows(each.remove, institution=institution, before=before, most=MOST)
    async with services.database.transaction(institution, read_only=True) as transaction:
        rows = await transaction.rows(FILES, institution=institution)
    known = frozenset(row["id"] for row in rows)
    await services.files.sweep(institution, known, (now - LOOSE).timestamp())


LEFT = "left_files"
"""The job that removes files whose rows were destroyed, once they are."""


async def left(services: Services, about: Mapping[str, Any]) -> None:
    """Remove these files where no row speaks of them any more; once more is the same."""
    institution = about["institution"]
    async with services.database.transaction(institution, read_only=True) as transaction:
        rows = await transaction.rows(FILES, institution=institution)
    for each in {UUID(file) for file in about["files"]} - {row["id"] for row in rows}:
        await services.files.kept.remove(Place(institution, each))
