"""numbers.csv: its columns, each with its reader, and what the patterns of an office say."""

import re
from collections.abc import Sequence
from typing import Any

from domain import CASE_KINDS, REGISTERS
from domain.records.cases import CaseKind
from domain.records.numbering import series_codes
from domain.records.registers import Register
from domain.shapes.numbers import NUMBER, YEAR, NumberPattern
from policies import shape_cells as read
from policies.lines import Faults, Line
from policies.shape_cells import Cell
from policies.shape_tables import Table, labelled

PLACE = re.compile(r"\{[^{}]*\}|[{}]")
NUMBERED: tuple[Register | CaseKind[Any], ...] = (*REGISTERS, *CASE_KINDS)
SERIES = tuple(code for each in NUMBERED for code in series_codes(each))
"""Everything that is numbered, by the words that rows name it by."""


def pattern(cell: Cell) -> str:
    """What is written around the year and the number; the number stands in it once."""
    places = PLACE.findall(cell.text)
    if places.count(NUMBER) != 1 or {*places} - {NUMBER, YEAR}:
        cell.wrong(f"发〔{YEAR}〕{NUMBER}号")
    return cell.text


def digits(cell: Cell) -> int:
    return read.whole(cell) or 1


NUMBERS = Table(
    labelled(NumberPattern),
    {
        "series": read.word_of(*SERIES),
        "clause": read.clause,
        "pattern": pattern,
        "restarts": lambda cell: read.word_of("", "year")(cell) == "year",
        "digits": digits,
        "label_zh": read.needed,
        "label_en": read.needed,
    },
)


def check(pairs: Sequence[tuple[Line, NumberPattern]], faults: Faults) -> None:
    """A series has one pattern and no other has it; what begins anew each year names the year."""
    first: dict[str, Line] = {}
    for line, row in pairs:
        for column, said in (("series", row.id), ("pattern", row.pattern)):
            earlier = first.setdefault(said, line)
            if earlier is not line:
                faults.add(line, column, "DUPLICATE", earlier=earlier.number)
        if row.yearly and YEAR not in row.pattern:
            faults.add(line, "pattern", "WRONG_FORMAT", expected=f"〔{YEAR}〕{NUMBER}号")
        if YEAR in row.pattern and not row.yearly:
            faults.add(line, "restarts", "WRONG_FORMAT", expected="year")
