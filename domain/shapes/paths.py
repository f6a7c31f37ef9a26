"""Paths: staged processes, what leads from one state to the next, and what stands in the way."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from domain.conditions.language import Condition
from domain.conditions.regions import Region
from domain.errors import Problem, must_be_none
from domain.shapes.asking import Measures
from domain.shapes.clocks import Unit, later
from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Label

ANY_STATE = "*"
BEGINNING = Label("起始", "the beginning")
NOTHING = Label("无", "nothing")


@dataclass(frozen=True)
class Transition:
    """From one state by an event to another, when the guard holds and the wait is over."""

    clause_kinds: ClassVar[tuple[str, ...]] = ("procedure",)
    id: str
    clause: str
    origin: str
    event: str
    target: str
    when: Condition
    wait: Decimal | None
    wait_unit: Unit | None
    label: Label


@dataclass(frozen=True)
class Obstacle:
    """A guard that a measure does not meet, or a wait that is not over."""

    transition: Transition
    measure: str | None = None
    region: Region | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Passage:
    """The transition that is open, or what stands in the way of each that was tried."""

    tried: tuple[Transition, ...]
    taken: Transition | None
    obstacles: tuple[Obstacle, ...]


def passage(
    transitions: Iterable[Transition],
    origin: str,
    attempt: str,
    measures: Measures,
    calendar: Calendar,
    *,
    since: datetime | None = None,
    now: datetime,
) -> Passage:
    """Whether an event, or the state that it leads to, may follow on a state.

    The wait counts from the moment `since` which the state has been reached; untold, it is not
    judged.
    """
    tried = tuple(
        each
        for each in transitions
        if each.origin in (origin, ANY_STATE) and attempt in (each.event, each.target)
    )
    obstacles: list[Obstacle] = []
    for each in tried:
        found = list(_obstacles(each, measures, calendar, since, now))
        if not found:
            return Passage(tried, each, ())
        obstacles += found
    return Passage(tried, None, tuple(obstacles))


def must_be_known(transitions: Iterable[Transition], origin: str, attempt: str) -> None:
    """Raises: Refused for a state or step that no transition has, with those that are known."""
    every = tuple(transitions)
    states = dict.fromkeys(name for each in every for name in (each.origin, each.target))
    events = dict.fromkeys(each.event for each in every)
    problems = []
    if origin not in states or origin == ANY_STATE:
        known = " ".join(name for name in states if name != ANY_STATE)
        details = {"state": origin[:60], "known": known}
        problems.append(Problem("UNKNOWN_STATE", ("from",), details=details))
    if attempt not in events | states or attempt == ANY_STATE:
        details = {"attempt": attempt[:60], "known": " ".join(events)}
        problems.append(Problem("UNKNOWN_EVENT", ("attempt",), details=details))
    must_be_none(problems)


def state_said(path: Iterable[Transition], state: str) -> Label:
    """A state by what leads to it, for states have no names of their own."""
    path = tuple(path)
    leading = (each for each in path if each.target == state != each.origin)
    unled = BEGINNING if any(each.origin == state for each in path) else Label(state, state)
    return next((each.label for each in leading), unled)


def attempt_said(path: Iterable[Transition], attempt: str) -> Label:
    """An event by its label; what was tried may also be a state."""
    path = tuple(path)
    named = next((each.label for each in path if each.event == attempt), None)
    return named or state_said(path, attempt)


def events_said(path: Iterable[Transition]) -> Label:
    """What may follow, each once."""
    labels = tuple(dict.fromkeys(each.label for each in path)) or (NOTHING,)
    return Label("、".join(each.zh for each in labels), ", ".join(each.en for each in labels))


def no_transition(
    path: Iterable[Transition], state: str, attempt: str, following: Iterable[Transition]
) -> dict[str, Any]:
    """That something does not follow on a state, in the words of the path."""
    path = tuple(path)
    return {
        "state": state_said(path, state),
        "attempt": attempt_said(path, attempt[:40]),
        "known": events_said(following),
    }


def ends_of_wait(each: Transition, since: datetime, calendar: Calendar) -> datetime | None:
    """When the wait is over: hours after so long, days when the last of them begins."""
    if each.wait is None or each.wait_unit is None:
        return None
    end = later(since.astimezone(OFFICE_TIME), each.wait, each.wait_unit, calendar)
    exact = each.wait_unit in (Unit.HOUR, Unit.MINUTE)
    return end if exact else end.replace(hour=0, minute=0, second=0)


def _obstacles(
    each: Transition, measures: Measures, calendar: Calendar, since: datetime | None, now: datetime
) -> Iterable[Obstacle]:
    for name, region in each.when.regions.items():
        if not Condition(each.when.text, {name: region}).holds(measures):
            yield Obstacle(each, measure=name, region=region)
    until = ends_of_wait(each, since, calendar) if since else None
    if until and now < until:
        yield Obstacle(each, until=until)


def unreachable(transitions: Iterable[Transition]) -> tuple[Transition, ...]:
    """The transitions of one path from states that nothing leads to; the first state is given."""
    every = tuple(transitions)
    reached = {every[0].origin, ANY_STATE} if every else set()
    grown = True
    while grown:
        found = {each.target for each in every if each.origin in reached} - reached
        reached |= found
        grown = bool(found)
    return tuple(each for each in every if each.origin not in reached)


def way_to(path: tuple[Transition, ...], is_it: Callable[[Transition], bool]) -> list[Transition]:
    """The shortest way from the beginning of a path to a stage; none where there is no way."""
    ways, seen = [[each] for each in path if each.origin == path[0].origin], {path[0].origin}
    for way in ways:
        if is_it(way[-1]):
            return way
        if way[-1].target not in seen:
            seen.add(way[-1].target)
            ways += [[*way, each] for each in path if each.origin == way[-1].target]
    return []
