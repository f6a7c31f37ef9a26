"""Jobs and activities that ended 重要工作、专项活动, whose papers are owed until handed over."""

from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.areas.archives.books import TRANSFERS
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party
from domain.records.registers import PERSON, UNIT
from domain.records.rules import happened
from domain.records.stage_rules import remarked
from domain.vocabulary import Label


class Ended(Form):
    """重要工作、专项活动办结: what ended, and who sorts its papers."""

    title: str = asked("工作或活动", "The job or activity", longest=200)
    ended_on: date = asked("办结日期", "When it ended")
    unit_id: UUID | None = referring("承办科室", "The section", UNIT, default=None)
    leader_id: UUID | None = referring(
        "整理资料的分管领导", "The leader who sorts its papers", PERSON, default=None
    )


class Occasion(Ended):
    """重要工作、专项活动资料移交: listed until the whole set is handed over."""

    transfer_id: UUID | None = referring(
        "移交清单", "The list that hands it over", TRANSFERS.reference, default=None
    )


OCCASION = CaseKind(
    "archive.occasion",
    Label("重要工作、专项活动资料移交", "Papers of a job that ended"),
    table=case_table("archive_occasions", Occasion),
    record=Occasion,
    entry=Entry(Ended, kept=True, since="ended_on", rules=happened("ended_on")),
    parties=(Party("begun_by", Label("登记的人", "who entered it"), unit="unit_id"),),
    chain=("archive-occasion",),
    day="ended_on",
    stages={"sort": remarked(Occasion)(), "hand_over": remarked(Occasion)("transfer_id")},
)
