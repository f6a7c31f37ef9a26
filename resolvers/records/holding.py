"""What a leaver has yet to give back or hand over, where a clause asks for that."""

from dataclasses import dataclass
from uuid import UUID

from domain.shapes.eligibility import reasons
from resolvers.ground.context import Context
from resolvers.records.stock_pages import holdings, kept_here


@dataclass(frozen=True)
class Kept:
    """What is still held of a stock, in words, and the clause that asks for it."""

    items: str
    clause: str


async def still_kept(context: Context, person: UUID) -> tuple[Kept, ...]:
    """By clause, what somebody may not leave with."""
    living = await context.rulebook()
    found = []
    for stock in await kept_here(context):
        rows = [
            row
            for row in living.shapes.eligibility
            if row.subject == stock.leaving and row.when.regions.keys() <= {*stock.cleared}
        ]
        held = await holdings(context, stock, person) if rows else []
        items = "、".join(f"{row['name']} {row['quantity']}" for row in held)
        unmet = reasons(rows, dict.fromkeys(stock.cleared, not held))
        found += [Kept(items, each.rows[0].clause) for each in unmet]
    return tuple(found)
