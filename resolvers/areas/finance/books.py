"""What no word says of the books of finance: the plan, the whole income, the balance."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from domain.areas.finance import cash, loans, payments
from domain.errors import at_fault
from domain.records.lines import stands
from domain.records.registers import Register
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.acts import kept_by
from resolvers.records.approvals import asked_by, request_of
from resolvers.records.register_rows import standing_line
from resolvers.records.registers import Check
from resolvers.records.thing_rows import thing_of

LENDING = "loan."  # what is lent is settled later, and spent by no plan
PRIVATE = "private"


async def _paid(context: Context, form: payments.Payment) -> Mapping[str, Any]:
    """An office whose sections plan first pays by the approved plan of the month alone."""
    living = await context.rulebook()
    clause = asked_by(living, (payments.PLAN_KIND,), context.today)
    paid = await request_of(context, form.request_id)
    lends = paid is not None and paid["kind"].startswith(LENDING)
    if clause and form.plan_id is None:
        if not lends:
            raise at_fault("PLAN_NEEDED", "input", "planId", clause=clause)
    elif form.plan_id:
        plan = await request_of(context, form.plan_id)
        month = (plan["form"].get("month") or "") if plan else ""
        if month and month != form.paid_on.replace(day=1).isoformat():
            raise at_fault("PLAN_OF_ANOTHER_MONTH", "input", "planId", clause=clause)
    return {"months_late": payments.months_late(form), "lends": lends}


async def _ended(context: Context, form: loans.BusinessEnd) -> None:
    """The office's business, for which money was lent: a private loan has none that could end."""
    loan = await request_of(context, form.loan_id)
    if loan and loan["facts"].get("purpose") == PRIVATE:
        clause = kept_by(await context.rulebook(), loans.ENDS.name)
        raise at_fault("APPROVED_FOR_ANOTHER_KIND", "input", "loanId", clause=clause)


async def _drawn(context: Context, form: payments.Cheque) -> None:
    """The cheque is one of the book that is named."""
    book = await thing_of(context, payments.CHEQUE_BOOKS, form.book_id)
    if book is None:
        raise at_fault("NOT_FOUND_HERE", "input", "bookId")
    first, last = book["first_number"], book["last_number"]
    if not first <= form.cheque_number <= last:
        raise at_fault("NOT_IN_THE_BOOK", "input", "chequeNumber", first=first, last=last)


async def _whole(context: Context, form: cash.IncomeHandover | cash.Banking) -> None:
    """All that was taken in is handed over, or paid into the bank."""
    if form.income_id is None:
        return
    amount = (await standing_line(context, cash.INCOME, form.income_id, "incomeId"))["amount"]
    if amount != form.amount:
        raise at_fault("INCOME_NOT_WHOLE", "input", "amount", amount=f"{amount:f}")


async def _left_over(context: Context, form: cash.CashPaidOut) -> None:
    """No more is left over than was drawn."""
    drawn = await standing_line(context, cash.WITHDRAWALS, form.withdrawal_id, "withdrawalId")
    if form.left_over > drawn["amount"]:
        raise at_fault("TOO_LARGE", "input", "leftOver", maximum=f"{drawn['amount']:f}")


MOVES: Mapping[cash.Journal, tuple[tuple[Register, str, int, str], ...]] = {
    cash.Journal.CASH: (
        (cash.INCOME, "received_on", 1, "means = 'cash'"),
        (cash.WITHDRAWALS, "drawn_on", 1, "true"),
        (payments.PAYMENTS, "paid_on", -1, "payment_method = 'cash'"),
        (cash.BANKINGS, "banked_on", -1, "means = 'cash'"),
    ),
    cash.Journal.BANK: (
        (cash.INCOME, "received_on", 1, "means = 'transfer'"),
        (cash.BANKINGS, "banked_on", 1, "true"),
        (payments.PAYMENTS, "paid_on", -1, "payment_method <> 'cash'"),
        (cash.WITHDRAWALS, "drawn_on", -1, "true"),
    ),
}
"""What moves a journal: lines of which book, on which day, which way, and which of them."""


def _moved(journal: cash.Journal) -> Any:
    parts = " union all ".join(
        f"select {sign} * t.amount as amount from {of.lines} t"
        f" where t.institution_id = :institution and t.{day} > :since and t.{day} <= :until"
        f" and {which} and {stands(of.table, 't')}"
        for of, day, sign, which in MOVES[journal]
    )
    return statement(f"select coalesce(sum(amount), 0) from ({parts}) moved")


MOVED = {journal: _moved(journal) for journal in cash.Journal}
LAST_CLOSED = statement(f"""
  select closed_on, balance from finance_closings t
  where institution_id = :institution and journal = :journal and closed_on < :day
    and {stands(cash.CLOSINGS.table, "t")} order by closed_on desc limit 1""")


async def _closed(context: Context, form: cash.Closing) -> None:
    day = form.closed_on
    await _must_agree(context, form.journal, (day, day), form.balance, "balance")


async def _counted(context: Context, form: cash.CashCount) -> None:
    """What the books say is no word of whoever counts."""
    days = form.counted_on + timedelta(days=1), form.counted_on
    await _must_agree(context, cash.Journal.CASH, days, form.cash_on_book, "cashOnBook")


async def _must_agree(
    context: Context, journal: cash.Journal, days: tuple[date, date], told: Decimal, column: str
) -> None:
    """What is left is what the last closing before a day left, with all that moved until another.

    The first closing opens the book.
    """
    of: dict[str, Any] = {"institution": context.viewer.institution}
    last = await context.transaction.row(LAST_CLOSED, **of, journal=journal.value, day=days[0])
    if last is None:
        return
    of |= {"since": last["closed_on"], "until": days[1]}
    moved: Decimal = await context.transaction.value(MOVED[journal], **of)
    left = last["balance"] + moved
    if left != told:
        raise at_fault("JOURNAL_DIFFERS", "input", column, balance=f"{left:f}")


CHECKS: Mapping[str, Check] = {
    payments.PAYMENTS.name: _paid,
    payments.CHEQUES.name: _drawn,
    loans.ENDS.name: _ended,
    cash.HANDOVERS.name: _whole,
    cash.BANKINGS.name: _whole,
    cash.PAID_OUT.name: _left_over,
    cash.CLOSINGS.name: _closed,
    cash.COUNTS.name: _counted,
}
