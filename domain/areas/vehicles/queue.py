"""The dispatcher's queue: whose trip comes first, and who may ride together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.areas.vehicles.trips import Slip
from domain.shapes.asking import Measures
from domain.shapes.orders import Priority
from domain.time.journeys import Destination
from domain.time.moments import office_local


@dataclass(frozen=True)
class Waiting:
    """An approved trip that no vehicle is assigned to yet."""

    id: UUID
    asked_at: datetime
    slip: Slip
    facts: Mapping[str, Any]

    @property
    def measures(self) -> Measures:
        return {name: value for name, value in self.facts.items() if value is not None}


@dataclass(frozen=True)
class Turn:
    """A waiting trip in its place, the priorities that put it there, and with whom it may ride.

    `open_against`: others of which the text does not say whether they come before or after.
    """

    trip: Waiting
    priorities: tuple[Priority, ...]
    open_against: tuple[UUID, ...]
    may_share: tuple[UUID, ...]


def queue(trips: Sequence[Waiting], priorities: Sequence[Priority]) -> tuple[Turn, ...]:
    """Trips in the order that the office's priorities give; in all else by time of application.

    Priorities of one position are not ranked against each other: a trip comes before another
    that it equals in all of them and excels in one; where each excels in another, it is open.
    """
    has = {each.id: _held(each, priorities) for each in trips}

    def place(each: Waiting) -> tuple[Any, ...]:
        positions = sorted({row.position for row in priorities})
        counts = [-sum(row.position == at for row in has[each.id]) for at in positions]
        return (*counts, each.asked_at, each.id)

    ordered = sorted(trips, key=place)
    return tuple(
        Turn(
            each,
            has[each.id],
            tuple(other.id for other in ordered if _open(has[each.id], has[other.id])),
            tuple(other.id for other in ordered if may_share(each, other)),
        )
        for each in ordered
    )


def _held(trip: Waiting, priorities: Iterable[Priority]) -> tuple[Priority, ...]:
    return tuple(row for row in priorities if row.when.holds(trip.measures))


def _open(one: tuple[Priority, ...], other: tuple[Priority, ...]) -> bool:
    """Whether at the first position where they differ each has what the other lacks."""
    for position in sorted({row.position for row in (*one, *other)}):
        mine = {row for row in one if row.position == position}
        theirs = {row for row in other if row.position == position}
        if mine != theirs:
            return bool(mine - theirs) and bool(theirs - mine)
    return False


def may_share(one: Waiting, other: Waiting) -> bool:
    """Same day, same direction: to the same place, or both beyond the area and equally far."""
    mine, theirs = one.slip, other.slip
    same_day = office_local(mine.begins).date() == office_local(theirs.begins).date()
    same_place = bool(mine.going_to) and mine.going_to.strip() == theirs.going_to.strip()
    near, far = (Destination.IN_AREA, "", None), one.facts.get("destination")
    equally_far = far == other.facts.get("destination") and far not in near
    return one.id != other.id and same_day and (same_place or equally_far)
