"""How `law.csv` is read: which clause a law in force has overtaken, and how sure that is."""

from domain.rules.rows import INTERPRETATION
from domain.shapes.law import LawInForce, Sure
from policies import shape_cells as read
from policies.shape_cells import Cell
from policies.shape_tables import Table, labelled


def of_the_office(cell: Cell) -> str:
    """The interpretation by which a text stands nevertheless, or nothing."""
    if cell.text and not cell.text.startswith(f"{INTERPRETATION}/"):
        cell.wrong(f"{INTERPRETATION}/1")
    return read.clause(cell) if cell.text else ""


LAW = Table(
    labelled(LawInForce),
    {
        "clause": read.clause,
        "law": read.needed,
        "article": read.text,
        "sure": read.one_of(Sure),
        "interpretation": of_the_office,
        "differs_zh": read.needed,
        "differs_en": read.needed,
    },
)
