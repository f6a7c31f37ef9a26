"""Where the rules of a kind have holes or contradict each other: exact, over all its cases.

Every fact that the rules look at is taken as stated, inside the kind's precondition, the bounds and
grid of the fact, and the words that the institution uses.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from domain.conditions.cells import Axis, Box, axis_of, least, rules_at, sweep
from domain.conditions.joining import condition_of
from domain.conditions.language import parse, read_facts
from domain.conditions.regions import Interval, Region
from domain.rules.findings import Claim, MatrixFinding, MatrixProblem
from domain.rules.routes import Finding, beneath, demanded, without_own_seat
from domain.rules.rows import Rule, holding, told_by, unique
from domain.vocabulary import (
    RANK,
    FactValue,
    Kind,
    Label,
    Role,
    RoleClass,
    Vocabulary,
    seat_told_by,
)

BLANK = Label("", "")


def analysis(
    rules: Sequence[Rule], kind: Kind, vocabulary: Vocabulary, held: frozenset[str] | None = None
) -> Iterator[MatrixFinding]:
    """The findings of one kind, errors first; `held` are the roles that somebody holds."""
    ground = ground_of(rules, kind, vocabulary)
    yield from contradictions(ground)
    yield from own_decisions(ground)
    yield from out_of_reach(ground)
    if held is not None:
        yield from vacancies(ground, held)


@dataclass(frozen=True)
class Ground:
    """The rules of a kind and the axes that they look at; `within` is the precondition's part."""

    rules: Sequence[Rule]
    kind: Kind
    vocabulary: Vocabulary
    within: Mapping[str, Region]
    axes: tuple[Axis, ...]

    @property
    def all(self) -> int:
        return (1 << len(self.rules)) - 1


def ground_of(rules: Sequence[Rule], kind: Kind, vocabulary: Vocabulary) -> Ground:
    within = precondition(kind, vocabulary)
    conditions = [rule.when for rule in rules]
    looked_at = {name for condition in conditions for name in condition.regions}
    axes = tuple(
        axis_of(vocabulary.facts[name], within.get(name), conditions)
        for name in kind.facts
        if name in looked_at
    )
    return Ground(rules, kind, vocabulary, within, axes)


def precondition(kind: Kind, vocabulary: Vocabulary) -> Mapping[str, Region]:
    """What the kind itself admits; it may name words that this institution has dropped."""
    named = dict.fromkeys(re.findall(r"\w+", kind.precondition), BLANK)
    facts = {name: vocabulary.facts[name] for name in kind.facts}
    facts |= {
        name: replace(fact, values={**fact.values, **named})
        for name, fact in facts.items()
        if fact.values
    }
    return parse(kind.precondition, facts).regions


def case_of(given: Mapping[str, Any], kind: Kind, vocabulary: Vocabulary) -> dict[str, FactValue]:
    """A case as a client states it; what the kind itself leaves no choice of need not be said."""
    regions = precondition(kind, vocabulary).items()
    settled = {name: only for name, region in regions if (only := only_value(region)) is not None}
    return settled | read_facts(given, kind, vocabulary)


def only_value(region: Region) -> FactValue | None:
    if isinstance(region, Interval):
        return region.low if region.low == region.high else None
    return next(iter(region)) if len(region) == 1 else None


def contradictions(ground: Ground) -> Iterator[MatrixFinding]:
    """Gaps and overlaps."""
    place = {
        clause: number
        for number, clause in enumerate(unique(c for rule in ground.rules for c in rule.clauses))
    }

    def judge(matching: int) -> Iterator[Claim]:
        found = demanded(told_by(ground.rules, matching))
        if found.finding is Finding.OVERLAP:
            yield Claim(MatrixProblem.OVERLAP, tuple(sorted(found.claims, key=place.__getitem__)))
        elif found.finding is Finding.GAP:
            # one hole is one, whether clauses there ask for an approval or are silent
            yield Claim(MatrixProblem.GAP)

    for claim, box in in_order(sweep(ground.axes, judge, ground.all)):
        if claim.problem is MatrixProblem.OVERLAP:
            made = finding(ground, claim, ground.axes, box, claim.clauses)
            sides = demanded(holding(ground.rules, made.example)).sides
            yield replace(made, sides=sides)
        else:
            clauses, speak = nearest(ground, box)
            hole = Claim(MatrixProblem.GAP, clauses if speak else ())
            yield finding(ground, hole, ground.axes, box, clauses)


def in_order(found: Mapping[Claim, Sequence[Box]]) -> list[tuple[Claim, Box]]:
    """Gaps before overlaps, then from the smallest case up."""
    pairs = [(claim, box) for claim, boxes in found.items() for box in boxes]
    first = [*MatrixProblem]
    return sorted(
        pairs, key=lambda pair: (first.index(pair[0].problem), [run & -run for run in pair[1]])
    )


def finding(
    ground: Ground,
    claim: Claim,
    axes: Sequence[Axis],
    box: Box,
    clauses: tuple[str, ...],
    fixed: Mapping[str, FactValue] | None = None,
) -> MatrixFinding:
    fixed = fixed or {}
    runs = {axis.fact.code: (axis, run) for axis, run in zip(axes, box, strict=True)}
    regions: dict[str, Region] = {}
    example: dict[str, FactValue] = {}
    for name in ground.kind.facts:
        if name in fixed:
            regions[name], example[name] = frozenset({fixed[name]}), fixed[name]
        elif name in runs:
            axis, run = runs[name]
            example[name] = axis.smallest(run)
            if run != axis.whole:
                regions[name] = axis.region(run)
    region = condition_of(regions, ground.vocabulary.facts)
    return MatrixFinding(claim, ground.kind.code, region, example, clauses)


def nearest(ground: Ground, box: Box) -> tuple[tuple[str, ...], bool]:
    """The clauses that speak of some case of a box, or would if the fewest facts were others.

    And whether they do.
    """
    strange = [0] * len(ground.rules)
    for axis, run in zip(ground.axes, box, strict=True):
        met = 0
        for cell, rules in enumerate(axis.rules):
            met |= rules if run >> cell & 1 else 0
        strange = [count + (not met >> rule & 1) for rule, count in enumerate(strange)]
    near = [
        rule for rule, count in zip(ground.rules, strange, strict=True) if count == min(strange)
    ]
    return unique(clause for rule in near for clause in rule.clauses), min(strange) == 0


def own_decisions(ground: Ground) -> Iterator[MatrixFinding]:
    """Cases that only the applicant's own seat or one beneath could decide, told from the rank."""
    if RANK not in ground.kind.facts:
        return
    fact, within = ground.vocabulary.facts[RANK], ground.within.get(RANK)
    others = tuple(axis for axis in ground.axes if axis.fact.code != RANK)
    for rank in fact.values or ():
        own = seat_told_by(rank, ground.vocabulary.roles)
        if own is None or (within is not None and rank not in within):
            continue
        under = beneath(ground.rules, {RANK: rank})
        if not any(decides_alone(rule, {own, *under}) for rule in ground.rules):
            continue
        left = rules_at(fact, rank, [rule.when for rule in ground.rules])
        found = sweep(others, partial(own_decision, ground, own, under), left)
        for claim, box in in_order(found):
            yield finding(ground, claim, others, box, claim.clauses, {RANK: rank})


def decides_alone(rule: Rule, roles: set[str]) -> bool:
    return any(roles >= {*step.roles} and step.act in ("approve", "vote") for step in rule.steps)


def own_decision(
    ground: Ground, own: str, under: Collection[str], matching: int
) -> Iterator[Claim]:
    found = demanded(told_by(ground.rules, matching))
    left = without_own_seat(found, (own,), under)
    if found.finding is Finding.ROUTED and left.finding is Finding.GAP:
        why = left.notes[-1].details
        yield Claim(MatrixProblem.SELF_APPROVAL, (why["clause"],), why["role"])


def out_of_reach(ground: Ground) -> Iterator[MatrixFinding]:
    """Rules that no case of the kind meets."""
    for number, rule in enumerate(ground.rules):
        met = [any(rules >> number & 1 for rules in axis.rules) for axis in ground.axes]
        if not all(met):
            claim = Claim(MatrixProblem.UNREACHABLE, rule.clauses, rule=rule.id)
            example = dict(example_of(ground, number, rule))
            yield MatrixFinding(claim, ground.kind.code, rule.when, example, rule.clauses)


def example_of(ground: Ground, number: int, rule: Rule) -> Iterator[tuple[str, FactValue]]:
    """A case of the rule: inside the kind as far as it goes, else wherever the rule holds."""
    for axis in ground.axes:
        fact = axis.fact
        own = rule.when.regions.get(fact.code)
        cells = [
            cell for cell, rules in zip(axis.cells, axis.rules, strict=True) if rules >> number & 1
        ]
        if own is None and not cells:
            continue
        if not cells and isinstance(own, Interval):
            own &= Interval(fact.minimum, fact.maximum)
            fact = replace(fact, grid=None)
        value = least(cells[0] if cells else own, fact)  # type: ignore[arg-type]
        if value is not None:
            yield fact.code, value


def vacancies(ground: Ground, held: frozenset[str]) -> Iterator[MatrixFinding]:
    """Steps whose seat is missing, or held by nobody."""
    roles = ground.vocabulary.roles

    def judge(matching: int) -> Iterator[Claim]:
        for step in demanded(told_by(ground.rules, matching)).steps:
            if not any(is_held(role, roles, held) for role in step.roles):
                yield Claim(MatrixProblem.VACANT_SEAT, step.clauses[:1], step.role)

    for claim, box in in_order(sweep(ground.axes, judge, ground.all)):
        yield finding(ground, claim, ground.axes, box, claim.clauses)


def is_held(role: str, roles: Mapping[str, Role], held: frozenset[str]) -> bool:
    """Whether somebody may act in the role; one that the form names always may."""
    known = roles.get(role)
    if role in held or (known and known.role_class is RoleClass.FORM):
        return True
    return known is not None and any(is_held(each, roles, held) for each in known.members)
