"""Appending to an institution's ledger, and checking a chain from its beginning."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import asyncpg

from domain.ledger import Broken, Entry, Head, canonical, verify
from domain.tables import PLATFORM
from resolvers.ground.database import Transaction, statement

APPEND = statement(
    """select ledger_append(:institution, cast(:at as timestamptz), cast(:event as text),
                            cast(:record as text))"""
)
HOLD = statement("select ledger_hold(cast(:institution as text))")
CHAINS = statement("select institution_id from ledger_chains() order by institution_id")
INSTITUTIONS = statement("select institution_id from institutions order by institution_id")
APPOINTED = statement("select from appointments where institution_id = :institution limit 1")
HEAD = statement("select seq, hash from ledger_heads where institution_id = :institution")
LINES = statement(
    """select institution_id, seq, at, event, record, previous, hash, request from ledger
       where institution_id = :institution order by seq"""
)


async def append(
    transaction: Transaction,
    institution: str,
    event: str,
    at: datetime,
    content: Mapping[str, Any],
) -> None:
    """Add one record, with the seat acted in; it takes the chain's lock, so call it last."""
    record = canonical(event, at, institution, {**transaction.acted, **content})
    await transaction.rows(APPEND, institution=institution, at=at, event=event, record=record)


async def hold(transaction: Transaction, institution: str) -> None:
    """Take the institution's chain lock before rows that others lock after it."""
    await transaction.rows(HOLD, institution=institution)


async def complaints(url: str) -> list[str]:
    """What is wrong with the chains of this database, all of them as they are at one moment."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            return await broken_lines(Transaction(connection, None, ""))
    finally:
        await connection.close()


async def broken_lines(transaction: Transaction) -> list[str]:
    """Every line that is broken, and every chain that should be there or should not."""
    await transaction.act_as(PLATFORM)
    served = [row["institution_id"] for row in await transaction.rows(INSTITUTIONS)]
    chains = [row["institution_id"] for row in await transaction.rows(CHAINS)]
    found = [f"{each}, line 1: no such institution." for each in chains if each not in served]
    for institution in served:
        broken = await check(transaction, institution)
        found += [f"{institution}, line {line.seq}: {line.reason}." for line in broken]
        if institution not in chains and await transaction.rows(APPOINTED, institution=institution):
            found.append(f"{institution}, line 1: its whole chain is missing.")
    return found


async def check(transaction: Transaction, institution: str) -> list[Broken]:
    """The broken lines of an institution's chain; none when it is whole."""
    await transaction.act_as(institution)
    lines = await transaction.rows(LINES, institution=institution)
    head = await transaction.row(HEAD, institution=institution)
    told = Head(**head) if head else None
    return list(verify(institution, (Entry(**line) for line in lines), told))
