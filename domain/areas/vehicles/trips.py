"""Trips and repair orders on their paths: who takes each stage, and whose trip comes first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.conditions.language import Condition
from domain.errors import Refused
from domain.shapes.asking import Measures
from domain.shapes.orders import Priority
from domain.shapes.paths import Passage, Transition, no_transition, passage
from domain.time.calendar import Calendar
from domain.time.journeys import Destination
from domain.time.moments import Period
from domain.vocabulary import Label

TRIP, REPAIR = "vehicle.dispatch", "vehicle.repair"
SLIP, ORDER = "vehicle.trip", "vehicle.repair_order"
"""The objects whose lines say whose each stage is."""
APPROVED = "approved"

ALWAYS = Condition("always", {})


def _plain(path: str, *stages: tuple[str, str, str, str, str]) -> tuple[Transition, ...]:
    return tuple(
        Transition(path, "", origin, event, target, ALWAYS, None, None, Label(zh, en))
        for origin, event, target, zh, en in stages
    )


PLAIN = {
    TRIP: _plain(
        TRIP,
        (APPROVED, "dispatch", "dispatched", "派车", "Dispatched"),
        ("dispatched", "leave", "on_trip", "出车", "Out"),
        ("on_trip", "return", "returned", "回局", "Back"),
        ("returned", "file", "filed", "派车单留存", "The slip is filed"),
    ),
    REPAIR: _plain(
        REPAIR,
        (APPROVED, "commission", "commissioned", "委托修理厂家", "Given to a garage"),
        ("commissioned", "repair", "in_repair", "进厂修理", "Being repaired"),
        ("in_repair", "accept", "accepted", "驾驶员验收", "Accepted by the driver"),
        ("accepted", "settle", "settled", "结算", "Settled"),
    ),
}
"""The stages where the office's text gives none."""

IN_REPAIR = ("commissioned", "in_repair")
ENDS_OF_TRIP = ("return", "log")


def path_of(every: Iterable[Transition], path: str) -> tuple[Transition, ...]:
    """An office's own path, or the plain one."""
    return tuple(each for each in every if each.id == path) or PLAIN[path]


def state_of(path: Sequence[Transition], stored: str) -> str:
    """Where something stands that was approved: at the beginning, where the path knows no such."""
    known = {each.origin for each in path} | {each.target for each in path}
    return stored if stored in known else path[0].origin


def following(path: Sequence[Transition], state: str) -> tuple[Transition, ...]:
    return tuple(each for each in path if each.origin == state)


def taken(
    path: Sequence[Transition],
    state: str,
    event: str,
    measures: Measures,
    calendar: Calendar,
    now: datetime,
) -> Transition:
    """The stage that an event leads to.

    Raises:
        Refused: it does not follow on this state, or something stands in the way.

    """
    found: Passage = passage(path, state, event, measures, calendar, now=now)
    if found.taken:
        return found.taken
    if found.tried:
        raise Refused(
            "STAGE_NOT_READY", clause=found.tried[0].clause or None, event=found.tried[0].label
        )
    said = no_transition(path, state, event, following(path, state))
    raise Refused("NOT_THE_NEXT_STAGE", clause=path[0].clause or None, **said)


@dataclass(frozen=True)
class Waiting:
    """An approved trip that no vehicle is assigned to yet."""

    id: UUID
    asked_at: datetime
    period: Period
    going_to: str
    destination: str
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
    same_day = one.period.begins.date() == other.period.begins.date()
    same_place = bool(one.going_to) and one.going_to.strip() == other.going_to.strip()
    far = one.destination == other.destination not in ("", Destination.IN_AREA)
    return one.id != other.id and same_day and (same_place or far)
