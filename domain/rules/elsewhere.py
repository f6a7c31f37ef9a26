"""What would have to differ for a case to be routed: the nearest other values of each one fact."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from domain.conditions.cells import Axis
from domain.conditions.regions import Interval, Region
from domain.rules.analysis import Ground
from domain.rules.routes import Finding, Route, route
from domain.vocabulary import Fact, FactValue


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
