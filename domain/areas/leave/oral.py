"""Leave asked for by word of mouth 口头请假: who consented, and by when the paper follows.

Regulations: 考勤管理办法, 请假程序.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import Form, Requirement, asked, referring
from domain.areas.leave.files import LEAVES
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry, Party
from domain.records.registers import PERSON, REQUEST, Draw
from domain.records.rules import another, around, happened, ordered
from domain.records.stage_rules import remarked
from domain.time.moments import office_local
from domain.vocabulary import Label


class Asked(Form):
    """口头请假备案: what somebody asked for without paper, and who said yes."""

    person_id: UUID = referring("请假人", "Who asked", PERSON)
    consented_id: UUID = referring("口头同意的领导", "Who consented", PERSON)
    asked_at: datetime = asked("口头申请时间", "When it was asked")
    first_day: date = asked("休假首日", "The first day away")
    until: date = asked("情况解除日", "The last day away, after which the paper follows")
    reason: str = asked("事由", "Why", longest=500)


class Oral(Asked):
    """口头请假及补办: until the written request has followed, which the leaders decide."""

    papers_id: UUID | None = referring("补办的申请", "The request", REQUEST, default=None)


BEFORE = Requirement[Any](
    "ASKED_ONCE_AWAY",
    ("asked_at",),
    lambda form, _: office_local(form.asked_at).date() <= form.first_day,
)
stage = remarked(Oral)
ORAL = CaseKind(
    "leave.oral",
    Label("口头请假", "Leave asked for orally"),
    table=case_table("oral_leaves", Oral),
    record=Oral,
    entry=Entry(
        Asked,
        kept=True,
        rules=(
            *happened("asked_at"),
            around("first_day"),
            around("until"),
            ordered("first_day", "until"),
            another("person_id", "consented_id"),
            BEFORE,
        ),
    ),
    chain=("leave.oral",),
    parties=(
        Party("person_id", Label("请假人", "who asked")),
        Party("consented_id", Label("口头同意的领导", "who consented")),
    ),
    day="first_day",
    draws=(
        Draw(
            "papers_id",
            (*LEAVES, "leave.extension"),
            applicant="person_id",
            pending=True,
            unfit="NOT_THEIR_LEAVE",
        ),
    ),
    stages={
        "ask_orally": stage(leads_on=True),
        "approve": stage(),
        "file": stage(since="until"),
        "begin": stage(leads_on=True),
        "complete_papers": stage("papers_id"),
    },
)
CASES = (ORAL,)
