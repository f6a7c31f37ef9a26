"""The roles that somebody holds: what an analysis must know to tell the vacant ones."""

from datetime import date

from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.viewers import HELD_TODAY

HELD = statement(
    f"""select distinct s.role from seats s
        where (s.institution_id = :institution or s.institution_id in (
                 select superior_id from institution_superiors
                 where institution_id = :institution))
          and exists (
            select from appointments a
            where (a.institution_id, a.seat_id) = (s.institution_id, s.id) and {HELD_TODAY})"""
)


async def held_roles(context: Context, institution: str) -> frozenset[str]:
    """In an institution and those above it, today."""
    if institution == context.viewer.institution:
        return await held(context.transaction, institution, context.today)
    database = context.services.database
    async with database.transaction(institution, read_only=True) as transaction:
        return await held(transaction, institution, context.today)


async def held(transaction: Transaction, institution: str, on: date) -> frozenset[str]:
    rows = await transaction.rows(HELD, institution=institution, today=on)
    return frozenset(row["role"] for row in rows)
