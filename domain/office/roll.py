"""What an office is made of, and what changes of it are judged by."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.office.posts import Appointment
from domain.vocabulary import Fact, FactValue, Role


@dataclass(frozen=True)
class Unit:
    """`abroad` is the institution of the parent where that is another one."""

    id: UUID
    name: str
    parent: UUID | None = None
    position: int = 0
    begins: date | None = None
    ends: date | None = None
    abroad: str | None = None

    @property
    def is_the_office(self) -> bool:
        return self.parent is None or self.abroad is not None


@dataclass(frozen=True)
class Member:
    id: UUID
    name: str
    account: str
    employment: str = "formal"
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    leaves: date | None = None


@dataclass(frozen=True)
class Place:
    """A seat as the office has it: a role at a unit."""

    id: UUID
    role: str
    unit: UUID
    ends: date | None = None


@dataclass(frozen=True)
class Office:
    """Everything that an office is made of, by id."""

    units: dict[UUID, Unit] = field(default_factory=dict)
    people: dict[UUID, Member] = field(default_factory=dict)
    places: dict[UUID, Place] = field(default_factory=dict)
    appointments: dict[UUID, Appointment] = field(default_factory=dict)


@dataclass(frozen=True)
class Rules:
    """What changes are judged by.

    Nothing begins before the `earliest` day. Roles that are `weighty` decide on requests or on
    what lives; `apart` are the administrators, of whom nobody is two; those `confirming` are a
    second person to them; other roles are `kept_apart` by a clause. `by` are those who ask, who
    appoint nobody themselves; `waiting` says how many turns wait for a seat.
    """

    today: date
    earliest: date
    roles: Mapping[str, Role]
    facts: Mapping[str, Fact]
    weighty: Collection[str] = ()
    apart: Collection[str] = ()
    confirming: Collection[str] = ()
    kept_apart: Sequence[tuple[str, frozenset[str]]] = ()
    by: Collection[UUID] = ()
    waiting: Mapping[UUID, int] = field(default_factory=dict)


@dataclass
class Draft:
    """The office as it becomes, with who holds what at hand."""

    office: Office
    rules: Rules
    names: Counter[str]
    accounts: set[str]
    of_seat: dict[UUID, list[UUID]] = field(default_factory=dict)
    of_person: dict[UUID, list[UUID]] = field(default_factory=dict)

    def put(self, each: Appointment) -> None:
        self.office.appointments[each.id] = each
        self.of_seat.setdefault(each.seat, []).append(each.id)
        self.of_person.setdefault(each.person, []).append(each.id)

    def cut(self, each: Appointment, last_day: date) -> None:
        """End it after a day; what would only begin later never does."""
        if each.begins <= last_day:
            self.office.appointments[each.id] = replace(each, ends=last_day)
        else:
            del self.office.appointments[each.id]
            self.of_seat[each.seat].remove(each.id)
            self.of_person[each.person].remove(each.id)

    def held(self, seat: UUID) -> list[Appointment]:
        return [self.office.appointments[each] for each in self.of_seat.get(seat, ())]

    def beyond(self, seat: UUID, last_day: date) -> list[Appointment]:
        """Who would hold a seat longer than a day."""
        return [each for each in self.held(seat) if each.ends is None or each.ends > last_day]

    def holding(self, person: UUID) -> list[Appointment]:
        return [self.office.appointments[each] for each in self.of_person.get(person, ())]

    def places_of(self, unit: UUID) -> list[Place]:
        return [e for e in self.office.places.values() if e.unit == unit and e.ends is None]

    def titled(self, place: Place) -> dict[str, Any]:
        """A seat in the details of a message."""
        return {"role": place.role, "unit": self.office.units[place.unit].name}


def draft_of(before: Office, rules: Rules) -> Draft:
    office = Office(
        dict(before.units), dict(before.people), dict(before.places), dict(before.appointments)
    )
    here = [e for e in before.people.values() if e.leaves is None or e.leaves >= rules.today]
    accounts = {each.account for each in before.people.values()}
    draft = Draft(office, rules, Counter(each.name for each in here), accounts)
    for each in before.appointments.values():
        draft.put(each)
    return draft
