"""Days of leave that somebody has: annual leave by years of service, time off for overtime."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.accounts import Account, Balance, Flow, Opening, opening
from domain.records.registers import PERSON, Entry, Register
from domain.values.bounds import between


class AnnualLeaveOpening(Opening):
    """年休假期初; the days that somebody has left, and since when they have worked."""

    worked_since: date | None = asked("参加工作日期", "At work since", default=None)


class CompensatoryLeaveOpening(Opening):
    """补休期初; the days that somebody has left for overtime worked before."""


class OvertimePayment(Entry):
    """加班补助发放; overtime that was paid, for which no time off is due."""

    person_id: UUID = referring("当事人", "Who was paid", PERSON)
    paid_on: date = asked("发放日期", "The day")
    days: Decimal = asked("加班天数", "Days of overtime", bounds=between("0.5", 366, "0.5", "day"))


PAYMENTS = Register(
    "overtime.payment", OvertimePayment, day="paid_on", about="person_id", by_others=True
)

ANNUAL = Account(
    opening("leave.annual_days", AnnualLeaveOpening, "annual_leave_openings", "AnnualLeaveOpening"),
    unit="day",
    debited=(
        Flow("leave.annual", "days"),
        Flow("leave.personal", "year_total_days", beyond=True),
    ),
    years="service_years",
    since="worked_since",
)


def _paid(balance: Balance) -> bool:
    """Whether what is gone was paid: there is nothing left to take."""
    return balance.room <= 0 and balance.moved.get(PAYMENTS.name, 0) < 0


COMPENSATORY = Account(
    opening(
        "leave.compensatory_days",
        CompensatoryLeaveOpening,
        "compensatory_leave_openings",
        "CompensatoryLeaveOpening",
    ),
    unit="day",
    credited=(Flow("overtime.work", "days"),),
    debited=(Flow("leave.compensatory", "days"), Flow(PAYMENTS.name, "days")),
    gives={"overtime_approved": lambda balance: balance.credited > 0, "overtime_paid": _paid},
)

ACCOUNTS = (ANNUAL, COMPENSATORY)
REGISTERS = (PAYMENTS, *(each.opens for each in ACCOUNTS))
