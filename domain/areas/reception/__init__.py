"""Receptions 公务接待: what is arranged for guests once it is approved, and what it came to.

Regulations: 接待工作规定, 公务接待制度, 财务管理制度.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.procedure import Approved, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Party
from domain.records.lines import stored
from domain.records.registers import PERSON, REQUEST, Draw, Entry, Register
from domain.records.stage_forms import carried
from domain.records.stage_rules import remarked
from domain.values.bounds import MONEY
from domain.vocabulary import Label


@dataclass(frozen=True, kw_only=True)
class Reception:
    """接待单: an approved reception, from the slip to the bill."""

    business: str = asked("接待事由", "What for", default="", longest=2000)
    people: int | None = asked("人数", "How many guests", default=None)
    reception_standard: Decimal | None = asked(
        "接待标准", "The standard set for it", default=None, bounds=MONEY
    )
    companions: str = asked("陪餐人员", "Who eats with them", default="", longest=500)
    lead_id: UUID | None = referring("接待责任人", "Who answers for it", PERSON, default=None)
    drinks_cost: Decimal | None = asked(
        "烟酒水费", "Tobacco and drinks", default=None, bounds=MONEY
    )
    reception_cost: Decimal | None = asked(
        "实际费用", "What it came to", default=None, bounds=MONEY
    )
    signed_id: UUID | None = referring("签收人", "Who signed", PERSON, default=None, served=True)
    feedback: str = asked("接待情况反馈", "How it went", default="", longest=2000)


def _begun(form: Any, _: Approved) -> Reception:
    return carried(form, Reception, business=form.explanation)


def _paths(form: Any) -> tuple[str, ...]:
    """In the canteen by the slip, elsewhere by the bill; where a text has one way it is by that."""
    outside = stored(form.place) == "outside" or form.off_site
    return ("reception.bill",) if outside else ("reception.meal", "reception.bill")


_stage = remarked(Reception)
_ORDERED = _stage("reception_standard", may=("companions", "lead_id"))
_INVOICE = ("invoice_attached", bool, asked("附有消费发票", "The invoice is with it"))
_CARD = (
    "official_card",
    bool | None,
    asked("当次公务卡结账", "Settled at once by the official card", default=None),
)
SLIP = CaseKind(
    "reception.slip",
    Label("接待单", "Slip of a reception"),
    table=case_table("reception_slips", Reception, renewed=True),
    record=Reception,
    begins_with=(Begins("reception.meal", _begun, _paths, ("major", "special_case")),),
    begun="reception_standard",
    parties=(
        Party("begun_by", Label("经办人", "who asked for it")),
        Party("lead_id", Label("接待责任人", "who answers for it")),
    ),
    stages={
        "arrange": replace(_ORDERED, needs=(*_ORDERED.needs, ("companions", "lead_id"))),
        "issue_slip": _ORDERED,
        "fill_in_notice": _ORDERED,
        "tell_canteen": _stage(),
        "dine": _stage(),
        "serve": _stage(may=("drinks_cost", "reception_cost")),
        "sign_drinks": _stage("drinks_cost", signs=("signed_id",)),
        "return_slip": _stage(may=("reception_cost",)),
        "sign_bill": _stage("drinks_cost", "reception_cost", signs=("signed_id",)),
        "claim": _stage(also=(_INVOICE, _CARD)),
        "report_back": _stage("feedback"),
    },
)


class Companion(Entry):
    """陪餐人员登记; who is to eat with the guests of an approved reception."""

    request_id: UUID = referring("接待申请", "The reception", REQUEST)
    person_id: UUID = referring("陪餐人员", "Who eats with them", PERSON)
    exception: str = asked(
        "由哪位领导确定", "Which leader named them, where they are none of these", default="",
        longest=200,
    )  # fmt: skip


COMPANIONS = Register(
    "reception.companion",
    Companion,
    about="person_id",
    once=("request_id", "person_id"),
    draws=(Draw("request_id", ("reception.meal",)),),
    exception="exception",
)
CASES = (SLIP,)
REGISTERS = (COMPANIONS,)
