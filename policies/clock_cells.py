"""Fields of clocks: what a row looks at of that which starts it."""

from domain.conditions.language import Condition
from policies.shape_cells import Cell, condition_on

STARTS = 12
"""The column that names what starts a clock."""


def condition(cell: Cell) -> Condition | None:
    """Measures, and the columns of the lines, or the facts of the requests, that start it."""
    started = (event.rpartition(".")[0] for event in cell.line.fields[STARTS].split())
    facts = dict(cell.words.measures)
    for each in started:
        facts |= cell.words.sources.get(each, {})
    return condition_on(cell, facts)
