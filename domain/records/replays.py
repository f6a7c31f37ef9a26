"""What was submitted under two rulebooks: which would go another way, and who would be asked."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from domain.records.rule_changes import own_seat, switches_of
from domain.rulebook import Rulebook
from domain.rules.routes import Finding, Route
from domain.rules.switches import routed
from domain.vocabulary import RANK

MOST_KEPT = 50_000
MOST_EXAMPLES = 20

Place = tuple[str, str]
"""A kind of request, and the unit that asked."""

Routes = Callable[[str, Mapping[str, Any]], tuple[Route, Route] | None]
"""The routes of a case by two books; nothing where they do not differ on its kind."""


@dataclass(frozen=True)
class Case:
    """What was submitted: its kind, the unit that it came from, its facts, its id.

    `kept_back` is what nobody could decide, so that it became no request.
    """

    kind: str
    unit: str
    facts: Mapping[str, Any]
    id: str
    kept_back: bool = False


@dataclass
class Replay:
    """What became of them: how many were looked at, and of which kind and unit others' routes.

    `signatures` tells by role and unit how many more are asked for, or fewer.
    """

    requests: int = 0
    kept_back: int = 0
    changed: Counter[Place] = field(default_factory=Counter)
    into_gap: Counter[Place] = field(default_factory=Counter)
    out_of_gap: Counter[Place] = field(default_factory=Counter)
    signatures: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[Place, str] = field(default_factory=dict)
    gaps: dict[Place, list[str]] = field(default_factory=lambda: defaultdict(list))

    @property
    def told(self) -> dict[str, Any]:
        """As JSON, in an order that hangs on nothing."""
        by_role: dict[str, dict[str, int]] = {}
        for (role, unit), more in sorted(self.signatures.items()):
            if more:
                by_role.setdefault(role, {})[unit] = more
        return {
            "requests": self.requests,
            "kept_back": self.kept_back,
            "changed": [
                {
                    "kind": place[0],
                    "unit": place[1],
                    "changed": number,
                    "into_gap": self.into_gap[place],
                    "out_of_gap": self.out_of_gap[place],
                    "example": self.examples[place],
                    "gaps": self.gaps.get(place, []),
                }
                for place, number in sorted(self.changed.items())
            ],
            "signatures": [
                {"role": role, "more": sum(units.values()), "units": units}
                for role, units in by_role.items()
            ],
        }


def both_routes(before: Rulebook, after: Rulebook, on: date) -> Routes:
    """How two books route cases on a day; cases alike in what their rules look at, once."""
    known: dict[Any, tuple[Route, Route]] = {}

    @cache
    def of(kind: str) -> tuple[Any, tuple[str, ...]] | None:
        books = (before, after)
        rules = [(book.rules_for(kind, on), switches_of(book, on, kind)) for book in books]
        if rules[0] == rules[1] and before.vocabulary.roles == after.vocabulary.roles:
            return None
        names = {name for each, _ in rules for rule in each for name in rule.when.regions}
        return tuple(zip(books, rules, strict=True)), tuple(sorted(names | {RANK}))

    def routes(kind: str, facts: Mapping[str, Any]) -> tuple[Route, Route] | None:
        if (found := of(kind)) is None:
            return None
        books, names = found
        key = kind, *(facts.get(name) for name in names)
        if key not in known:
            if len(known) >= MOST_KEPT:
                known.clear()
            old, new = (
                routed(rules, facts, on_for, own_seat(book, facts))
                for book, (rules, on_for) in books
            )
            known[key] = old, new
        return known[key]

    return routes


def replayed(cases: Iterable[Case], routes: Routes, told: Replay) -> None:
    """Add the routes of cases by two books; what is the same in both is only counted."""
    for case in cases:
        told.requests += 1
        told.kept_back += case.kept_back
        both = routes(case.kind, case.facts)
        if both is None or _asked(both[0]) == _asked(both[1]):
            continue
        (old, new), place = both, (case.kind, case.unit)
        told.changed[place] += 1
        told.examples.setdefault(place, case.id)
        if old.finding is not new.finding:
            told.into_gap[place] += new.finding is Finding.GAP
            told.out_of_gap[place] += old.finding is Finding.GAP
            if new.finding is Finding.GAP and len(told.gaps[place]) < MOST_EXAMPLES:
                told.gaps[place].append(case.id)
        for route, sign in ((new, 1), (old, -1)):
            for step in route.steps:
                told.signatures[step.role, case.unit] += sign


def _asked(route: Route) -> Any:
    """Who is asked, for what and in which order, whatever the clauses are."""
    return route.finding, [(step.roles, step.act, step.place) for step in route.steps]
