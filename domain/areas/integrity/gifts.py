"""Gifts 礼品礼金: what could not be refused is on record, and stays open until it is handed in.

Regulations: 工作人员廉洁勤政守则, 纪检监察工作制度.
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form, Procedure, asked, explanation, referring
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Entry, Party
from domain.records.registers import PERSON
from domain.records.rules import begun, happened
from domain.records.stage_forms import carried
from domain.records.stage_rules import done, remarked
from domain.values.bounds import MONEY
from domain.values.choices import Choice
from domain.vocabulary import Label


class GiftWay(Choice):
    """Which way a gift goes."""

    RECEIVED = "received", "收到: somebody gave it to one of the office."
    GIVEN = "given", "赠送: one of the office gives it."
    DEMANDED = "demanded", "索要: one of the office asks for it."


class Surrender(Form):
    """礼品登记上交: a gift that could not be refused; it stays open until it is handed in."""

    explanation: str = explanation()
    amount: Decimal | None = asked("金额", "What it is worth", default=None, bounds=MONEY)
    could_not_refuse: bool | None = asked(
        "礼品未能拒收", "The gift could not be refused", default=None
    )
    gift_way: GiftWay = asked("送收方向", "Which way it goes", default=GiftWay.RECEIVED)
    received_on: date | None = asked("收到日期", "The day", default=None)
    giver: str = asked("赠送的单位或个人", "Who gave it", default="", longest=200)


class Gift(Form):
    """礼品登记及上交: what was received, and to whom and when it was handed in."""

    gift: str = asked("礼品", "What it is", longest=2000)
    amount: Decimal | None = asked("金额", "What it is worth", default=None, bounds=MONEY)
    received_on: date | None = asked("收到日期", "The day", default=None)
    giver: str = asked("赠送的单位或个人", "Who gave it", default="", longest=200)
    handed_to: str = asked("上交给", "To whom it was handed in", default="", longest=100)
    handed_on: date | None = asked("上交日期", "Handed in on", default=None)


def _begun(form: Surrender, _: Any) -> Gift:
    return carried(form, Gift, gift=form.explanation)


HANDED_IN = done("handed_on")
GIFT = CaseKind(
    "integrity.gift",
    Label("礼品登记", "Gift on record"),
    table=case_table("integrity_gifts", Gift),
    record=Gift,
    begins_with=(Begins("gift.surrender", _begun, lambda _: ("gift.surrender",)),),
    rules=HANDED_IN,
    parties=(Party("begun_by", Label("登记人", "who received it")),),
    stages={"hand_in": remarked(Gift)("handed_to", "handed_on")},
)


class GiftMoneyReceived(Form):
    """红包礼金登记: money that a leading cadre was given."""

    received_on: date = asked("收到日期", "The day")
    person_id: UUID = referring("党政领导干部", "Which leading cadre", PERSON)
    giver: str = asked("赠送的单位或个人", "Who gave it", default="", longest=200)
    amount: Decimal = asked("金额", "How much", bounds=MONEY)


class GiftMoney(GiftMoneyReceived):
    """红包礼金登记及上交: what was given, and to whom and when it was handed in."""

    handed_to: str = asked("上交给", "To whom it was handed in", default="", longest=100)
    handed_on: date | None = asked("上交日期", "Handed in on", default=None)


GIFT_MONEY = CaseKind(
    "integrity.gift_money",
    Label("红包礼金登记", "Gift money on record"),
    table=case_table("integrity_gift_money", GiftMoney),
    record=GiftMoney,
    entry=Entry(GiftMoneyReceived, kept=True, since="received_on", rules=happened("received_on")),
    chain=("integrity.gift_money",),
    day="received_on",
    rules=HANDED_IN,
    parties=(Party("person_id", Label("党政领导干部", "the leading cadre")),),
    stages={"hand_in": remarked(GiftMoney)("handed_to", "handed_on")},
)
PROCEDURES: tuple[Procedure[Any], ...] = (
    Procedure("gift.surrender", Surrender, requirements=(begun("received_on"),)),
)
CASES = (GIFT, GIFT_MONEY)
