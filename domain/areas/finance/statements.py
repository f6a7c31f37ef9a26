"""Statements on money: what came in and went out, what was paid, plans and audits by section."""

from domain.areas.finance.audits import AUDITS
from domain.areas.finance.cash import INCOME
from domain.areas.finance.loans import LOANS
from domain.areas.finance.payments import PAYMENTS, PLAN_KIND
from domain.records.sources import UNITS, Cases, Entries, Lines, Requests
from domain.records.statements import Statement, left, number, shows, summed, total

PAID, TAKEN = Lines(PAYMENTS), Lines(INCOME)
PLANS, AUDITED = Requests((PLAN_KIND,)), Cases(AUDITS, day="audited_on")

ACCOUNTS = Statement(
    "finance.accounts",
    columns=(
        total("income", "收入", "What came in", TAKEN, "amount"),
        total("spending", "支出", "What was paid out", PAID, "amount"),
        number("payments", "支出笔数", "How many payments", PAID),
        total("cash", "现金支出", "Paid in cash", PAID, "amount", {"payment_method": "cash"}),
        total("cheques", "支票支出", "By cheque", PAID, "amount", {"payment_method": "cheque"}),
        total(
            *("cards", "公务卡支出", "By official card", PAID, "amount"),
            {"payment_method": "official_card"},
        ),
        left("loans", "未结清借款", "Loans not settled", Entries(LOANS), "amount"),
    ),
)
SPENDING = Statement(
    "finance.spending",
    lists=PAYMENTS,
    columns=(
        *shows(PAYMENTS, "paid_on", "purpose", "payee", "payment_method", "amount"),
        summed(PAYMENTS, "total", "合计", "Total", "amount"),
    ),
)
PLANNED = Statement(
    "finance.plans",
    by=UNITS,
    columns=(
        number("plans", "批准的计划", "Plans that were approved", PLANS),
        total("planned", "计划金额", "What they come to", PLANS, "amount"),
    ),
)
AUDITING = Statement(
    "finance.audits",
    by=UNITS,
    columns=(
        number("audits", "审计次数", "How often it was audited", AUDITED),
        number("reports", "书面报告", "Reported in writing", Cases(AUDITS, day="reported_on")),
        number("told", "反馈", "Told to the unit", Cases(AUDITS, day="fed_back_on")),
        number("assessed", "纳入考核", "Entered", Cases(AUDITS, day="assessed_on")),
    ),
)
STATEMENTS = (ACCOUNTS, SPENDING, PLANNED, AUDITING)
