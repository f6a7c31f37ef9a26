"""Files of proposals 建议提案件: from receipt to the archive, talked over, answered, delivered.

Regulation: 人大建议、政协提案办理工作制度.
"""

from datetime import date, datetime
from uuid import UUID

from domain.approval.procedure import Form, Reference, Requirement, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Party, Tells
from domain.records.cases import Entry as Beginning
from domain.records.registers import PERSON, UNIT, Draw, Entry, Register, Walks
from domain.records.rules import happened
from domain.records.stage_rules import done, remarked
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.vocabulary import Act, Label


class ProposalSort(Choice):
    """What it is, by who makes it."""

    SUGGESTION = "suggestion", "人大代表建议: a suggestion of deputies of the congress."
    PROPOSAL = "proposal", "政协委员提案: a proposal of members of the CPPCC."


class ProposalOccasion(Choice):
    """On which occasion it was made."""

    SESSION = "session", "会议期间: at a session."
    INSPECTION = "inspection", "视察工作时: on an inspection."
    OTHER = "other", "以其他方式: otherwise."


class Received(Form):
    """建议提案登记: what the government handed on, by whom it was made."""

    received_on: date = asked("收到日期", "Received on")
    file_number: str = asked("建议提案编号", "Its number", longest=50)
    title: str = asked("标题", "Title", longest=200)
    proposers: str = asked("提出人", "Who made it", longest=200)
    sort: ProposalSort = asked("类别", "What it is")
    occasion: ProposalOccasion = asked("提出方式", "On which occasion")
    content: str = asked("内容", "What it asks for", longest=4000)
    points_asked: int | None = asked(
        "所提问题数", "How many points it raises", default=None, bounds=between(1, 100)
    )
    co_handled: bool = asked("协办", "Handled for another unit", default=False)
    other_units: str = asked("主办或协办单位", "The other units", default="", longest=200)
    key_proposal: bool = asked("重点建议、提案", "Of weight", default=False)
    party_group_proposal: bool = asked("党派团体提案", "Of a party or group", default=False)
    major: bool = asked("重要（由主要领导签发）", "Important: the head issues it", default=False)


class ProposalFile(Received):
    """建议提案件; a suggestion or a proposal, and all that becomes of it."""

    unit_id: UUID | None = referring("责任科室", "The section", UNIT, default=None)
    return_until: date | None = asked("退办期限", "To be returned until", default=None)
    return_reason: str = asked("书面退办理由", "Why it is returned", default="", longest=2000)
    return_request_id: UUID | None = referring(
        "批准退办的申请", "The approved request to return it", "Request", default=None
    )
    handler_id: UUID | None = referring("经办人员", "Who handles it", PERSON, default=None)
    taken_on: date | None = asked("接办日期", "The day on which it was taken on", default=None)
    other_opinion: str = asked(
        "协办单位的意见", "The opinion of the other units", default="", longest=2000
    )
    progress: str = asked("进展情况", "How far it has come", default="", longest=2000)
    problem: str = asked("困难和问题", "Difficulties and problems", default="", longest=2000)
    wholly_granted: bool | None = asked(
        "完全满足建议、提案意愿", "What is asked for is wholly granted", default=None
    )
    answer: str = asked("答复意见", "The answer", default="", longest=4000)
    issued_at: datetime | None = asked("签发时间", "Issued at", default=None)
    sent_to_congress: bool = asked("已送市人大", "Sent to the congress", default=False)
    sent_to_conference: bool = asked("已送市政协", "Sent to the CPPCC", default=False)
    sent_to_government: bool = asked("已送市政府", "Sent to the government", default=False)
    sent_to_proposers: bool = asked("已送代表、委员", "Sent to who made it", default=False)
    delivered_on: date | None = asked("送达日期", "Delivered on", default=None)
    original_filed: bool = asked("答复原件已归档", "The original is filed", default=False)
    answer_filed: bool = asked("答复件已归档", "The answer is filed", default=False)
    filed_as: str = asked("归档号", "Filed under", default="", longest=100)


TITLED = {"title": "title"}
TOLD = Tells("PROPOSAL_PROBLEM", ("begun_by",), act=Act.SEE, details=TITLED)
stage = remarked(ProposalFile)
SENT = ("sent_to_congress", "sent_to_conference", "sent_to_government", "sent_to_proposers")
FILE = CaseKind(
    "proposal.file",
    Label("建议提案件", "File of a proposal"),
    table=case_table("proposal_files", ProposalFile),
    record=ProposalFile,
    entry=Beginning(Received, kept=True, rules=happened("received_on"), once=("file_number",)),
    chain=("proposal.case",),
    day="received_on",
    filters=("file_number", "sort", "co_handled", "key_proposal", "handler_id", "unit_id"),
    parties=(
        Party("begun_by", Label("登记的人", "who entered it")),
        Party("handler_id", Label("经办人员", "who handles it"), unit="unit_id"),
    ),
    draws=(Draw("return_request_id", kinds=("proposal.return",)),),
    stages={
        "register": stage(),
        "assign": stage("unit_id", may=("return_until",)),
        "return": stage(
            "return_reason", "return_request_id",
            states={"written_return_reason": True, "return_approved": True},
        ),
        "lapse": stage(),
        "accept": stage(),
        "handle": stage(
            "handler_id", "taken_on", rules=done("taken_on"), since="taken_on",
            tells=Tells("PROPOSAL_TO_HANDLE", ("handler_id",), details=TITLED),
        ),
        "consult": stage("other_opinion"),
        "report": stage("progress"),
        "raise": stage("problem", tells=TOLD),
        "draft": stage("answer", "wholly_granted"),
        "deputy_sign": stage(),
        "send_back": stage(),
        "submit": stage(),
        "office_check": stage(),
        "examine": stage(),
        "issue": stage(moments=("issued_at",)),
        "head_issue": stage(moments=("issued_at",)),
        "print": stage(),
        "deliver": stage("delivered_on", may=SENT, rules=done("delivered_on")),
        "archive": stage("filed_as", may=("original_filed", "answer_filed")),
    },
)  # fmt: skip
FILED = Reference("ProposalFile", "proposal_files")


class ContactWay(Choice):
    """How a deputy or a member was contacted."""

    DIALOGUE = "dialogue", "直接对话: face to face."
    FORUM = "forum", "小型座谈会: a small forum."
    VISIT = "visit", "登门走访: a visit."
    LETTER = "letter", "联系信函: a letter."
    TELEPHONE = "telephone", "电话: by telephone."


class ProposalContact(Entry):
    """与代表、委员沟通记录; how a proposal was talked over, and what was said."""

    file_id: UUID = referring("建议提案件", "The file", FILED)
    contacted_on: date = asked("沟通日期", "The day")
    contact_way: ContactWay = asked("沟通方式", "How")
    contact_said: str = asked("交流情况", "What was said", longest=2000)
    others_present: str = asked("到场的协办单位", "Other units that came", default="", longest=200)


class PointProblem(Choice):
    """What can be done about a point."""

    SOLVABLE = "solvable", "有条件解决: it can be done."
    LATER = "later", "一时不能实施: not yet."
    UNSOLVABLE = "unsolvable", "确实不能解决: it cannot be done."


class ProposalPoint(Entry):
    """逐项答复; a point of a proposal, and what is done about it."""

    file_id: UUID = referring("建议提案件", "The file", FILED)
    answered_on: date = asked("答复日期", "The day")
    point: str = asked("所提问题", "What is asked for", longest=1000)
    proposal_problem: PointProblem = asked("能否解决", "What can be done about it")
    event: str = asked("如何答复", "What was done", longest=40)
    reply: str = asked("落实、规划或说明", "What was done, planned or explained", longest=2000)
    reasons: str = asked("不能解决的情由", "Why it cannot be done", default="", longest=2000)
    outcome: str = asked("结果", "Where that left it", default="", served=True)
    clause: str = asked("依据", "The clause that says so", default="", served=True)


class ProposalSatisfaction(Choice):
    """How content a deputy or a member is with the answer."""

    SATISFIED = "satisfied", "满意: content."
    DISSATISFIED = "dissatisfied", "不满意: not content."


class ProposalFeedback(Entry):
    """代表、委员满意情况; whether who made a proposal is content with the answer."""

    file_id: UUID = referring("建议提案件", "The file", FILED)
    told_on: date = asked("反馈日期", "The day")
    satisfaction: ProposalSatisfaction = asked("满意情况", "Content or not")
    feedback_said: str = asked("意见", "What they say", default="", longest=2000)


POINT = "proposal.answer"
REGISTERS = (
    Register("proposal.contact", ProposalContact, day="contacted_on"),
    Register(
        "proposal.point",
        ProposalPoint,
        day="answered_on",
        once=("file_id", "point"),
        rules=(
            Requirement(
                "REASONS_ASKED",
                ("reasons",),
                lambda form, _: (
                    form.proposal_problem is not PointProblem.UNSOLVABLE
                    or bool(form.reasons.strip())
                ),
            ),
        ),
        walks=Walks(
            event="event",
            outcome="outcome",
            clause="clause",
            paths=lambda _: (POINT,),
            needs=lambda _: (),
            pathless="NO_ANSWER_PATH",
            among=(POINT,),
        ),
    ),
    Register(
        "proposal.feedback",
        ProposalFeedback,
        table_name="proposal_feedback",
        day="told_on",
        once=("file_id",),
    ),
)
