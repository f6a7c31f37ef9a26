"""What a line of the log of seals tells besides: whose seal it is, and whether it was approved."""

from collections.abc import Mapping
from typing import Any

from domain.areas.seals.seals import SEALS, USES, SealUse, seal_asked_for
from domain.errors import at_fault
from resolvers.ground.context import Context
from resolvers.records.approvals import request_of
from resolvers.records.registers import Check
from resolvers.records.thing_rows import one


async def _sealed(context: Context, form: SealUse) -> Mapping[str, Any]:
    """The approval is for a seal of this kind; that it is approved the register sees to."""
    card = await context.row(one(SEALS), id=form.seal_id)
    if card is None:
        raise at_fault("NOT_FOUND_HERE", "input", "sealId")
    owner = card["kind"]
    row = await request_of(context, form.request_id) if form.request_id else None
    approved = row is not None and seal_asked_for(row["kind"], row["facts"]) == owner
    return {"seal_owner": owner, "seal_approved": approved}


CHECKS: Mapping[str, Check] = {USES.name: _sealed}
