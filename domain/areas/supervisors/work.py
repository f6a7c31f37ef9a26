"""What supervisors do 监督活动: what they are invited to, what they say, how they score.

Regulations: 聘請監督員暫行辦法, 績效管理 (評議會).
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.areas.supervisors.roll import APPOINTED, APPOINTMENTS
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind
from domain.records.cases import Entry as Beginning
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.records.rules import happened
from domain.records.sources import CONCERNED, UNITS, By, Cases, Lines
from domain.records.stage_rules import remarked
from domain.records.statements import Statement, mean, number
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.vocabulary import Label


class SupervisorActivity(Choice):
    """What supervisors take part in."""

    INSPECTION = "inspection", "检查活动: an inspection."
    MEETING = "meeting", "有关会议: a meeting."
    RESEARCH = "research", "专项调查研究: a special inquiry."
    PUBLICITY = "publicity", "政策法规宣传: making laws and policies known."


class Invitation(Entry):
    """监督员活动登记; what a supervisor was invited to, and whether they came."""

    appointment_id: UUID = referring("监督员", "The supervisor", APPOINTED)
    invited_for: date = asked("活动日期", "The day of it")
    activity: SupervisorActivity = asked("活动", "What it was")
    subject: str = asked("内容", "What it was about", longest=200)
    attended: bool = asked("到会、参加", "They came", default=False)


ACTIVITIES = Register("supervisors.activity", Invitation, day="invited_for")


class SupervisorSaid(Choice):
    """What a supervisor hands in."""

    OPINION = "opinion", "意见、建议: an opinion or a suggestion."
    VOICE = "voice", "社会呼声和群众意见: what the public says."
    INFORMATION = "information", "反映情况、提供信息: what they know."


class Handed(Form):
    """监督员意见: what a supervisor said, and when."""

    appointment_id: UUID | None = referring("监督员", "The supervisor", APPOINTED, default=None)
    received_on: date = asked("收到日期", "Received on")
    said_as: SupervisorSaid = asked("类别", "What it is")
    content: str = asked("内容", "What they say", longest=2000)


class Answered(Handed):
    """监督员意见及答复: what a supervisor said, and what the bureau answered."""

    answer: str = asked("答复", "The answer", default="", longest=2000)
    answered_at: datetime | None = asked("答复时间", "Answered at", default=None)


OPINION = CaseKind(
    "supervisors.opinion",
    Label("监督员意见", "Opinion of a supervisor"),
    table=case_table("supervisors_opinions", Answered, counted_by="appointment_id"),
    record=Answered,
    entry=Beginning(Handed, kept=True, since="received_on", rules=happened("received_on")),
    chain=("supervisors.opinion",),
    day="received_on",
    filters=("said_as",),
    stages={"answer": remarked(Answered)("answer", moments=("answered_at",))},
)
MARK = between(0, 100, "0.01", unit="score")


class ScoreSheet(Entry):
    """监督员评分表; how a supervisor scores a section or somebody who works there."""

    appointment_id: UUID = referring("监督员", "The supervisor", APPOINTED)
    rated_on: date = asked("评议日期", "The day of the review")
    unit_id: UUID = referring("科室", "The section", UNIT)
    person_id: UUID | None = referring("工作人员", "Who works there", PERSON, default=None)
    recognition: Decimal = asked("工作和廉政认可度", "Work and integrity", bounds=MARK)
    satisfaction: Decimal = asked("服务和作风满意度", "Service and conduct", bounds=MARK)
    influence: Decimal = asked("社会和舆论影响度", "Standing with the public", bounds=MARK)


SHEETS = Register(
    "supervisors.sheet",
    ScoreSheet,
    day="rated_on",
    about="person_id",
    of_unit="unit_id",
    once=("appointment_id", "rated_on", "unit_id", "person_id"),
)
REGISTERS = (ACTIVITIES, SHEETS)
SUPERVISORS = By(
    "appointment_id",
    Label("监督员", "The supervisor"),
    APPOINTED,
    ((APPOINTMENTS.table.c.name, Label("姓名", "Name")),),
    found=True,
)
INVITED, SAID, SCORED = Lines(ACTIVITIES), Cases(OPINION, day="received_on"), Lines(SHEETS)
MARKS = (
    number("sheets", "评分表数", "Score sheets", SCORED),
    mean("recognition", "工作和廉政认可度", "Work and integrity", SCORED, "recognition"),
    mean("satisfaction", "服务和作风满意度", "Service and conduct", SCORED, "satisfaction"),
    mean("influence", "社会和舆论影响度", "Standing with the public", SCORED, "influence"),
)
STATEMENTS = (
    Statement(
        "supervisors.year",
        by=SUPERVISORS,
        columns=(
            number("invited", "应邀次数", "How often invited", INVITED),
            number("attended", "参加次数", "How often they came", INVITED, {"attended": True}),
            number("said", "意见、信息件数", "What they handed in", SAID),
            number("answered", "已答复件数", "Answered", SAID, {"state": "answered"}),
        ),
    ),
    Statement("supervisors.review", by=UNITS, columns=MARKS),
    Statement("supervisors.review_people", by=CONCERNED, columns=MARKS),
)
