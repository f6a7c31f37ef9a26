"""What becomes of each clause of a text: enforced, acknowledged, left open, or not yet anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.registers import Register
from domain.rules.rulebook import Rulebook


class Outcome(StrEnum):
    """Whether the words hold by themselves, bind conduct, leave it to judgement, or still wait."""

    ENFORCED = "enforced"
    ACKNOWLEDGED = "acknowledged"
    LEFT_OPEN = "left_open"
    NOT_YET = "not_yet"


EVERYBODY = "*"


@dataclass(frozen=True)
class Accounted:
    """One entry of a text; `number` tells apart those that share a cite and a kind of clause.

    `by` names what enforces it, `test` what shows that; of one that waits `by` is what a preview
    answers to. `words` are the few that leave it open, `concerns` the roles whom it binds.
    """

    clause: str
    clause_kind: str
    number: int
    outcome: Outcome
    by: tuple[str, ...] = ()
    test: str = ""
    words: str = ""
    reason: str = ""
    concerns: tuple[str, ...] = ()

    def stands_in(self, names: frozenset[str]) -> Outcome:
        """What becomes of it where only these enforce: without any of its own, nothing yet."""
        lost = self.outcome is Outcome.ENFORCED and names.isdisjoint(self.by)
        return Outcome.NOT_YET if lost else self.outcome


def enforcing(book: Rulebook, registers: Iterable[Register]) -> frozenset[str]:
    """The name of everything that may enforce a clause of this rulebook."""
    rules = (f"rule:{row.rule}" for row in book.rows)
    papers = (f"documents:{each.kind}" for each in book.documents)
    rows = (f"{shape}:{row.id}" for shape, table in book.shapes.tables() for row in table)
    kept = (f"register:{each.name}" for each in registers if book.institution in each.clauses)
    return frozenset((*rules, *papers, *rows, *kept))
