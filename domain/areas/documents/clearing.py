"""The clearing of what came in 来文清查: how many papers should be there, and how many are."""

from datetime import date
from typing import Any

from domain.approval.procedure import Requirement, asked
from domain.records.registers import Entry, Register
from domain.values.bounds import between

PAPERS = between(0, 1_000_000)


class Clearing(Entry):
    """来文清查登记; what the office found when it cleared the papers that had come in."""

    checked_on: date = asked("清查日期", "Cleared on")
    registered: int = asked("应有件数", "On the register", bounds=PAPERS)
    found: int = asked("实有件数", "Found", bounds=PAPERS)
    missing: str = asked("缺少的文件及去向", "What is missing, and where", default="", longest=1000)


NAMED: Requirement[Any] = Requirement(
    "REQUIRED", ("missing",), lambda form, _: form.found >= form.registered or bool(form.missing)
)
CLEARINGS = Register("document.clearing", Clearing, day="checked_on", rules=(NAMED,))
