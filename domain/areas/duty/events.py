"""Events on duty 值班事件: an incident or a petitioner, reported and seen through.

Regulations: 机关值班制度, 帶班領導職責, 值班人員職責.
"""

from datetime import datetime

from domain.approval.procedure import Form, asked
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party
from domain.records.rules import happened
from domain.records.stage_rules import remarked
from domain.values.choices import Choice
from domain.vocabulary import Label


class DutyEventKind(Choice):
    """值班事件类别; what happened, and so which steps the office's text wants."""

    INCIDENT = "incident", "重要、紧急情况或突发事件: something urgent that happened or may happen."
    EMERGENCY = "emergency", "带班领导处置的突发事件: an emergency that the duty leader deals with."
    PETITIONER = "petitioner", "上访者: somebody with a petition."


PATHS = {
    DutyEventKind.INCIDENT: ("duty.event", "urgent-report"),
    DutyEventKind.EMERGENCY: ("duty.emergency",),
    DutyEventKind.PETITIONER: ("petitioner-at-hall", "duty.petitioner"),
}


class Happening(Form):
    """值班事件: what came up, when and where."""

    at: datetime = asked("时间", "When")
    event_kind: DutyEventKind = asked("类别", "What it is")
    place: str = asked("地点", "Where", default="", longest=200)
    whom: str = asked("涉及人员", "Who it concerns", default="", longest=200)
    content: str = asked("情况", "What happened", longest=2000)


class Followed(Happening):
    """值班事件办理: what came up on duty, and what was done about it."""

    assessment: str = asked("分析研判", "The assessment", default="", longest=2000)
    reported_to: str = asked("报告对象", "To whom it was reported", default="", longest=200)
    reported_at: datetime | None = asked("报告时间", "When it was reported", default=None)
    details: str = asked("详细记录", "The record in detail", default="", longest=4000)
    instruction: str = asked("领导指示", "What the leaders instruct", default="", longest=2000)
    measures_taken: str = asked("处置措施", "What was done", default="", longest=2000)
    routed_to: str = asked("分流去向", "Where it was routed", default="", longest=200)
    outcome: str = asked("结果与续报", "What came of it", default="", longest=2000)


TOLD = tuple(
    (name, bool | None, asked(zh, en, default=None))
    for name, zh, en in (
        ("duty_leader_told", "已报告带班领导", "The duty leader was told"),
        ("bureau_leader_told", "已报告局领导", "A bureau leader was told"),
        ("superior_duty_told", "已报告上级值班室", "The superior's duty office was told"),
        ("director_told", "已报告主要领导", "The director was told"),
        ("departments_told", "已报告有关部门", "The departments concerned were told"),
    )
)
BEYOND = ("cannot_be_handled", bool, asked("特殊情况无法处理", "It cannot be handled here"))


stage = remarked(Followed)
EVENT = CaseKind(
    "duty.event",
    Label("值班事件", "Event on duty"),
    table=case_table("duty_events", Followed),
    record=Followed,
    entry=Entry(
        Happening,
        paths=lambda form: PATHS[form.event_kind],
        kept=True,
        since="at",
        rules=happened("at"),
    ),
    parties=(Party("begun_by", Label("值班人员", "the officer on duty")),),
    day="at",
    filters=("event_kind",),
    stages={
        "report": stage("reported_to", also=TOLD, moments=("reported_at",)),
        "route": stage("routed_to"),
        "escalate": stage("reported_to", also=(BEYOND,)),
        "carry_out": stage("instruction", "outcome"),
        "assess": stage("assessment"),
        "verify": stage("details"),
        "report_on": stage("outcome"),
        "relay": stage("instruction"),
        "coordinate": stage("measures_taken"),
        "supervise": stage("outcome"),
        "respond": stage("measures_taken"),
        "go_to_scene": stage("details"),
        "report_up": stage("reported_to", moments=("reported_at",)),
        "ask": stage("whom"),
        "record": stage("details"),
        "persuade": stage("outcome"),
    },
)
