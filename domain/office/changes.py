"""What administrators change of an office: units, people, seats and appointments, each an act.

A change travels as JSON, where it waits for a second person or comes from a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum, EnumType
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from domain.vocabulary import FactValue


@dataclass(frozen=True)
class AddUnit:
    """A unit under another one, from a day on where one is said."""

    id: UUID
    name: str
    parent_id: UUID | None = None
    begins: date | None = None


@dataclass(frozen=True)
class RenameUnit:
    unit_id: UUID
    name: str


@dataclass(frozen=True)
class MoveUnit:
    unit_id: UUID
    parent_id: UUID


@dataclass(frozen=True)
class CloseUnit:
    """The unit and its seats end after a last day."""

    unit_id: UUID
    last_day: date


@dataclass(frozen=True)
class MergeUnit:
    """The people of a unit hold the same seats of another after a last day, when the unit ends."""

    unit_id: UUID
    into_unit_id: UUID
    last_day: date


@dataclass(frozen=True)
class AddPerson:
    """`namesake` says that another of the same name is known and meant to be somebody else."""

    id: UUID
    name: str
    account: str
    employment: str = "formal"
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    namesake: bool = False


@dataclass(frozen=True)
class RenamePerson:
    person_id: UUID
    name: str


@dataclass(frozen=True)
class DescribePerson:
    """What rules look at of somebody, from now on; `facts` are all of theirs."""

    person_id: UUID
    employment: str
    facts: Mapping[str, FactValue]


@dataclass(frozen=True)
class AddSeat:
    id: UUID
    role: str
    unit_id: UUID


@dataclass(frozen=True)
class CloseSeat:
    seat_id: UUID
    last_day: date


@dataclass(frozen=True)
class Appoint:
    id: UUID
    seat_id: UUID
    person_id: UUID
    begins: date
    ends: date | None = None


@dataclass(frozen=True)
class EndAppointment:
    seat_id: UUID
    person_id: UUID
    last_day: date


CHANGES: Mapping[str, type[Any]] = {
    "unit_added": AddUnit,
    "unit_renamed": RenameUnit,
    "unit_moved": MoveUnit,
    "unit_closed": CloseUnit,
    "unit_merged": MergeUnit,
    "person_added": AddPerson,
    "person_renamed": RenamePerson,
    "person_described": DescribePerson,
    "seat_added": AddSeat,
    "seat_closed": CloseSeat,
    "seat_filled": Appoint,
    "appointment_ended": EndAppointment,
}
"""Each kind by the word that the ledger has for it."""

EVENTS = {kind: event for event, kind in CHANGES.items()}
READS: Mapping[type[Any], Any] = {UUID: UUID, date: date.fromisoformat}


def written(change: Any) -> dict[str, Any]:
    """The change as JSON, with the word for it."""
    return {"event": EVENTS[type(change)], **told(change)}


def read(said: Mapping[str, Any]) -> Any:
    """The change that was written so."""
    return made(CHANGES[said["event"]], {n: v for n, v in said.items() if n != "event"})


def told(it: Any) -> dict[str, Any]:
    """A dataclass as JSON."""
    return {each.name: plain(getattr(it, each.name)) for each in fields(it)}


def made(kind: Any, said: Mapping[str, Any]) -> Any:
    """The dataclass that was told so."""
    hints = get_type_hints(kind)
    return kind(**{name: restored(hints[name], value) for name, value in said.items()})


def plain(value: Any) -> Any:
    """A value as JSON; a choice by its name."""
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, Mapping):
        return {plain(key): plain(each) for key, each in value.items()}
    return str(value) if isinstance(value, UUID | date) else value


def restored(kind: Any, value: Any) -> Any:
    """The value of a type, or of one that may be none, that was plain."""
    only = get_args(kind)[0] if isinstance(kind, UnionType) else kind
    if value is None:
        return None
    if get_origin(only) is Mapping:
        of, to = get_args(only)
        return {restored(of, key): restored(to, each) for key, each in value.items()}
    return only[value] if isinstance(only, EnumType) else READS.get(only, lambda same: same)(value)
