"""The rows of entitlements: their columns, and what each has to say together."""

from collections.abc import Mapping
from decimal import Decimal

from domain import ACCOUNTS
from domain.conditions.language import Condition
from domain.shapes.count_words import Within
from domain.shapes.entitlements import RECURRING, Entitlement
from policies import count_cells
from policies import shape_cells as read
from policies.lines import Faults
from policies.shape_cells import Cell, Reader
from policies.shape_checks import Pairs, together


def source(cell: Cell) -> str:
    """A kind of request or a register that credits the account; nothing where it recurs."""
    return count_cells.register(cell) if cell.text else ""


def condition(cell: Cell) -> Condition | None:
    """What is known of the person; of a source, what its line or request says."""
    of = cell.line.fields[count_cells.OF]
    return count_cells.condition(cell) if of else read.condition(cell)


def amount(cell: Cell) -> Decimal:
    """A number that is not left open."""
    if not cell.text:
        cell.wrong("1.5")
    return read.number(cell) or Decimal(0)


COLUMNS: Mapping[str, Reader] = {
    "entitlement": read.needed,
    "clause": read.clause,
    "of": source,
    "account": read.word_of(*(each.name for each in ACCOUNTS)),
    "when": condition,
    "amount": amount,
    "per": read.maybe(read.one_of(Within)),
    "carried": read.whole,
}


def check(pairs: Pairs[Entitlement], faults: Faults) -> None:
    """Each is given in a period, or for what credits the account; all periods are alike."""
    credited = {each.name: [flow.of for flow in each.credited] for each in ACCOUNTS}
    for line, row in pairs:
        if bool(row.of) is bool(row.per):
            faults.add(line, "per", "WRONG_FORMAT", expected=" | ".join(("of", *RECURRING)))
        elif row.per and row.per not in RECURRING:
            faults.word(line, "per", row.per, RECURRING)
        if row.of and row.account in credited:
            faults.word(line, "of", row.of, credited[row.account])
    for group in together([pair for pair in pairs if pair[1].per], lambda row: row.account):
        for line, row in group[1:]:
            if row.per is not group[0][1].per:
                faults.add(line, "per", "WRONG_FORMAT", expected=str(group[0][1].per))
