"""Fields of the rows of checks: which check they are of, and the items' own codes."""

import re

from domain import CHECKS
from policies.shape_cells import Cell

ITEM = re.compile(r"[a-z][a-z0-9_]*")


def check(cell: Cell) -> str:
    """A check that the product knows."""
    cell.known([each.name for each in CHECKS])
    return cell.text


def item(cell: Cell) -> str:
    """A code of the office's own, or nothing where the row is of the whole sheet."""
    if cell.text and not ITEM.fullmatch(cell.text):
        cell.wrong("floor, windows_and_doors")
    return cell.text
