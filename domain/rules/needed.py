"""Which facts a case still lacks: those whose value could change what the rules make of it."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, reduce
from operator import or_

from domain.conditions.cells import Axis, Box, axis_of, swept
from domain.conditions.language import Condition
from domain.conditions.regions import Region
from domain.rules.routes import Route, demanded
from domain.rules.rows import Document, Rule, told_by, unique
from domain.vocabulary import Fact, FactValue

Turns = tuple[Hashable, ...]
SILENT: Region = frozenset()
"""The cell of a fact that nobody states: only what does not look at it speaks."""


@dataclass(frozen=True, eq=False)
class Demands:
    """What an office makes of one kind of request: its rules, and the papers that it asks for."""

    rules: Sequence[Rule]
    papers: Sequence[Document]
    facts: Mapping[str, Fact]

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        return (*(rule.when for rule in self.rules), *(each.when for each in self.papers))

    @cached_property
    def clauses(self) -> tuple[tuple[str, ...], ...]:
        return (*(rule.clauses for rule in self.rules), *((each.clause,) for each in self.papers))

    @property
    def all(self) -> int:
        return (1 << len(self.conditions)) - 1

    def looking_at(self, name: str) -> int:
        return sum(1 << at for at, each in enumerate(self.conditions) if name in each.regions)

    def clauses_at(self, name: str, possible: int) -> tuple[str, ...]:
        """The clauses that look at a fact, of those that may still speak."""
        looking = self.looking_at(name) & possible
        return unique(
            clause for at, each in enumerate(self.clauses) if looking >> at & 1 for clause in each
        )

    def outcome(self, speaking: int) -> tuple[Turns, int]:
        """Who would act, whatever clauses say so, and the papers that are asked for."""
        return turns_of(demanded(told_by(self.rules, speaking))), speaking >> len(self.rules)

    def axis(self, name: str, within: Region | None = None) -> Axis:
        return axis_of(self.facts[name], within, self.conditions)


def needed(
    demands: Demands, stated: Mapping[str, FactValue], open_: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Of the facts that may yet be stated, those that matter, with the clauses that look at them.

    A fact matters when, for some answer to the others or none, its values or its absence differ.
    With none that matters, whatever could still be said changes nothing.
    """
    possible = sum(
        1 << at
        for at, condition in enumerate(demands.conditions)
        if without(condition, open_).holds(stated)
    )
    axes = [
        silent_too(demands.axis(name), demands)
        for name in open_
        if demands.looking_at(name) & possible
    ]
    return {
        axis.fact.code: demands.clauses_at(axis.fact.code, possible)
        for axis in axes
        if True in differs(demands, axis, [each for each in axes if each is not axis], possible)
    }


@dataclass(frozen=True)
class Where:
    """In which cases a fact matters: always, or at most where these others lie in their regions."""

    always: bool
    regions: Mapping[str, Region]


def where_needed(
    demands: Demands, open_: Collection[str], within: Mapping[str, Region]
) -> dict[str, Where]:
    """Of these facts, those that matter in some case of the kind, and where."""
    looked_at = unique(name for condition in demands.conditions for name in condition.regions)
    axes = {name: demands.axis(name, within.get(name)) for name in looked_at}
    found = {}
    for name in looked_at:
        if name in open_:
            own = silent_too(demands.axis(name), demands)
            others = [axis for other, axis in axes.items() if other != name and axis.cells]
            matters = differs(demands, own, others, demands.all)
            if True in matters:
                found[name] = Where(False not in matters, bounding(others, matters[True]))
    return found


def bounding(axes: Sequence[Axis], boxes: Sequence[Box]) -> Mapping[str, Region]:
    """By axis the region that holds all of the boxes, where it is not the whole of it."""
    runs = (reduce(or_, (box[at] for box in boxes)) for at in range(len(axes)))
    return {
        axis.fact.code: axis.region(run)
        for axis, run in zip(axes, runs, strict=True)
        if run != axis.whole
    }


def differs(
    demands: Demands, axis: Axis, others: Sequence[Axis], possible: int
) -> dict[bool, tuple[Box, ...]]:
    """Whether the values of a fact lead to different outcomes: in which cases of the others."""
    outcome = cache(demands.outcome)

    @cache
    def judge(speaking: int) -> tuple[bool, ...]:
        return (len({outcome(speaking & rules) for rules in axis.rules}) > 1,)

    return swept(others, judge, possible)


def silent_too(axis: Axis, demands: Demands) -> Axis:
    silent = demands.all & ~demands.looking_at(axis.fact.code)
    return replace(axis, cells=(*axis.cells, SILENT), rules=(*axis.rules, silent))


def without(condition: Condition, names: Collection[str]) -> Condition:
    regions = {name: region for name, region in condition.regions.items() if name not in names}
    return Condition(condition.text, regions)


def turns_of(found: Route) -> Turns:
    """A route without its citations: two that differ in nothing else are one."""
    steps = tuple((step.roles, step.act, step.place) for step in found.steps)
    return found.finding, steps, tuple(map(turns_of, found.sides))
