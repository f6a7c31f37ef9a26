"""The books of archives: the catalogue of files, the lists handed over, what is looked at."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.procedure import Requirement, asked, referring
from domain.records.checks import Check, Sheet
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.records.rules import happened
from domain.records.things import Card, Thing
from domain.values.bounds import between
from domain.values.choices import Choice
from domain.vocabulary import Act

YEAR = between(1900, 2200)


class VolumeKind(Choice):
    """档案类别; which rules of reading an archive falls under."""

    ORDINARY = "ordinary", "一般档案: ordinary."
    SECRET = "secret", "秘密档案: secret."
    ACCOUNTING = "accounting", "会计档案: accounting papers."


class VolumeMedium(Choice):
    """档案载体; what it is kept on."""

    AUDIO_VISUAL = "audio_visual", "音像档案: sound and pictures."
    ELECTRONIC = "electronic", "电子档案: electronic."
    PAPER = "paper", "纸质档案: paper."


class RetentionPeriod(Choice):
    """保管期限; for how long it is kept."""

    PERMANENT = "permanent", "永久: for good."
    THIRTY_YEARS = "thirty_years", "定期30年: thirty years."
    TEN_YEARS = "ten_years", "定期10年: ten years."


class Volume(Card):
    """案卷; a file of the archives, as its cover and the catalogue describe it."""

    file_number: str = asked("档号", "Its number in the archives", longest=100)
    title: str = asked("案卷题名", "Title", longest=300)
    archive_kind: VolumeKind = asked("档案类别", "Kind of archive")
    media_class: VolumeMedium = asked("载体", "Medium")
    archive_class: str = asked("门类、条目", "Class and entry", longest=100)
    year: int | None = asked("年度", "The year", default=None, bounds=YEAR)
    kept_for: RetentionPeriod = asked("保管期限", "Kept for")
    sorted_on: date = asked("整理日期", "Put in order on")
    place: str = asked("存放位置", "Where it stands", default="", longest=100)
    unit_id: UUID | None = referring("形成科室", "The section it comes from", UNIT, default=None)


VOLUMES = Thing(
    "archive.volume",
    Volume,
    cards="archive_volumes",
    named_by="title",
    unique=("file_number",),
    rules=happened("sorted_on"),
)
VOLUME = VOLUMES.reference


class Transfer(Entry):
    """档案资料移交清单; the files of a year that a section hands over, and who signs for them."""

    transferred_on: date = asked("移交日期", "The day")
    files_year: int = asked("档案年度", "Of which year", bounds=between(1950, 2200))
    unit_id: UUID = referring("移交科室", "The section", UNIT)
    handed_by_id: UUID = referring("移交人", "Who hands over", PERSON)
    on_leaving: bool = asked(
        "离岗移交（经手工作的全部档案和资料）",
        "All the papers of their work: they leave",
        default=False,
    )
    items: str = asked("清单（含电子载体）", "What is handed over, media too", longest=4000)
    pieces: int = asked("件数", "How many", bounds=between(1, 1_000_000, unit="piece"))
    to_id: UUID = referring("签收人", "Who signs for it", PERSON)


TRANSFERS = Register(
    "archive.transfer",
    Transfer,
    day="transferred_on",
    about="handed_by_id",
    of_unit="unit_id",
    signed_by="to_id",
    leaving="on_leaving",
    cleared=("archives_handed_over",),
)


class ArchiveSheet(Sheet):
    """档案检查; what was found where archives are kept, or collected."""

    unit_id: UUID = referring("被检查科室", "The section", UNIT)
    checked_on: date = asked("检查日期", "The day")
    found: str = asked("存在问题", "What was found", default="", longest=2000)
    measures: str = asked("整改措施", "What is to be done", default="", longest=2000)
    mend_by: date | None = asked("整改期限", "To be put right by", default=None)


class StoreSheet(ArchiveSheet):
    """档案室检查; how the store and its equipment were found."""


class CollectionSheet(ArchiveSheet):
    """归档范围核对; which of what is to be collected a section has handed in."""


PLANNED = Requirement[Any](
    "REQUIRED",
    ("measures",),
    lambda form, _: not form.mend_by or bool(form.measures.strip()),
    check="mend_by is null or btrim(measures) <> ''",
)
IN_ORDER = Requirement[Any](
    "END_BEFORE_START",
    ("mend_by",),
    lambda form, _: not form.mend_by or form.mend_by >= form.checked_on,
    check="mend_by is null or mend_by >= checked_on",
)


def _check(name: str, entry: type[ArchiveSheet]) -> Check:
    book = Register(
        name,
        entry,
        day="checked_on",
        of_unit="unit_id",
        once=("unit_id", "checked_on"),
        act=Act.INSPECT,
        asked_when={"mend_by": "failed"},
        rules=(PLANNED, IN_ORDER),
    )
    return Check(book, mend_by="mend_by")


CHECKS = (
    _check("archive.store_check", StoreSheet),
    _check("archive.collection_check", CollectionSheet),
)
