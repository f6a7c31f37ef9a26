"""What is looked at before a paper is signed: by the office, and by the deputy in charge."""

from datetime import date
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.checks import Check, Sheet
from domain.records.registers import UNIT, Register
from domain.vocabulary import Act


class DraftSheet(Sheet):
    """校核意见; what the check of a draft found."""

    request_id: UUID = referring("发文申请", "The draft's request", "Request")
    unit_id: UUID = referring("起草科室", "Section that drafted it", UNIT)
    checked_on: date = asked("校核日期", "The day")
    opinion: str = asked("校核意见", "What is said", default="", longest=2000)


class OfficeSheet(DraftSheet):
    """办公室校核意见; what the office found in a draft."""


class DeputySheet(DraftSheet):
    """分管领导校核意见; what the deputy in charge found in a draft."""


def _check(name: str, entry: type[DraftSheet], lines: str) -> Check:
    book = Register(
        name,
        entry,
        table_name=lines,
        day="checked_on",
        of_unit="unit_id",
        once=("request_id",),
        act=Act.INSPECT,
    )
    return Check(book)


CHECKS = (
    _check("document.office_check", OfficeSheet, "document_office_checks"),
    _check("document.deputy_check", DeputySheet, "document_deputy_checks"),
)
