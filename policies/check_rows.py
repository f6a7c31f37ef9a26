"""checks.csv: its columns, each with its reader."""

import re

from domain import CHECKS
from domain.shapes.checks import CheckItem, Marked
from policies import shape_cells as read
from policies.shape_cells import Cell
from policies.shape_tables import Table, labelled

ITEM = re.compile(r"[a-z][a-z0-9_]*")


def item(cell: Cell) -> str:
    """A code of the office's own, or nothing where the row is of the whole sheet."""
    if cell.text and not ITEM.fullmatch(cell.text):
        cell.wrong("floor, windows_and_doors")
    return cell.text


CHECKED = Table(
    labelled(CheckItem),
    {
        "check": read.word_of(*(each.name for each in CHECKS)),
        "clause": read.clause,
        "item": item,
        "kind": read.maybe(read.one_of(Marked)),
        "points": read.number,
        "pass": read.number,
        "weight": read.number,
        "label_zh": read.needed,
        "label_en": read.needed,
    },
)
