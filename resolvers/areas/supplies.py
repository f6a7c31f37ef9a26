"""What the lines of the store tell besides what was filled in: no word of the engine counts these."""

from collections.abc import Mapping
from typing import Any

from domain.areas.supplies.movements import (
    BOOKINGS,
    HANDOVERS,
    ISSUES,
    LISTS,
    RECEIPTS,
    WRITE_OFFS,
    AssetBooking,
    SupplyIssue,
    SupplyReceipt,
    SupplyRequest,
    SupplyWriteOff,
    suppliers_compared,
)
from domain.errors import at_fault
from domain.shapes.cadences import period_at
from resolvers.ground.context import Context
from resolvers.records.acts import clauses_of
from resolvers.records.register_rows import one, record_of
from resolvers.records.registers import Check
from resolvers.records.sight import rows_seen


async def _compared(_: Context, form: SupplyReceipt) -> Mapping[str, Any]:
    return {"suppliers_compared": suppliers_compared(form)}


async def _listed(_: Context, form: SupplyIssue) -> Mapping[str, Any]:
    return {"listed": form.list_id is not None}


async def _decided(_: Context, form: SupplyWriteOff) -> Mapping[str, Any]:
    return {"disposal_approved": form.request_id is not None}


async def _given(context: Context, _: Any) -> Mapping[str, Any]:
    """Nobody hands over what another holds."""
    return {"giver_id": context.viewer.person.id}


async def _of_receipt(context: Context, form: AssetBooking) -> Mapping[str, Any]:
    """What is booked was taken in, and counts.

    Raises:
        Refused: no such line, or one that was corrected, or not accepted yet.

    """
    found = await rows_seen(context, record_of(RECEIPTS), one(RECEIPTS), id=form.receipt_id)
    if not found or not found[0]["stands"]:
        raise at_fault("NOT_FOUND_HERE", "input", "receiptId")
    return {"item_class": found[0]["item_class"]}


async def _in_time(context: Context, form: SupplyRequest) -> Mapping[str, Any]:
    """Whether a list is handed in after the day by which its clause wants it."""
    living = await context.rulebook(context.viewer.institution)
    clauses = clauses_of(living, LISTS.name)
    periods = (
        period_at(row, form.wanted_on) for row in living.shapes.cadences if row.clause in clauses
    )
    return {"late": any(each is not None and form.wanted_on > each.due for each in periods)}


CHECKS: Mapping[str, Check] = {
    RECEIPTS.name: _compared,
    ISSUES.name: _listed,
    HANDOVERS.name: _given,
    WRITE_OFFS.name: _decided,
    BOOKINGS.name: _of_receipt,
    LISTS.name: _in_time,
}
