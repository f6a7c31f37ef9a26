"""Printing 文印: drafts that a section proofs, and what is printed, copied or transmitted.

Regulations: 文件材料打印、复印、传输规定.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.approval.classified import grade_of
from domain.approval.procedure import Approved, Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Entry, Party, Tells
from domain.records.registers import PERSON, REQUEST, UNIT, Draw
from domain.records.sources import UNITS, Cases
from domain.records.stage_rules import remarked
from domain.records.statements import Statement, number, total
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.vocabulary import Label

COPIES = between(1, 100_000)


class PrintClass(Choice):
    """类别; what is done with a paper."""

    PRINT = "print", "打印: it is printed."
    COPY = "copy", "复印: it is copied."
    TRANSMIT = "transmit", "传输: it is sent by fax or network."


@dataclass(frozen=True, kw_only=True)
class Work:
    """文印、传输登记: what was to be done for which section, by whom, and how much it came to."""

    title: str = asked("材料", "The paper", default="", longest=500)
    unit_id: UUID | None = referring("科室", "For which section", UNIT, default=None)
    operator_id: UUID | None = referring("操作人员", "Who does it", PERSON, default=None)
    urgent: bool = asked("紧急", "Urgent", default=False)
    major: bool = asked("重要或机密", "Important or classified", default=False)
    print_class: PrintClass | None = asked("类别", "What was done", default=None)
    copies: int | None = asked("份数", "Copies", default=None, bounds=COPIES)
    pages: int | None = asked("页数", "Pages", default=None, bounds=COPIES)
    finished_at: datetime | None = asked("完成时间", "When it was done", default=None)


def _asked_for(form: Any, approved: Approved) -> Work:
    weighty = bool(form.major) or grade_of(vars(form), carriers=False) is not None
    return Work(title=form.explanation[:500], unit_id=approved.unit, major=weighty)


worked = remarked(Work)
GO = Tells("PRINT_JOB_TO_DO", ("operator_id",), details={"title": "title"})
WORK = CaseKind(
    "print.work",
    Label("文印、传输登记", "Print job"),
    table=case_table("print_works", Work, counted_by="finished_at"),
    record=Work,
    begins_with=(Begins("print.job", _asked_for, lambda _: ("print.job",)),),
    parties=(
        Party("begun_by", Label("送印人", "who asked for it")),
        Party("operator_id", Label("操作人员", "who does it")),
    ),
    filters=("urgent", "print_class"),
    stages={
        "assign": worked("operator_id", may=("urgent",), tells=GO),
        "finish": worked("print_class", "copies", "pages", moments=("finished_at",)),
    },
)


class Drafted(Form):
    """科室文稿: a paper that a section drafts."""

    title: str = asked("文稿标题", "Its title", longest=200)
    unit_id: UUID = referring("起草科室", "The section that drafts it", UNIT)


class Draft(Drafted):
    """科室文稿: proofed by the section, then sent for approval, then final."""

    proof: str = asked("清样", "The proof", default="", longest=500)
    approval_id: UUID | None = referring(
        "发文审批", "The request to approve it", REQUEST, default=None
    )


drafted = remarked(Draft)
DRAFT = CaseKind(
    "print.draft",
    Label("科室文稿", "Draft of a section"),
    table=case_table("print_drafts", Draft),
    record=Draft,
    entry=Entry(Drafted),
    chain=("section-draft",),
    parties=(Party("begun_by", Label("起草人", "who drafts it"), unit="unit_id"),),
    draws=(Draw("approval_id", pending=True, of_unit="unit_id"),),
    stages={
        "proof": drafted("proof"),
        "send": drafted("approval_id"),
        "finalise": drafted(),
    },
)
CASES = (WORK, DRAFT)
DONE = Cases(WORK, day="finished_at")
STATEMENTS = (
    Statement(
        "print.month",
        by=UNITS,
        columns=(
            number("jobs", "件数", "Jobs", DONE),
            total("copies", "份数", "Copies", DONE, "copies"),
            total("pages", "页数", "Pages", DONE, "pages"),
        ),
    ),
)
