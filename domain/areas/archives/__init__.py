"""Archives 档案: the lists by which a section hands over its files, signed for by the office."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.values.bounds import between


@dataclass(frozen=True, kw_only=True)
class Transfer(Entry):
    """档案资料移交清单; the files of a year that a section hands over, and who signs for them."""

    transferred_on: date = asked("移交日期", "The day")
    files_year: int = asked("档案年度", "Of which year", bounds=between(1950, 2200))
    unit_id: UUID = referring("移交科室", "The section", UNIT)
    handed_by_id: UUID = referring("移交人", "Who hands over", PERSON)
    items: str = asked("清单（含电子载体）", "What is handed over, media too", longest=4000)
    pieces: int = asked("件数", "How many", bounds=between(1, 1_000_000, unit="piece"))
    to_id: UUID = referring("签收人", "Who signs for it", PERSON)


REGISTERS = (
    Register(
        "archive.transfer",
        Transfer,
        day="transferred_on",
        about="handed_by_id",
        of_unit="unit_id",
        signed_by="to_id",
    ),
)
