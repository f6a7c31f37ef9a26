"""Files of sheets read and written: CSV in UTF-8 or GB 18030, and XLSX.

What reads otherwise than it looks is a fault at its cell: formulas, merged cells, errors.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
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

    Raises:
        Refused: it is neither CSV nor XLSX, too large, or too many are read.

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


Written = Mapping[str, Sequence[Sequence[str | date | None]]]
"""By title the lines of a sheet, its headings first."""


def as_workbook(sheets: Written) -> bytes:
    """Sheets as XLSX: days stay days, and every text stays text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book, made = Workbook(write_only=True), BytesIO()
    for title, lines in sheets.items():
        sheet = book.create_sheet(title[:LONGEST_TITLE])
        sheet.freeze_panes = "A2"
        for index, line in enumerate(lines):
            cells = []
            for value in line:
                cell = WriteOnlyCell(sheet, value)
                if isinstance(value, date):
                    cell.number_format = "yyyy-mm-dd"
                elif value:
                    cell.data_type = "s"
                if index == 0:
                    cell.font = Font(bold=True)
                cells.append(cell)
            sheet.append(cells)
    book.save(made)
    return made.getvalue()


def as_csv(lines: Sequence[Sequence[str | date | None]]) -> bytes:
    """A sheet as CSV that spreadsheets open in Chinese."""
    body = StringIO()
    csv.writer(body).writerows(
        ["" if e is None else as_text(str(e)) for e in line] for line in lines
    )
    return f"\ufeff{body.getvalue()}".encode()
