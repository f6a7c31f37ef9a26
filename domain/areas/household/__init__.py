"""Household registration 户籍: what officers found on the spot, and which births were told of.

Regulations: 户口登记, 受理与审批.
"""

from datetime import date, datetime
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.areas.household.interference import INTERFERENCE
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Rule
from domain.records.cases import Entry as Entered
from domain.records.registers import REQUEST, Draw, Entry, Register
from domain.records.rules import happened
from domain.records.stage_rules import not_ahead, remarked, rising
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.vocabulary import Label


class Surveyed(Choice):
    """调查事项; what an officer looks into."""

    LATE_ENTRY = "late_entry", "补登、补录户口: a late entry."
    MOVE_IN = "move_in", "申请迁入户口: a move in, as in the form of its survey."
    OTHER = "other", "其他常住户口登记事项: anything else that is sent up."


class Survey(Entry):
    """调查报告; what officers found out on the spot about what is asked for."""

    request_id: UUID = referring("户口申请", "The request", REQUEST)
    surveyed_on: date = asked("调查日期", "The day")
    survey_of: Surveyed = asked("调查事项", "What about")
    officers: int = asked(
        "参加调查的民警人数", "How many officers", bounds=between(1, 100, unit="person")
    )
    officer_names: str = asked("调查民警", "Which officers", longest=200)
    informed_persons: int = asked(
        "被调查的知情人数",
        "Informed persons asked",
        default=0,
        bounds=between(0, 1000, unit="person"),
    )
    on_site_investigated: bool = asked("实地调查", "On the spot")
    report_complete: bool = asked("报告完整准确", "The report is complete and accurate")
    papers_only: bool = asked("只凭证明材料", "From papers alone", default=False)
    paper_sent: bool = asked("纸质呈批材料已报送", "The paper file was sent up", default=False)
    report: str = asked("调查情况", "What they found", longest=5000)


class BirthNotice(Entry):
    """新生婴儿户口登记通报; that family planning was told of a birth."""

    request_id: UUID = referring("出生登记", "The registration", REQUEST)
    told_on: date = asked("通报日期", "The day")
    told_to: str = asked("通报单位", "Who was told", longest=200)


class LodgingArea(Choice):
    """居住地区; where somebody from abroad stays."""

    URBAN = "urban", "城市: in a town, told of within 24 hours."
    RURAL = "rural", "农村: in the country, told of within 72 hours."


class Arrival(Form):
    """境外人员抵达; somebody from abroad who came to stay with a resident."""

    arrived_at: datetime = asked("抵达时间", "When they came")
    area_type: LodgingArea = asked("居住地区", "In a town or in the country")
    lodger_name: str = asked("境外人员姓名", "Who came", longest=100)
    host_name: str = asked("留宿居民", "With whom they stay", longest=100)


class Lodger(Arrival):
    """境外人员住宿登记; who came, and when their stay was declared."""

    declared_at: datetime | None = asked("申报时间", "When it was declared", default=None)


LODGER = CaseKind(
    "household.lodger",
    Label("境外人员住宿登记", "Stay of somebody from abroad"),
    table=case_table("household_lodgers", Lodger),
    record=Lodger,
    entry=Entered(Arrival, kept=True, since="arrived_at", rules=happened("arrived_at")),
    chain=("household.lodger",),
    day="arrived_at",
    stages={
        "declare": remarked(Lodger)(
            "declared_at",
            rules=(
                Rule("NOT_YET_HAPPENED", ("declared_at",), not_ahead("declared_at")),
                Rule("END_BEFORE_START", ("declared_at",), rising("arrived_at", "declared_at")),
            ),
        )
    },
)
SURVEYED = tuple(
    f"household.{each}"
    for each in (
        *("birth", "late_entry", "birth_date", "rename", "name_restore", "former_name"),
        *("ethnicity", "adoption", "split", "establish", "move_in", "move_out", "restore"),
        *("move_in_permit", "farm_to_nonfarm", "nonfarm_to_farm"),
    )
)
"""Requests that change what is registered of a household."""
CASES = (LODGER, INTERFERENCE)
REGISTERS = (
    Register(
        "household.survey",
        Survey,
        table_name="household_surveys",
        day="surveyed_on",
        draws=(Draw("request_id", SURVEYED, pending=True),),
    ),
    Register(
        "household.birth_notice",
        BirthNotice,
        day="told_on",
        once=("request_id",),
        draws=(Draw("request_id", ("household.birth",)),),
    ),
)
