"""Sheets as files: CSV that spreadsheets open in Chinese, and XLSX written row by row.

Numbers and days stay what they are, and every text stays text.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from io import BytesIO, StringIO
from typing import Any, Protocol
from uuid import UUID

from domain.approval.description import ANSWERS
from domain.messages import say
from domain.records.exports import Column
from domain.records.statements import Times
from domain.time.moments import Moment, office_local
from domain.time.wording import UNITS, half_day
from domain.values.cells import as_text
from domain.vocabulary import Label, Vocabulary

Cell = str | int | Decimal | date | datetime | None
EXACT = 15
"""Digits that a spreadsheet's number holds; one that has more is told as text."""
BOM = "\ufeff"


@dataclass(frozen=True)
class Said:
    """In which words cells are told; `names` are those of what ids refer to."""

    language: str
    words: Vocabulary
    names: Mapping[UUID, str]


def cell(value: Any, column: Column, said: Said) -> Cell:
    """What a column shows of a value: what people call it, or the number or day itself."""
    if isinstance(column.type, type) and issubclass(column.type, Enum) and type(value) is str:
        value = next((each for each in column.type if each.value == value), value)
    match value:
        case datetime():
            return office_local(value).replace(tzinfo=None, microsecond=0)
        case UUID():
            return said.names.get(value, "")
        case list() | tuple():
            return "、".join(str(cell(each, column, said)) for each in value)
        case Times(_, label, number):
            return f"{label} {number}"
        case Label() | bool() | Enum() | Moment():
            return say(said.language, _label(value, column, said.words))
        case None | int() | date() | Decimal():
            return value
    return str(value)


def _label(value: Label | bool | Enum | Moment, column: Column, words: Vocabulary) -> Label:
    match value:
        case Label():
            return value
        case bool():
            return ANSWERS[value]
        case Moment():
            return half_day(value)
    return word_of(value, column, words)


def word_of(value: Enum, column: Column, words: Vocabulary) -> Label:
    """What a word of a column means: by the vocabulary, or as the API says it of its type."""
    fact = words.facts.get(column.name)
    if fact and fact.values and value.value in fact.values:
        return fact.values[value.value]
    zh, _, en = getattr(value, "says", "").partition(": ")
    return Label(zh, en.rstrip(".")) if en else Label(value.name, value.name)


def heading(column: Column, language: str) -> str:
    """金额(元): a label with the unit of what stands below it."""
    label, unit = say(language, column.label), UNITS.get(column.unit)
    told = say(language, unit) if unit else ""
    return label if not told or label.endswith(f"({told})") else f"{label}({told})"


class Sheet(Protocol):
    """A file that is written from its head to its end."""

    media_type: str

    def write(self, rows: Sequence[Sequence[Cell]]) -> None: ...

    def finished(self, about: Sequence[str]) -> bytes:
        """The whole file; `about` says whose it is, who made it and of what."""
        ...

    def given_up(self) -> None:
        """Leave nothing behind."""


class CommaSeparated:
    """Its first row is what the file is about, its second the headings."""

    media_type = "text/csv; charset=utf-8"

    def __init__(self, title: str, columns: Sequence[Column], language: str) -> None:
        del title
        self.body, self.columns = StringIO(), columns
        self.write([[heading(each, language) for each in columns]])

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        told = ([_plain(*each) for each in zip(row, self.columns, strict=True)] for row in rows)
        csv.writer(self.body).writerows(told)

    def finished(self, about: Sequence[str]) -> bytes:
        head = StringIO()
        csv.writer(head).writerow([as_text(each) for each in about])
        return f"{BOM}{head.getvalue()}{self.body.getvalue()}".encode()

    def given_up(self) -> None:
        self.body.close()


def _plain(value: Cell, column: Column) -> str:
    match value:
        case None:
            return ""
        case str():
            return as_text(value)
        case Decimal() if column.unit == "yuan" and value == round(value, 2):
            return f"{value:.2f}"
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)


class Excel:
    """A sheet with headings on top, and another that says what the file is about."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, title: str, columns: Sequence[Column], language: str) -> None:
        # It takes a quarter of a second to read, which only those who export should pay.
        from openpyxl import Workbook
        from openpyxl.utils import get_column_letter

        self.book, self.columns, self.language = Workbook(write_only=True), columns, language
        self.sheet = self.book.create_sheet(title[:31])
        self.sheet.freeze_panes = "A2"
        for number, each in enumerate(columns, start=1):
            wide = 2 * len(heading(each, language)) + 2
            self.sheet.column_dimensions[get_column_letter(number)].width = max(12, min(wide, 40))
        self.sheet.append([self._text(heading(e, language), bold=True) for e in columns])

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        for row in rows:
            of = zip(row, self.columns, strict=True)
            self.sheet.append([self._cell(value, column) for value, column in of])

    def finished(self, about: Sequence[str]) -> bytes:
        notes = self.book.create_sheet("说明" if self.language != "en" else "About")
        for each in about:
            notes.append([self._text(each)])
        self.book.properties.title, self.book.properties.creator = about[0], about[1]
        self.book.properties.description = "\n".join(about)
        made = BytesIO()
        self.book.save(made)
        return made.getvalue()

    def given_up(self) -> None:
        self.sheet.close()
        self.sheet._writer.cleanup()  # noqa: SLF001  # the library keeps its file until then

    def _text(self, text: str, *, bold: bool = False) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Font

        made = WriteOnlyCell(self.sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
        made.data_type = "s"
        if bold:
            made.font = Font(bold=True)
        return made

    def _cell(self, value: Cell, column: Column) -> Any:
        if isinstance(value, Decimal) and len(value.as_tuple().digits) > EXACT:
            value = format(value, "f")
        if value is None or isinstance(value, str):
            return self._text(value) if value else None
        from openpyxl.cell import WriteOnlyCell

        made = WriteOnlyCell(self.sheet, value)
        if isinstance(value, datetime):
            made.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, date):
            made.number_format = "yyyy-mm-dd"
        elif column.unit == "yuan":
            made.number_format = "#,##0.00"
        return made


SHEETS: Mapping[str, type[CommaSeparated | Excel]] = {"csv": CommaSeparated, "xlsx": Excel}
