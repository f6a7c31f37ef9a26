"""What an office is after changes: worked out as a whole, with every reason against it.

Nothing is written here. What is kept is the difference between the office before and after.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from domain.errors import Problem
from domain.office import changes as to
from domain.office import unit_plans as of_units
from domain.office.delegation import Span
from domain.office.posts import LEAST_ADMINISTRATORS, Appointment, fewest_from, must_not_fall
from domain.office.roll import Draft, Member, Office, Place, Rules, draft_of
from domain.office.unit_plans import Problems, idle, near, proper, standing, unheld

TOLD_BY_DAY = ("born", "child_born")
"""Days of a person's file; age and the months of a child are counted from them."""
ACCOUNT = re.compile(r"[^\s@/#]{1,60}(@[a-z][a-z0-9-]{0,62})?")


@dataclass(frozen=True)
class Fault:
    """What is wrong with which change; the problem's path is the field of it."""

    at: int
    problem: Problem


@dataclass(frozen=True)
class Plan:
    """The office after the changes; it stands only where nothing is at fault."""

    after: Office
    faults: tuple[Fault, ...]


def planned(before: Office, changes: Sequence[Any], rules: Rules) -> Plan:
    """The office after these changes, one after the other; each faulty one is passed over."""
    draft, faults = draft_of(before, rules), []
    for at, change in enumerate(changes):
        faults += [Fault(at, each) for each in DOES[type(change)](draft, change)]
    faults += [Fault(_ending(changes, draft, r), p) for r, p in _too_few(before, draft)]
    return Plan(draft.office, tuple(faults))


def _too_few(before: Office, draft: Draft) -> Iterator[tuple[str, Problem]]:
    """The kinds of administrators of whom fewer would remain than there must be."""
    rules = draft.rules
    offices = before, draft.office
    for role in rules.apart:
        had, left = (fewest_from(_holding(o, {role}), rules.today) for o in offices)
        if not must_not_fall(had, left):
            details = {"least": min(LEAST_ADMINISTRATORS, had), "role": role}
            yield role, Problem("LAST_ADMINISTRATORS", ("person_id",), None, details)
    had, left = (fewest_from(_holding(o, rules.confirming), rules.today) for o in offices)
    if left < min(1, had):
        yield "", Problem("NOBODY_CONFIRMS", ("person_id",))


def _holding(office: Office, roles: Collection[str]) -> list[Appointment]:
    return [e for e in office.appointments.values() if office.places[e.seat].role in roles]


def _ending(changes: Sequence[Any], draft: Draft, role: str) -> int:
    """The change that ends an appointment in a role, or in any; the first where none does."""
    places = draft.office.places
    for at, each in enumerate(changes):
        if isinstance(each, to.EndAppointment) and role in ("", places[each.seat_id].role):
            return at
    return 0


def _add_person(draft: Draft, change: to.AddPerson) -> Problems:
    found, name = [*proper(change.name)], change.name.strip()
    if draft.names[name] and not change.namesake:
        found.append(Problem("NAME_TAKEN", ("name",), None, {"name": name}))
    if not ACCOUNT.fullmatch(change.account):
        found.append(Problem("NOT_AN_ACCOUNT", ("account",)))
    elif change.account in draft.accounts:
        found.append(Problem("ACCOUNT_TAKEN", ("account",), None, {"account": change.account}))
    found += _described(draft, change)
    yield from found
    if not found:
        draft.office.people[change.id] = Member(
            change.id, name, change.account, change.employment, dict(change.facts)
        )
        draft.names[name] += 1
        draft.accounts.add(change.account)


def _described(draft: Draft, change: to.AddPerson | to.DescribePerson) -> Problems:
    for fact, value in {**change.facts, "employment": change.employment}.items():
        if not _fits(draft.rules, fact, value):
            details = {"fact": fact, "value": str(value)}
            name_of = "employment" if fact == "employment" else "facts"
            yield Problem("NO_SUCH_FACT", (name_of,), None, details)


def _describe_person(draft: Draft, change: to.DescribePerson) -> Problems:
    yield from (found := [*_described(draft, change), *_person(draft, change.person_id)])
    if not found:
        known = draft.office.people[change.person_id]
        told = replace(known, employment=change.employment, facts=dict(change.facts))
        draft.office.people[known.id] = told


def _fits(rules: Rules, fact: str, value: Any) -> bool:
    if fact in TOLD_BY_DAY:
        return isinstance(value, str) and _is_day(value)
    known = rules.facts.get(fact)
    if known is None:
        return False
    return (
        value in known.values if known.values is not None else isinstance(value, bool | int | str)
    )


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _rename_person(draft: Draft, change: to.RenamePerson) -> Problems:
    yield from (found := [*proper(change.name), *_person(draft, change.person_id)])
    if not found:
        known = draft.office.people[change.person_id]
        draft.office.people[known.id] = replace(known, name=change.name.strip())


def _person(draft: Draft, person: UUID, until: date | None = None) -> Problems:
    known = draft.office.people.get(person)
    if known is None:
        yield Problem("NOT_OF_THIS_OFFICE", ("person_id",))
    elif known.leaves is not None and (until is None or known.leaves < until):
        details = {"name": known.name, "day": known.leaves}
        yield Problem("HAS_LEFT", ("person_id",), None, details)


def _add_seat(draft: Draft, change: to.AddSeat) -> Problems:
    found = [*standing(draft, change.unit_id)]
    if change.role not in draft.rules.roles:
        found.append(Problem("UNKNOWN_ROLE", ("role",), None, {"role": change.role[:60]}))
    same = [
        each
        for each in draft.office.places.values()
        if (each.unit, each.role) == (change.unit_id, change.role)
    ]
    if not found and same and same[0].ends is None:
        found.append(Problem("SEAT_EXISTS", ("role",), None, draft.titled(same[0])))
    yield from found
    if not found:
        # A seat that was closed is opened again: a unit has one of each role.
        place = same[0] if same else Place(change.id, change.role, change.unit_id)
        draft.office.places[place.id] = replace(place, ends=None)


def _close_seat(draft: Draft, change: to.CloseSeat) -> Problems:
    found = [*_place(draft, change.seat_id), *near(draft.rules, change.last_day, None, "last_day")]
    if not found:
        place = draft.office.places[change.seat_id]
        found = [*unheld(draft, place, change.last_day, "seat_id"), *idle(draft, place, "seat_id")]
        if not found:
            draft.office.places[place.id] = replace(place, ends=change.last_day)
    yield from found


def _place(draft: Draft, seat: UUID, until: date | None = None) -> Problems:
    known = draft.office.places.get(seat)
    if known is None:
        yield Problem("SEAT_NOT_FOUND", ("seat_id",))
    elif known.ends is not None and (until is None or known.ends < until):
        details = {**draft.titled(known), "day": known.ends}
        yield Problem("SEAT_CLOSED", ("seat_id",), None, details)


def _appoint(draft: Draft, change: to.Appoint) -> Problems:
    until = change.ends or date.max
    found = [
        *near(draft.rules, change.begins, change.ends),
        *_place(draft, change.seat_id, until),
        *_person(draft, change.person_id, until),
    ]
    if change.person_id in draft.rules.by:
        found.append(Problem("OWN_APPOINTMENT", ("person_id",)))
    if not found:
        person, span = draft.office.people[change.person_id], Span(change.begins, until)
        made = Appointment(
            change.id, change.seat_id, person.id, person.name, change.begins, change.ends
        )
        if any(e.person == person.id and e.touches(span) for e in draft.held(change.seat_id)):
            found = [Problem("HOLDS_IT_ALREADY", ("person_id",), None, {"name": person.name})]
        else:
            found = [*_apart(draft, made, span)]
        if not found:
            draft.put(made)
    yield from found


def _apart(draft: Draft, made: Appointment, span: Span) -> Problems:
    """Whether a clause, or being an administrator, keeps a seat from another that is held then."""
    places, rules = draft.office.places, draft.rules
    role = places[made.seat].role
    others = {places[e.seat].role for e in draft.holding(made.person) if e.touches(span)}
    if role in rules.apart and (both := others.intersection(rules.apart) - {role}):
        details = {"name": made.name, "role": role, "instead_of": min(both)}
        yield Problem("ADMINISTRATORS_APART", ("person_id",), None, details)
    for clause, roles in rules.kept_apart:
        if role in roles and (joined := others & roles - {role}):
            duties = "、".join(rules.roles[each].label.zh for each in sorted({*joined, role}))
            details = {"person": made.name, "duties": duties}
            yield Problem("DUTIES_JOINED", ("person_id",), clause, details)


def _end_appointment(draft: Draft, change: to.EndAppointment) -> Problems:
    known = draft.office.people.get(change.person_id)
    found = [*near(draft.rules, change.last_day, None, "last_day")]
    if known is None:
        found.append(Problem("NOT_OF_THIS_OFFICE", ("person_id",)))
    if change.seat_id not in draft.office.places:
        found.append(Problem("SEAT_NOT_FOUND", ("seat_id",)))
    if known and not found:
        beyond = draft.beyond(change.seat_id, change.last_day)
        ending = [each for each in beyond if each.person == known.id]
        if not ending:
            found.append(
                Problem("APPOINTMENT_NOT_FOUND", ("person_id",), None, {"name": known.name})
            )
        for each in ending:
            draft.cut(each, change.last_day)
    yield from found


DOES: Mapping[type[Any], Callable[[Draft, Any], Problems]] = {
    to.AddUnit: of_units.add_unit,
    to.RenameUnit: of_units.rename_unit,
    to.MoveUnit: of_units.move_unit,
    to.CloseUnit: of_units.close_unit,
    to.MergeUnit: of_units.merge_unit,
    to.AddPerson: _add_person,
    to.RenamePerson: _rename_person,
    to.DescribePerson: _describe_person,
    to.AddSeat: _add_seat,
    to.CloseSeat: _close_seat,
    to.Appoint: _appoint,
    to.EndAppointment: _end_appointment,
}
