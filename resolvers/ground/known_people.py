"""What an office says of its people and of who sits nearest to a unit, known until its epoch moves.

Each statement that opens an act reads the epochs anew: what is known by others is never used.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from domain.office.organisation import Holder, Person, Seat
from resolvers.ground.database import Transaction, statement
from resolvers.ground.keys import key_of
from resolvers.ground.lately import Lately
from resolvers.ground.reading import read_as
from resolvers.ground.viewers import (
    BORROWED_NOW,
    HELD_TODAY,
    HOLDERS,
    SEAT,
    Borrowed,
    Epochs,
    read_borrowed,
    read_seat,
)

MOST_PEOPLE, MOST_UNITS = 4_000, 1_000
Nearest = Mapping[str, Seat]
"""For each role the seat that is nearest above a unit."""

EPOCHS = """
  array(
    select e.organisation_epoch from institutions e
    where e.institution_id = any(array(
        select s.superior_id from institution_superiors s where s.institution_id = :institution
      ) || cast(:institution as text))
    order by e.institution_id)"""
"""How often the office, or one above it, has changed: a chain of seats may lead there."""

PERSON = statement(f"""
  select {EPOCHS} as epochs,
         p.id, p.institution_id, p.name, p.account, p.number, p.employment, p.facts, p.leaves,
         coalesce((
           select jsonb_agg({SEAT.replace(HOLDERS, "'[]'::jsonb")}
                            order by u.position, s.role, s.id)
           from appointments a
           join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
           join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
           where (a.institution_id, a.person_id) = (p.institution_id, p.id) and {HELD_TODAY}
         ), '[]') as seats,
         {BORROWED_NOW} as borrowed
  from people p where p.institution_id = :institution and p.id = :person""")

NEAREST = statement(f"""
  with recursive chain(start, institution_id, id, depth) as (
    select own.id, cast(:institution as text), own.id, 0 from unnest(cast(:units as uuid[])) own(id)
    union all
    select c.start, u.parent_institution_id, u.parent_id, c.depth + 1
    from chain c join units u on (u.institution_id, u.id) = (c.institution_id, c.id)
    where u.parent_id is not null and c.depth < 40)
  select {EPOCHS} as epochs, coalesce(
    jsonb_agg(jsonb_build_object('start', nearest.start, 'seat', nearest.seat)), '[]') as seats
  from (
    select distinct on (c.start, s.role) c.start, {SEAT} as seat
    from chain c
    join seats s on (s.institution_id, s.unit_id) = (c.institution_id, c.id)
      and (s.ends is null or s.ends >= :today)
    join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
    order by c.start, s.role, c.depth) nearest""")


@dataclass(frozen=True)
class Known:
    """Somebody with the seats held on a day, and those lent to them.

    `nearest` is by starting unit, where it was asked for.
    """

    epochs: Epochs
    person: Person
    leaves: date | None
    borrowed: tuple[Borrowed, ...]
    nearest: Mapping[UUID, Nearest]

    @property
    def institution(self) -> str:
        return self.person.institution

    @property
    def has_left(self) -> bool:
        return self.leaves is not None and self.leaves < self.epochs.day

    @cached_property
    def seat_ids(self) -> frozenset[UUID]:
        """What work may wait for: the seats held today, and the person where a form names one."""
        return frozenset({self.person.id, *(seat.id for seat in self.person.seats)})

    @cached_property
    def holders(self) -> str:
        """Everybody who sits above, or beside, as the database writes an array of them."""
        every = (seat for chain in self.nearest.values() for seat in chain.values())
        return f"{{{','.join({str(holder.id) for seat in every for holder in seat.holders})}}}"

    def nearest_with(self, away: Collection[UUID]) -> Mapping[UUID, Nearest]:
        """The nearest seats, with those of their holders marked who are on leave or out."""
        if not away:
            return self.nearest
        return {
            unit: {role: _marked(seat, away) for role, seat in chain.items()}
            for unit, chain in self.nearest.items()
        }


class KnownPeople:
    """The people, units and seats that were asked for lately."""

    def __init__(self, most_people: int = MOST_PEOPLE, most_units: int = MOST_UNITS) -> None:
        self.people: Lately[tuple[str, UUID], Known] = Lately(most_people)
        self.units: Lately[tuple[str, UUID], tuple[Epochs, Nearest]] = Lately(most_units)
        self.seats: Lately[tuple[str, UUID], tuple[Epochs, Seat]] = Lately(most_people)

    async def of(
        self,
        transaction: Transaction,
        institution: str,
        person: UUID,
        day: date,
        *,
        office: bool,
        but: Known | None = None,
        at: Epochs | None = None,
    ) -> Known | None:
        """Somebody as they are known, or read where that is `but` what turned out to be old.

        With `at`, only what is known of those very epochs is used without being read.

        With the `office` the chains of seats above their units are of the same epochs. None: the
        institution has no such person.
        """
        known = self.people.get((institution, person))
        old = known and (known.epochs.day != day or (at and known.epochs != at))
        if known is None or old or (but and known.epochs == but.epochs):
            known = await _person(transaction, institution, person, day)
            if known is None:
                return None
            self.people.put((institution, person), known)
        return await self._with_office(transaction, known) if office else known

    async def _with_office(self, transaction: Transaction, known: Known) -> Known:
        if known.nearest:
            return known
        here, starts = known.institution, {seat.unit_id for seat in known.person.seats}
        kept = {unit: each for unit in starts if (each := self.units.get((here, unit)))}
        chains = {unit: chain for unit, (told, chain) in kept.items() if told == known.epochs}
        if missing := starts - chains.keys():
            told, read = await _chains(transaction, here, missing, known.epochs.day)
            if told != known.epochs:
                return known  # changed in between: who compares the epochs asks again
            for unit in missing:
                chains[unit] = read.get(unit, {})
                self.units.put((here, unit), (told, chains[unit]))
                for seat in chains[unit].values():
                    self.seats.put((seat.institution, seat.id), (told, seat))
        known = replace(known, nearest=chains)
        self.people.put((here, known.person.id), known)
        return known


async def _person(
    transaction: Transaction, institution: str, person: UUID, day: date
) -> Known | None:
    rows = await transaction.glance(PERSON, institution=institution, person=person, today=day)
    return _known(rows[0], day) if rows else None


def _known(row: Mapping[str, Any], day: date) -> Known:
    seats = tuple(read_seat(seat) for seat in row["seats"])
    return Known(
        epochs=Epochs(day, tuple(row["epochs"])),
        person=read_as(Person, row, seats=seats),
        leaves=row["leaves"],
        borrowed=tuple(read_borrowed(each) for each in row["borrowed"]),
        nearest={},
    )


async def _chains(
    transaction: Transaction, institution: str, units: Iterable[UUID], day: date
) -> tuple[Epochs, Mapping[UUID, Nearest]]:
    asked = {"institution": institution, "units": list(units), "today": day}
    [row] = await transaction.glance(NEAREST, **asked)
    found: dict[UUID, dict[str, Seat]] = {}
    for each in row["seats"]:
        seat = read_seat(each["seat"])
        found.setdefault(key_of(each["start"]), {})[seat.role] = seat
    return Epochs(day, tuple(row["epochs"])), found


def _marked(seat: Seat, away: Collection[UUID]) -> Seat:
    if not any(holder.id in away for holder in seat.holders):
        return seat
    holders: list[Holder] = [
        replace(each, away=True) if each.id in away else each for each in seat.holders
    ]
    return replace(seat, holders=tuple(holders))
