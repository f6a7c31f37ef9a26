"""Retention: when the period of a record is over, and what holds it nevertheless."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import CheckConstraint, Column, Index, Text, Uuid, text

from domain.shapes.points import months_later
from domain.tables import columns, key, moment, refers, signed, table

PERMANENT = "permanent"
LASTING = re.compile(r"P(\d{1,3})([YMD])")

record_holds = table(
    "record_holds",
    key(),
    *columns(Text, "held", "reason"),
    Column("record_id", Uuid),
    *signed(),
    *refers("people", "lifted_by", nullable=True),
    *columns(Text, "lifted_by_name", "lifted_why", nullable=True),
    moment("lifted_at", nullable=True),
    CheckConstraint("(lifted_at is null) = (lifted_by is null)", name="lifted"),
    Index(
        "record_holds_standing_idx",
        "institution_id",
        "held",
        "record_id",
        postgresql_where=text("lifted_at is null"),
    ),
    changes=("insert", "update (lifted_by, lifted_by_name, lifted_why, lifted_at)"),
)
"""What may not be destroyed: one record, or all of those that are `held` under a name."""


def until(ended: date, period: str) -> date | None:
    """The last day of a period that runs from the end of a matter; none where it never ends."""
    found = LASTING.fullmatch(period)
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    if unit == "D":
        return ended + timedelta(days=count)
    return months_later(ended, count * (12 if unit == "Y" else 1))


def longest(periods: Iterable[str]) -> str:
    """The period that ends last, from whatever day; one that is no number of days never ends."""
    return max(periods, key=lambda it: until(date(2000, 1, 1), it) or date.max)


def is_due(last: date | None, today: date) -> bool:
    """Whether what is kept until a day may go, the last day of its period included."""
    return last is not None and last < today


def latest_end(periods: Iterable[str], today: date) -> date:
    """A day after which nothing that is kept for one of these periods can have ended and be due."""
    least = {"Y": 365, "M": 28, "D": 1}
    found = [LASTING.fullmatch(each) for each in periods]
    days = min((int(e[1]) * least[e[2]] for e in found if e), default=today.toordinal() - 1)
    return date.fromordinal(max(today.toordinal() - days, 1))
