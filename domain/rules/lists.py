"""Lists of authority: who may decide a case, what a seat may decide, and the table of an area.

They read the same rules as the route and the check, and the three never disagree.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from domain.conditions.joining import Part, apart, condition_of, covers, joined
from domain.conditions.language import Condition
from domain.conditions.regions import Interval
from domain.rules.routes import Route, route
from domain.rules.rows import ANY, DECIDING, NOBODY, NONE, Rule, RuleStep, unique
from domain.vocabulary import FactValue, Role, RoleClass, Vocabulary

PSEUDO = (NOBODY, NONE, ANY)
ORDER = (RoleClass.FORM, RoleClass.SEAT, RoleClass.BODY, RoleClass.OUTSIDE)


@dataclass(frozen=True)
class Limit:
    """What one may do in a kind of request, and in which cases.

    `roles` are those that the rules name, `except_when` the prohibitions that cut into it.
    """

    kind: str
    act: str
    roles: tuple[str, ...]
    when: Condition
    clauses: tuple[str, ...]
    except_when: tuple[Condition, ...] = ()

    def holds(self, facts: Mapping[str, FactValue]) -> bool:
        return self.when.holds(facts) and not any(not_.holds(facts) for not_ in self.except_when)


@dataclass(frozen=True)
class TableRow:
    """A kind of request under conditions that are no numbers; the numbers stand in the cells."""

    kind: str
    when: Condition
    cells: Mapping[str, tuple[Limit, ...]]


@dataclass(frozen=True)
class Table:
    """An area's approvals: the levels from low to high, and a row for each kind and condition.

    The last columns may be NOBODY (a clause names nobody), NONE (no consent is asked for) and
    ANY (forbidden).
    """

    levels: tuple[str, ...]
    rows: tuple[TableRow, ...]


def who_may(
    rules: Iterable[Rule], facts: Mapping[str, FactValue], applicant_role: str | None = None
) -> Route:
    """The route of a case with nothing but the turns that decide it, in order."""
    found = route(rules, facts, applicant_role)
    return replace(found, steps=tuple(step for step in found.steps if step.act in DECIDING))


def what_may(
    rules: Iterable[Rule], held: Collection[str], vocabulary: Vocabulary
) -> tuple[Limit, ...]:
    """What the seats of these roles may do in any case, by kind and act."""
    rules = list(rules)
    acting = also_named(held, vocabulary.roles)
    found: dict[tuple[str, str], list[tuple[RuleStep, Part]]] = {}
    for rule in rules:
        for step in rule.steps:
            if not acting.isdisjoint(step.roles):
                part = Part(rule.when, step.clauses)
                found.setdefault((rule.kind, step.act), []).append((step, part))
    limits: list[Limit] = []
    for (kind, act), turns in found.items():
        named = unique(role for step, _ in turns for role in step.roles if role in acting)
        denied = [rule.when for rule in rules if rule.denies and rule.kind == kind]
        for part in joined((part for _, part in turns), vocabulary.facts):
            cut = [when for when in denied if not apart(when.regions, part.when.regions)]
            if not any(covers(when.regions, part.when.regions) for when in cut):
                limits.append(Limit(kind, act, named, part.when, part.clauses, tuple(cut)))
    return tuple(limits)


def also_named(held: Collection[str], roles: Mapping[str, Role]) -> frozenset[str]:
    """The roles that rules may name for these seats: their own, and sets that count them in."""
    named = frozenset(held)
    while wider := frozenset(
        code for code, role in roles.items() if code not in named and named & set(role.members)
    ):
        named |= wider
    return named


def table(rules: Iterable[Rule], vocabulary: Vocabulary) -> Table:
    """The approvals of these rules, one cell for each role that they name."""
    cells: dict[tuple[str, Condition], dict[tuple[str, str, tuple[str, ...]], list[Part]]] = {}
    for rule in rules:
        words, numbers = split(rule.when, vocabulary)
        row = cells.setdefault((rule.kind, words), {})
        for role, step in turns_of(rule):
            key = role, step.act, (role, *(other for other in step.roles if other != role))
            row.setdefault(key, []).append(Part(numbers, step.clauses))
    named = {role for row in cells.values() for role, _, _ in row}
    return Table(levels(named, vocabulary.roles), tuple(rows_of(cells, vocabulary)))


def rows_of(
    cells: Mapping[tuple[str, Condition], Mapping[tuple[str, str, tuple[str, ...]], list[Part]]],
    vocabulary: Vocabulary,
) -> Iterable[TableRow]:
    kinds = unique(kind for kind, _ in cells)
    for (kind, words), turns in sorted(cells.items(), key=lambda each: kinds.index(each[0][0])):
        filled: dict[str, tuple[Limit, ...]] = {}
        for (role, act, roles), parts in turns.items():
            limits = (
                Limit(kind, act, roles, part.when, part.clauses)
                for part in joined(parts, vocabulary.facts)
            )
            filled[role] = filled.get(role, ()) + tuple(limits)
        yield TableRow(kind, words, filled)


def turns_of(rule: Rule) -> Iterable[tuple[str, RuleStep]]:
    """Each role that a rule names; a prohibition names everybody."""
    if rule.denies:
        yield ANY, RuleStep((ANY,), ANY, 1, False, rule.clauses)
    for step in rule.steps:
        for role in step.roles:
            yield role, step


def split(when: Condition, vocabulary: Vocabulary) -> tuple[Condition, Condition]:
    """What a condition says in words, and what it says in numbers."""
    words = {n: region for n, region in when.regions.items() if not isinstance(region, Interval)}
    numbers = {n: region for n, region in when.regions.items() if n not in words}
    return condition_of(words, vocabulary.facts), condition_of(numbers, vocabulary.facts)


def levels(named: Collection[str], roles: Mapping[str, Role]) -> tuple[str, ...]:
    """Those named on a form, then seats from low to high, bodies, and those outside."""
    codes = list(roles)

    def height(code: str) -> tuple[int, int, int]:
        role = roles[code]
        if role.role_class is RoleClass.ANY_OF:
            return max((height(member) for member in role.members), default=(1, 0, 0))
        return ORDER.index(role.role_class), role.level, codes.index(code)

    known = sorted((code for code in named if code in roles), key=height)
    return (*known, *(code for code in PSEUDO if code in named))
