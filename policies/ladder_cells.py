"""What only rows of ladders say: all that there is of a thing to take from."""

from dataclasses import replace

from domain.shapes.count_words import Within
from domain.shapes.ladders import Pot
from policies.shape_cells import Cell, number


def pot(cell: Cell) -> Pot | None:
    """All that may be taken of a thing of a month, or of another time: 100, 100 year."""
    whole, _, within = cell.text.partition(" ")
    if within not in {"", *(each.value for each in Within)}:
        cell.wrong("100, 100 year")
        return None
    value = number(replace(cell, text=whole))
    return None if value is None else Pot(value, Within(within or Within.MONTH))
