"""The rows of rounds of evaluation: their columns, and the scores that they rest on."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain import ROUNDS
from domain.shapes.count_words import Whose
from domain.shapes.scores import Effect
from policies import shape_cells as read
from policies.lines import Faults, Line
from policies.shape_cells import Cell, Reader


def _tables(cell: Cell) -> tuple[tuple[str, str], ...]:
    """`incentive_points=incentive-table`: a measure, and the score that it comes from."""
    told = []
    for pair in cell.text.split():
        measure, _, score = pair.partition("=")
        if not score:
            cell.wrong("incentive_points=incentive-table")
        elif cell.known(cell.words.measures, measure):
            told.append((measure, score))
    return tuple(told)


COLUMNS: Mapping[str, Reader] = {
    "round": read.needed,
    "clause": read.clause,
    "kind": read.word_of(*(each.code for each in ROUNDS)),
    "times": read.whole,
    "whose": read.one_of(Whose),
    "scope": read.text,
    "score": read.text,
    "review": read.text,
    "rank": read.text,
    "tables": _tables,
    "sheet": read.text,
    "evenly": lambda cell: read.clause(cell) if cell.text else "",
    "above": read.roles,
    "fixed_by": read.kind_or_area,
    "publicity": read.whole,
}
RESTS_ON = {
    "score": Effect.TOTAL,
    "review": Effect.AVERAGE,
    "rank": Effect.RANK,
    "sheet": Effect.AVERAGE,
}
"""What the score that a column names has to have a line of."""


def check(lines: Iterable[Line], rows: Mapping[str, tuple[Any, ...]], faults: Faults) -> None:
    """Each adds something up, and every score that it names is there and does what it is for."""
    totals = {item.id for item in rows["scores"] if item.effect is Effect.TOTAL}
    lists = {each.id for each in rows["eligibility"]}
    by_effect: dict[Effect, dict[str, None]] = {}
    for item in rows["scores"]:
        by_effect.setdefault(item.effect, {})[item.id] = None
    for line in lines:
        said = dict(zip(COLUMNS, line.fields, strict=False))
        if not said["times"].strip("0"):
            faults.add(line, "times", "TOO_SMALL", minimum=1)
        if not said["score"] and not said["review"]:
            faults.add(line, "score", "WRONG_FORMAT", expected="scores.csv")
        if said["whose"] not in (Whose.UNIT, Whose.PERSON):
            faults.add(line, "whose", "WRONG_FORMAT", expected="unit, person")
        if said["scope"]:
            faults.word(line, "scope", said["scope"], lists)
        for score in filter(None, (pair.partition("=")[2] for pair in said["tables"].split())):
            faults.word(line, "tables", score, totals)
        for column, effect in RESTS_ON.items():
            if said[column]:
                faults.word(line, column, said[column], by_effect.get(effect, {}))
