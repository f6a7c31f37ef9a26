"""Beside a gap: the clauses of its neighbours, and the next tier for offices that escalate.

Nothing here invents a level: the next tier is one that the rules themselves name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from domain.conditions.cells import Axis
from domain.conditions.language import cut_points
from domain.conditions.regions import Interval, Region
from domain.rules.analysis import Ground
from domain.rules.routes import Finding, Note, Route, route
from domain.rules.rows import Rule, unique
from domain.vocabulary import Fact, FactValue

JUST_ABOVE = Decimal("0.000001")
ESCALATED = "ESCALATED_TIER"
"""The note of a case in a gap that a switch passed to the next tier."""


def escalated(rules: Sequence[Rule], facts: Mapping[str, FactValue]) -> Route | None:
    """For a case in a gap, the route of the next tier above it along one of its numbers.

    Tried in the order of the facts; the nearest cut point first, then just above it.
    """
    for name, points in cut_points(rule.when for rule in rules).items():
        value = facts.get(name)
        if not isinstance(value, Decimal):
            continue
        for point in points:
            for tier in (point, point + JUST_ABOVE):
                if tier > value:
                    found = route(rules, {**facts, name: tier})
                    if found.finding is Finding.ROUTED and found.steps:
                        details = {"fact": name, "tier": str(point)}
                        return replace(found, notes=(*found.notes, Note(ESCALATED, details)))
    return None


def neighbours(rules: Sequence[Rule], facts: Mapping[str, FactValue]) -> tuple[str, ...]:
    """The clauses that would claim the case if only its numbers were others.

    Where there are none, those that the fewest of its words keep away.
    """
    strange = [
        sum(
            not isinstance(region, Interval) and facts.get(name) not in region
            for name, region in rule.when.regions.items()
        )
        for rule in rules
    ]
    return unique(
        clause
        for rule, count in zip(rules, strange, strict=True)
        for clause in rule.clauses
        if count == min(strange)
    )


@dataclass(frozen=True)
class Elsewhere:
    """Were the fact in this region and everything else as it is, the case would go this way."""

    fact: Fact
    region: Region
    route: Route


def elsewhere(
    ground: Ground, facts: Mapping[str, FactValue], own: str | None = None
) -> Iterator[Elsewhere]:
    """Of a number the nearest routed stretch below and above; of a word every routed choice."""
    for axis in ground.axes:
        value = facts.get(axis.fact.code)
        here = next((number for number, cell in enumerate(axis.cells) if value in cell), None)
        runs = [
            each
            for each in _runs(ground, axis, facts, own)
            if each[1].finding is Finding.ROUTED and not (here is not None and each[0] >> here & 1)
        ]
        if here is not None and isinstance(axis.cells[here], Interval):
            below = [each for each in runs if each[0] < 1 << here][-1:]
            runs = below + [each for each in runs if each[0] > 1 << here][:1]
        for run, found in runs:
            yield Elsewhere(axis.fact, axis.region(run), found)


def _runs(
    ground: Ground, axis: Axis, facts: Mapping[str, FactValue], own: str | None
) -> Iterator[tuple[int, Route]]:
    """Neighbouring cells from which a case goes the same way, and which way."""
    name = axis.fact.code
    routes = [
        route(ground.rules, {**facts, name: axis.smallest(1 << number)}, own)
        for number in range(len(axis.cells))
    ]
    for _, same in groupby(enumerate(routes), lambda each: (each[1].finding, each[1].steps)):
        cells = [*same]
        yield sum(1 << number for number, _ in cells), cells[0][1]
