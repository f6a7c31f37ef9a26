"""What changing a rulebook does: what is newly wrong, and who gains and loses."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.conditions.joining import covers
from domain.conditions.severity import Severity
from domain.records.act_findings import ActFinding, act_findings
from domain.rulebook import Rulebook, matrix
from domain.rules.findings import MatrixFinding, MatrixProblem
from domain.rules.rows import INTERPRETATION, Rule, RuleRow, regulation_of
from domain.rules.switches import Example, Switch, routed, switches_for, write_route
from domain.shapes.findings import RuleFinding, findings, severity_of
from domain.shapes.law import LawInForce
from domain.vocabulary import seat_told_by

Found = MatrixFinding | ActFinding | RuleFinding


@dataclass(frozen=True)
class Shown:
    """An example of the changed book, the route that its case takes, and whether that is right."""

    example: Example
    found: str
    holds: bool


@dataclass(frozen=True)
class Changed:
    """How many lines a role gains and loses that let it do an act on a kind or an object."""

    role: str
    of: str
    act: str
    gained: int
    lost: int


@dataclass(frozen=True)
class Comparison:
    """Findings that only the changed book has, those that it has no more, and gaps closed silently.

    A gap is closed silently where what closes it rests on nothing new: neither on an
    interpretation nor on a clause that the register did not have, or had otherwise. `dropped` are
    the examples that the changed book has otherwise or no more, `overtaken` laws that say otherwise
    than what it brings, without a reason.
    """

    new: tuple[Found, ...]
    gone: tuple[Found, ...]
    silent: tuple[MatrixFinding, ...]
    examples: tuple[Shown, ...] = ()
    dropped: tuple[Example, ...] = ()
    overtaken: tuple[LawInForce, ...] = ()
    blocked: bool = True

    @property
    def errors(self) -> list[Found]:
        """What blocks."""
        new = self.new if self.blocked else ()
        return [each for each in new if severity(each) is Severity.ERROR]

    @property
    def broken(self) -> list[Shown]:
        """The examples that block."""
        return [each for each in self.examples if not each.holds]

    @property
    def warnings(self) -> list[Found]:
        """What needs a reason."""
        return [each for each in self.new if each not in self.errors]


def severity(found: Found) -> Severity:
    return severity_of(found) if isinstance(found, RuleFinding) else found.severity


def compared(
    before: Rulebook, after: Rulebook, on: date, held: frozenset[str] | None = None
) -> Comparison:
    """What is wrong with one and not with the other, on a day and whenever a clause turns later."""
    new: dict[Any, Found] = {}
    gone: dict[Any, Found] = {}
    silent: dict[Any, MatrixFinding] = {}
    for day in (on, *(each for each in after.turning_days if each > on)):
        kinds = [*_changed(before, after, day)]
        old, now = (tuple(_found(book, day, kinds, held)) for book in (before, after))
        new |= {_key(each): each for each in now if not any(_has(o, each) for o in old)}
        gone |= {_key(each): each for each in old if not any(_has(o, each) for o in now)}
        for each in old:
            if isinstance(each, MatrixFinding) and _silently(each, before, after, day):
                silent[_key(each)] = each
    found = tuple(new.values()), tuple(gone.values()), tuple(silent.values())
    dropped = tuple(each for each in before.examples if each not in after.examples)
    examples = tuple(_shown(after, each, on) for each in after.examples)
    overtaken = tuple(e for e in after.shapes.law if e in after.overtaken - before.overtaken)
    return Comparison(*found, examples, dropped, overtaken)


def _shown(book: Rulebook, example: Example, on: date) -> Shown:
    kind, facts = example.kind, example.facts
    switches, own = switches_of(book, on, kind), own_seat(book, facts)
    found = routed(book.rules_for(kind, on), facts, switches, own)
    return Shown(example, write_route(found), example.holds(found))


def switches_of(book: Rulebook, on: date, kind: str) -> frozenset[Switch]:
    known = book.vocabulary.kinds.get(kind)
    return switches_for(book.switches_on(on), known) if known else frozenset()


def own_seat(book: Rulebook, facts: Mapping[str, Any]) -> str | None:
    """The seat that an applicant is taken to hold whose rank is all that is known."""
    return seat_told_by(facts.get("applicant_rank"), book.vocabulary.roles)


def _changed(before: Rulebook, after: Rulebook, day: date) -> Iterator[str]:
    """The kinds whose rules or words are not the same."""
    words = before.vocabulary == after.vocabulary
    for kind in dict.fromkeys((*before.rows_by_kind, *after.rows_by_kind)):
        if not words or before.rules_for(kind, day) != after.rules_for(kind, day):
            yield kind


def _found(
    book: Rulebook, day: date, kinds: Iterable[str], held: frozenset[str] | None
) -> Iterator[Found]:
    for kind in kinds:
        yield from matrix(book, day, kind=kind, held=held)
    yield from act_findings(book, day, held)
    yield from findings(book.shapes_on(day))


def _key(found: Found) -> Any:
    if isinstance(found, MatrixFinding):
        claim = found.claim
        return found.kind, found.problem, claim.role, claim.rule, found.region.text
    if isinstance(found, RuleFinding):
        return found.problem, tuple(row.id for row in found.rows)
    return found


def _has(one: Found, other: Found) -> bool:
    """Whether what is wrong by one finding is all that is wrong by the other, too."""
    if not (isinstance(one, MatrixFinding) and isinstance(other, MatrixFinding)):
        return bool(_key(one) == _key(other))
    same = (*_key(one)[:-1],) == (*_key(other)[:-1],)
    overlap = one.problem is MatrixProblem.OVERLAP
    return (
        same
        and (not overlap or {*one.clauses} >= {*other.clauses})
        and covers(one.region.regions, other.region.regions)
    )


def _silently(gap: MatrixFinding, before: Rulebook, after: Rulebook, day: date) -> bool:
    if gap.problem is not MatrixProblem.GAP:
        return False
    old = {*map(_said, before.rules_for(gap.kind, day))}
    closing = [
        rule
        for rule in after.rules_for(gap.kind, day)
        if not rule.denies and _said(rule) not in old and rule.when.holds(gap.example)
    ]
    return bool(closing) and not any(
        regulation_of(clause) == INTERPRETATION
        or before.lines_by_clause.get(clause) != after.lines_by_clause.get(clause)
        for rule in closing
        for clause in rule.clauses
    )


def _said(rule: Rule) -> Any:
    return rule.when.text, rule.steps, rule.clauses


def authority_changed(before: Rulebook, after: Rulebook, on: date) -> list[Changed]:
    """Which lines come and go on a day, by role, what they are about, and act."""
    old, new = (Counter(map(_line, _in_force(book, on))) for book in (before, after))
    counts: dict[tuple[str, str, str], list[int]] = {}
    for place, lines in enumerate((new - old, old - new)):
        for (role, kind, act, *_), number in lines.items():
            counts.setdefault((role, kind, act), [0, 0])[place] += number
    return [Changed(*key, gained, lost) for key, (gained, lost) in sorted(counts.items())]


def roles_changed(before: Rulebook, after: Rulebook, on: date) -> dict[str, tuple[int, int]]:
    """By role how many of its lines come, and how many go, on a day."""
    changed: dict[str, tuple[int, int]] = {}
    for each in authority_changed(before, after, on):
        gained, lost = changed.get(each.role, (0, 0))
        changed[each.role] = gained + each.gained, lost + each.lost
    return changed


def _in_force(book: Rulebook, on: date) -> Iterator[RuleRow]:
    yield from (row for row in book.rows if book.in_force(row, on))
    yield from book.acts_on(on)


def _line(row: RuleRow) -> tuple[str, ...]:
    return row.role, row.kind, row.act, row.when.text, row.effect
