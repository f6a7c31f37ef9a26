"""Examples that an office holds its rules to: a case, and the route that it must take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from domain.rules.routes import Finding, Route, RouteStep
from domain.vocabulary import FactValue

NEXT, TOGETHER, OR, DOING = ">", "+", "|", ":"
"""How a route is written: `endorse:section_chief > sign:office_clerk + deputy|director`."""

Turn = tuple[str, frozenset[str]]
"""An act, nothing where any will do, and the roles of which one takes it."""

Turns = tuple[frozenset[Turn], ...]


@dataclass(frozen=True)
class Example:
    """A case by its facts, and its route as people wrote it: the turns, or a finding."""

    name: str
    kind: str
    facts: Mapping[str, FactValue] = field(hash=False)
    written: str
    expected: Finding | Turns

    def holds(self, found: Route) -> bool:
        if isinstance(self.expected, Finding):
            return found.finding is self.expected
        stages = _stages(found)
        return (
            found.finding is Finding.ROUTED
            and len(stages) == len(self.expected)
            and all(map(_is, stages, self.expected))
        )


def read_route(text: str) -> Finding | Turns:
    """A finding by its code, or turns; `none` is a route without any."""
    said = "".join(text.split())
    if said.upper() in {*Finding} - {Finding.ROUTED}:
        return Finding(said.upper())
    if said == "none":
        return ()
    places = []
    for place in said.split(NEXT):
        turns = [turn.rpartition(DOING) for turn in place.split(TOGETHER)]
        places.append(frozenset((act, frozenset(roles.split(OR))) for act, _, roles in turns))
    return tuple(places)


def write_route(found: Route) -> str:
    """A route as an example would write it."""
    if found.finding is not Finding.ROUTED:
        return found.finding.value
    places = [f" {TOGETHER} ".join(map(_written, stage)) for stage in _stages(found)]
    return f" {NEXT} ".join(places) or "none"


def _written(step: RouteStep) -> str:
    return f"{step.act}{DOING}{OR.join(step.roles)}"


def _stages(found: Route) -> list[Sequence[RouteStep]]:
    return [list(stage) for _, stage in groupby(found.steps, lambda step: step.place)]


def _is(stage: Sequence[RouteStep], turns: frozenset[Turn]) -> bool:
    """Whether turns that are open together are those expected, each in whichever act will do."""
    known = {frozenset(step.roles): step.act for step in stage}
    return len(turns) == len(stage) and all(
        roles in known and act in ("", known[roles]) for act, roles in turns
    )
