"""The rows of rounds of evaluation: their columns, and the scores that they rest on."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain import ROUNDS
from domain.shapes.scores import Effect
from policies import shape_cells as read
from policies.lines import Faults, Line
from policies.shape_cells import Reader

COLUMNS: Mapping[str, Reader] = {
    "round": read.needed,
    "clause": read.clause,
    "kind": read.word_of(*(each.code for each in ROUNDS)),
    "times": read.whole,
    "score": read.text,
    "review": read.text,
    "rank": read.needed,
    "above": read.roles,
    "fixed_by": read.kind_or_area,
    "publicity": read.whole,
}
RESTS_ON = {"score": Effect.TOTAL, "review": Effect.AVERAGE, "rank": Effect.RANK}
"""What the score that a column names has to have a line of."""


def check(lines: Iterable[Line], rows: Mapping[str, tuple[Any, ...]], faults: Faults) -> None:
    """Each adds something up, and every score that it names is there and does what it is for."""
    by_effect: dict[Effect, dict[str, None]] = {}
    for item in rows["scores"]:
        by_effect.setdefault(item.effect, {})[item.id] = None
    for line in lines:
        said = dict(zip(COLUMNS, line.fields, strict=False))
        if not said["times"].strip("0"):
            faults.add(line, "times", "TOO_SMALL", minimum=1)
        if not said["score"] and not said["review"]:
            faults.add(line, "score", "WRONG_FORMAT", expected="scores.csv")
        for column, effect in RESTS_ON.items():
            if said[column]:
                faults.word(line, column, said[column], by_effect.get(effect, {}))
