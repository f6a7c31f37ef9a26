"""Outgoing papers 发文: once signed, numbered, printed, sealed, handed out and filed unchanged."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index

from domain.approval.procedure import Approved, asked
from domain.areas.documents.words import IssuedAs, PaperSecrecy, PaperUrgency
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Paper, Party, Stage, Tells
from domain.records.stage_forms import fill
from domain.records.stage_rules import remarked
from domain.values.bounds import between
from domain.vocabulary import Label

KEPT = between(0, 1000, unit="copy")


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """发文: a paper that goes out in the office's name, and all that becomes of it."""

    title: str = asked("文件标题", "Title", longest=300)
    section: str = asked("起草科室", "Section that drafted it")
    doc_origin: IssuedAs = asked("发文名义", "In whose name", default=IssuedAs.BUREAU)
    urgency: PaperUrgency = asked("紧急程度", "Urgency", default=PaperUrgency.NORMAL)
    secrecy: PaperSecrecy = asked("密级", "Secrecy", default=PaperSecrecy.NONE)
    altered_at: datetime | None = asked("签发后改动时间", "Changed after signature", default=None)
    signed_anew_by: str = asked("重新签发人", "Who signed it anew", default="")
    document_number: str = asked("发文字号", "Its number", default="")
    numbered_at: datetime | None = asked("编号时间", "Numbered at", default=None)
    printed: int | None = asked(
        "印制份数", "Copies printed", default=None, bounds=between(1, 100_000, unit="copy")
    )
    proofread_by: str = asked("校稿人", "Who read the proof", default="")
    sealed_at: datetime | None = asked("盖印时间", "Sealed at", default=None)
    sent_to: str = asked("主送抄送单位", "To whom it went", default="", longest=2000)
    sent_at: datetime | None = asked("分发时间", "Handed out at", default=None)
    original_drafts_kept: int | None = asked(
        "归档原稿份数", "Originals filed", default=None, bounds=KEPT
    )
    formal_copies_kept: int | None = asked(
        "归档正式文稿份数", "Formal copies filed", default=None, bounds=KEPT
    )
    filed_at: datetime | None = asked("归档时间", "Filed at", default=None)


outgoing_documents = case_table(
    "outgoing_documents",
    Outgoing,
    CheckConstraint("(document_number = '') = (numbered_at is null)", name="numbered"),
    Index("outgoing_documents_number_idx", "institution_id", "document_number"),
    renewed=True,
)

CHANGE = ("text", str, asked("改动内容", "What is changed", longest=2000))
CHANGED = ("document", Paper, asked("改动后的文稿", "The text as it is then"))
IN_HAND = (
    "document",
    Paper | None,
    asked("所用文稿", "The text that it is done with", default=None),
)
stage = remarked(Outgoing)
NUMBER = stage(moments=("numbered_at",), numbers="document_number")
SENT = Stage(fill(Outgoing, required=("sent_to",), also=(IN_HAND,)), moments=("sent_at",))


def _signed(form: Any, approved: Approved) -> Outgoing:
    """The paper as it was signed; of a report to a superior nobody is asked more than its text."""
    told: dict[str, Any] = {
        name: of(value)
        for name, of in (
            ("doc_origin", IssuedAs),
            ("urgency", PaperUrgency),
            ("secrecy", PaperSecrecy),
        )
        if (value := approved.facts.get(name)) is not None
    }
    return Outgoing(title=form.explanation[:300], section=approved.unit_name, **told)


OUTGOING = CaseKind(
    "outgoing_document",
    Label("发文", "Outgoing document"),
    table=outgoing_documents,
    record=Outgoing,
    begins_with=(
        Begins(
            "document.outgoing",
            _signed,
            lambda _: ("document.outgoing", "document.dispatch"),
            goes_on="outgoing_document_id",
            tells="changed_after_signature",
        ),
        Begins("document.report_up", _signed, lambda _: ("document.report_up",)),
    ),
    walked=("section_check", "office_check", "deputy_approve", "cosign", "sign"),
    parties=(Party("begun_by", Label("起草人", "who drafted it")),),
    series="doc_origin",
    begun="numbered_at",
    filters=("document_number", "doc_origin"),
    stages={
        "alter": Stage(
            fill(Outgoing, also=(CHANGE, CHANGED)),
            moments=("altered_at",),
            tells=Tells("PAPER_ALTERED", ("begun_by",), details={"title": "title"}),
        ),
        "recheck": stage(),
        "sign": stage(signs=("signed_anew_by",)),
        "check_for_issue": stage(),
        "register": NUMBER,
        "number": NUMBER,
        "print": Stage(fill(Outgoing, required=("printed",), also=(IN_HAND,))),
        "proofread": stage(signs=("proofread_by",)),
        "copy": stage(),
        "seal": stage(also=(IN_HAND,), moments=("sealed_at",)),
        "distribute": SENT,
        "send": SENT,
        "file": stage(may=("original_drafts_kept", "formal_copies_kept"), moments=("filed_at",)),
    },
)
