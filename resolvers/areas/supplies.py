"""What lines of the store tell besides what is filled in: no word of the engine counts these."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

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
from domain.records.registers import Register
from domain.shapes.cadences import period_at
from resolvers.ground.context import Context
from resolvers.records.acts import clauses_of
from resolvers.records.register_rows import one, record_of
from resolvers.records.registers import Check
from resolvers.records.sight import rows_seen


async def _compared(_: Context, form: SupplyReceipt) -> Mapping[str, Any]:
    return {"suppliers_compared": suppliers_compared(form)}


async def _listed(context: Context, form: SupplyIssue) -> Mapping[str, Any]:
    if form.list_id is None:
        return {"listed": False}
    await _standing(context, LISTS, form.list_id, "listId")
    return {"listed": True}


async def _decided(_: Context, form: SupplyWriteOff) -> Mapping[str, Any]:
    return {"disposal_approved": form.request_id is not None}


async def _given(context: Context, _: Any) -> Mapping[str, Any]:
    """Nobody hands over what another holds."""
    return {"giver_id": context.viewer.person.id}


async def _of_receipt(context: Context, form: AssetBooking) -> Mapping[str, Any]:
    """What is booked was taken in, and accepted."""
    receipt = await _standing(context, RECEIPTS, form.receipt_id, "receiptId")
    return {"item_class": receipt["item_class"]}


async def _standing(context: Context, book: Register, line: UUID, named: str) -> Mapping[str, Any]:
    """Raises: Refused: no such line, or one that does not count."""
    found = await rows_seen(context, record_of(book), one(book), id=line)
    if not found or not found[0]["stands"]:
        raise at_fault("NOT_FOUND_HERE", "input", named)
    row: Mapping[str, Any] = found[0]
    return row


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
