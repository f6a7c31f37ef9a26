"""Orders of precedence: which of several that wait a clause puts first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from domain.conditions.language import Condition
from domain.shapes.asking import Measures
from domain.vocabulary import Label


@dataclass(frozen=True)
class Priority:
    """What comes first, at its position; of one position the text says no order."""

    clause_kinds: ClassVar[tuple[str, ...]] = ("procedure", "other")
    id: str
    clause: str
    subject: str
    position: int
    when: Condition
    label: Label


@dataclass(frozen=True)
class Waiting:
    """Something that waits, since when it was asked for, and what rows may look at."""

    id: UUID
    asked_at: datetime
    measures: Measures


@dataclass(frozen=True)
class Turn:
    """What waits in its place, and the priorities that put it there.

    `open_against`: others of which the text does not say whether they come before or after.
    """

    waiting: Waiting
    priorities: tuple[Priority, ...]
    open_against: tuple[UUID, ...]


def queue(waiting: Sequence[Waiting], priorities: Sequence[Priority]) -> tuple[Turn, ...]:
    """What waits in the order that the office's priorities give; in all else by time of asking.

    Priorities of one position are not ranked against each other: what equals another in all of
    them and excels in one comes before it; where each excels in another, it is open.
    """
    has = {each.id: _held(each, priorities) for each in waiting}

    def place(each: Waiting) -> tuple[Any, ...]:
        positions = sorted({row.position for row in priorities})
        counts = [-sum(row.position == at for row in has[each.id]) for at in positions]
        return (*counts, each.asked_at, each.id)

    ordered = sorted(waiting, key=place)
    return tuple(
        Turn(
            each,
            has[each.id],
            tuple(other.id for other in ordered if _open(has[each.id], has[other.id])),
        )
        for each in ordered
    )


def _held(each: Waiting, priorities: Iterable[Priority]) -> tuple[Priority, ...]:
    return tuple(row for row in priorities if row.when.holds(each.measures))


def _open(one: tuple[Priority, ...], other: tuple[Priority, ...]) -> bool:
    """Whether at the first position where they differ each has what the other lacks."""
    for position in sorted({row.position for row in (*one, *other)}):
        mine = {row for row in one if row.position == position}
        theirs = {row for row in other if row.position == position}
        if mine != theirs:
            return bool(mine - theirs) and bool(theirs - mine)
    return False
