"""doors.csv: its columns, each with its reader, and what no office may open or close."""

from collections.abc import Sequence
from functools import cache

from domain.shapes.doors import ANYONE, Door
from domain.shapes.verbs import Ruling
from domain.vocabulary import Label
from policies import shape_cells as read
from policies.lines import Faults, Line
from policies.permissions import HARD_ROLES
from policies.shape_cells import Cell
from policies.shape_tables import Table
from policies.vocabulary import SHIPPED, of_table

ROWS = SHIPPED / "doors.csv", ("permission", "zh", "en", "changes")
OFFICE = "office"
"""What an office may open to more roles, and close to some; all else is as the product has it."""


@cache
def labels() -> dict[str, Label]:
    """What each permission is called."""
    return {name: Label(zh, en) for name, zh, en, _ in of_table(*ROWS)}


@cache
def changeable() -> frozenset[str]:
    """The permissions that an office's own lines may speak of."""
    return frozenset(name for name, *_, who in of_table(*ROWS) if who == OFFICE)


def permission(cell: Cell) -> str:
    """One that an office may speak of; the others are hard rules."""
    if cell.text in labels().keys() - changeable():
        cell.faults.add(cell.line, cell.column, "HARD_RULE", permission=labels()[cell.text])
    else:
        cell.known(changeable())
    return cell.text


def role(cell: Cell) -> str:
    """A role of the office, or anyone; administrators stay as they are, apart from one another."""
    if cell.text in HARD_ROLES:
        label = cell.words.roles[cell.text].label
        cell.faults.add(cell.line, cell.column, "DOOR_OF_ADMINISTRATORS", role=label)
    elif cell.text != ANYONE:
        cell.known(cell.words.roles)
    return cell.text


DOORS = Table(
    Door,
    {
        "door": read.needed,
        "clause": read.clause,
        "permission": permission,
        "role": role,
        "effect": read.one_of(Ruling),
    },
)


def check(pairs: Sequence[tuple[Line, Door]], faults: Faults) -> None:
    """A name is one line's; what is closed to anyone would be closed to all."""
    first: dict[str, Line] = {}
    for line, row in pairs:
        earlier = first.setdefault(row.id, line)
        if earlier is not line:
            faults.add(line, "door", "DUPLICATE", earlier=earlier.number)
        if row.role == ANYONE and row.effect is Ruling.DENY:
            faults.add(line, "role", "DENIED_TO_ALL")
