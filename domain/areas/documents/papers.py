"""Papers lent and given back, and papers printed outside the office, each followed to its end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import Approved, Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Entry, Party, Stage
from domain.records.stage_forms import carried, fill
from domain.records.stage_rules import remarked
from domain.vocabulary import Label, words_of


@dataclass(frozen=True, kw_only=True)
class PaperLoan:
    """文件借阅: a paper that somebody has out."""

    paper: str = asked("文件", "The paper", longest=300)
    incoming_document_id: UUID | None = referring(
        "所借的收文", "Which paper that came", words_of("incoming_document"), default=None
    )
    returned_at: datetime | None = asked("归还时间", "Given back at", default=None)


document_loans = case_table("document_loans", PaperLoan)


def _lent(form: Any, _: Approved) -> PaperLoan:
    return carried(form, PaperLoan, paper=form.explanation[:300])


LOAN = CaseKind(
    "document_loan",
    Label("文件借阅", "Loan of a document"),
    table=document_loans,
    record=PaperLoan,
    begins_with=(
        Begins(
            "document.borrow", _lent, lambda _: ("document.loan",), alone="incoming_document_id"
        ),
    ),
    parties=(Party("begun_by", Label("借阅者", "the borrower")),),
    stages={"return": remarked(PaperLoan)(moments=("returned_at",))},
)


@dataclass(frozen=True, kw_only=True)
class OutsidePrinting:
    """在外打印: a paper that is printed outside the office in a special case."""

    paper: str = asked("文件", "The paper", default="", longest=300)
    why: str = asked("在外打印的原因", "Why it is printed outside", default="", longest=500)
    special: bool = asked("特殊情况", "Special circumstances", default=False)
    printer: str = asked("打印单位", "Who prints it", default="", longest=200)
    proofread_by: str = asked("校稿人签名", "The proofreader's signature", default="")
    brought_back_at: datetime | None = asked("带回时间", "Disk brought back at", default=None)
    deleted_at: datetime | None = asked("删除时间", "File deleted at", default=None)


outside_printings = case_table("outside_printings", OutsidePrinting)
stage = remarked(OutsidePrinting)
ASKED: type[Form] = fill(OutsidePrinting, "special", required=("paper", "why"))

OUTSIDE = CaseKind(
    "outside_printing",
    Label("在外打印", "Printing outside"),
    table=outside_printings,
    record=OutsidePrinting,
    entry=Entry(ASKED),
    chain=("outside_printing",),
    begun="printer",
    parties=(Party("begun_by", Label("送印的人", "who has it printed")),),
    stages={
        "print_outside": Stage(fill(OutsidePrinting, required=("printer",))),
        "sign": stage(signs=("proofread_by",)),
        "bring_back": stage(moments=("brought_back_at",)),
        "delete": stage(moments=("deleted_at",)),
    },
)
