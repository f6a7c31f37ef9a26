"""What each row of an office's sheets changes of it, in the order in which it can be done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.office import changes as to
from domain.office.roll import Unit
from domain.office.sheets import APPOINTMENTS, PEOPLE, SEATS, UNITS, Reading
from domain.sheets import Row, Table, read_answer, read_day, read_number, read_word
from domain.vocabulary import Fact, FactType

AFTER = {to.EndAppointment: 1, to.Appoint: 2, to.CloseSeat: 3, to.CloseUnit: 4}
"""What is done after all else: who leaves a seat leaves it before others come."""


def read(reading: Reading) -> None:
    """Everything that the sheets change."""
    for sheet, reads in READS:
        if table := reading.tables.get(sheet):
            reads(reading, table)
    if reading.whole:
        _gone(reading)
    reading.changes.sort(key=lambda each: AFTER.get(type(each.change), 0))


def _units(reading: Reading, table: Table) -> None:
    """A line may stand under a unit that a later one adds."""
    office = next(each for each in reading.units.values() if each.is_the_office)
    for row in table.rows:
        _renamed(reading, table, row)
    waiting = list(table.rows)
    while waiting:
        new = {row.said.get("unit") for row in waiting} - reading.by_name.keys()
        ready = [row for row in waiting if row.said.get("above", "").split("/")[-1] not in new]
        for row in ready:
            _unit(reading, table, row, office)
        if not ready:
            for row in waiting:
                unit = row.said.get("unit", "")
                table.fault(row, "above", "UNIT_UNDER_ITSELF", unit=unit)
            return
        done = {row.line for row in ready}
        waiting = [row for row in waiting if row.line not in done]


def _renamed(reading: Reading, table: Table, row: Row) -> None:
    """A unit that is still called as before; one that has its name already stays."""
    name, before = row.said.get("unit", ""), len(table.problems)
    if "formerly" not in row.said or not name or name in reading.by_name:
        return
    unit = table.cell(row, "formerly", reading.unit)
    if unit is None or len(table.problems) > before:
        return
    reading.by_name[reading.units[unit].name].remove(unit)
    reading.units[unit] = replace(reading.units[unit], name=name)
    reading.by_name[name] = [unit]
    reading.named["renamed"].add(unit)
    reading.change(row, to.RenameUnit(unit, name))


def _unit(reading: Reading, table: Table, row: Row, office: Unit) -> None:
    name, moves = row.said.get("unit", ""), "above" in row.said
    above = table.cell(row, "above", reading.unit, office.id)
    begins = table.cell(row, "begins", read_day)
    last = table.cell(row, "last_day", read_day)
    if above is None:
        return
    known = [reading.units[each] for each in reading.by_name.get(name, ())]
    beside = [each for each in known if above == each.parent or (each == office and not moves)]
    closed = [e for e in reading.before.units.values() if last and (e.name, e.ends) == (name, last)]
    if not beside and closed:
        reading.unchanged += 1
        return
    found = beside or (known if len(known) == 1 and known[0].id in reading.before.units else [])
    unit = found[0] if found else Unit(reading.new_id(), name, above, begins=begins)
    if unit.id in reading.named[UNITS]:
        table.fault(row, "unit", "NAMED_TWICE_IN_FILE")
        return
    reading.named[UNITS].add(unit.id)
    if not found:
        reading.units[unit.id] = unit
        reading.by_name.setdefault(name, []).append(unit.id)
        reading.change(row, to.AddUnit(unit.id, name, above, begins))
    elif moves and not beside:
        reading.change(row, to.MoveUnit(unit.id, above))
    elif begins not in (None, unit.begins):
        table.fault(row, "begins", "STAYS_AS_IT_IS")
    elif not last:
        reading.unchanged += unit.id not in reading.named["renamed"]
    if last:
        reading.change(row, to.CloseUnit(unit.id, last))


def _people(reading: Reading, table: Table) -> None:
    for row in table.rows:
        _person(reading, table, row)


def _person(reading: Reading, table: Table, row: Row) -> None:
    name = row.said.get("name", "")
    facts = {
        code: table.cell(row, code, _reader(fact))
        for code, fact in reading.facts.items()
        if code in row.said
    }
    namesake = table.cell(row, "namesake", read_answer, default=False)
    account = table.cell(row, "account", reading.account)
    if None in (*facts.values(), namesake):
        return
    employment = facts.pop("employment", None)
    known = reading.people.get(account) if account else _only(reading, table, row)
    if account is None and known is None and reading.called.get(name):
        return
    if known and known.id in reading.named[PEOPLE]:
        table.fault(row, "account" if account else "name", "NAMED_TWICE_IN_FILE")
    elif known is None:
        account = account or reading.spelled(name, reading.people.keys(), reading.home)
        key = reading.new_id()
        added = to.AddPerson(key, name, account, employment or "formal", facts, bool(namesake))
        reading.of[key] = added
        reading.people[account] = added
        reading.called.setdefault(name, []).append(key)
        reading.named[PEOPLE].add(key)
        reading.change(row, added)
    else:
        reading.named[PEOPLE].add(known.id)
        said = {**known.facts, **facts}
        same = said == known.facts and employment in (None, known.employment)
        if known.name != name:
            reading.change(row, to.RenamePerson(known.id, name))
        if not same:
            employed = employment or known.employment
            reading.change(row, to.DescribePerson(known.id, employed, said))
        elif known.name == name:
            reading.unchanged += 1


def _only(reading: Reading, table: Table, row: Row) -> Any:
    """The one person of a name; a fault where several have it."""
    name = row.said.get("name", "")
    found = reading.called.get(name, ())
    if len(found) > 1:
        table.fault(row, "name", "PERSON_AMBIGUOUS", name=name)
    return reading.of[found[0]] if len(found) == 1 else None


def _reader(fact: Fact) -> Callable[[str], Any]:
    if fact.values is not None:
        return read_word(fact.values)
    return read_answer if fact.type is FactType.BOOL else read_number


def _seats(reading: Reading, table: Table) -> None:
    for row in table.rows:
        unit = table.cell(row, "unit", reading.unit)
        role = table.cell(row, "role", reading.role)
        last = table.cell(row, "last_day", read_day)
        if unit is None or role is None:
            continue
        if (unit, role) in reading.named[SEATS]:
            table.fault(row, "role", "NAMED_TWICE_IN_FILE")
            continue
        reading.named[SEATS].add((unit, role))
        known = reading.places.get((unit, role))
        if (known and (known.ends is None) == (last is None)) or (known and known.ends == last):
            reading.unchanged += known.ends == last
        elif last is None or known is None:
            key = known.id if known else reading.new_id()
            reading.seats[unit, role] = key
            reading.change(row, to.AddSeat(key, role, unit))
        if last and not (known and known.ends == last):
            key = reading.seats[unit, role]
            reading.change(row, to.CloseSeat(key, last))


def _appointments(reading: Reading, table: Table) -> None:
    for row in table.rows:
        account = table.cell(row, "account", reading.account)
        person = reading.people.get(account) if account else _only(reading, table, row)
        unit = table.cell(row, "unit", reading.unit)
        role = table.cell(row, "role", reading.role)
        begins = table.cell(row, "begins", read_day)
        last = table.cell(row, "last_day", read_day)
        if person is None and (account or not reading.called.get(row.said.get("name", ""))):
            table.fault(row, "account" if account else "name", "NO_SUCH_PERSON")
        if person is None or unit is None or role is None:
            continue
        if (seat := reading.seats.get((unit, role))) is None:
            title = reading.roles[role].label
            table.fault(row, "role", "SEAT_NOT_IN_SHEETS", role=title, unit=row.said["unit"])
            continue
        _appointment(reading, table, row, (seat, person.id), (begins, last))


def _appointment(
    reading: Reading, table: Table, row: Row, held: tuple[UUID, UUID], days: tuple[Any, Any]
) -> None:
    begins, last = days
    today = reading.today
    known = [
        each
        for each in reading.held.get(held, ())
        if (each.begins == begins if begins else each.ends is None or each.ends >= today)
    ]
    same = (*held, begins)
    if same in reading.named[APPOINTMENTS] or (known and known[0].id in reading.named["held"]):
        table.fault(row, "name", "NAMED_TWICE_IN_FILE")
        return
    reading.named[APPOINTMENTS].add(same)
    reading.named["held"] |= {each.id for each in known}
    if not known:
        first = begins or today
        reading.change(row, to.Appoint(reading.new_id(), *held, first, last))
    elif last is not None and known[0].ends != last:
        change = to.EndAppointment(*held, last)
        reading.change(row, change)
    else:
        reading.unchanged += 1


def _gone(reading: Reading) -> None:
    """What stands and no line names ends today, of the sheets that there are."""
    today, named = reading.today, reading.named
    for unit in reading.before.units.values() if UNITS in reading.tables else ():
        if unit.ends is None and not unit.is_the_office and unit.id not in named[UNITS]:
            reading.change(None, to.CloseUnit(unit.id, today))
    for place in reading.before.places.values() if SEATS in reading.tables else ():
        if place.ends is None and (place.unit, place.role) not in named[SEATS]:
            reading.change(None, to.CloseSeat(place.id, today))
    for each in reading.before.appointments.values() if APPOINTMENTS in reading.tables else ():
        if (each.ends is None or each.ends > today) and each.id not in named["held"]:
            change = to.EndAppointment(each.seat, each.person, today)
            reading.change(None, change)


READS = (UNITS, _units), (PEOPLE, _people), (SEATS, _seats), (APPOINTMENTS, _appointments)
