"""Switches: how an office goes on where its rules leave a gap or disagree; and its examples."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from domain.rules.gaps import escalated
from domain.rules.routes import (
    Finding,
    Route,
    RouteStep,
    beneath,
    route,
    stricter,
    without_own_seat,
)
from domain.rules.rows import Rule
from domain.values.choices import Choice
from domain.vocabulary import FactValue, Kind


class Switch(Choice):
    ESCALATES_GAPS = "escalates_gaps", "A case in a gap goes to the next level."
    TAKES_STRICTER = ("takes_stricter", "Where rules disagree, the stricter is taken, citing all.")
    DEMANDS_REASONS = "demands_reasons", "Whoever rejects or returns a request says why."


On = Collection[Switch]


@dataclass(frozen=True)
class Switched:
    """That a switch is on, by a clause, for a kind, an area or, where it names none, every kind."""

    switch: Switch
    clause: str
    of: str = ""


def switches_for(rows: Iterable[Switched], kind: Kind) -> frozenset[Switch]:
    return frozenset(each.switch for each in rows if each.of in ("", kind.code, kind.area))


def routed(
    rules: Sequence[Rule], facts: Mapping[str, FactValue], on: On, own: str | None = None
) -> Route:
    """The route of these facts as the office's switches have it; `own` is the applicant's seat."""
    found = route(rules, facts)
    if found.finding is Finding.GAP and Switch.ESCALATES_GAPS in on:
        found = escalated(rules, facts) or found
    if found.finding is Finding.OVERLAP and Switch.TAKES_STRICTER in on:
        found = stricter(found) or found
    return without_own_seat(found, (own,) if own else (), beneath(rules, facts))


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
