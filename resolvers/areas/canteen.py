"""What no word can say of the canteen: what is owed of a fee, and what was entered too late."""

from collections.abc import Mapping
from typing import Any

from domain.areas.canteen import FEES, PURCHASES, Fee, Purchase
from resolvers.ground.context import Context
from resolvers.records.registers import Check


async def _owing(context: Context, fee: Fee) -> Mapping[str, Any]:
    """Up to what the clause asks of everybody for a month."""
    quotas = (await context.rulebook()).shapes.quotas
    limits = (
        row.limit for row in quotas if (row.of, row.measure) == (FEES.name, "canteen_fee_month")
    )
    return {"owed": next((each - fee.canteen_fee_month for each in limits if each), 0) or None}


async def _posted(context: Context, purchase: Purchase) -> Mapping[str, Any]:
    """The journal is posted on the day itself."""
    return {"late": purchase.bought_on < context.today}


CHECKS: Mapping[str, Check] = {FEES.name: _owing, PURCHASES.name: _posted}
