"""What lines of the store tell besides what is filled in: no word of the engine counts these."""

from collections.abc import Mapping
from typing import Any

from domain.areas.supplies.movements import (
    BOOKINGS,
    HANDOVERS,
    ISSUES,
    LISTS,
    RECEIPTS,
    REPAIRS,
    SUPPLIES,
    WRITE_OFFS,
    AssetBooking,
    ComputerRepair,
    SupplyIssue,
    SupplyReceipt,
    SupplyRequest,
    SupplyWriteOff,
    suppliers_compared,
)
from domain.areas.supplies.store import SupplyClass
from domain.office.notices import Notice
from domain.shapes.cadences import period_at
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.notices import announce
from resolvers.records.acts import clauses_of, roles_that_may
from resolvers.records.register_rows import standing_line
from resolvers.records.registers import Check
from resolvers.records.stock_rows import item
from resolvers.time.duty_rows import seats_by_role

CHOSEN = statement("""
  select exists (select from suppliers where institution_id = :institution
    and supplies_what = 'computer_repair' and trim(name) = :name and state <> 'ended'
    and (agreed_until is null or agreed_until >= :day))""")


async def _taken_in(context: Context, form: SupplyReceipt) -> Mapping[str, Any]:
    """How many suppliers were compared; whoever books fixed assets is told of one."""
    if form.item_class is SupplyClass.FIXED_ASSET:
        await _tell_who_books(context, form)
    return {"suppliers_compared": suppliers_compared(form)}


async def _tell_who_books(context: Context, form: SupplyReceipt) -> None:
    living, me = await context.rulebook(context.viewer.institution), context.viewer.person
    if not clauses_of(living, BOOKINGS.name):
        return
    roles = roles_that_may(living, BOOKINGS.name, Act.KEEP, {"item_class": form.item_class})
    seats = await seats_by_role(context.transaction, me.institution, roles, context.today)
    card = await context.row(item(SUPPLIES), id=form.item_id)
    details = {"name": card["name"] if card else "", "quantity": form.quantity}
    notices = [
        Notice("ASSET_TO_BOOK", seat.id, me.institution, details, subject=form.item_id)
        for of_role in seats.values()
        for seat in of_role
    ]
    await announce(context, *notices)


async def _listed(context: Context, form: SupplyIssue) -> Mapping[str, Any]:
    if form.list_id is None:
        return {"listed": False}
    await standing_line(context, LISTS, form.list_id, "listId")
    return {"listed": True}


async def _decided(_: Context, form: SupplyWriteOff) -> Mapping[str, Any]:
    return {"disposal_approved": form.request_id is not None}


async def _given(context: Context, _: Any) -> Mapping[str, Any]:
    """Nobody hands over what another holds."""
    return {"giver_id": context.viewer.person.id}


async def _of_receipt(context: Context, form: AssetBooking) -> Mapping[str, Any]:
    """What is booked was taken in, and accepted."""
    receipt = await standing_line(context, RECEIPTS, form.receipt_id, "receiptId")
    return {"item_class": receipt["item_class"]}


async def _in_time(context: Context, form: SupplyRequest) -> Mapping[str, Any]:
    """Whether a list is handed in after the day by which its clause wants it."""
    living = await context.rulebook(context.viewer.institution)
    clauses = clauses_of(living, LISTS.name)
    periods = (
        period_at(row, form.wanted_on) for row in living.shapes.cadences if row.clause in clauses
    )
    return {"late": any(each is not None and form.wanted_on > each.due for each in periods)}


async def _by_the_chosen(context: Context, form: ComputerRepair) -> Mapping[str, Any]:
    """Whether the office has settled on whoever repaired it, and still had on the day."""
    chosen = await context.value(CHOSEN, name=form.repairer.strip(), day=form.repaired_on)
    return {"designated": bool(chosen)}


CHECKS: Mapping[str, Check] = {
    REPAIRS.name: _by_the_chosen,
    RECEIPTS.name: _taken_in,
    ISSUES.name: _listed,
    HANDOVERS.name: _given,
    WRITE_OFFS.name: _decided,
    BOOKINGS.name: _of_receipt,
    LISTS.name: _in_time,
}
