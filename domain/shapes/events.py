"""Which rows an event starts or stops; events are the words of the program, not of a text."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.shapes.clocks import Clock, Direction, Term, term
from domain.time.calendar import Calendar
from domain.vocabulary import FactValue

EVENT = re.compile(r"([a-z][a-z0-9_]*|\*)(\.([a-z][a-z0-9_]*|\*))+")
ENDING = frozenset({"withdrawn", "rejected", "returned", "extended", "struck_out"})
"""What becomes of that which nobody goes on with, or not before it comes again."""
UNCLAIMED = frozenset({False})


def concerned(patterns: Iterable[str], events: Iterable[str]) -> bool:
    """Whether an event is among those that a row names; `*` stands for one word of a text."""
    happened = [event.split(".") for event in events]
    return any(
        len(named) == len(parts)
        and all(word in ("*", part) for word, part in zip(named, parts, strict=True))
        for named in (pattern.split(".") for pattern in patterns)
        for parts in happened
    )


def kinds_of(events: Iterable[str]) -> list[str]:
    """What these events, or patterns of events, happen to."""
    return [event.rpartition(".")[0] for event in events]


def runs_for(clock: Clock, events: Iterable[str]) -> bool:
    """Whether a clock is started by something that happens to what these happen to."""
    return concerned(kinds_of(clock.starts), kinds_of(events))


def ends(clock: Clock, events: Iterable[str]) -> bool:
    """Whether an event ends what the clock runs for, so that nothing is owed any more."""
    return runs_for(clock, [each for each in events if each.rpartition(".")[2] in ENDING])


def started_by(
    clocks: Iterable[Clock], events: Iterable[str], facts: Mapping[str, FactValue]
) -> list[Clock]:
    """The rows that start with one of these events, and have an end to count to."""
    return [clock for clock in starting(clocks, events) if clock.when.holds(facts)]


def starting(clocks: Iterable[Clock], events: Iterable[str]) -> tuple[Clock, ...]:
    """The same, whatever the facts are."""
    said = tuple(events)
    return tuple(row for row in clocks if concerned(row.starts, said) and not row.is_open)


def too_late(
    clocks: Iterable[Clock],
    kind: str,
    begins: datetime,
    now: datetime,
    calendar: Calendar,
    facts: Mapping[str, FactValue],
) -> list[tuple[Clock, Term]]:
    """The rows that wanted this asked earlier than now, each with until when.

    They count backwards from what begins, and start on `<kind>.begins`. An exception that a row
    makes is not claimed where the facts do not speak of it.
    """
    backward = [clock for clock in clocks if clock.direction is Direction.BEFORE]
    exceptions = {
        name: False
        for clock in backward
        for name, region in clock.when.regions.items()
        if region == UNCLAIMED
    }
    found = [
        (clock, term(clock, begins, calendar))
        for clock in started_by(backward, (f"{kind}.begins",), {**exceptions, **facts})
    ]
    return [(clock, owed) for clock, owed in found if owed.due < now]
