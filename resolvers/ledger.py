"""Appending to an institution's ledger, and checking a chain from its beginning."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.ledger import Broken, Entry, canonical, verify
from domain.records import PLATFORM
from resolvers.database import Database, Transaction, statement

APPEND = statement(
    """select ledger_append(:institution, cast(:at as timestamptz), cast(:event as text),
                            cast(:record as text))"""
)
HOLD = statement("select ledger_hold(cast(:institution as text))")
INSTITUTIONS = statement("select institution_id from institutions order by institution_id")
HEAD = statement("select seq, hash from ledger_heads where institution_id = :institution")
LINES = statement(
    """select seq, record, previous, hash from ledger
       where institution_id = :institution order by seq"""
)


async def append(
    transaction: Transaction,
    institution: str,
    event: str,
    at: datetime,
    content: Mapping[str, Any],
) -> None:
    """Add one record; it takes the institution's chain lock, so call it last."""
    record = canonical(event, at, institution, content)
    await transaction.rows(APPEND, institution=institution, at=at, event=event, record=record)


async def hold(transaction: Transaction, institution: str) -> None:
    """Take the institution's chain lock before rows that others lock after it."""
    await transaction.rows(HOLD, institution=institution)


async def complaints(url: str) -> list[str]:
    """What is wrong with the chains of every institution that this database serves."""
    database = await Database.connect(url, most=1)
    found = []
    try:
        async with database.transaction(PLATFORM, read_only=True) as transaction:
            served = [row["institution_id"] for row in await transaction.rows(INSTITUTIONS)]
        for institution in served:
            async with database.transaction(institution, read_only=True) as transaction:
                if broken := await check(transaction, institution):
                    found.append(f"{institution}, line {broken.seq}: {broken.reason}.")
    finally:
        await database.close()
    return found


async def check(transaction: Transaction, institution: str) -> Broken | None:
    """The first broken line of an institution's chain; None when it is whole."""
    lines = await transaction.rows(LINES, institution=institution)
    head = await transaction.row(HEAD, institution=institution)
    told = (head["seq"], head["hash"]) if head else (0, b"")
    return verify((Entry(**line) for line in lines), told)
