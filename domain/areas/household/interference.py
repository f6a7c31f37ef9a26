"""Marriages interfered with 干涉婚姻自由: what a station does once a holder keeps the book back.

Regulation: 受理与审批 六(一)1.
"""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry
from domain.records.registers import REQUEST, Draw
from domain.records.rules import happened
from domain.records.stage_rules import done, remarked
from domain.vocabulary import Label


class Kept(Form):
    """户主不愿出具户口簿: whose marriage is interfered with, and by whom."""

    opened_on: date = asked("受理调解日期", "The day")
    party: str = asked("婚姻当事人", "Whose marriage it is", longest=100)
    book_holder: str = asked("持原户口簿的人", "Who holds the old book", longest=100)


class Interference(Kept):
    """干涉婚姻自由的分户、迁移办理: mediated, carried out, noted, told, cancelled, filed."""

    failed_on: date | None = asked("调解劝说无效日期", "Mediation failed on", default=None)
    accepted_on: date | None = asked("受理书面申请日期", "Application accepted on", default=None)
    carried_out_id: UUID | None = referring(
        "批准的分户或迁移", "The approved split or move", REQUEST, default=None
    )
    noted_on: date | None = asked("注明日期", "Noted on", default=None)
    note: str = asked("注明的原因", "The reason as noted", default="", longest=500)
    holder_told_on: date | None = asked("通知持簿人日期", "The holder was told on", default=None)
    cancelled_on: date | None = asked("注销日期", "The old entry was cancelled on", default=None)
    application_filed: bool = asked("书面申请已存档", "The application is filed", default=False)
    marriage_paper_filed: bool = asked(
        "结婚证复印件已存档", "The copy of the marriage certificate is filed", default=False
    )
    filed_as: str = asked("归档号", "Filed under", default="", longest=100)


stage = remarked(Interference)
INTERFERENCE = CaseKind(
    "household.interference",
    Label("干涉婚姻自由的分户、迁移", "Marriage interfered with"),
    table=case_table("household_interferences", Interference),
    record=Interference,
    entry=Entry(Kept, kept=True, since="opened_on", rules=happened("opened_on")),
    chain=("marriage-interference",),
    day="opened_on",
    draws=(Draw("carried_out_id", ("household.split", "household.move_out")),),
    stages={
        "fail": stage("failed_on", rules=done("failed_on")),
        "accept": stage("accepted_on", rules=done("accepted_on")),
        "carry_out": stage("carried_out_id"),
        "annotate": stage("noted_on", "note", rules=done("noted_on")),
        "notify_holder": stage("holder_told_on", rules=done("holder_told_on")),
        "cancel_entry": stage("cancelled_on", rules=done("cancelled_on")),
        "file": stage("filed_as", may=("application_filed", "marriage_paper_filed")),
    },
)
