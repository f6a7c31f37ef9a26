"""Which rows an event starts or stops; events are the words of the program, not of a text."""

from collections.abc import Iterable, Mapping

from domain.shapes.clocks import Clock
from domain.vocabulary import FactValue


def concerned(patterns: Iterable[str], events: Iterable[str]) -> bool:
    """Whether an event is among those that a row names; `*` stands for one word of a text."""
    happened = [event.split(".") for event in events]
    return any(
        len(named) == len(parts)
        and all(word in ("*", part) for word, part in zip(named, parts, strict=True))
        for named in (pattern.split(".") for pattern in patterns)
        for parts in happened
    )


def started_by(
    clocks: Iterable[Clock], events: Iterable[str], facts: Mapping[str, FactValue]
) -> list[Clock]:
    """The rows that start with one of these events, and have an end to count to."""
    said = tuple(events)
    return [
        clock
        for clock in clocks
        if concerned(clock.starts, said) and not clock.is_open and clock.when.holds(facts)
    ]
