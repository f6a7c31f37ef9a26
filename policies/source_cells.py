"""Fields that name a source, and those that look at what its lines or requests say."""

from domain.conditions.language import Condition
from policies.shape_cells import NUMBERS, Cell, condition, condition_on

OF = 2
"""The column of counts and occurrences that names what they are made from."""


def source(cell: Cell) -> str:
    """A register, a kind of request, or a measure that others are counted of."""
    cell.known({**cell.words.sources, **cell.words.measures})
    return cell.text


def register(cell: Cell) -> str:
    cell.known(cell.words.sources)
    return cell.text


def condition_of_source(cell: Cell) -> Condition | None:
    """What the line that is counted says."""
    return condition_on(cell, cell.words.sources.get(cell.line.fields[OF], {}))


def maybe_register(cell: Cell) -> str:
    return register(cell) if cell.text else ""


def condition_of_person_or_source(cell: Cell) -> Condition | None:
    """What is known of the person; of a source, what its line or request says."""
    return condition_of_source(cell) if cell.line.fields[OF] else condition(cell)


def column_of_source(cell: Cell) -> str:
    """A number of what is counted, that is totalled."""
    if cell.text:
        of = cell.words.sources.get(cell.line.fields[OF], {})
        if cell.known(of) and of[cell.text].type not in NUMBERS:
            cell.faults.add(cell.line, cell.column, "WRONG_TYPE", expected="decimal, int")
    return cell.text
