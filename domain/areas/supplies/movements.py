"""What moves the store: bought and taken in, handed out, given back, handed over, written off."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.areas.supplies.store import COUNTS, DIFFERENCES, ITEMS, OPENINGS, Moved, SupplyClass
from domain.records.registers import PERSON, UNIT, Draw, Entry, Register
from domain.records.rules import another, ordered
from domain.records.stock import MANY, OUTSIDE, STORE, Flow, Stock
from domain.values.bounds import MONEY
from domain.values.choices import Choice


class ReturnCondition(Choice):
    """归还状况; in what condition it comes back."""

    INTACT = "intact", "完好: as it was."
    DAMAGED = "damaged", "有损坏: damaged."


class SupplyRequest(Entry):
    """用品清单; what a section wants that is not handed out at any time."""

    wanted_on: date = asked("上交日期", "The day that it is handed in")
    unit_id: UUID = referring("科室", "The section", UNIT)
    what: str = asked("用品名称", "What is wanted", longest=100)
    quantity: int = asked("数量", "How many", bounds=MANY)
    late: bool = asked("逾期", "Later than the day by which it is due", default=False, served=True)


LISTS = Register(
    "supplies.list",
    SupplyRequest,
    word="SupplyRequest",
    day="wanted_on",
    of_unit="unit_id",
    due=True,
)


class SupplyReceipt(Moved):
    """采购入库登记; what was bought, by whom and from whom, and taken in."""

    received_on: date = asked("入库日期", "The day that it is taken in")
    unit_price: Decimal | None = asked("单价", "Price of each", default=None, bounds=MONEY)
    supplier: str = asked("供应商", "Bought from", default="", longest=100)
    invoice: str = asked("发票号", "Invoice", default="", longest=50)
    buyer_id: UUID | None = referring("采购人", "Who bought it", PERSON, default=None)
    second_buyer_id: UUID | None = referring(
        "共同采购人", "Who bought it with them", PERSON, default=None
    )
    request_id: UUID | None = referring(
        "批准的采购申请", "The approved purchase", "Request", default=None
    )
    compared_with: str = asked("比价供应商二", "A second supplier asked", default="", longest=100)
    compared_price: Decimal | None = asked("报价二", "Second price", default=None, bounds=MONEY)
    also_compared_with: str = asked("比价供应商三", "A third", default="", longest=100)
    also_compared_price: Decimal | None = asked("报价三", "Third price", default=None, bounds=MONEY)
    acceptor_id: UUID | None = referring("验收保管人", "Who accepts it", PERSON, default=None)
    suppliers_compared: int = asked("比价家数", "Suppliers compared", default=0, served=True)


def suppliers_compared(receipt: SupplyReceipt) -> int:
    """Whom it was bought from, and each other supplier whose price is told."""
    others = (
        (receipt.compared_with, receipt.compared_price),
        (receipt.also_compared_with, receipt.also_compared_price),
    )
    asked_too = {name.strip() for name, price in others if price is not None}
    return len({receipt.supplier.strip(), *asked_too} - {""})


RECEIPTS = Register(
    "supplies.receipt",
    SupplyReceipt,
    word="SupplyReceipt",
    day="received_on",
    signed_by="acceptor_id",
    draws=(
        Draw(
            "request_id",
            ("supplies.purchase",),
            worth=("quantity", "unit_price"),
            beforehand=True,
        ),
    ),
    rules=(another("buyer_id", "second_buyer_id"),),
)


class SupplyIssue(Moved):
    """领用登记; what was handed out, and to whom."""

    issued_on: date = asked("领用日期", "The day")
    receiver_id: UUID = referring("领用人", "Who receives it", PERSON)
    request_id: UUID | None = referring(
        "批准的领用申请", "The approved requisition", "Request", default=None
    )
    list_id: UUID | None = referring(
        "用品清单", "The list that it stands on", LISTS.reference, default=None
    )
    listed: bool = asked("已列入清单", "Whether it stands on a list", default=False, served=True)


ISSUES = Register(
    "supplies.issue",
    SupplyIssue,
    word="SupplyIssue",
    day="issued_on",
    about="receiver_id",
    signed_by="receiver_id",
    signed_if_asked=True,
    draws=(Draw("request_id", ("supplies.requisition",), count="quantity"),),
)


class SupplyReturn(Moved):
    """归还登记; what came back, and in what condition."""

    returned_on: date = asked("归还日期", "The day")
    returner_id: UUID = referring("归还人", "Who gives it back", PERSON)
    condition: ReturnCondition = asked("归还状况", "In what condition")
    leaving: bool = asked("调离或解聘", "On leaving the office", default=False)
    found: str = asked("现状说明", "What is damaged", default="", longest=300)


RETURNS = Register(
    "supplies.return",
    SupplyReturn,
    word="SupplyReturn",
    day="returned_on",
    about="returner_id",
    by_others=True,
)


class SupplyHandover(Moved):
    """物品移交; what one person hands over to another, who signs."""

    handed_on: date = asked("移交日期", "The day")
    taker_id: UUID = referring("接收人", "Who takes it over, and signs", PERSON)
    giver_id: UUID | None = referring(
        "移交人", "Who hands it over", PERSON, default=None, served=True
    )


HANDOVERS = Register(
    "supplies.handover",
    SupplyHandover,
    word="SupplyHandover",
    day="handed_on",
    about="taker_id",
    by_others=True,
    signed_by="taker_id",
)


class SupplyWriteOff(Moved):
    """登记注销; what is no more: passed to another office, sold or scrapped."""

    written_off_on: date = asked("注销日期", "The day")
    reason: str = asked("原因", "Why", longest=300)
    holder_id: UUID | None = referring("使用人", "Who held it", PERSON, default=None)
    request_id: UUID | None = referring(
        "批准的处置申请", "The approved disposal", "Request", default=None
    )
    disposal_approved: bool = asked("处置已获批准", "Approved", default=False, served=True)


WRITE_OFFS = Register(
    "supplies.write_off",
    SupplyWriteOff,
    word="SupplyWriteOff",
    day="written_off_on",
    draws=(Draw("request_id", ("asset.disposal", "asset.transfer"), count="quantity"),),
)


class AssetBooking(Entry):
    """固定资产立账; a fixed asset as the accountant books it."""

    booked_on: date = asked("入账日期", "The day")
    receipt_id: UUID = referring("入库登记", "Where it was taken in", RECEIPTS.reference)
    account: str = asked("账页", "The page of the account", longest=50)
    amount: Decimal = asked("金额", "Value", bounds=MONEY)
    item_class: SupplyClass | None = asked("类别", "Its class", default=None, served=True)


BOOKINGS = Register(
    "supplies.asset_booking",
    AssetBooking,
    word="AssetBooking",
    day="booked_on",
    once=("receipt_id",),
)


class ComputerRepair(Entry):
    """电脑维修登记; a repair by the standing repairer, accepted by the user and the office."""

    user_id: UUID = referring("电脑使用人", "Who uses it, and signs", PERSON)
    reported_on: date = asked("报修日期", "Reported on")
    contacted_on: date = asked("联系维修日期", "The repairer was called on")
    repaired_on: date = asked("修理日期", "Repaired on")
    repairer: str = asked("定点维修单位", "The standing repairer", longest=100)
    designated: bool | None = asked(
        "属定点维修单位", "Whether the office has chosen them", default=None, served=True
    )
    content: str = asked("维修内容", "What was done", longest=500)
    amount: Decimal | None = asked("记账金额", "Put on account", default=None, bounds=MONEY)


REPAIRS = Register(
    "supplies.computer_repair",
    ComputerRepair,
    word="ComputerRepair",
    day="repaired_on",
    about="user_id",
    by_others=True,
    signed_by="user_id",
    rules=(ordered("reported_on", "contacted_on", "repaired_on"),),
)

SUPPLIES = Stock(
    ITEMS,
    flows=(
        Flow(OPENINGS, OUTSIDE, STORE),
        Flow(RECEIPTS, OUTSIDE, STORE),
        Flow(ISSUES, STORE, "receiver_id"),
        Flow(RETURNS, "returner_id", STORE),
        Flow(HANDOVERS, "giver_id", "taker_id"),
        Flow(WRITE_OFFS, "holder_id", OUTSIDE),
    ),
    counts=COUNTS,
    settlements=DIFFERENCES,
    used_up=("item_class", SupplyClass.CONSUMABLE),
    leaving="personnel.departure",
    cleared=("durable_supplies_returned", "items_handed_over"),
)
REGISTERS = (LISTS, *SUPPLIES.registers, BOOKINGS, REPAIRS)
