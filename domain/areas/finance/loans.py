"""Cash lent to staff: an approved loan is owed until it is settled."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.accounts import Account, Balance, Flow, Opening, opening
from domain.records.registers import PERSON, REQUEST, Draw, Entry, Register
from domain.records.rules import happened
from domain.values.bounds import PAID


class Settled(StrEnum):
    """结算方式; how a loan was settled."""

    REIMBURSED = "reimbursed"
    REPAID = "repaid"
    DEDUCTED = "deducted"


@dataclass(frozen=True, kw_only=True)
class CashLoanOpening(Opening):
    """借款期初; what somebody owes of earlier loans."""


@dataclass(frozen=True, kw_only=True)
class LoanSettlement(Entry):
    """借款结算; a loan settled by a reimbursement, by cash, or out of wages."""

    person_id: UUID = referring("借款人", "Who borrowed", PERSON)
    settled_on: date = asked("结算日期", "The day")
    amount: Decimal = asked("金额", "Amount", bounds=PAID)
    how: Settled = asked("结算方式", "How")
    reimbursement_id: UUID | None = referring(
        "报销申请", "The reimbursement", "Request", default=None
    )


@dataclass(frozen=True, kw_only=True)
class BusinessEnd(Entry):
    """事毕登记; that the business for which money was borrowed is over."""

    person_id: UUID = referring("借款人", "Who borrowed", PERSON)
    loan_id: UUID = referring("借款申请", "The approved loan", REQUEST)
    ended_on: date = asked("事毕日期", "The day")


SETTLEMENTS = Register(
    "finance.loan_settlement",
    LoanSettlement,
    lines="loan_settlements",
    word="LoanSettlement",
    day="settled_on",
    about="person_id",
    by_others=True,
    rules=happened("settled_on"),
)

ENDS = Register(
    "finance.business_end",
    BusinessEnd,
    lines="loan_business_ends",
    day="ended_on",
    about="person_id",
    once=("loan_id",),
    draws=(Draw("loan_id", ("loan.cash",), applicant="person_id"),),
    rules=happened("ended_on"),
)


def _unsettled(balance: Balance) -> bool:
    return balance.owes


LOANS = Account(
    opening("finance.cash_loans", CashLoanOpening, "cash_loan_openings", "CashLoanOpening"),
    unit="yuan",
    debited=(Flow("loan.cash", "amount"),),
    credited=(Flow(SETTLEMENTS.name, "amount"),),
    gives={"prior_loan_unsettled": _unsettled},
    owed=True,
)
ACCOUNTS = (LOANS,)
REGISTERS = (SETTLEMENTS, LOANS.opens, ENDS)
VALUES = {
    "Settled": {
        "REIMBURSED": "报销冲抵: by an approved reimbursement.",
        "REPAID": "归还现金: paid back.",
        "DEDUCTED": "工资扣还: out of wages.",
    }
}
