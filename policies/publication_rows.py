"""publications.csv: its columns, each with its reader."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain import STATEMENTS
from domain.shapes.publishing import Publishing, Reach
from policies import shape_cells as read
from policies.lines import Faults, Line
from policies.shape_cells import Cell
from policies.shape_tables import Table


def kind(cell: Cell) -> str:
    """A kind of request, or nothing where no clause wants it approved."""
    if cell.text:
        cell.known(cell.words.kinds)
    return cell.text


PUBLISHED = Table(
    Publishing,
    {
        "statement": read.word_of(*(each.name for each in STATEMENTS)),
        "clause": read.clause,
        "reach": read.one_of(Reach),
        "lasts": read.maybe(read.span),
        "approved_by": kind,
    },
)


def check(pairs: Sequence[tuple[Line, Publishing]], faults: Faults) -> None:
    """One clause publishes a statement in one way."""
    known: dict[tuple[str, str], Line] = {}
    for line, row in pairs:
        earlier = known.setdefault((row.id, row.clause), line)
        if earlier is not line:
            faults.add(line, "clause", "DUPLICATE", earlier=earlier.number)


def check_cadences(
    lines: Sequence[Line], rows: Mapping[str, tuple[Any, ...]], faults: Faults
) -> None:
    """What a cadence wants told, a row tells to whom."""
    told = {row.id for row in rows["publications"]}
    statements = {each.name for each in STATEMENTS}
    for line in lines:
        done = line.fields[-1]
        if done in statements - told:
            faults.add(line, "done", "WRONG_FORMAT", expected="publications.csv")
