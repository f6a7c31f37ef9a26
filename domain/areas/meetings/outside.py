"""Meetings that others hold 外出会议: who goes, what they bring back, and what comes of it."""

from datetime import datetime
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party, Rule, Tells
from domain.records.registers import PERSON
from domain.records.stage_rules import not_ahead, remarked
from domain.vocabulary import Act, Label


class Invited(Form):
    """会议通知: what is held where, when and by whom."""

    begins_at: datetime = asked("开会时间", "When it begins")
    held_by: str = asked("主办单位", "Who holds it", longest=200)
    title: str = asked("会议名称", "What it is called", longest=200)
    place: str = asked("地点", "Where", longest=200)


class OutsideMeeting(Invited):
    """外出会议办理: from the notice to what the office does about what was decided there."""

    attendee_id: UUID | None = referring("参会人员", "Who goes", PERSON, default=None)
    preparation: str = asked("会前准备", "What was prepared", default="", longest=2000)
    report: str = asked("会议决定事项", "What was decided there", default="", longest=4000)
    other_sections_concerned: bool = asked(
        "涉及其他股室", "Other sections are concerned", default=False
    )
    coordination: str = asked("协调情况", "What was agreed with them", default="", longest=2000)
    outcome: str = asked("落实情况", "What came of it", default="", longest=2000)


TOLD = {"title": "title"}
GO = Tells("MEETING_TO_ATTEND", ("attendee_id",), details=TOLD)
REPORTED = Tells("MEETING_REPORTED", act=Act.SEE, details=TOLD)
stage = remarked(OutsideMeeting)
MEETING = CaseKind(
    "meeting.outside",
    Label("外出会议", "Meeting of others"),
    table=case_table("outside_meetings", OutsideMeeting),
    record=OutsideMeeting,
    entry=Entry(Invited, kept=True),
    chain=("outside_meeting",),
    parties=(
        Party("begun_by", Label("收到通知的人", "who was told of it")),
        Party("attendee_id", Label("参会人员", "who goes")),
    ),
    stages={
        "assign": stage("attendee_id", tells=GO),
        "prepare": stage("preparation"),
        "attend": stage(rules=(Rule("NOT_YET_HAPPENED", ("event",), not_ahead("begins_at")),)),
        "report": stage("report", may=("other_sections_concerned",), tells=REPORTED),
        "coordinate": stage("coordination"),
        "carry_out": stage("outcome"),
    },
)
