"""The demo offices as rows of the organisation's tables."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.office import organisation
from domain.records.things import thing_moves
from resolvers.demo import begun
from resolvers.demo.offices import Office, Person, Seat, Unit, id_of, superiors
from resolvers.ground.database import Statement
from resolvers.ground.derived import insertion
from resolvers.office.spelling import name_key

SINCE = date(2010, 1, 1)
"""The day that every appointment begins, so that past days can be shown too."""

SKIP = "on conflict do nothing"
INSTITUTION = insertion(organisation.institutions, SKIP)
SUPERIORS = insertion(organisation.institution_superiors, SKIP)
UNITS = insertion(organisation.units, SKIP)
PEOPLE = insertion(organisation.people, SKIP, but=("number",))
SEATS = insertion(organisation.seats, SKIP)
APPOINTMENTS = insertion(organisation.appointments, SKIP)
ACCOUNTS = insertion(organisation.accounts, SKIP)
ENTERED = insertion(thing_moves, SKIP)

Row = dict[str, Any]


def appointments(office: Office) -> Iterator[tuple[UUID, Seat, Person]]:
    """Who holds which seat, each with an id of its own."""
    for person in office.people:
        for seat in person.seats:
            yield id_of("appointment", str(seat.id), str(person.id)), seat, person


def identities(office: Office) -> frozenset[str]:
    """What tells whether the office is there: all ids, and the accounts of its seats."""
    ids = [unit.id for unit in office.units] + [person.id for person in office.people]
    ids += [*begun.ids_of(office)]
    ids += [seat.id for seat in office.holders] + [id_ for id_, _, _ in appointments(office)]
    return frozenset({office.institution, *office.accounts, *map(str, ids)})


def rows_of(office: Office, password_hash: str) -> Iterator[tuple[Statement, list[Row]]]:
    """All rows of an office, table by table, each with the statement that inserts them."""
    keys = {person.id: name_key(person.name) for person in office.people}
    by_name = accounts_by_name(office, keys)
    accounts = {**{by_name[person.id]: person for person in office.people}, **office.accounts}
    tables = {
        INSTITUTION: [_institution(office)],
        SUPERIORS: [{"superior_id": each} for each in sorted(superiors(office.institution))],
        UNITS: [_unit(unit, position) for position, unit in enumerate(office.units)],
        PEOPLE: [
            _person(person)
            | {
                "name_key": keys[person.id],
                "account": office.first_account(person) or by_name[person.id],
            }
            for person in office.people
        ],
        SEATS: [_seat(seat) for seat in office.holders],
        APPOINTMENTS: [_appointment(*each) for each in appointments(office)],
        ACCOUNTS: [
            {"account": account, "person_id": person.id, "password_hash": password_hash}
            for account, person in accounts.items()
        ],
    }
    entered: list[Row] = []
    for thing, cards, moves in begun.cards_of(office):
        tables[insertion(thing.table, SKIP)] = cards
        entered += moves
    tables[ENTERED] = entered
    for register, lines in begun.lines_of(office):
        tables[insertion(register.table, SKIP)] = lines
    for insert, rows in tables.items():
        yield insert, [{"institution_id": office.institution, **row} for row in rows]


def accounts_by_name(office: Office, keys: Mapping[UUID, str]) -> Mapping[UUID, str]:
    """`wang.xiaohong@` for 王小红; a second one of that spelling is `wang.xiaohong2@`."""
    found: Counter[str] = Counter()
    accounts = {}
    for person in office.people:
        surname, *given = keys[person.id].split()
        name = f"{surname}.{''.join(given)}"
        found[name] += 1
        more = str(found[name]) if found[name] > 1 else ""
        accounts[person.id] = office.account(name + more)
    return accounts


def _institution(office: Office) -> Row:
    return {
        "name": office.label.zh,
        "name_en": office.label.en,
        "policy_epoch": 0,
        "organisation_epoch": 0,
        "founding": False,
        "second_factor": False,
    }


def _unit(unit: Unit, position: int) -> Row:
    return {
        "id": unit.id,
        "name": unit.name,
        "parent_institution_id": unit.parent[0] if unit.parent else None,
        "parent_id": id_of("unit", *unit.parent) if unit.parent else None,
        "position": position,
    }


def _person(person: Person) -> Row:
    return {
        "id": person.id,
        "name": person.name,
        "employment": person.employment,
        "facts": person.facts,
    }


def _seat(seat: Seat) -> Row:
    return {"id": seat.id, "role": seat.role, "unit_id": id_of("unit", seat.institution, seat.unit)}


def _appointment(id_: UUID, seat: Seat, person: Person) -> Row:
    return {"id": id_, "seat_id": seat.id, "person_id": person.id, "begins": SINCE, "ends": None}
