"""What a meeting decided 会议决策: who carries it out, and what came of it."""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party, Rule, Tells
from domain.records.registers import PERSON
from domain.records.rules import begun
from domain.records.stage_rules import remarked, rising
from domain.vocabulary import Label


class Discussed(Form):
    """会议研究事项: what a meeting discussed, and when."""

    title: str = asked("事项", "The matter", longest=200)
    discussed_on: date = asked("研究日期", "The day of the meeting")
    discussion: str = asked("研究情况", "What was said", longest=4000)


class MeetingDecision(Discussed):
    """会议决策及落实: what was decided, who carries it out, and what came of it."""

    decision: str = asked("决策", "What was decided", default="", longest=4000)
    leader_id: UUID | None = referring("分管领导", "The leader in charge", PERSON, default=None)
    responsible_id: UUID | None = referring("责任人", "Who carries it out", PERSON, default=None)
    due_on: date | None = asked("完成期限", "By when", default=None)
    checked: str = asked("检查、督促、协调情况", "What the office found", default="", longest=2000)
    leader_supervision_needed: bool | None = asked(
        "需要领导督办", "A leader has to supervise", default=None
    )
    supervision: str = asked("督办情况", "What the leader did", default="", longest=2000)
    outcome: str = asked("落实结果", "What came of it", default="", longest=4000)


followed = remarked(MeetingDecision)
TOLD = {"title": "title"}
URGED = Tells("DECISION_URGED", ("leader_id", "responsible_id"), details=TOLD)
MEETING_DECISION = CaseKind(
    "meeting.decision",
    Label("会议决策", "Decision of a meeting"),
    table=case_table("meeting_decisions", MeetingDecision),
    record=MeetingDecision,
    entry=Entry(Discussed, kept=True, rules=(begun("discussed_on"),)),
    chain=("meeting.decision",),
    day="discussed_on",
    parties=(
        Party("begun_by", Label("记录的人", "who entered it")),
        Party("leader_id", Label("分管领导", "the leader in charge")),
        Party("responsible_id", Label("责任人", "who carries it out")),
    ),
    stages={
        "decide": followed("decision"),
        "assign": followed(
            "leader_id",
            "responsible_id",
            "due_on",
            rules=(Rule("END_BEFORE_START", ("due_on",), rising("discussed_on", "due_on")),),
            since="due_on",
            tells=Tells("DECISION_TO_CARRY_OUT", ("leader_id", "responsible_id"), details=TOLD),
        ),
        "check": followed("checked", "leader_supervision_needed", tells=URGED),
        "lead": followed("supervision", tells=URGED),
        "finish": followed("outcome"),
    },
)
