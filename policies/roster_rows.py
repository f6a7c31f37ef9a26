"""rosters.csv: its columns, each with its reader, and what the rows of one shift say together."""

import re
from collections.abc import Sequence
from datetime import time

from domain.shapes.rosters import EVERYBODY, NEEDED, STATED, Days, RosterRow, said
from domain.vocabulary import Word
from policies import shape_cells as read
from policies.lines import Faults, Line
from policies.shape_cells import Cell
from policies.shape_tables import Table, labelled

HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def roster(cell: Cell) -> str:
    """An object that is a roster."""
    cell.known([code for code, of in cell.words.objects.items() if of.word is Word.ROSTER])
    return cell.text


def post(cell: Cell) -> str:
    cell.known(cell.words.roles)
    return cell.text


def takers(cell: Cell) -> tuple[str, ...]:
    """The roles whose holders take turns, or everybody."""
    return (EVERYBODY,) if cell.text == EVERYBODY else read.roles(cell)


def subjects(cell: Cell) -> tuple[str, ...]:
    """What lists of the office's eligibility are about."""
    return tuple(each for each in cell.text.split() if cell.known(cell.words.subjects, each))


def hour(cell: Cell) -> time | None:
    """An hour and minute of the day; empty where the text gives none."""
    if cell.text and not HOUR.fullmatch(cell.text):
        cell.wrong("07:50")
        return None
    return time.fromisoformat(cell.text) if cell.text else None


ROSTERS = Table(
    labelled(RosterRow),
    {
        "roster": roster,
        "clause": read.clause,
        "post": post,
        "shift": read.needed,
        "days": read.maybe(read.one_of(Days)),
        "from": hour,
        "to": hour,
        "people": read.whole,
        "of": takers,
        "handover_minutes": read.whole,
        "subjects": subjects,
        "label_zh": read.needed,
        "label_en": read.needed,
    },
)
COLUMN_OF = {"begins": "from", "ends": "to"}
"""What the file calls those whose names there are words of Python."""


def check_rosters(pairs: Sequence[tuple[Line, RosterRow]], faults: Faults) -> None:
    """The rows of a shift say all that is needed between them, and nothing twice otherwise."""
    shifts: dict[tuple[str, str, str], list[tuple[Line, RosterRow]]] = {}
    for line, row in pairs:
        shifts.setdefault((row.id, row.post, row.shift), []).append((line, row))
        if row.people == 0:
            faults.add(line, "people", "TOO_SMALL", minimum=1)
    for group in shifts.values():
        for column in STATED:
            shown = COLUMN_OF.get(column, column)
            told = [(line, row) for line, row in group if said([row], column)]
            if not told and column in NEEDED:
                faults.add(group[0][0], shown, "SHIFT_UNSTATED")
            for line, row in told[1:]:
                if getattr(row, column) != getattr(told[0][1], column):
                    faults.add(line, shown, "SHIFT_CONTRADICTED", earlier=told[0][0].number)
