"""Incoming papers 收文: brought in, registered by number, read in order, handled, filed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index

from domain.approval.procedure import Approved, Form, asked, referring
from domain.areas.documents.words import CLASSIFIED, PaperLevel, PaperSecrecy, PaperUrgency
from domain.office.organisation import people
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Entry, Party, Rule, Shows, Stage, Tells, Turn
from domain.records.registers import PERSON, UNIT
from domain.records.rules import happened
from domain.records.stage_forms import fill
from domain.records.stage_rules import not_today, remarked
from domain.values.bounds import between
from domain.vocabulary import Label


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """收文: a paper that came in, and all that becomes of it."""

    title: str = asked("文件名称", "Title", default="", longest=300)
    sender: str = asked("来文单位", "From whom", default="", longest=200)
    their_number: str = asked("来文字号", "Their number", default="", longest=100)
    level: PaperLevel = asked("来文层级", "Level of the sender", default=PaperLevel.OTHER)
    urgency: PaperUrgency = asked("紧急程度", "Urgency", default=PaperUrgency.NORMAL)
    secrecy: PaperSecrecy = asked("密级", "Secrecy", default=PaperSecrecy.NONE)
    copies: int = asked("份数", "Copies", default=1, bounds=between(1, 10_000, unit="copy"))
    came_on: date | None = asked("到达或带回日期", "When it came", default=None)
    brought_back: bool = asked("开会办事带回", "Brought back from a meeting", default=False)
    marked_personal: bool = asked("写明私人亲收", "Marked for one person", default=False)
    addressee_id: UUID | None = referring("收件人", "Addressee", PERSON, default=None)
    received_at: datetime | None = asked("签收时间", "When the clerk had it", default=None)
    clerk_id: UUID | None = referring("收文人员", "The receiving clerk", PERSON, default=None)
    register_number: str = asked("收文编号", "Number in the register", default="")
    registered_at: datetime | None = asked("登记时间", "Registered at", default=None)
    reading_order: str = asked(
        "传阅意见：按姓名写明谁阅、依何顺序",
        "Who is to read it, by name, in their order",
        default="",
        longest=500,
    )
    reader_id: UUID | None = referring("正在阅文的人", "Who has it to read", PERSON, default=None)
    instructed: bool = asked("有批示须办理", "An instruction to be dealt with", default=False)
    handler_id: UUID | None = referring("承办人", "Handler", PERSON, default=None)
    handler_unit_id: UUID | None = referring("承办科室", "Section", UNIT, default=None)
    urged_at: datetime | None = asked("催办时间", "Last urged at", default=None)
    result: str = asked("办理结果", "What was done", default="", longest=2000)
    filed_at: datetime | None = asked("归档时间", "Filed at", default=None)


incoming_documents = case_table(
    "incoming_documents",
    Incoming,
    CheckConstraint("(register_number = '') = (registered_at is null)", name="numbered"),
    CheckConstraint("not marked_personal or addressee_id is not null", name="addressed"),
    Index("incoming_documents_reader_idx", "institution_id", "reader_id"),
    Index("incoming_documents_number_idx", "institution_id", "register_number"),
    renewed=True,
)

FILLED_IN = (
    *("sender", "their_number", "level", "urgency", "secrecy", "copies", "came_on"),
    *("brought_back", "marked_personal", "addressee_id"),
)
BROUGHT_IN: type[Form] = fill(Incoming, *FILLED_IN, required=("title",))
OPINION = ("text", str, asked("阅文意见", "The reader's opinion", longest=2000))
SKIPPED = (
    ("skipped_id", UUID, referring("未阅的人", "Who has not read it", PERSON)),
    ("text", str, asked("原因", "Why", longest=2000)),
)
BY_TELEPHONE = (
    ("leader_id", UUID, referring("电话报告的领导", "Who was told by telephone", PERSON)),
    ("text", str, asked("领导的要求", "What they asked for", longest=2000)),
)
HANDED = fill(Incoming, required=("reader_id",))
stage = remarked(Incoming)

PATHS = ("document.incoming", "document-flow")


def _entered_paths(form: Any) -> tuple[str, ...]:
    """A classified paper goes by its own path, one that was brought back by its own."""
    back = ("document.brought_back",) if form.brought_back else ()
    return (*_classified(form), *back, *PATHS)


def _paths(form: Any) -> tuple[str, ...]:
    return (*_classified(form), *PATHS)


def _classified(form: Any) -> tuple[str, ...]:
    secret = form.secrecy is not None and form.secrecy.value in CLASSIFIED
    return ("document.classified",) if secret else ()


def _asked_for(form: Any, _: Approved) -> Incoming:
    """A paper that was put before the leaders as a request."""
    told = {name: getattr(form, name) for name in ("urgency", "secrecy") if getattr(form, name)}
    return Incoming(
        title=form.explanation[:300],
        urgency=PaperUrgency(told["urgency"].value) if "urgency" in told else PaperUrgency.NORMAL,
        secrecy=PaperSecrecy(told["secrecy"].value) if "secrecy" in told else PaperSecrecy.NONE,
    )


def _addressed(turn: Turn[Incoming]) -> bool:
    return not turn.after.marked_personal or turn.after.addressee_id is not None


def _back(turn: Turn[Incoming]) -> bool:
    return turn.before.reader_id is None


TITLE = {"title": "title"}
TO_READ = Tells("PAPER_TO_READ", ("reader_id",), details=TITLE)
RECEIVE = stage(moments=("received_at",), signs=("clerk_id",))
GIVEN: dict[str, Any] = {
    "may": ("handler_unit_id", "handler_id"),
    "needs": (("handler_id", "handler_unit_id"),),
    "tells": Tells("PAPER_FOR_YOU", ("handler_id",), details=TITLE),
}
INCOMING = CaseKind(
    "incoming_document",
    Label("收文", "Incoming document"),
    table=incoming_documents,
    record=Incoming,
    cleared=("archives_handed_over",),
    begun="registered_at",
    entry=Entry(BROUGHT_IN, _entered_paths, rules=happened("came_on"), since="came_on"),
    begins_with=(Begins("document.incoming", _asked_for, _paths, goes_on="incoming_document_id"),),
    walked=(
        *("hand_in", "receive", "count", "register", "number"),
        *("propose", "submit", "approve"),
    ),
    parties=(
        Party("handler_id", Label("承办人", "the handler"), unit="handler_unit_id"),
        Party("reader_id", Label("阅文者", "the reader")),
        Party("clerk_id", Label("收文人员", "the receiving clerk")),
        Party("addressee_id", Label("收件人", "the addressee")),
        Party("begun_by", Label("交来的人", "who brought it in")),
    ),
    filters=("register_number", "urgency", "secrecy"),
    shows=(
        Shows("reader", Label("阅文者姓名", "The reader's name"), people.c.name, by="reader_id"),
        Shows("handler", Label("承办人姓名", "The handler's name"), people.c.name, by="handler_id"),
    ),
    rules=(Rule("ADDRESSEE_MISSING", ("addressee_id",), _addressed),),
    stages={
        "hand_in": RECEIVE,
        "receive": RECEIVE,
        "open_by_clerk": stage(),
        "open_by_addressee": stage(),
        "count": stage(),
        "register": Stage(
            fill(Incoming, "title", *FILLED_IN),
            needs=(("title",),),
            moments=("registered_at",),
            signs=("clerk_id",),
            numbers="register_number",
        ),
        "number": stage(numbers="register_number"),
        "propose": stage("reading_order"),
        "report_by_telephone": Stage(fill(Incoming, also=BY_TELEPHONE)),
        "distribute": stage(**GIVEN),
        "circulate": Stage(HANDED, tells=TO_READ),
        "give": Stage(HANDED, tells=TO_READ),
        "read": Stage(
            fill(Incoming, "reader_id", "instructed", also=(OPINION,)),
            sets={"reader_id": None},
            tells=TO_READ,
        ),
        "return": Stage(fill(Incoming, also=(OPINION,)), sets={"reader_id": None}),
        "skip": Stage(fill(Incoming, also=SKIPPED), sets={"reader_id": None}),
        "finish": stage(rules=(Rule("STILL_WITH_READER", ("event",), _back),)),
        "forward": stage(**GIVEN),
        "handle": stage(**GIVEN, sets={"reader_id": None}),
        "urge": stage(
            moments=("urged_at",),
            rules=(Rule("URGED_TODAY", ("event",), not_today("urged_at")),),
            tells=Tells("PAPER_URGED", ("reader_id", "handler_id"), details=TITLE),
        ),
        "complete": Stage(fill(Incoming, required=("result",))),
        "file": stage(moments=("filed_at",)),
    },
)
