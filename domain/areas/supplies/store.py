"""What the store holds: an item on its card, a count of it, and what is decided of a difference."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import UNIT, Entry, Register
from domain.records.stock import MANY, Counted, Settled
from domain.records.things import Card, Custody, Thing
from domain.values.bounds import MONEY
from domain.values.choices import Choice
from domain.values.names import Names
from domain.vocabulary import Act


class SupplyClass(Choice):
    """物品类别; what an item is."""

    CONSUMABLE = "consumable", "低值易耗品: used up."
    OTHER = "other", "其他办公用品: lasts, and is no fixed asset."
    FIXED_ASSET = "fixed_asset", "固定资产: a fixed asset."


class SupplyItem(Card):
    """物品; a kind of supplies, or a fixed asset."""

    name: str = asked("名称", "Name", longest=100)
    item_class: SupplyClass = asked("类别", "Class")
    counted_in: str = asked("计量单位", "Counted in", longest=20)
    unit_id: UUID | None = referring("保管科室", "The section that keeps it", UNIT, default=None)
    unit_price: Decimal | None = asked("单价", "What one is worth", default=None, bounds=MONEY)


ITEMS = Thing(
    "supplies.item",
    SupplyItem,
    cards="supplies",
    named_by="name",
    unique=("name",),
    fixed=("item_class",),
    word="SupplyItem",
)


class Equipment(Card):
    """可携带的高档办公用品; a portable thing that sections borrow, one at a time."""

    name: str = asked("名称", "Name", longest=100)
    serial: str = asked("编号", "Number", default="", longest=50)


EQUIPMENT = Thing(
    "supplies.equipment",
    Equipment,
    cards="equipment",
    named_by="name",
    unique=("name",),
    word="Equipment",
    custody=Custody(lent_by=("asset.borrow",)),
    cleared=("durable_supplies_returned", "items_handed_over"),
)


class SupplierOf(Choice):
    """供应内容; what a designated supplier is there for."""

    VEHICLE_REPAIR = "vehicle_repair", "车辆维修和装具: repairs of vehicles, and their equipment."
    COMPUTER_REPAIR = (
        "computer_repair",
        "电脑维修和耗材: repairs of computers and more.",
    )
    SUPPLIES = "supplies", "办公用品: office supplies."
    OTHER = "other", "其他: something else."


class Supplier(Card):
    """定点厂家和商家; who repairs or sells, settled on by the office."""

    name: str = asked("名称", "Name", longest=100)
    supplies_what: SupplierOf = asked("供应内容", "What for")
    chosen_on: date = asked("确定日期", "When it was settled on")
    grounds: str = asked("确定依据（价格、质量）", "Why: its prices and its work", longest=500)
    agreed_until: date | None = asked("约定到期", "Until when it is agreed", default=None)


SUPPLIERS = Thing(
    "supplies.supplier",
    Supplier,
    cards="suppliers",
    named_by="name",
    unique=("name",),
    word="Supplier",
)


class FuelCard(Card):
    """油卡; a card that fuel is paid with, which drivers draw from the office."""

    number: str = asked("卡号", "Its number", names=Names.SERIAL)


FUEL_CARDS = Thing(
    "supplies.fuel_card",
    FuelCard,
    cards="fuel_cards",
    named_by="number",
    unique=("number",),
    custody=Custody(),
    cleared=("items_handed_over",),
    word="FuelCard",
)


class Moved(Entry):
    """So many of an item."""

    item_id: UUID = referring("物品", "The item", ITEMS.reference)
    quantity: int = asked("数量", "How many", bounds=MANY)
    item_class: SupplyClass | None = asked("类别", "Its class", default=None, served=True)


class SupplyOpening(Moved):
    """期初库存; what was there when the books were begun."""

    opened_on: date = asked("起始日期", "The day that the books begin")


class SupplyCount(Counted):
    """库存盘点; what two people found of an item."""

    item_id: UUID = referring("物品", "The item", ITEMS.reference)
    item_class: SupplyClass | None = asked("类别", "Its class", default=None, served=True)
    unit_price: Decimal | None = asked("单价", "What one is worth", default=None, served=True)


OPENINGS = Register(
    "supplies.opening", SupplyOpening, word="SupplyOpening", day="opened_on", once=("item_id",)
)
COUNTS = Register(
    "supplies.count",
    SupplyCount,
    word="SupplyCount",
    day="counted_on",
    about="second_id",
    by_others=True,
    signed_by="second_id",
)


class SupplyDifference(Settled):
    """盘点差异处理; what becomes of what a count found too much or too little."""

    count_id: UUID = referring("盘点", "The count", COUNTS.reference)
    item_id: UUID | None = referring("物品", "The item", ITEMS.reference, default=None, served=True)


DIFFERENCES = Register(
    "supplies.difference",
    SupplyDifference,
    word="SupplyDifference",
    day="settled_on",
    once=("count_id",),
    act=Act.TAKE,
)
