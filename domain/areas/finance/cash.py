"""The cashier's books: what came in and where it went, each day closed, counted and reconciled."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import Circumstances, Requirement, asked, referring
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.records.rules import Rule, first_of_month
from domain.values.bounds import MONEY, PAID
from domain.values.choices import Choice


class IncomeMeans(Choice):
    """收款方式; how money came in."""

    CASH = "cash", "现金: in cash."
    CHEQUE = "cheque", "支票: by cheque."
    TRANSFER = "transfer", "转账: by transfer."


class Journal(Choice):
    """日记账; the journal of the cash, or of the bank."""

    CASH = "cash", "现金日记账: the cash journal."
    BANK = "bank", "银行日记账: the bank journal."


class Income(Entry):
    """收款登记; what came in on a day, with the invoices that were given for it."""

    received_on: date = asked("收款日期", "The day")
    collector_id: UUID = referring("经收人", "Who took it", PERSON)
    unit_id: UUID | None = referring("收费科室", "The section that took it", UNIT, default=None)
    payer: str = asked("交款单位或个人", "From whom", default="", longest=100)
    purpose: str = asked("事由", "What for", longest=200)
    means: IncomeMeans = asked("收款方式", "How it came")
    amount: Decimal = asked("金额", "Amount", bounds=PAID)
    invoices: str = asked("发票或收据号", "Invoices or receipts given", longest=200)


INCOME = Register(
    "finance.income", Income, day="received_on", about="collector_id", of_unit="unit_id"
)


class IncomeHandover(Entry):
    """收入上交; income that a section hands to the finance section, with its invoices."""

    income_id: UUID = referring("收款登记", "The income", INCOME.reference)
    handed_on: date = asked("上交日期", "The day")
    amount: Decimal = asked("金额", "Amount", bounds=PAID)
    invoices: str = asked("随交发票号", "Invoices handed over with it", longest=200)
    receiver_id: UUID = referring("接收人", "Who receives it, and signs", PERSON)


HANDOVERS = Register(
    "finance.income_handover",
    IncomeHandover,
    table_name="income_handovers",
    day="handed_on",
    once=("income_id",),
    signed_by="receiver_id",
)


class Banking(Entry):
    """存款登记; cash or cheques that were paid into the bank."""

    income_id: UUID | None = referring("收款登记", "The income", INCOME.reference, default=None)
    banked_on: date = asked("存入日期", "The day")
    means: IncomeMeans = asked("存入的是", "What was paid in")
    amount: Decimal = asked("金额", "Amount", bounds=PAID)
    slip: str = asked("缴款单号", "Paying-in slip", default="", longest=50)


BANKINGS = Register("finance.banking", Banking, table_name="bankings", day="banked_on")


class Withdrawal(Entry):
    """提现登记; cash that was drawn from the bank to be paid out."""

    drawn_on: date = asked("提取或到账日期", "The day")
    amount: Decimal = asked("金额", "Amount", bounds=PAID)
    purpose: str = asked("用途", "What for", longest=200)
    payer_id: UUID = referring("发放人", "Who pays it out", PERSON)
    large: bool = asked("巨额现金", "A large sum, to be paid out the same day", default=False)


WITHDRAWALS = Register(
    "finance.withdrawal", Withdrawal, table_name="withdrawals", day="drawn_on", about="payer_id"
)


class CashPaidOut(Entry):
    """现金发放登记; that a large sum was paid out, and how the rest is kept."""

    withdrawal_id: UUID = referring("提现登记", "The sum", WITHDRAWALS.reference)
    paid_out_on: date = asked("发放日期", "The day")
    left_over: Decimal = asked("未发出金额", "What was not paid out", bounds=MONEY)
    safekeeping: str = asked("未发出现金的保管措施", "How it is kept", default="", longest=200)


def _kept(form: CashPaidOut, _: Circumstances) -> bool:
    return form.left_over == 0 or bool(form.safekeeping.strip())


PAID_OUT = Register(
    "finance.cash_paid_out",
    CashPaidOut,
    table_name="cash_paid_out",
    day="paid_out_on",
    word="CashPaidOut",
    once=("withdrawal_id",),
    rules=(
        Requirement(
            "KEPT_HOW", ("safekeeping",), _kept, check="left_over = 0 or btrim(safekeeping) <> ''"
        ),
    ),
)


class Closing(Entry):
    """日结登记; a journal closed at the end of a day, with what is left."""

    closed_on: date = asked("日期", "The day")
    journal: Journal = asked("日记账", "Which journal")
    balance: Decimal = asked("余额", "What is left", bounds=MONEY)
    reserve_limit: Decimal | None = asked(
        "备用金限额", "How much cash may be kept", default=None, bounds=MONEY
    )


def _within_limit(form: Closing, _: Circumstances) -> bool:
    limit = form.reserve_limit if form.journal is Journal.CASH else None
    return limit is None or form.balance <= limit


CLOSINGS = Register(
    "finance.closing",
    Closing,
    day="closed_on",
    once=("journal", "closed_on"),
    rules=(
        Requirement(
            "CASH_OVER_LIMIT",
            ("reserve_limit",),
            _within_limit,
            check="journal = 'bank' or balance <= reserve_limit",
        ),
    ),
)


def _explained(first: str, second: str) -> Rule:
    """Why two figures differ is told."""
    return Requirement(
        "DIFFERENCE_UNEXPLAINED",
        ("explanation",),
        lambda form, _: (
            getattr(form, first) == getattr(form, second) or bool(form.explanation.strip())
        ),
        check=f"{first} = {second} or btrim(explanation) <> ''",
    )


class CashCount(Entry):
    """现金盘点; the cash counted by another beside the cashier, who signs."""

    counted_on: date = asked("盘点日期", "The day")
    cashier_id: UUID = referring("出纳", "The cashier, who signs", PERSON)
    cash_on_book: Decimal = asked("账面现金", "Cash on the books", bounds=MONEY)
    cash_counted: Decimal = asked("盘点现金", "Cash counted", bounds=MONEY)
    explanation: str = asked("差异说明", "Why they differ", default="", longest=500)


COUNTS = Register(
    "finance.cash_count",
    CashCount,
    table_name="cash_counts",
    day="counted_on",
    about="cashier_id",
    by_others=True,
    signed_by="cashier_id",
    rules=(_explained("cash_on_book", "cash_counted"),),
)


class Reconciliation(Entry):
    """银行对账; the bank journal held against the bank's statement of a month."""

    month: date = asked("月份(首日)", "The month, by its first day")
    reconciled_on: date = asked("对账日期", "The day")
    book_balance: Decimal = asked("账面余额", "Balance of the journal", bounds=MONEY)
    statement_balance: Decimal = asked("对账单余额", "Balance of the statement", bounds=MONEY)
    explanation: str = asked("未达账项", "Items that explain the rest", default="", longest=2000)


RECONCILIATIONS = Register(
    "finance.bank_reconciliation",
    Reconciliation,
    day="reconciled_on",
    word="BankReconciliation",
    once=("month",),
    rules=(first_of_month("month"), _explained("book_balance", "statement_balance")),
)
REGISTERS = (
    *(INCOME, HANDOVERS, BANKINGS, WITHDRAWALS, PAID_OUT),
    *(CLOSINGS, COUNTS, RECONCILIATIONS),
)
