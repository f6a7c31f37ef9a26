"""Files of leave 请销假档案: the slip and the return, going out, and allowances withheld.

Regulations: 请休假, 请假程序, 政务大厅窗口工作人员管理制度.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.areas.leave.leave import CALENDAR_DAY_KINDS, WORKING_DAY_KINDS
from domain.records.registers import PERSON, REQUEST, Draw, Entry, Register
from domain.records.rules import first_of_month, ordered
from domain.values.bounds import PAID
from domain.values.choices import Choice

LEAVES = tuple(sorted(WORKING_DAY_KINDS | CALENDAR_DAY_KINDS))
OUTINGS = ("leave.official", "leave.personal", "leave.sick", "outing.official", "outing.private")


class LeaveFile(Entry):
    """请销假归档; the signed slip of an approved leave, its proofs and its return."""

    person_id: UUID = referring("请假人", "Whose leave", PERSON)
    request_id: UUID = referring("批准的请假", "The approved leave", REQUEST)
    filed_on: date = asked("归档日期", "The day on which it is filed")
    returned_on: date | None = asked("返岗日期", "Back at the post on", default=None)
    proofs: str = asked("证明材料", "The proofs", default="", longest=500)


class GoingOut(Entry):
    """外出登记; whoever leaves the hall signs for when they went and when they were back."""

    person_id: UUID = referring("外出人", "Who goes out", PERSON)
    request_id: UUID = referring("批准的请假或外出", "What was approved", REQUEST)
    left_at: datetime = asked("离开时间", "When they left")
    back_at: datetime | None = asked("返回时间", "When they were back", default=None)


class TakenIn(Choice):
    """入账科目; as what money that was withheld is taken in."""

    OTHER_INCOME = "other_income", "其他收入: other income of the unit, apart."
    BUDGET = "budget", "预算经费: with the budget of the unit."


class Withheld(Entry):
    """扣发津补贴入账; what was withheld of whom for a month, and as what it was taken in."""

    person_id: UUID = referring("当事人", "Of whom", PERSON)
    month: date = asked("月份", "The first day of the month")
    amount: Decimal = asked("金额", "How much", bounds=PAID)
    taken_in: TakenIn = asked("入账科目", "As what it is taken in")


FILES = Register(
    "leave.file",
    LeaveFile,
    day="filed_on",
    about="person_id",
    once=("request_id",),
    draws=(Draw("request_id", LEAVES, applicant="person_id"),),
)
REGISTERS = (
    FILES,
    Register(
        "leave.going_out",
        GoingOut,
        table_name="goings_out",
        day="left_at",
        about="person_id",
        signed_by="person_id",
        rules=(ordered("left_at", "back_at"),),
        draws=(Draw("request_id", OUTINGS, applicant="person_id"),),
    ),
    Register(
        "leave.withheld",
        Withheld,
        table_name="withheld_allowances",
        day="month",
        word="WithheldAllowance",
        about="person_id",
        by_others=True,
        once=("person_id", "month"),
        rules=(first_of_month("month"),),
    ),
)
