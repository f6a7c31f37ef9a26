"""What stages of cases ask of a record in the same words."""

from collections.abc import Callable
from typing import Any

from domain.records.cases import Turn
from domain.time.moments import office_local

Holds = Callable[[Turn[Any]], bool]


def some(*columns: str) -> Holds:
    """One of these was filled in before."""
    return lambda turn: any(getattr(turn.before, name) for name in columns)


def not_today(column: str) -> Holds:
    """This was not done on the same day before."""

    def holds(turn: Turn[Any]) -> bool:
        last = getattr(turn.before, column)
        return not last or office_local(last).date() != office_local(turn.now).date()

    return holds


def not_ahead(column: str) -> Holds:
    """A moment that is past, or left out."""

    def holds(turn: Turn[Any]) -> bool:
        at = getattr(turn.after, column)
        return at is None or bool(at <= turn.now)

    return holds


def rising(first: str, second: str) -> Holds:
    """The second is no less than the first, where both are told."""

    def holds(turn: Turn[Any]) -> bool:
        one, other = getattr(turn.after, first), getattr(turn.after, second)
        return one is None or other is None or bool(one <= other)

    return holds
