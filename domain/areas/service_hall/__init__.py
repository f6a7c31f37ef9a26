"""Service hall 办事窗口: who is at which window, the hall's log, and what checks of it found.

Regulations: 辦事大廳管理規定, 窗口工作人员管理, 户籍窗口建设.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import Requirement, asked, referring
from domain.records.registers import PERSON, REQUEST, UNIT, Draw, Entry, Register
from domain.records.rules import around, begun
from domain.records.sources import CONCERNED, By, DaysWithout, Lines
from domain.records.statements import Statement, names, number
from domain.values.bounds import PAID
from domain.values.choices import Choice
from domain.vocabulary import Label


class HallPost(Choice):
    """窗口岗位; where somebody of a window is that day."""

    FRONT = "front", "前台窗口: at the window."
    STANDBY = "standby", "备岗: ready to take its place."


class HallShift(Entry):
    """窗口排班; who is at which window on a day, or ready to take its place."""

    day: date = asked("日期", "The day")
    unit_id: UUID = referring("业务科室", "The section", UNIT)
    hall_window: str = asked("窗口", "The window", longest=50)
    hall_post: HallPost = asked("岗位", "Where")
    person_id: UUID = referring("人员", "Who", PERSON)


class HallCheck(Entry):
    """窗口人员在岗和服务情况登记; what a check of the windows found of somebody."""

    checked_at: datetime = asked("检查时间", "When")
    person_id: UUID = referring("窗口人员", "Who was at the window", PERSON)
    at_post: bool = asked("在岗", "They were there")
    served_well: bool = asked("服务规范", "They served as laid down")
    remarks: str = asked("备注", "Remarks", default="", longest=500)


class HallLog(Entry):
    """大厅工作日志; a day in the hall, by its director."""

    day: date = asked("日期", "The day")
    attendance: str = asked("出勤", "Who came", longest=500)
    dress: str = asked("着装", "How they dressed", longest=500)
    cleanliness: str = asked("卫生", "How clean it was", longest=500)
    absences: str = asked("请销假", "Leave taken and come back from", longest=500)
    work: str = asked("工作情况", "What was done", longest=2000)


class HouseholdOfficer(Entry):
    """户籍民警上岗登记; who takes up a household window, and what they were found fit for."""

    from_day: date = asked("上岗日期", "From when")
    person_id: UUID = referring("民警", "The officer", PERSON)
    hall_window: str = asked("户籍窗口", "The window", longest=100)
    city_trained: bool = asked("经市级培训", "Trained by the city")
    post_assessment_passed: bool = asked("考核合格", "Passed the assessment")
    post_certificate: bool = asked("持证", "Certified")
    knows_policy: bool = asked("掌握户政管理政策", "Knows the policy")
    knows_procedure: bool = asked("熟悉办理程序", "Knows the procedures")
    operates_computer: bool = asked("熟练操作计算机", "Works the computer with skill")
    detects_forgery: bool = asked("能辨别证件真伪", "Tells true papers from false")


class OfficerHandover(Entry):
    """户籍民警工作交接; what an officer who leaves a window hands over to the next, who signs."""

    on_day: date = asked("交接日期", "The day")
    hall_window: str = asked("户籍窗口", "The window", longest=100)
    to_id: UUID = referring("接任民警", "Who takes over", PERSON)
    content: str = asked("交接内容", "What is handed over", longest=2000)


class OfficerTransfer(Entry):
    """户籍民警工作调整登记; an officer who leaves a household window, as the county consented."""

    moves_on: date = asked("调整生效日期", "From when")
    person_id: UUID = referring("民警", "The officer", PERSON)
    hall_window: str = asked("户籍窗口", "The window that they leave", longest=100)
    to_post: str = asked("调整后的岗位", "Their new post", longest=200)
    request_id: UUID = referring("县级户政部门同意的申请", "The consent", REQUEST)


class FeeItem(Choice):
    """收费项目; what a household window takes a fee for."""

    HOUSEHOLD_PAPERS = (
        "household_papers",
        "户籍管理证件工本费: the papers of household registration.",
    )
    IDENTITY_CARD = "identity_card", "居民身份证工本费: the identity card."
    OTHER = "other", "其他项目: anything else."


class FeeReceipt(Choice):
    """收费票据; what is given for a fee."""

    PROVINCIAL = "provincial", "省级财政部门统一印制或监制: of the province's finance department."
    OTHER = "other", "其他票据: any other."


class HouseholdFee(Entry):
    """户籍收费登记; a fee as a window took it, and the receipt that was given for it."""

    taken_on: date = asked("收费日期", "The day")
    payer: str = asked("交费人", "Who paid", longest=50, confidential=True)
    fee_item: FeeItem = asked("收费项目", "For what")
    fee_standard: Decimal = asked("规定的收费标准", "What it is set at", bounds=PAID)
    amount: Decimal = asked("实收金额", "What was taken", bounds=PAID)
    fee_receipt: FeeReceipt = asked("票据", "Which receipt")
    receipt_number: str = asked("票据号", "Its number", longest=50)


SHIFTS = Register(
    "hall.shift",
    HallShift,
    day="day",
    past=False,
    about="person_id",
    of_unit="unit_id",
    once=("day", "person_id"),
    rules=(around("day"),),
)
WATCHED = Register("hall.check", HallCheck, day="checked_at", about="person_id", by_others=True)
DAYS = Register("hall.log", HallLog, day="day", once=("day",), due=True)
AT_POST = """not exists (
  select from household_transfers gone
  where (gone.institution_id, gone.person_id, gone.hall_window)
      = (t.institution_id, t.person_id, t.hall_window)
    and gone.moves_on between t.from_day and :last
    and not gone.void and not exists (select from household_transfers later
      where (later.institution_id, later.corrects) = (gone.institution_id, gone.id)))
and not exists (
  select from household_handovers gone
  where (gone.institution_id, gone.recorded_by) = (t.institution_id, t.person_id)
    and gone.hall_window = t.hall_window and gone.on_day between t.from_day and :last
    and not gone.void and not exists (select from household_handovers later
      where (later.institution_id, later.corrects) = (gone.institution_id, gone.id))
    and exists (select from line_signatures signed
      where (signed.institution_id, signed.line_id) = (gone.institution_id, gone.id)))"""
"""An officer is no longer at a window that they left or handed over."""
OFFICERS = Register(
    "household.officer",
    HouseholdOfficer,
    day="from_day",
    past=False,
    about="person_id",
    rules=(begun("from_day"),),
    counted=AT_POST,
)
HANDOVERS = Register("household.handover", OfficerHandover, day="on_day", signed_by="to_id")
TRANSFERS = Register(
    "household.transfer",
    OfficerTransfer,
    day="moves_on",
    past=False,
    about="person_id",
    once=("request_id",),
    draws=(Draw("request_id", ("personnel.rotation",)),),
)
FEES = Register(
    "household.fee",
    HouseholdFee,
    day="taken_on",
    once=("receipt_number",),
    rules=(
        Requirement(
            "ABOVE_STANDARD", ("amount",), lambda form, _: form.amount <= form.fee_standard
        ),
    ),
)
REGISTERS = (SHIFTS, WATCHED, DAYS, OFFICERS, TRANSFERS, HANDOVERS, FEES)
FOUND = Lines(WATCHED)
WINDOWS = By("hall_window", Label("窗口", "The window"))
NOBODY, NO_FRONT = (
    DaysWithout(SHIFTS, WINDOWS.key),
    DaysWithout(SHIFTS, WINDOWS.key, ("hall_post", HallPost.FRONT.value)),
)
STATEMENTS = (
    Statement(
        "hall.windows",
        by=WINDOWS,
        columns=(
            number("shifts", "排班人次", "Turns set down", Lines(SHIFTS)),
            names("empty", "无人排班的工作日", "Working days without anybody", NOBODY, "missed_on"),
            names(
                "no_front",
                "前台无人的工作日",
                "Working days without anybody at the front",
                NO_FRONT,
                "missed_on",
            ),
        ),
    ),
    Statement(
        "hall.checks",
        by=CONCERNED,
        columns=(
            number("times", "抽查次数", "How often checked", FOUND),
            number("away", "不在岗次数", "How often not there", FOUND, {"at_post": False}),
            number(
                "served_ill",
                "服务不规范次数",
                "How often not as laid down",
                FOUND,
                {"served_well": False},
            ),
        ),
    ),
)
