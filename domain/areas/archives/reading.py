"""Reading and lending 查阅、借阅: what was approved, until the file is back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.areas.archives.books import VOLUME, VOLUMES, RetentionPeriod
from domain.records.bookable import Holds
from domain.records.case_tables import case_table
from domain.records.cases import Begins, CaseKind, Party, Rule, Shows, Turn
from domain.records.stage_effects import Had, Use
from domain.records.stage_forms import carried
from domain.records.stage_rules import remarked
from domain.time.moments import office_local
from domain.vocabulary import Label

STATED = ("internal", "archive_kind", "media_class", "secrecy")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """档案查阅登记: what was read or lent, to whom, on whose signatures, and when it came back."""

    purpose: str = asked("利用目的", "What for")
    reader: str = asked("查阅人", "Who reads it", default="", longest=100)
    file_title: str = asked("案卷或文件题名", "Title of the file", default="", longest=300)
    kept_for: RetentionPeriod | None = asked("保管期限", "Kept for", default=None)
    reads_on: date | None = asked("查阅或借阅日期", "To be read on", default=None)
    reviewer: str = asked("审核人（由谁审核条文未写）", "Who reviewed it", default="", longest=100)
    volume_id: UUID | None = referring("案卷", "The file", VOLUME, default=None)
    read_at: datetime | None = asked("查阅时间", "Handed out at", default=None)
    due_on: date | None = asked("应归还日期", "To be back by", default=None)
    returned_at: datetime | None = asked("归还时间", "Given back at", default=None)
    feedback: str = asked("跟踪服务、回访情况", "What the reader says", default="", longest=2000)


def _not_over(turn: Turn[Reading]) -> bool:
    due = turn.after.due_on
    return due is None or due >= office_local(turn.now).date()


def _begins(kind: str, path: str) -> Begins:
    return Begins(
        kind,
        lambda form, by: carried(form, Reading, purpose=form.explanation, reader=by.applicant_name),
        lambda _: (path,),
        facts=STATED,
        asks=("file_title", "kept_for", "reads_on"),
    )


stage = remarked(Reading)
PASSED = ("review_passed", bool, asked("审核通过", "The review was passed"))
OUT: dict[str, Any] = {"may": ("reader",), "moments": ("read_at",), "uses": Use.TAKES_OUT}
READING = CaseKind(
    "archive.reading",
    Label("档案查阅、借阅", "Reading of archives"),
    table=case_table("archive_readings", Reading, renewed=True),
    record=Reading,
    begins_with=(
        _begins("archive.borrow", "archive.borrow"),
        _begins("archive.lend_out", "archive.lend_out"),
    ),
    walked=("fill_in_form",),
    begun="read_at",
    parties=(Party("begun_by", Label("申请人", "who asked for it")),),
    has=Had(VOLUMES, "volume_id", out="read_at", back="returned_at", is_out="ARCHIVE_IS_OUT"),
    shows=(Shows("title", Label("题名", "Title"), VOLUMES.table.c.title, by="volume_id"),),
    stages={
        "review": stage("reviewer", also=(PASSED,)),
        "serve": stage("volume_id", **OUT),
        "lend": stage(
            "volume_id",
            **{**OUT, "may": ("reader", "due_on")},
            since="due_on",
            rules=(Rule("END_BEFORE_START", ("due_on",), _not_over),),
        ),
        "use": stage(),
        "return": stage(moments=("returned_at",), uses=Use.BRINGS_BACK),
        "follow_up": stage("feedback"),
    },
)
HOLDS = Holds(
    "being_read",
    "Whether somebody has it.",
    READING,
    "volume_id",
    VOLUMES,
    ("served", "lent", "used"),
)
