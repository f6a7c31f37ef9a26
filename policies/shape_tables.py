"""A file of shapes: its columns, each with its reader, and the row that their values make."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from domain.shapes.cadences import Cadence
from domain.shapes.votes import Share, Vote, Whole
from domain.vocabulary import Label
from policies.lines import Faults, Line, of_width, without_repeats
from policies.shape_cells import Cell, Reader, Words


@dataclass(frozen=True)
class Table:
    """A file's columns, each with its reader, and the row that the values make in their order.

    No two lines say the same in the columns of `key`; where it is empty, in all of them.
    """

    row: Callable[..., Any]
    columns: Mapping[str, Reader]
    key: tuple[int, ...] = ()

    def unique(self, lines: Iterable[Line], faults: Faults) -> tuple[Line, ...]:
        """The lines of the right width, without repeats."""
        width, first = len(self.columns), next(iter(self.columns))
        key = self.key or tuple(range(width))
        return without_repeats(of_width(lines, width, faults), key, first, faults)

    def read(self, line: Line, known: Words, faults: Faults) -> Any:
        """The row, or None where a field of it cannot be read."""
        before = len(faults.found)
        cells = zip(self.columns.items(), line.fields, strict=True)
        values = [
            reader(Cell(line, column, text, known, faults)) for (column, reader), text in cells
        ]
        row = self.row(*values)
        return row if len(faults.found) == before else None


def cadence_of(
    id: str, clause: str, activity: str, who: tuple[str, str, str], *rest: Any
) -> Cadence:
    role, each, but = who
    row: Callable[..., Cadence] = Cadence
    return row(id, clause, activity, role, *rest, each=each, but=but)


def labelled(row: Callable[..., Any]) -> Callable[..., Any]:
    """A row whose last two fields are its label in two languages."""
    return lambda *values: row(*values[:-2], Label(*values[-2:]))


def vote_of(  # the columns of a vote, in their order
    id: str,
    clause: str,
    body: str,
    matter: str,
    due: tuple[str, ...],
    quorum_of: Whole | None,
    quorum: Fraction | None,
    quorum_strict: bool | None,
    majority_of: Whole | None,
    majority: Fraction | None,
    majority_strict: bool | None,
    *rest: Any,
) -> Vote:
    present = Share(quorum, quorum_of or Whole.ELIGIBLE, bool(quorum_strict)) if quorum else None
    carried = Share(majority, majority_of, majority_strict) if majority else None
    return Vote(id, clause, body, matter, due, present, carried, *rest)
