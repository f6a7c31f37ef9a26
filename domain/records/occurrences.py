"""Occurrences 情形: that a person or a section did what a clause of the office speaks of.

What there is to enter, and what it counts towards, are rows; what follows is never stored.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.approval.procedure import Requirement, asked, referring
from domain.records.registers import PERSON, UNIT, Entry, Register
from domain.values.bounds import AMOUNT


class Occurrence(Entry):
    """情形登记; something that a clause of the office speaks of, and of whom."""

    person_id: UUID | None = referring("当事人", "Who it concerns", PERSON, default=None)
    unit_id: UUID | None = referring("科室", "The section that it concerns", UNIT, default=None)
    happened_on: date = asked("发生日期", "The day")
    what: str = asked("情形", "What happened, in the office's own words", longest=60)
    amount: Decimal | None = asked(
        "数量", "How much, where the clause counts it", default=None, bounds=AMOUNT
    )
    description: str = asked("情况说明", "Description", default="", longest=2000)
    checked_at: datetime | None = asked("查岗时间", "When it was found at a check", default=None)


OCCURRENCES = Register(
    "occurrence",
    Occurrence,
    day="happened_on",
    about="person_id",
    by_others=True,
    of_unit="unit_id",
    words="what",
    rules=(
        Requirement(
            "NOBODY_NAMED",
            ("person_id",),
            lambda form, _: any((form.person_id, form.unit_id)),
            check="person_id is not null or unit_id is not null",
        ),
    ),
)
