"""Transactions that are at the same thing take turns."""

from resolvers.ground.database import Transaction, statement

ALONE = statement("select pg_advisory_xact_lock(hashtextextended(:of, 0))")


async def one_at_a_time(transaction: Transaction, of: str) -> None:
    """Wait until no other transaction is at the same; `of` names it with its institution."""
    await transaction.rows(ALONE, of=of)
