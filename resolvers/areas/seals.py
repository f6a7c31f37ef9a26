"""What a line of the log of seals tells besides: whose seal it is, and whether it was approved."""

from collections.abc import Mapping
from typing import Any

from domain.areas.seals.seals import SEALS, USES, SealUse, seal_asked_for
from domain.errors import at_fault
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.registers import Check
from resolvers.records.thing_rows import one

REQUEST = statement(
    "select kind, facts from requests where institution_id = :institution and id = :request"
)


async def _sealed(context: Context, form: SealUse) -> Mapping[str, Any]:
    """The approval is for a seal of this kind; that it is approved the register sees to."""
    of = {"institution": context.viewer.institution}
    card = await context.transaction.row(one(SEALS), **of, id=form.seal_id)
    if card is None:
        raise at_fault("NOT_FOUND_HERE", "input", "sealId")
    owner, row = card["kind"], None
    if form.request_id:
        row = await context.transaction.row(REQUEST, **of, request=form.request_id)
    approved = row is not None and seal_asked_for(row["kind"], row["facts"]) == owner
    return {"seal_owner": owner, "seal_approved": approved}


CHECKS: Mapping[str, Check] = {USES.name: _sealed}
