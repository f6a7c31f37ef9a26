"""Cash lent to staff: an approved loan is owed until it is settled."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import Requirement, asked, referring
from domain.records.accounts import Account, Flow, Opening, opening
from domain.records.registers import PERSON, REQUEST, Draw, Entry, Register
from domain.values.bounds import PAID
from domain.values.choices import Choice

LENT = ("loan.cash", "loan.travel_advance")


class Settled(Choice):
    """结算方式; how a loan was settled."""

    REIMBURSED = "reimbursed", "报销冲抵: by an approved reimbursement."
    REPAID = "repaid", "归还现金: paid back."
    DEDUCTED = "deducted", "工资扣还: out of wages."


class CashLoanOpening(Opening):
    """借款期初; what somebody owes of earlier loans."""


class LoanSettlement(Entry):
    """借款结算; a loan settled by a reimbursement, by cash, or out of wages."""

    person_id: UUID = referring("借款人", "Who borrowed", PERSON)
    settled_on: date = asked("结算日期", "The day")
    amount: Decimal = asked("金额", "Amount", bounds=PAID)
    how: Settled = asked("结算方式", "How")
    reimbursement_id: UUID | None = referring(
        "报销申请", "The reimbursement", "Request", default=None
    )
    loan_id: UUID | None = referring(
        "所结的借款申请（不填先结最早的）",
        "The loan it settles; none: the oldest",
        REQUEST,
        default=None,
    )


by_a_reimbursement = Requirement[LoanSettlement](
    "REQUIRED",
    ("reimbursement_id",),
    lambda form, _: form.how is not Settled.REIMBURSED or form.reimbursement_id is not None,
)


class BusinessEnd(Entry):
    """事毕登记; that the business for which money was borrowed is over."""

    person_id: UUID = referring("借款人", "Who borrowed", PERSON)
    loan_id: UUID = referring("借款申请", "The approved loan", REQUEST)
    ended_on: date = asked("事毕日期", "The day")


SETTLEMENTS = Register(
    "finance.loan_settlement",
    LoanSettlement,
    word="LoanSettlement",
    day="settled_on",
    about="person_id",
    by_others=True,
    draws=(
        Draw("reimbursement_id", ("reimbursement.general",), "amount", "person_id", spends=True),
        Draw("loan_id", LENT, "amount", "person_id"),
    ),
    rules=(by_a_reimbursement,),
)

ENDS = Register(
    "finance.business_end",
    BusinessEnd,
    table_name="loan_business_ends",
    day="ended_on",
    about="person_id",
    once=("loan_id",),
    draws=(Draw("loan_id", ("loan.cash",), applicant="person_id"),),
)


LOANS = Account(
    opening("finance.cash_loans", CashLoanOpening, "cash_loan_openings", "CashLoanOpening"),
    unit="yuan",
    debited=tuple(Flow(each, "amount") for each in LENT),
    credited=(Flow(SETTLEMENTS.name, "amount", against="loan_id"),),
    gives={"prior_loan_unsettled": lambda balance: balance.owes},
    owed=True,
)
ACCOUNTS = (LOANS,)
REGISTERS = (SETTLEMENTS, LOANS.opens, ENDS)
