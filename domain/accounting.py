"""What becomes of each clause of a text: enforced, acknowledged, left open, or not yet anything."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from domain.rulebook import Rulebook
from domain.rules.rows import regulation_of
from domain.values.choices import Choice
from domain.vocabulary import Role, RoleClass


class Outcome(Choice):
    """Whether the words hold by themselves, bind conduct, leave it to judgement, or still wait."""

    ENFORCED = "enforced", "系统执行: the system holds to it."
    ACKNOWLEDGED = ("acknowledged", "知悉: those whose conduct it binds acknowledge it.")
    LEFT_OPEN = "left_open", "条文留待判断: the text leaves it to judgement."
    NOT_YET = "not_yet", "尚未执行: nothing enforces it, though a preview may answer."


EVERYBODY = "*"
Names = Mapping[str, Collection[str]]
"""What may enforce clauses, by its name, with the clauses that each cites."""


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

    def stands_by(self, names: Names) -> Outcome:
        """What becomes of it where these enforce: without any that cites it, nothing yet."""
        lost = self.outcome is Outcome.ENFORCED and not self.is_cited(names)
        return Outcome.NOT_YET if lost else self.outcome

    def is_cited(self, names: Names) -> bool:
        return any(self.clause in names.get(name, ()) for name in self.by)


def enforcing(book: Rulebook) -> Names:
    """The name of everything that may enforce a clause of this rulebook."""
    rules = ((f"rule:{row.rule}", row.clause) for row in book.rows)
    papers = ((f"documents:{each.kind}", each.clause) for each in book.documents)
    tables = book.shapes.tables()
    rows = ((f"{shape}:{row.id}", row.clause) for shape, table in tables for row in table)
    kept = ((f"register:{each.register}", each.clause) for each in book.registers)
    acts = ((f"act:{row.rule}", row.clause) for row in book.acts)
    names: dict[str, set[str]] = {}
    for name, clause in (*rules, *papers, *rows, *kept, *acts):
        names.setdefault(name, set()).add(clause)
    return names


def binding(
    lines: Iterable[Accounted], in_force: Collection[tuple[str, str]]
) -> Mapping[str, tuple[Accounted, ...]]:
    """By regulation, what binds conduct and is to be acknowledged, as far as it is in force."""
    found: dict[str, list[Accounted]] = {}
    for each in lines:
        speaks = (each.clause, each.clause_kind) in in_force
        if each.outcome is Outcome.ACKNOWLEDGED and speaks:
            found.setdefault(regulation_of(each.clause), []).append(each)
    return {regulation: tuple(of_it) for regulation, of_it in found.items()}


def concerned(each: Accounted, roles: Mapping[str, Role]) -> frozenset[str]:
    """The roles that a line concerns; those that stand for others are these."""
    named = (roles[code] for code in each.concerns if code in roles)
    return frozenset(
        code
        for role in named
        for code in (role.members if role.role_class is RoleClass.ANY_OF else (role.code,))
    )


def concerns(each: Accounted, held: Collection[str], roles: Mapping[str, Role]) -> bool:
    """Whether a line concerns somebody who holds these roles."""
    return EVERYBODY in each.concerns or not concerned(each, roles).isdisjoint(held)
