"""Fields of counts and occurrences: what they are made from, and what is made of it."""

from collections.abc import Mapping

from domain import CASE_KINDS, REGISTERS
from domain.conditions.language import Condition
from domain.shapes.count_words import Sum, Whose, Within
from domain.shapes.counts import TIMES, Count, Word
from domain.shapes.recorded import OCCURRENCE, Recorded
from domain.vocabulary import WHAT, Fact, FactType, words_of
from policies import shape_cells as read
from policies.shape_cells import NUMBERS, Cell, condition_on
from policies.shape_tables import Table, labelled
from policies.sources import clocks_of, columns_of, sittings_of

OF, SUM = 2, 3
"""The columns that name what they are made from, and what is made of it."""

NAMING = [
    each.name
    for each in REGISTERS
    if each.naming("Request", *(words_of(kind.code) for kind in CASE_KINDS))
]
"""Registers whose lines name a case or a request."""

KEPT = {each.code: columns_of(each, {}) for each in CASE_KINDS if each.entry}
"""The columns of cases that an office keeps, which are counted of the office."""

TYPES: dict[str, tuple[FactType, ...]] = {
    Sum.SHOWN: (FactType.BOOL,),
    Sum.DENIED: (FactType.BOOL,),
    Sum.NAMED: (FactType.ENUM,),
}
"""What a measure is by what is made of its lines; the rest are numbers."""


def measure(cell: Cell) -> str:
    """A measure of the type that its sum has."""
    types = TYPES.get(cell.line.fields[SUM], NUMBERS)
    if cell.known(cell.words.measures) and cell.words.measures[cell.text].type not in types:
        cell.faults.add(cell.line, cell.column, "WRONG_TYPE", expected=", ".join(types))
    return cell.text


def source(cell: Cell) -> str:
    """A register, a kind of request or of cases, or a measure that others are counted of."""
    cell.known({**cell.words.sources, **KEPT, **cell.words.measures})
    return cell.text


def word(cell: Cell) -> str:
    """What the office calls something that may happen to people."""
    cell.known(cell.words.sources[OCCURRENCE][WHAT].values or ())
    return cell.text


def recorder(cell: Cell) -> str:
    """A register; sittings, where somebody was absent and not excused; a clock that ran out."""
    cell.known({*cell.words.sources, *_beside(cell)})
    return cell.text


def register(cell: Cell) -> str:
    cell.known(cell.words.sources)
    return cell.text


def whose(cell: Cell) -> Whose | None:
    """Whom it is counted of; of a case only what names cases or requests."""
    found: Whose | None = read.one_of(Whose)(cell)
    if found is Whose.CASE:
        cell.faults.word(cell.line, "of", cell.line.fields[OF], NAMING)
    return found


def condition(cell: Cell) -> Condition | None:
    """What the line that is counted says."""
    return condition_on(cell, _of(cell))


def limited(cell: Cell) -> Condition | None:
    """What a limit looks at: measures, and the columns of the register whose lines it limits."""
    register = cell.line.fields[OF].partition(":")[0]
    return condition_on(cell, {**cell.words.measures, **cell.words.sources.get(register, {})})


def column(cell: Cell) -> str:
    """A number, what is true in a row, the value that is named, or the time that repeats."""
    if not cell.text:
        return ""
    match cell.line.fields[SUM]:
        case Sum.IN_A_ROW:
            true = (name for name, each in _of(cell).items() if each.type is FactType.BOOL)
            cell.known((*TIMES, *true))
        case Sum.NAMED:
            named = cell.words.measures.get(cell.line.fields[0])
            cell.known((named.values if named else None) or ())
        case _:
            if cell.known(_of(cell)) and _of(cell)[cell.text].type not in NUMBERS:
                cell.faults.add(cell.line, cell.column, "WRONG_TYPE", expected=", ".join(NUMBERS))
    return cell.text


def _of(cell: Cell) -> dict[str, Fact]:
    of = cell.line.fields[OF]
    return dict(cell.words.sources.get(of) or _beside(cell).get(of, {}))


def _beside(cell: Cell) -> dict[str, dict[str, Fact]]:
    return KEPT | sittings_of(cell.words.roles) | clocks_of(cell.words.clocks)


COUNTED: Mapping[str, Table] = {
    "occurrences": Table(
        labelled(Word),
        {
            "occurrence": read.needed,
            "clause": read.clause,
            "of": register,
            "label_zh": read.needed,
            "label_en": read.needed,
        },
    ),
    "recorded": Table(
        Recorded,
        {
            "occurrence": word,
            "clause": read.clause,
            "of": recorder,
            "when": condition,
            "number": read.number,
            "in_a_row": read.flag,
        },
    ),
    "counts": Table(
        Count,
        {
            "measure": measure,
            "clause": read.clause,
            "of": source,
            "sum": read.one_of(Sum),
            "column": column,
            "every": read.number,
            "when": condition,
            "within": read.one_of(Within),
            "whose": whose,
        },
    ),
}
"""What is called how, and how it is counted."""
