"""Sheets that are read: tables under headings, of which each cell is found again by its place.

Every cell is a text; days and numbers are read from it as people write them, in any width.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from domain.errors import Problem
from domain.messages import say
from domain.values.characters import simplified
from domain.values.choices import Choice
from domain.values.notation import read_decimal
from domain.vocabulary import Label

DAY = re.compile(r"(\d{4})(?:([-/.年])(\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))")
SERIAL = re.compile(r"\d{5}")
SERIALS_BEGIN = date(1899, 12, 30)
"""The day from which spreadsheets count; a bare count may be anything, so it is not taken."""

YES, NO = (
    frozenset({"是", "有", "√", "true", "yes", "y", "1"}),
    frozenset({"否", "无", "×", "false", "no", "n", "0"}),
)
MOST_SHOWN = 12
LONGEST_TITLE = 31
"""Of a sheet, as spreadsheets have it."""
HEADINGS_WITHIN = 5
"""Lines from the top; what is above the headings says what the sheet is about."""


class Does(Choice):
    """What a line of a sheet does."""

    ADDS = "adds", "新增: what there was not."
    CHANGES = "changes", "更改: what there was, otherwise."
    REMOVES = "removes", "终止: what there was ends; its past stays."


@dataclass(frozen=True)
class Column:
    """A column by its heading."""

    name: str
    label: Label
    required: bool = False

    def is_called(self, text: str) -> bool:
        """Whether a heading means it; a unit may stand behind in brackets."""
        own = {plain(each) for each in (self.label.zh, self.label.en, self.name)}
        return not own.isdisjoint((plain(text), plain(text).rpartition("(")[0]))


@dataclass(frozen=True)
class Sheet:
    """What a file holds under a title: lines from 1 on, and what cannot be read in them."""

    title: str
    lines: Sequence[Sequence[str]]
    faults: Sequence[tuple[int, int, str]] = ()


@dataclass(frozen=True)
class Row:
    """A line of a table: what it says by column; a column that says nothing is absent."""

    line: int
    said: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A sheet under headings that are known."""

    title: str
    at: Mapping[str, int]
    rows: tuple[Row, ...]
    problems: list[Problem] = field(default_factory=list)

    def place(self, line: int, column: str) -> tuple[str, str]:
        """Where a cell stands: 人员, B5."""
        return self.title, place(line, self.at.get(column, 0))

    def fault(self, row: Row, column: str, code: str, **details: object) -> None:
        self.problems.append(Problem(code, self.place(row.line, column), None, details))

    def cell(self, row: Row, column: str, reads: Callable[[str], Any], default: Any = None) -> Any:
        """What a cell says, `default` where it says nothing; none, with a fault, of what is odd."""
        if (text := row.said.get(column)) is None:
            return default
        try:
            return reads(text)
        except ValueError as odd:
            code, value, *known = odd.args
            self.fault(row, column, code, value=value, known="".join(known))
        return None


def place(line: int, column: int) -> str:
    """B5: a cell as spreadsheets call it, its column counted from 0."""
    letters, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{line}"


def plain(text: str) -> str:
    """A text in its plain form: of one width, without blanks, in small letters, simplified."""
    return simplified("".join(normalize("NFKC", text).split()).casefold())


def table_of(sheet: Sheet, columns: Sequence[Column], title: str) -> Table | None:
    """The sheet as a table of these columns; none where their headings are not there."""
    for line, cells in enumerate(sheet.lines[:HEADINGS_WITHIN], start=1):
        at: dict[str, int] = {}
        odd = []
        for index, text in enumerate(cells):
            found = next((each.name for each in columns if each.is_called(text)), None)
            if found is None or found in at:
                odd += [index] if text.strip() else []
            else:
                at[found] = index
        if at and all(each.name in at for each in columns if each.required):
            problems = [
                Problem("HEADING_UNKNOWN", (title, place(line, each)), None, {"name": cells[each]})
                for each in odd
            ]
            problems += [
                Problem(code, (title, place(where, column))) for where, column, code in sheet.faults
            ]
            rows, told = [], {each.path for each in problems}
            for row in _rows(sheet, line, at):
                lacking = [e.name for e in columns if e.required and e.name not in row.said]
                cells_of = [(title, place(row.line, at[e])) for e in lacking]
                problems += [Problem("REQUIRED", each) for each in cells_of if each not in told]
                rows += [] if lacking else [row]
            return Table(title, at, tuple(rows), problems)
    return None


def tables_of(
    sheets: Sequence[Sheet],
    of: str,
    titles: Mapping[str, Label],
    columns_of: Callable[[str], Sequence[Column]],
    language: str,
) -> tuple[dict[str, Table], list[Problem]]:
    """Which sheet is which of these: as it is called, or as it is said of the only one."""
    found: dict[str, Table] = {}
    problems: list[Problem] = []
    cut = {k: Label(e.zh[:LONGEST_TITLE], e.en[:LONGEST_TITLE]) for k, e in titles.items()}
    called = read_word(cut)
    for sheet in sheets:
        try:
            name = called(of or sheet.title)
        except ValueError:
            name = ""
        title = sheet.title or (say(language, titles[name]) if name else "CSV")
        table = table_of(sheet, columns_of(name), title) if name else None
        if table and name not in found:
            found[name] = table
            continue
        code, told = "SHEET_TWICE" if table else "SHEET_UNKNOWN", {"name": title}
        if name and table is None:
            required = [say(language, e.label) for e in columns_of(name) if e.required]
            code, told = "HEADINGS_MISSING", {"headings": "、".join(required)}
        problems.append(Problem(code, (title, "A1"), None, told))
    return found, problems


def _rows(sheet: Sheet, headings: int, at: Mapping[str, int]) -> Iterator[Row]:
    for line, cells in enumerate(sheet.lines[headings:], start=headings + 1):
        said = {n: cells[i].strip() for n, i in at.items() if i < len(cells) and cells[i].strip()}
        if said:
            yield Row(line, said)


def read_day(text: str) -> date:
    """A day as people write it: 2026-03-02, 2026/3/2, 2026年3月2日, 20260302.

    Raises: ValueError: it is none; its first argument is the code of why.
    """
    written = plain(text)
    if SERIAL.fullmatch(written):
        raise ValueError("DAY_IS_A_NUMBER", SERIALS_BEGIN + timedelta(int(written)))
    found = DAY.fullmatch(written)
    if not found:
        raise ValueError("NOT_A_DAY", text)
    year, _, month, day, *closed = found.groups()
    try:
        return date(int(year), int(month or closed[0]), int(day or closed[1]))
    except ValueError:
        raise ValueError("NOT_A_DAY", text) from None


def read_number(text: str) -> str:
    """A number in plain digits, of any width; commas may stand between thousands.

    Raises: ValueError: it is none.
    """
    try:
        return format(read_decimal(plain(text).replace(",", "")), "f")
    except ValueError:
        raise ValueError("NOT_A_NUMBER", text) from None


def read_answer(text: str) -> bool:
    """是 or 否. Raises: ValueError: it is neither."""
    if (said := plain(text)) not in YES | NO:
        raise ValueError("NOT_AN_ANSWER", text)
    return said in YES


def _called(words: Mapping[str, Label]) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    for code, label in words.items():
        for each in {plain(code), plain(label.zh), plain(label.en)}:
            known.setdefault(each, []).append(code)
    return known


def read_word(
    words: Mapping[str, Label], common: Mapping[str, Label] = MappingProxyType({})
) -> Callable[[str], str]:
    """One of these words, by its label in either language or its code.

    What no word of them is called may be called as is common.
    """
    known = _called(words)
    known = {**_called({code: each for code, each in common.items() if code in words}), **known}

    def read(text: str) -> str:
        found: Collection[str] = known.get(plain(text), ())
        if len(found) != 1:
            like = sorted(words.values(), key=lambda e: -len({*plain(text)} & {*plain(e.zh)}))
            shown = "、".join(each.zh for each in like[:MOST_SHOWN])
            shown += " ……" if len(words) > MOST_SHOWN else ""
            raise ValueError("WORD_AMBIGUOUS" if found else "WORD_UNKNOWN", text, shown)
        return next(iter(found))

    return read
