"""Which rows an event starts or stops; events are the words of the program, not of a text."""

from collections.abc import Iterable, Mapping

from domain.shapes.clocks import Clock
from domain.vocabulary import FactValue

ENDING = frozenset({"withdrawn", "rejected", "returned", "extended"})
"""What becomes of that which nobody goes on with, or not before it comes again."""


def concerned(patterns: Iterable[str], events: Iterable[str]) -> bool:
    """Whether an event is among those that a row names; `*` stands for one word of a text."""
    happened = [event.split(".") for event in events]
    return any(
        len(named) == len(parts)
        and all(word in ("*", part) for word, part in zip(named, parts, strict=True))
        for named in (pattern.split(".") for pattern in patterns)
        for parts in happened
    )


def ends(clock: Clock, events: Iterable[str]) -> bool:
    """Whether an event ends what the clock runs for, so that nothing is owed any more."""
    over = [event.rpartition(".") for event in events]
    kinds = [kind for kind, _, what in over if what in ENDING]
    return concerned([pattern.rpartition(".")[0] for pattern in clock.starts], kinds)


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
