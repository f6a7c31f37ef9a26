"""Canteen 食堂: what is delivered, bought and paid, who works there, and who enters the kitchen.

Regulations: 食堂管理及用餐制度, 食堂管理.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.procedure import (
    Form,
    Procedure,
    Requirement,
    Summary,
    asked,
    explanation,
    near,
    referring,
)
from domain.records.registers import PERSON, Entry, Register, Serving
from domain.records.rules import first_of_month
from domain.time.wording import days_between
from domain.values.bounds import between
from domain.vocabulary import Act

MONEY = between("0.01", 1_000_000, grid="0.01", unit="yuan")


class Menu(Form):
    """每周食谱; what is cooked on each day of a week."""

    begins: date = asked("首日", "Its first day")
    ends: date = asked("末日", "Its last day")
    explanation: str = explanation()


def _days(form: Menu, _: Any) -> Summary:
    of = days_between(form.begins, form.ends)
    return Summary(f"每周食谱，{of.zh}", f"Weekly menu, {of.en}")


MENU = Procedure(
    kind="canteen.menu",
    form=Menu,
    summary=_days,
    requirements=(
        near("begins", lambda form: form.begins),
        Requirement("END_BEFORE_START", ("ends",), lambda form, _: form.begins <= form.ends),
    ),
)
PROCEDURES = (MENU,)


class Delivery(Entry):
    """到货过秤核验登记; what was delivered and weighed by two, the second of whom signs."""

    delivered_on: date = asked("到货日期", "Delivered on")
    goods: str = asked("物品", "The goods", longest=200)
    weight: Decimal = asked(
        "重量", "Weight", bounds=between("0.01", 100_000, grid="0.01", unit="kilogram")
    )
    supplier: str = asked("供应单位", "Supplier", longest=200)
    checker_id: UUID = referring("第二核验人", "Who checks with the keeper", PERSON)


DELIVERIES = Register("canteen.delivery", Delivery, day="delivered_on", signed_by="checker_id")


class Purchase(Entry):
    """采购物品日记账; what was bought for the canteen, for how much, and who saw it taken in."""

    bought_on: date = asked("日期", "Bought on")
    goods: str = asked("物品", "The goods", longest=200)
    quantity: str = asked("数量", "How much of it", longest=100)
    canteen_purchase_cost: Decimal = asked("金额", "Cost", bounds=MONEY)
    people: int | None = asked(
        "用餐人数", "For how many people", default=None, bounds=between(1, 10_000, unit="person")
    )
    buyer_id: UUID | None = referring("采购人", "Who bought it", PERSON, default=None)
    witness_id: UUID | None = referring("监证人", "Who saw it taken in", PERSON, default=None)
    delivery_id: UUID | None = referring(
        "到货登记", "The delivery", DELIVERIES.reference, default=None
    )
    late: bool | None = asked("次日以后补记", "Entered after its day", default=None, served=True)
    exception: str = asked(
        "超出标准的说明", "Why it costs more than the standard", default="", longest=500
    )


PURCHASES = Register(
    "canteen.purchase",
    Purchase,
    day="bought_on",
    signed_by="witness_id",
    signed_if_asked=True,
    exception="exception",
)


class Fee(Entry):
    """餐费收缴登记; what somebody paid for their meals of a month."""

    month: date = asked("月份", "Month, its first day")
    person_id: UUID = referring("就餐人", "Who eats there", PERSON)
    canteen_fee_month: Decimal = asked("餐费", "What was paid", bounds=MONEY)
    owed: Decimal | None = asked(
        "尚欠", "What is owed of the month", default=None, bounds=MONEY, served=True
    )


FEES = Register(
    "canteen.fee",
    Fee,
    day="month",
    past=False,
    rules=(first_of_month("month"),),
    about="person_id",
    once=("person_id", "month"),
)


class Worker(Entry):
    """食堂人员上岗登记; who works in the canteen from a day on, and what they were checked for."""

    from_day: date = asked("上岗日期", "From what day")
    person_id: UUID = referring("食堂工作人员", "Who works there", PERSON)
    hygiene_licence: bool = asked("持卫生许可证", "Holds the hygiene licence")
    regular_check: bool = asked("按期检查", "Checked as is due")


class KitchenEntry(Entry):
    """进入操作间登记; who was let into the kitchen, and what for."""

    entered_at: datetime = asked("进入时间", "When")
    entrant_id: UUID = referring("进入人员", "Who", PERSON)
    purpose: str = asked("事由", "What for", longest=200)


REGISTERS = (
    DELIVERIES,
    PURCHASES,
    FEES,
    Register("canteen.worker", Worker, day="from_day", about="person_id"),
    Register(
        "canteen.kitchen_entry",
        KitchenEntry,
        table_name="kitchen_entries",
        day="entered_at",
        serving={"entrant_id": Serving(act=Act.CONFIRM, unfit="KITCHEN_CLOSED_TO")},
    ),
)
