"""Lines of a file or of a stored table, and the faults found in them, all told at once."""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain.conditions.language import ConditionError
from domain.messages import EN
from policies.messages import MESSAGES


@dataclass(frozen=True, slots=True)
class Line:
    """Where a line stands and what it says; `file` is empty for a stored row."""

    file: str
    number: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """Why one field cannot stand, and for a condition from which character, counted from 0.

    `known` are the words of which it is none.
    """

    file: str
    line: int
    column: str
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)
    character: int | None = None
    known: Collection[str] = field(default=(), compare=False, repr=False)

    @property
    def reason(self) -> str:
        return MESSAGES[self.code].say(EN, dict(self.details))

    def __str__(self) -> str:
        where = self.column if self.character is None else f"{self.column}, {self.character}"
        return f"{self.file or 'row'}:{self.line}: {where}: {self.reason}"


class RulebookError(Exception):
    """Rows that cannot be taken, with every fault."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Faults:
    """Collects what is wrong, so that one reading tells all of it."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, line: Line, column: str, code: str, **details: Any) -> None:
        self.found.append(Fault(line.file, line.number, column, code, details))

    def condition(self, line: Line, column: str, error: ConditionError) -> None:
        self.found.append(
            Fault(line.file, line.number, column, error.code, error.details, error.column)
        )

    def word(
        self,
        line: Line,
        column: str,
        word: str,
        known: Collection[str],
        code: str = "UNKNOWN_WORD",
        details: Mapping[str, Any] | None = None,
    ) -> bool:
        """Whether the word is known; a fault if not."""
        if word in known:
            return True
        told = details or {"word": word}
        self.found.append(Fault(line.file, line.number, column, code, told, known=known))
        return False

    def raise_any(self) -> None:
        if self.found:
            raise RulebookError(self.found)


def read_table(path: Path, columns: tuple[str, ...], faults: Faults) -> tuple[Line, ...]:
    """The lines of a quoted CSV file below its header; a missing file has none."""
    if not path.exists():
        return ()
    lines: list[Line] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            if tuple(next(reader, ())) != columns:
                start = Line(path.name, 1, ())
                faults.add(start, columns[0], "WRONG_HEADER", expected=",".join(columns))
                return ()
            lines = [Line(path.name, reader.line_num, tuple(fields)) for fields in reader if fields]
    except (UnicodeDecodeError, csv.Error) as error:
        faults.add(Line(path.name, 1, ()), columns[0], "UNREADABLE_FILE", why=error)
    return of_width(lines, len(columns), faults)


def of_width(lines: Iterable[Line], width: int, faults: Faults) -> tuple[Line, ...]:
    """The lines that have the right number of fields; the others are faults."""
    fitting = []
    for line in lines:
        if len(line.fields) == width:
            fitting.append(line)
        else:
            found = len(line.fields)
            faults.add(line, "", "WRONG_WIDTH", expected=width, found=found)
    return tuple(fitting)


def without_repeats(
    lines: Iterable[Line], key: tuple[int, ...], column: str, faults: Faults
) -> tuple[Line, ...]:
    """The lines whose key fields occur for the first time; repeats are faults."""
    first: dict[tuple[str, ...], Line] = {}
    kept = []
    for line in lines:
        earlier = first.setdefault(tuple(line.fields[index] for index in key), line)
        if earlier is line:
            kept.append(line)
        else:
            faults.add(line, column, "DUPLICATE", earlier=earlier.number)
    return tuple(kept)
