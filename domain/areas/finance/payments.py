"""Money paid out: against an approved request and the month's plan, by cash, cheque or card."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form, Procedure, Requirement, asked, explanation, referring
from domain.records.registers import PERSON, REQUEST, Draw, Entry, Register
from domain.records.rules import ordered
from domain.records.things import Card, Custody, Thing
from domain.values.bounds import PAID, between
from domain.values.choices import Choice

PLAN_KIND, CHEQUE_KIND = "expenditure.budget", "cheque.issue"


class PaymentMethod(Choice):
    """付款方式; how money is paid out."""

    CASH = "cash", "现金: in cash."
    CHEQUE = "cheque", "支票: by cheque."
    TRANSFER = "transfer", "转账: by transfer."
    OFFICIAL_CARD = "official_card", "公务卡: by official card."


class MonthlyPlan(Form):
    """开支计划; what a section means to spend in a month, before it is spent."""

    explanation: str = explanation()
    month: date | None = asked("月份(首日)", "The month, by its first day", default=None)
    amount: Decimal | None = asked("金额", "Amount", default=None)


def _of_month(form: MonthlyPlan, _: Any) -> bool:
    return form.month is None or form.month.day == 1


PLAN: Procedure[MonthlyPlan] = Procedure(
    kind=PLAN_KIND,
    form=MonthlyPlan,
    requirements=(
        Requirement("REQUIRED", ("month",), lambda form, _: form.month is not None),
        Requirement("NOT_A_FIRST_DAY", ("month",), _of_month),
        Requirement("REQUIRED", ("amount",), lambda form, _: form.amount is not None),
    ),
)


class Payment(Entry):
    """付款登记; money that was paid out, and the approval that it was paid by."""

    paid_on: date = asked("付款日期", "The day")
    request_id: UUID = referring("批准的申请", "The approved request", REQUEST)
    plan_id: UUID | None = referring(
        "批准的月度开支计划", "The approved plan of the month", REQUEST, default=None
    )
    payee_id: UUID | None = referring("领款人", "Who received it", PERSON, default=None)
    payee: str = asked("收款单位", "The firm that received it", default="", longest=100)
    purpose: str = asked("用途", "What for", longest=200)
    spent_on: date | None = asked("开支日期", "The day on which it was spent", default=None)
    amount: Decimal = asked("金额", "Amount", bounds=PAID)
    payment_method: PaymentMethod = asked("付款方式", "How it was paid")
    card_possible: bool | None = asked("可刷公务卡", "An official card could be used", default=None)
    exception: str = asked(
        "特殊情况", "Why it was not paid as in principle it is", default="", longest=200
    )
    voucher_number: str = asked("凭证号", "Voucher", default="", longest=50)
    vouched_by_id: UUID | None = referring(
        "开具凭证的会计", "The accountant who issued the voucher", PERSON, default=None
    )
    return_by: date | None = asked("归还期限", "When what is lent is due back", default=None)
    lends: bool = asked("付出的是借款", "It is lent", default=False, served=True)
    months_late: int = asked(
        "跨月月数", "Months between spending and booking", default=0, served=True
    )


def months_late(payment: Payment) -> int:
    """How many months after the one in which it was spent it is booked."""
    spent, paid = payment.spent_on or payment.paid_on, payment.paid_on
    return (paid.year - spent.year) * 12 + paid.month - spent.month


PAYMENTS = Register(
    "finance.payment",
    Payment,
    day="paid_on",
    about="payee_id",
    draws=(
        Draw("request_id", amount="amount", spends=True),
        Draw("plan_id", (PLAN_KIND,), amount="amount", spends=True),
    ),
    exception="exception",
    until="return_by",
    rules=(
        ordered("spent_on", "paid_on", code="END_BEFORE_START"),
        Requirement[Any](
            "END_BEFORE_START",
            ("return_by",),
            lambda form, _: form.return_by is None or form.return_by >= form.paid_on,
        ),
    ),
)


class ChequeBook(Card):
    """支票簿; a book of blank cheques."""

    name: str = asked("名称", "What it is called", longest=100)
    account: str = asked("银行账户", "Bank account", longest=100)
    first_number: int = asked("起始号码", "First number", bounds=between(1, 999_999_999))
    last_number: int = asked("终止号码", "Last number", bounds=between(1, 999_999_999))


CHEQUE_BOOKS = Thing(
    "finance.cheque_book",
    ChequeBook,
    cards="cheque_books",
    named_by="name",
    unique=("name",),
    fixed=("first_number", "last_number"),
    custody=Custody(),
    cleared=("items_handed_over",),
    rules=(ordered("first_number", "last_number", code="LAST_BEFORE_FIRST"),),
)


class FinanceSeal(Card):
    """财务印鉴; a seal that the bank holds a print of."""

    name: str = asked("印鉴名称", "Name", longest=100)
    account: str = asked("银行账户", "Bank account", default="", longest=100)


SEALS = Thing(
    "finance.seal",
    FinanceSeal,
    cards="finance_seals",
    named_by="name",
    unique=("name",),
    custody=Custody(),
)


class Cheque(Entry):
    """支票领用登记; a cheque that was filled in, stamped and handed to somebody."""

    book_id: UUID = referring("支票簿", "The book", CHEQUE_BOOKS.reference)
    cheque_number: int = asked("支票号码", "Number", bounds=between(1, 999_999_999))
    request_id: UUID = referring("批准的领用申请", "The approved request", REQUEST)
    receiver_id: UUID = referring("领用人", "Who received it", PERSON)
    drawn_on: date = asked("签发日期", "Drawn on")
    payee: str = asked("收款人", "Payee", default="", longest=100)
    purpose: str = asked("支付用途", "What for", longest=200)
    amount: Decimal = asked("金额", "Amount", bounds=PAID)
    stamped_on: date = asked("盖章日期", "Stamped on")


CHEQUES = Register(
    "finance.cheque",
    Cheque,
    table_name="cheques",
    day="drawn_on",
    about="receiver_id",
    once=("book_id", "cheque_number"),
    draws=(Draw("request_id", (CHEQUE_KIND,), amount="amount", applicant="receiver_id"),),
    rules=(ordered("drawn_on", "stamped_on", code="STAMPED_BEFORE_FILLED_IN"),),
)
PROCEDURES: tuple[Procedure[Any], ...] = (PLAN,)
REGISTERS = (PAYMENTS, CHEQUES)
THINGS = (CHEQUE_BOOKS, SEALS)
