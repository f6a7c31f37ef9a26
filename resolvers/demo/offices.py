"""The demo offices as their files state them: units, people, the seats they hold, their accounts.

Every id follows from what it names, so that loading again finds what is there.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from uuid import UUID, uuid5

from domain.vocabulary import Label
from policies import vocabulary

FILES = Path(__file__).parent
NAMES = UUID("2f3a9c52-6d0e-5b7a-9a43-6b1c2d5e8f70")
FIRST_LINE, SECOND_LINE = "1", "2"
"""Marks the unit of `staff@` and that of `staff_2@`."""


def id_of(*names: str) -> UUID:
    return uuid5(NAMES, "/".join(names))


SAID: Mapping[str, str | bool] = {"true": True, "false": False}


@dataclass(frozen=True)
class Unit:
    """A unit; its parent may be another institution's, written `institution/unit`."""

    institution: str
    code: str
    name: str
    parent: tuple[str, str] | None
    line: str

    @property
    def id(self) -> UUID:
        return id_of("unit", self.institution, self.code)


@dataclass(frozen=True)
class Seat:
    institution: str
    role: str
    unit: str

    @property
    def id(self) -> UUID:
        return id_of("seat", self.institution, self.unit, self.role)


@dataclass(frozen=True)
class Person:
    institution: str
    name: str
    employment: str
    facts: Mapping[str, str | bool]
    seats: tuple[Seat, ...]

    @property
    def id(self) -> UUID:
        return id_of("person", self.institution, self.name)


@dataclass(frozen=True, eq=False)
class Office:
    """One institution with its units and people, in the order of the files."""

    institution: str
    label: Label
    units: tuple[Unit, ...]
    people: tuple[Person, ...]

    @cached_property
    def holders(self) -> Mapping[Seat, Sequence[Person]]:
        holders: dict[Seat, list[Person]] = {}
        for person in self.people:
            for seat in person.seats:
                holders.setdefault(seat, []).append(person)
        return holders

    @cached_property
    def accounts(self) -> Mapping[str, Person]:
        """`<role>@` is the holder in the line above `staff@`, `<role>_2@` in that of `staff_2@`."""
        accounts = {}
        for role in dict.fromkeys(seat.role for seat in self.holders):
            first, *others = self._by_line(role, FIRST_LINE)
            accounts[self.account(role)] = first
            others = [each for each in self._by_line(role, SECOND_LINE) if each in others]
            if others:
                accounts[self.account(f"{role}_2")] = others[0]
        return accounts

    def account(self, name: str) -> str:
        return name if name == "platform_admin" else f"{name}@{self.institution}"

    def first_account(self, person: Person) -> str | None:
        """The account of a person's seat that is named first, if one is theirs."""
        names = [f"{seat.role}{more}" for seat in person.seats for more in ("", "_2")]
        own = (self.account(name) for name in names)
        return next((each for each in own if self.accounts.get(each) is person), None)

    def line(self, mark: str) -> Iterator[Unit]:
        """The marked unit and those above it, as far as they are the institution's own."""
        units = {(unit.institution, unit.code): unit for unit in self.units}
        at = next((unit for unit in self.units if unit.line == mark), None)
        while at is not None:
            yield at
            at = units.get(at.parent) if at.parent else None

    def _by_line(self, role: str, mark: str) -> list[Person]:
        """Everybody in a role, each once; those in the line first, from below upwards."""
        near = [unit.code for unit in self.line(mark)]
        far = [unit.code for unit in self.units if unit.code not in near]
        seats = (Seat(self.institution, role, unit) for unit in near + far)
        found = (person for seat in seats for person in self.holders.get(seat, ()))
        return list({person.id: person for person in found}.values())


@cache
def offices() -> Mapping[str, Office]:
    """All demo offices, by institution."""
    units: dict[str, list[Unit]] = {}
    for row in _lines(FILES / "units.csv"):
        units.setdefault(row["institution"], []).append(_unit(row))
    labels = dict(vocabulary.institutions())
    for row in _lines(FILES / "institutions.csv"):
        labels[row["institution"]] = Label(row["zh"], row["en"])
    return {code: _office(code, labels[code], own) for code, own in units.items()}


def superiors(institution: str) -> frozenset[str]:
    """The institutions under whose units those of this one sit, however far up."""
    above = {unit.parent[0] for unit in offices()[institution].units if unit.parent}
    above.discard(institution)
    return frozenset(above).union(*map(superiors, above))


def _unit(row: Mapping[str, str]) -> Unit:
    institution, parent = row["institution"], row["parent"]
    *abroad, code = parent.split("/")
    under = (abroad[0] if abroad else institution, code) if parent else None
    return Unit(institution, row["unit"], row["name"], under, row["line"])


def _office(institution: str, label: Label, units: Sequence[Unit]) -> Office:
    people = tuple(
        Person(
            institution,
            row["name"],
            row["employment"],
            {name: SAID.get(value, value) for name, value in _pairs(row["facts"], "=")},
            tuple(Seat(institution, role, unit) for role, unit in _pairs(row["seats"], "/")),
        )
        for row in _lines(FILES / "people" / f"{institution}.csv")
    )
    return Office(institution, label, tuple(units), people)


def _pairs(text: str, sign: str) -> Iterator[tuple[str, str]]:
    for pair in text.split():
        before, _, after = pair.partition(sign)
        yield before, after


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
