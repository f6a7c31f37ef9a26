"""Rosters 值班表, as rows: which post, which shift, on which days, and whose turn it may be.

Several rows may speak of one shift of a post, each saying what its own clause says of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import ClassVar

from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Label

EVERYBODY = "*"
"""Whoever holds a seat of the office takes turns."""


class Days(StrEnum):
    """On which days a shift is; a holiday is a day off that the calendar names."""

    WORKDAY = "workday"
    DAY_OFF = "day_off"
    HOLIDAY = "holiday"
    ALL = "all"
    ORDERED = "ordered"


@dataclass(frozen=True)
class RosterRow:
    """What a clause says of a shift of a post; what it leaves open is None or empty.

    `post` is the role that whoever is on duty bears, `of` the roles whose holders take turns, and
    `subjects` the lists of eligibility by which a person is judged on the day. A shift that ends
    no later than it begins ends the next day.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("duty", "eligibility", "deadline", "record")
    id: str
    clause: str
    post: str
    shift: str
    days: Days | None
    begins: time | None
    ends: time | None
    people: int | None
    of: tuple[str, ...]
    handover_minutes: int | None
    subjects: tuple[str, ...]
    label: Label


STATED = ("days", "begins", "ends", "people", "of", "handover_minutes", "subjects")
"""What the rows of one shift say between them, each at most once."""
NEEDED = ("days", "begins", "ends", "people", "of")
"""Without which nobody can be put on a shift: where no text says it, the office's reading does."""


@dataclass(frozen=True)
class Shift:
    """A shift of a post as its rows have it together; `clause` is that of the first."""

    post: str
    name: str
    clause: str
    clauses: tuple[str, ...]
    days: Days
    begins: time
    ends: time
    people: int
    of: tuple[str, ...]
    handover_minutes: int
    subjects: tuple[str, ...]
    label: Label

    def is_on(self, day: date, calendar: Calendar, ordered: Iterable[date]) -> bool:
        """Whether there is such a shift on a day; `ordered` are the days that documents order."""
        match self.days:
            case Days.ALL:
                return True
            case Days.ORDERED:
                return day in ordered
            case Days.WORKDAY:
                return calendar.is_workday(day)
            case Days.DAY_OFF:
                return not calendar.is_workday(day)
            case Days.HOLIDAY:
                return not calendar.is_workday(day) and calendar.row(day) is not None

    def span(self, day: date) -> tuple[datetime, datetime]:
        """From when until when it is on a day."""
        ends = day + timedelta(days=self.ends <= self.begins)
        return (
            datetime.combine(day, self.begins, OFFICE_TIME),
            datetime.combine(ends, self.ends, OFFICE_TIME),
        )


def shifts_of(rows: Iterable[RosterRow], roster: str) -> tuple[Shift, ...]:
    """The shifts of a roster in the order of their rows; none where the office has none."""
    grouped: dict[tuple[str, str], list[RosterRow]] = {}
    for row in rows:
        if row.id == roster:
            grouped.setdefault((row.post, row.shift), []).append(row)
    return tuple(_joined(group) for group in grouped.values())


def said(group: Iterable[RosterRow], column: str) -> list[RosterRow]:
    """The rows that say something of a column."""
    return [row for row in group if getattr(row, column) not in (None, ())]


def _joined(group: list[RosterRow]) -> Shift:
    first = group[0]
    told = {
        column: getattr(rows[0], column) if (rows := said(group, column)) else None
        for column in STATED
    }
    told["handover_minutes"] = told["handover_minutes"] or 0
    told["subjects"] = told["subjects"] or ()
    clauses = tuple(dict.fromkeys(row.clause for row in group))
    named = {"post": first.post, "name": first.shift, "clause": first.clause, "label": first.label}
    return Shift(**named, **told, clauses=clauses)  # type: ignore[arg-type]
