"""Filing 立卷归档: papers collected, put in order, bound, filed and entered in the catalogue."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.approval.procedure import Form, asked, referring
from domain.areas.archives.books import VOLUME
from domain.records.case_tables import case_table
from domain.records.cases import CaseKind, Entry
from domain.records.registers import UNIT
from domain.records.stage_rules import remarked
from domain.values.choices import Choice
from domain.vocabulary import Label


class FilingWay(Choice):
    """归档方式; by which of the office's ways papers are filed."""

    TOGETHER = "together", "综合管理: with all others."
    CONFIDENTIAL = "confidential", "保密归档: within the system of secrecy."
    SHELVED = "shelved", "归档上架: until they stand on the shelf."
    CATALOGUE = "catalogue", "目录录入: into the catalogue."


PATHS: Mapping[FilingWay, str] = {
    FilingWay.TOGETHER: "archiving",
    FilingWay.CONFIDENTIAL: "confidential-archiving",
    FilingWay.SHELVED: "archive-basics",
    FilingWay.CATALOGUE: "archive.catalogue_entry",
}


class Papers(Form):
    """待归档材料; papers that are to be filed."""

    papers: str = asked("材料", "The papers", longest=1000)
    way: FilingWay = asked("归档方式", "How they are filed")
    unit_id: UUID | None = referring("形成科室", "The section they come from", UNIT, default=None)


class Filing(Papers):
    """归档; papers, until they are a file of the catalogue."""

    sorted_on: date | None = asked("整理日期", "Put in order on", default=None)
    volume_id: UUID | None = referring("案卷", "The file", VOLUME, default=None)


stage = remarked(Filing)
FILING = CaseKind(
    "archive.filing",
    Label("立卷归档", "Filing of papers"),
    table=case_table("archive_filings", Filing),
    record=Filing,
    entry=Entry(Papers, lambda form: (PATHS[form.way],), kept=True),
    stages={
        **{event: stage() for event in ("collect", "gather", "bind", "shelve", "retrieve")},
        **{event: stage() for event in ("classify", "maintain")},
        "sort": stage("sorted_on"),
        "file": stage("volume_id"),
        "enter": stage("volume_id"),
    },
)
