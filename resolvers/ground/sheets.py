"""Files of sheets read and written: CSV in UTF-8 or GB 18030, and XLSX.

What reads otherwise than it looks is a fault at its cell: formulas, merged cells, errors.
"""

import csv
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from domain.errors import at_fault
from domain.sheets import LONGEST_TITLE, Sheet
from domain.values.cells import as_text
from resolvers.ground.aside import aside

MOST_LINES, MOST_COLUMNS, LONGEST_CELL = 20_000, 64, 2_000
MOST_UNPACKED = 40_000_000
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}):')
BROKEN = (BadZipFile, KeyError, ValueError, OSError, TypeError, SyntaxError, AttributeError)
"""What the reader of workbooks raises where a file is none."""


async def sheets_in(content: bytes) -> list[Sheet]:
    """Every sheet of a file that says something; a CSV is one without a title.

    Raises: Refused: it is neither CSV nor XLSX, too large, or too many are read.
    """
    return await aside(lambda: _read(content))


def _read(content: bytes) -> list[Sheet]:
    found = _of_workbook(content) if content[:4] == b"PK\x03\x04" else [_of_text(content)]
    if not (said := [each for each in found if any(map(any, each.lines))]):
        raise at_fault("SHEETS_EMPTY", "input", "file")
    return said


def _of_text(content: bytes) -> Sheet:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError:
            raise at_fault("FILE_UNREADABLE", "input", "file") from None
    if "\0" in text:
        raise at_fault("FILE_UNREADABLE", "input", "file")
    head = text.partition("\n")[0]
    sign = max(",\t;", key=head.count)
    lines: list[list[str]] = []
    faults: list[tuple[int, int, str]] = []
    try:
        for at, line in enumerate(csv.reader(StringIO(text, newline=""), delimiter=sign), start=1):
            _bounded(at)
            faults += [(at, i, "FORMULA") for i, each in enumerate(line) if each.startswith("=")]
            lines.append([_unquoted(each)[:LONGEST_CELL] for each in line[:MOST_COLUMNS]])
    except csv.Error:
        raise at_fault("FILE_UNREADABLE", "input", "file") from None
    return Sheet("", lines, faults)


def _unquoted(text: str) -> str:
    """What an exported cell held before it was made to stay a text."""
    return text[1:] if text[:1] == "'" and as_text(text[1:]) == text else text


def _bounded(lines: int) -> None:
    if lines > MOST_LINES:
        raise at_fault("SHEETS_TOO_LONG", "input", "file", most=MOST_LINES)


def _of_workbook(content: bytes) -> list[Sheet]:
    from openpyxl import load_workbook

    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MOST_UNPACKED:
                raise at_fault("SHEETS_TOO_LARGE", "input", "file")
            book = load_workbook(BytesIO(content), read_only=True)
            return [_of_worksheet(each, packed) for each in book.worksheets]
    except BROKEN:
        raise at_fault("FILE_UNREADABLE", "input", "file") from None


def _of_worksheet(sheet: Any, packed: ZipFile) -> Sheet:
    from openpyxl.utils import coordinate_to_tuple

    path = sheet._worksheet_path  # noqa: SLF001  # read only, it does not tell what is merged
    corners = [coordinate_to_tuple(each.decode()) for each in MERGED.findall(packed.read(path))]
    faults = [(row, column - 1, "MERGED_CELLS") for row, column in corners]
    lines: list[list[str]] = []
    sheet.reset_dimensions()
    for at, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        _bounded(at)
        line = []
        for index, cell in enumerate(cells):
            if cell.data_type in ("f", "e"):
                faults.append((at, index, "FORMULA" if cell.data_type == "f" else "CELL_ERROR"))
            line.append("" if cell.data_type == "f" else _text(cell.value)[:LONGEST_CELL])
        lines.append(line)
    return Sheet(sheet.title, lines, faults)


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return format(value, ".15g")
    return str(value)


Cell = str | int | Decimal | date | datetime | None
Written = Mapping[str, Sequence[Sequence[Cell]]]
"""By title the lines of a sheet, its headings first."""
EXACT = 15
"""Digits that a spreadsheet's number holds; one that has more is told as text."""
MONEY = "#,##0.00"
FORMATS: Mapping[type, str] = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd"}


def as_workbook(sheets: Written, money: Collection[int] = (), about: Sequence[str] = ()) -> bytes:
    """Sheets as XLSX: numbers and days stay what they are, and every text stays text.

    `money` are the columns of amounts. What the file is `about` stands on a last sheet, after what
    that is called: what it is of, who made it, and more.
    """
    # It takes a quarter of a second to read, which only those who export should pay.
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book, made = Workbook(write_only=True), BytesIO()
    for title, lines in sheets.items():
        sheet = book.create_sheet(title[:LONGEST_TITLE])
        sheet.freeze_panes = "A2"
        for column, head in enumerate(lines[0], start=1):
            wide = max(12, min(2 * len(str(head)) + 2, 40))
            sheet.column_dimensions[get_column_letter(column)].width = wide
        for index, line in enumerate(lines):
            cells = enumerate(line)
            sheet.append([_cell(sheet, e, money=at in money, bold=not index) for at, e in cells])
    if about:
        called, *lines = about
        notes = book.create_sheet(called)
        for line in lines:
            notes.append([_cell(notes, line)])
        book.properties.title, book.properties.creator, *_ = lines
        book.properties.description = "\n".join(lines)
    book.save(made)
    return made.getvalue()


def _cell(sheet: Any, value: Cell, *, money: bool = False, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font

    if value is None or value == "":
        return None
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > EXACT:
        value = format(value, "f")
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value)
        if told := FORMATS.get(type(value), MONEY if money else ""):
            cell.number_format = told
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def as_csv(
    lines: Sequence[Sequence[Cell]], money: Collection[int] = (), about: Sequence[str] = ()
) -> bytes:
    """A sheet as CSV that spreadsheets open in Chinese; what it is `about` is its first row."""
    body = StringIO()
    write = csv.writer(body).writerow
    if about:
        write([as_text(each) for each in about[1:]])
    for line in lines:
        write([_plain(each, money=at in money) for at, each in enumerate(line)])
    return f"\ufeff{body.getvalue()}".encode()


def _plain(value: Cell, *, money: bool) -> str:
    match value:
        case None:
            return ""
        case str():
            return as_text(value)
        case Decimal() if money and value == round(value, 2):
            return f"{value:.2f}"
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)
