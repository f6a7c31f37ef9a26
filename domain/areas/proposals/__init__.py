"""Proposals 建议与提案: their files, who handles which, which answers the office has."""

from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.areas.proposals import files
from domain.records.registers import PERSON, Entry, Register
from domain.records.rules import with_reason


class Assignment(Entry):
    """建议提案分办登记; a proposal that somebody has taken on, alone or for another unit."""

    taken_on: date = asked("接办日期", "The day on which it was taken on")
    title: str = asked("建议、提案", "The proposal", longest=200)
    handler_id: UUID = referring("经办人员", "Who handles it", PERSON)
    co_handled: bool = asked("协办", "Handled for another unit", default=False)


ASSIGNMENTS = Register(
    "proposal.assignment",
    Assignment,
    day="taken_on",
    about="handler_id",
)


class Answer(Entry):
    """书面答复或协办意见交办公室; the office has the signed answer, or the opinion."""

    assignment_id: UUID = referring("建议、提案", "The proposal", ASSIGNMENTS.reference)
    received_on: date = asked("收到日期", "The day")
    talked_over: bool = asked("已与代表、委员沟通", "Talked over with the deputy", default=False)
    must_meet: bool = asked(
        "重点、党派团体提案或不能完全满足", "Of weight, or not wholly granted", default=False
    )
    met: str = asked("面商情况", "How it was talked over face to face", default="", longest=500)


ANSWERS = Register(
    "proposal.answer",
    Answer,
    day="received_on",
    asked_when={"met": "must_meet"},
    rules=(with_reason("must_meet", "met", "NOT_TALKED_OVER"),),
)


class Progress(Entry):
    """建议提案办理进度; how far a proposal has come, or that its papers are on file."""

    assignment_id: UUID = referring("建议、提案", "The proposal", ASSIGNMENTS.reference)
    reported_on: date = asked("报告日期", "The day")
    progress: str = asked("进展情况", "How far it has come", longest=2000)
    filed_as: str = asked("答复原件及答复件归档号", "Filed under", default="", longest=100)


REGISTERS = (
    ASSIGNMENTS,
    ANSWERS,
    Register("proposal.progress", Progress, table_name="proposal_progress", day="reported_on"),
    *files.REGISTERS,
)
CASES = (files.FILE,)
