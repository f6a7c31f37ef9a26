"""Proposals 建议与提案: which were assigned to whom, and which answers the office has received."""

from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import PERSON, REQUEST, Draw, Entry, Register
from domain.records.rules import with_reason
from domain.values.choices import Choice


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


class ContactWay(Choice):
    """沟通方式; how somebody got in touch with who made a proposal."""

    FACE_TO_FACE = "face_to_face", "直接对话: face to face."
    SYMPOSIUM = "symposium", "小型座谈会: at a small meeting."
    VISIT = "visit", "登门走访: by a visit."
    LETTER = "letter", "联系信函: by letter."
    TELEPHONE = "telephone", "打电话: by telephone."


class Contact(Entry):
    """与代表、委员沟通登记; how a drafted answer was talked over, and what was said."""

    request_id: UUID = referring("建议提案答复", "The drafted answer", REQUEST)
    contacted_on: date = asked("沟通日期", "The day")
    contact_way: ContactWay = asked("沟通方式", "By which way")
    with_whom: str = asked("代表、委员", "With whom", longest=100)
    said: str = asked("沟通情况", "What was said", longest=2000)


class Filing(Entry):
    """建议提案办结归档; that an answer reached everybody, and that both papers are on file."""

    assignment_id: UUID = referring("建议、提案", "The proposal", ASSIGNMENTS.reference)
    filed_on: date = asked("归档日期", "The day")
    sent_to_congress: bool = asked("已送市人大", "Sent to the congress", default=False)
    sent_to_conference: bool = asked("已送市政协", "Sent to the CPPCC", default=False)
    sent_to_government: bool = asked("已送市政府", "Sent to the government", default=False)
    sent_to_proposer: bool = asked("已送代表、委员", "Sent to the proposer", default=False)
    original_filed: bool = asked("答复原件已归档", "The original is on file", default=False)
    answer_filed: bool = asked("答复件已归档", "The answer is on file", default=False)
    satisfied: bool = asked("代表、委员满意", "The proposer is satisfied")
    filed_as: str = asked("归档号", "Filed under", longest=100)


REGISTERS = (
    ASSIGNMENTS,
    ANSWERS,
    Register(
        "proposal.contact",
        Contact,
        day="contacted_on",
        draws=(Draw("request_id", ("proposal.case",), pending=True),),
    ),
    Register("proposal.filing", Filing, day="filed_on", once=("assignment_id",)),
    Register("proposal.progress", Progress, table_name="proposal_progress", day="reported_on"),
)
