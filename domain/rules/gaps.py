"""Beside a gap: the clauses of its neighbours, and the next tier for offices that escalate.

Nothing here invents a level: the next tier is one that the rules themselves name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.conditions.language import cut_points
from domain.conditions.regions import Interval
from domain.rules.routes import Finding, Note, Route, route
from domain.rules.rows import Rule, unique
from domain.vocabulary import FactValue

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
