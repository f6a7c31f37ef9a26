"""Numbers 文号: how an office writes the number of what it numbers, by series."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from domain.vocabulary import Label

YEAR, NUMBER = "{year}", "{number}"
PLAIN = f"{YEAR}-{NUMBER}"


@dataclass(frozen=True)
class NumberPattern:
    """How a series is written; one that is `yearly` begins with 1 each year.

    A series is an object, or one value of the column that divides it: the object's own row serves
    all values that have none. `digits` is how wide the number is at least.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("record", "procedure", "quota", "interpretation")
    id: str
    clause: str
    pattern: str
    yearly: bool
    digits: int
    label: Label


@dataclass(frozen=True)
class Series:
    """A run of numbers without gaps: of what, of which value, of which year (0: of all)."""

    of: str
    value: str
    year: int
    pattern: str
    digits: int

    def said(self, number: int) -> str:
        """A number of the series as it is written."""
        told = f"{number:0{self.digits}}"
        return self.pattern.replace(YEAR, str(self.year)).replace(NUMBER, told)


def series_of(rows: Iterable[NumberPattern], of: str, value: str, year: int) -> Series:
    """The series of an object: by the row of the value, else of the object, else the plain one."""
    every = {each.id: each for each in rows}
    row = every.get(f"{of}.{value}")
    if row is None and of in every:
        row, value = every[of], ""
    if row is None:
        return Series(of, value, year, PLAIN, 4)
    return Series(of, value, year if row.yearly else 0, row.pattern, row.digits)
