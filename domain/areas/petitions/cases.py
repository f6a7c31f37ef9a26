"""Petitions and complaints as cases: what each stage asks for, wherever a path has it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from domain.approval.procedure import Approved, asked, referring
from domain.areas.petitions.forms import ACCUSED, ACCUSED_UNIT, Channel, Matter, Petition
from domain.records.case_tables import case_table
from domain.records.cases import About, Begins, CaseKind, Paper, Party, Rule, Stage, Tells
from domain.records.registers import PERSON, UNIT, Serving
from domain.records.stage_forms import carried, fill
from domain.records.stage_rules import not_today, some
from domain.values.choices import Choice
from domain.vocabulary import Act, Label


class AnswerForm(Choice):
    """In which form an answer is given."""

    ORAL = "oral", "口头: by word of mouth."
    WRITTEN = "written", "书面: in writing."


@dataclass(frozen=True, kw_only=True)
class Handling:
    """信访投诉件办理: a petition or complaint, and all that becomes of it."""

    channel: Channel = asked("来源", "How it came")
    received_on: date = asked("收到日期", "Received on")
    subject: str = asked("反映内容", "What it says")
    superior: str = asked("交办的上级机关", "Superior that assigned it", default="")
    topic: str = asked("问题类别", "What kind of problem", default="")
    complainant_name: str = asked("来信来访人姓名", "Who complains", default="", confidential=True)
    complainant_telephone: str = asked("联系电话", "Telephone", default="", confidential=True)
    complained_of: str = asked("被反映的人或事", "Complained of", default="")
    complained_person_id: UUID | None = referring(*ACCUSED, default=None)
    complained_unit_id: UUID | None = referring(*ACCUSED_UNIT, default=None)
    handler_unit_id: UUID | None = referring("承办科室", "Section", UNIT, default=None)
    handler_id: UUID | None = referring("承办人", "Handler", PERSON, default=None)
    handler_unit: str = asked("承办科室名称", "The section's name", default="")
    handler_name: str = asked("承办人姓名", "The handler's name", default="")
    assigned_at: datetime | None = asked("交办时间", "Assigned at", default=None)
    forwarded_to: str = asked("转交部门", "Department it was passed to", default="")
    forwarded_at: datetime | None = asked("转交时间", "Passed on at", default=None)
    urged_at: datetime | None = asked("催办时间", "Last urged at", default=None)
    answer: str = asked("答复", "The answer or result", default="", longest=2000)
    answer_form: AnswerForm | None = asked("答复形式", "Form of the answer", default=None)
    answered_at: datetime | None = asked("答复时间", "Answered at", default=None)
    upheld: bool | None = asked("查证属实", "Found true", default=None)
    closed_at: datetime | None = asked("办结时间", "Settled at", default=None)
    reported_at: datetime | None = asked("回报时间", "Reported back at", default=None)
    reported_up: bool = asked("已上报", "Reported up", default=False)
    archived_at: datetime | None = asked("归档时间", "Filed at", default=None)


cases = case_table(
    "cases",
    Handling,
    CheckConstraint("answer_form in ('oral', 'written')", name="answer_form"),
    CheckConstraint("(answer = '') = (answered_at is null)", name="answered"),
    CheckConstraint("not (standing and archived_at is not null)", name="archived"),
    Index("cases_handler_idx", "institution_id", "handler_id"),
)
TEXT = ("text", str | None, asked("意见", "What is said", default=None, longest=2000))
SAID = ("text", str, asked("意见", "What is said", longest=2000))
PAPER = ("document", Paper | None, asked("文件", "The paper that goes with it", default=None))
PAPERED = ("document", Paper, asked("文件", "The paper that goes with it"))
NOTED, EXPLAINED = fill(Handling, also=(TEXT, PAPER)), fill(Handling, also=(SAID, PAPER))
ANSWERED = fill(Handling, required=("answer",), also=(TEXT, PAPER))
ANSWERED_IN = fill(Handling, required=("answer", "answer_form"), also=(TEXT, PAPER))
ENDED = ("answered_at", "closed_at")
NOT_IN_HAND: dict[str, Any] = {
    **dict.fromkeys(("handler_id", "handler_unit_id", "forwarded_at")),
    **dict.fromkeys(("handler_name", "handler_unit", "forwarded_to"), ""),
}
"""In nobody's hands: whoever it is given to next has it alone."""
ASSIGN = Stage(
    fill(Handling, "handler_unit_id", "handler_id", also=(TEXT, PAPER)),
    needs=(("handler_id", "handler_unit_id"),),
    sets=NOT_IN_HAND,
    moments=("assigned_at",),
    tells=Tells("CASE_ASSIGNED", ("handler_id",)),
)
ANSWER = Stage(ANSWERED_IN, moments=("answered_at",))
CLOSE = Stage(ANSWERED_IN, moments=ENDED)
EXPLAIN_DELAY = Stage(EXPLAINED)
ARCHIVE = Stage(NOTED, moments=("archived_at",))
PETITION_STAGES = {
    "assign": ASSIGN,
    "forward": Stage(
        fill(Handling, required=("forwarded_to",), also=(TEXT, PAPERED)),
        sets=NOT_IN_HAND,
        moments=("forwarded_at",),
    ),
    "urge": Stage(
        NOTED,
        moments=("urged_at",),
        rules=(
            Rule("NOBODY_TO_URGE", ("event",), some("assigned_at", "forwarded_at")),
            Rule("URGED_TODAY", ("event",), not_today("urged_at")),
        ),
        tells=Tells("CASE_URGED", ("handler_id",)),
    ),
    "explain_delay": EXPLAIN_DELAY,
    "explain_outside": CLOSE,
    "answer": ANSWER,
    "record_answer": Stage(NOTED, moments=("closed_at",)),
    "handle": Stage(ANSWERED, moments=ENDED),
    "close": CLOSE,
    "report": Stage(
        fill(Handling, also=(SAID, PAPERED)),
        moments=("reported_at",),
        tells=Tells("CASE_REPORTED", act=Act.INSPECT),
    ),
    "report_up": Stage(fill(Handling, also=(TEXT, PAPERED)), sets={"reported_up": True}),
    "archive": ARCHIVE,
}
FOUND = fill(Handling, "upheld", also=(TEXT, PAPER))
FOUND_OUT = fill(Handling, "upheld", also=(SAID, PAPER))
COMPLAINT_STAGES = {
    "assign": ASSIGN,
    "answer_on_spot": Stage(ANSWERED_IN, moments=ENDED, states={"answerable_on_spot": True}),
    "explain": Stage(EXPLAINED, states={"answerable_on_spot": False}),
    "investigate": Stage(FOUND),
    "escalate": Stage(EXPLAINED, tells=Tells("CASE_ESCALATED", act=Act.INSPECT)),
    "conclude": Stage(FOUND_OUT),
    "explain_delay": EXPLAIN_DELAY,
    "answer": ANSWER,
    "answer_orally": Stage(ANSWERED, moments=ENDED, sets={"answer_form": AnswerForm.ORAL}),
    "answer_in_writing": Stage(ANSWERED, moments=ENDED, sets={"answer_form": AnswerForm.WRITTEN}),
    "close": CLOSE,
    "archive": ARCHIVE,
}


def _handling(form: Matter, channel: Channel, approved: Approved) -> Handling:
    day = form.received_on or approved.now.date()
    return carried(form, Handling, channel=channel, received_on=day, subject=form.explanation)


def petition_tracks(form: Petition) -> tuple[str, ...]:
    """Outside the remit it is only explained; else by how it came, where an office tells apart."""
    if form.in_scope is False:
        return ("petition.outside", f"petition.{form.channel.value}", "petition.case")
    return (f"petition.{form.channel.value}", "petition.case", "petition.letter")


HANDLER = Party(
    "handler_id",
    Label("承办人", "the handler"),
    unit="handler_unit_id",
    serving=Serving(name="handler_name"),
    unit_name="handler_unit",
)
HANDLED: dict[str, Any] = {
    "table": cases,
    "record": Handling,
    "parties": (HANDLER,),
    "about": About(
        "complained_person_id", "complained_unit_id", "complained_of", ("complainant_name",)
    ),
    "day": "received_on",
    "settled": "closed_at",
}
PETITION = CaseKind(
    "petition",
    Label("信访件", "Petition"),
    cleared=("archives_handed_over",),
    begins_with=(
        Begins(
            "petition.case",
            lambda form, approved: _handling(form, form.channel, approved),
            petition_tracks,
            lambda form, _: {
                "major": form.major,
                "in_scope": form.in_scope,
                "from_superior": bool(form.superior),
            },
            {"assigned_by_superior": lambda filled: bool(filled.superior)},
            {"assigned_by_superior": "received_on"},
        ),
    ),
    walked=("register", "propose", "submit", "instruct"),
    filters=("channel", "topic", "reported_up"),
    stages=PETITION_STAGES,
    **HANDLED,
)
COMPLAINT = CaseKind(
    "complaint",
    Label("投诉件", "Complaint"),
    cleared=("archives_handed_over",),
    begins_with=(
        Begins(
            "complaint.case",
            lambda form, approved: _handling(form, form.complaint_form.channel, approved),
            lambda _: ("complaint.case", "openness.complaint"),
            lambda form, _: {"major": bool(form.major), "complaint_form": form.complaint_form},
            since={"recorded": "received_on"},
        ),
    ),
    walked=("register", "record"),
    filters=("channel",),
    stages=COMPLAINT_STAGES,
    **HANDLED,
)
CASES = (PETITION, COMPLAINT)
