"""An office as rows: read as a whole, and written as the difference between before and after."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from domain.office import organisation
from domain.office.posts import Appointment
from domain.office.roll import Member, Office, Place, Unit
from resolvers.ground.database import Statement, Transaction, statement
from resolvers.ground.derived import insertion
from resolvers.ground.hashing import NOBODYS_HASH
from resolvers.office.spelling import FORGET_WORDS, WORDS, name_key

UNITS = statement("""
  select id, name, parent_id, position, begins, ends,
         nullif(parent_institution_id, institution_id) as abroad
  from units where institution_id = :institution order by position, id""")
PEOPLE = statement("""
  select id, name, account, employment, facts, leaves from people
  where institution_id = :institution order by name_key, id""")
SEATS = statement(
    "select id, role, unit_id, ends from seats where institution_id = :institution order by id"
)
APPOINTMENTS = statement("""
  select a.id, a.seat_id, a.person_id, p.name, a.begins, a.ends from appointments a
  join people p on (p.institution_id, p.id) = (a.institution_id, a.person_id)
  where a.institution_id = :institution order by a.begins, a.id""")
MOST_AT_ONCE = 1_000
"""People whose names are spelled by one statement."""
CANCEL = statement("""
  delete from appointments
  where institution_id = :institution and id = any(cast(:ids as uuid[]))""")


def _kept(table: Any, columns: str, but: Collection[str] = ()) -> Statement:
    """Insert rows, or change these columns of rows that are there."""
    sets = ", ".join(f"{each} = excluded.{each}" for each in columns.split())
    return insertion(table, f"on conflict (institution_id, id) do update set {sets}", but)


KEEP_UNITS = _kept(organisation.units, "name parent_id parent_institution_id ends")
KEEP_PEOPLE = _kept(organisation.people, "name name_key employment facts leaves", but=("number",))
KEEP_SEATS = _kept(organisation.seats, "ends")
KEEP_APPOINTMENTS = _kept(organisation.appointments, "ends")
OPEN_ACCOUNTS = insertion(organisation.accounts)
"""Nobody knows their passwords: each is set by a one-time link."""


async def read_office(transaction: Transaction, institution: str) -> Office:
    """Everything that the office is made of, its past too."""
    units, people, seats, appointments = [
        await transaction.rows(each, institution=institution)
        for each in (UNITS, PEOPLE, SEATS, APPOINTMENTS)
    ]
    return Office(
        {row["id"]: Unit(*row) for row in units},
        {row["id"]: Member(*row) for row in people},
        {row["id"]: Place(*row) for row in seats},
        {row["id"]: Appointment(*row) for row in appointments},
    )


async def write(transaction: Transaction, institution: str, before: Office, after: Office) -> None:
    """Keep what the office has become: each table in one statement, and only what differs."""
    units = [_unit(each, institution) for each in _differing(before.units, after.units)]
    members = _differing(before.people, after.people)
    people = [_person(each) for each in members]
    seats = [_seat(each) for each in _differing(before.places, after.places)]
    held = [_appointment(e) for e in _differing(before.appointments, after.appointments)]
    gone = sorted(before.appointments.keys() - after.appointments.keys())
    if gone:
        await transaction.rows(CANCEL, institution=institution, ids=gone)
    for keep, rows in (
        (KEEP_UNITS, units),
        (KEEP_PEOPLE, people),
        (KEEP_SEATS, seats),
        (KEEP_APPOINTMENTS, held),
    ):
        if rows:
            await transaction.rows(
                keep, rows=[{"institution_id": institution, **row} for row in rows]
            )
    fresh = [each for each in members if each.id not in before.people]
    if fresh:
        rows = [
            {
                "institution_id": institution,
                "account": each.account,
                "person_id": each.id,
                "password_hash": NOBODYS_HASH,
            }
            for each in fresh
        ]
        await transaction.rows(OPEN_ACCOUNTS, rows=rows)
    for first in range(0, len(members), MOST_AT_ONCE):
        some = [each.id for each in members[first : first + MOST_AT_ONCE]]
        spelled = {"institution": institution, "people": some}
        await transaction.rows(FORGET_WORDS, **spelled)
        await transaction.rows(WORDS, **spelled)


def _differing(before: Mapping[UUID, Any], after: Mapping[UUID, Any]) -> list[Any]:
    return [each for key, each in after.items() if before.get(key) != each]


def _unit(unit: Unit, institution: str) -> dict[str, Any]:
    return {
        "id": unit.id,
        "name": unit.name,
        "parent_id": unit.parent,
        "parent_institution_id": (unit.abroad or institution) if unit.parent else None,
        "position": unit.position,
        "begins": unit.begins,
        "ends": unit.ends,
    }


def _person(person: Member) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "name_key": name_key(person.name),
        "account": person.account,
        "employment": person.employment,
        "facts": dict(person.facts),
        "leaves": person.leaves,
    }


def _seat(place: Place) -> dict[str, Any]:
    return {"id": place.id, "role": place.role, "unit_id": place.unit, "ends": place.ends}


def _appointment(each: Appointment) -> dict[str, Any]:
    return {
        "id": each.id,
        "seat_id": each.seat,
        "person_id": each.person,
        "begins": each.begins,
        "ends": each.ends,
    }


def titles(office: Office, said: Mapping[str, Any]) -> dict[str, Any]:
    """The ids that a change names, as people say them; a seat by its role and unit."""
    found: dict[str, Any] = {}
    for name, value in said.items():
        key = UUID(value) if value and name.endswith("_id") else None
        if key is None:
            found["called" if name == "name" else name] = value
        elif name == "seat_id":
            place = office.places[key]
            found |= {"role": place.role, "unit": office.units[place.unit].name}
        elif name == "person_id":
            found["whom"] = office.people[key].name
        elif name.endswith(("unit_id", "parent_id")):
            found[name.removesuffix("_id")] = office.units[key].name
    return found
