"""Units added, renamed, moved, merged and closed: what each makes of the office, or why not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from domain.errors import Problem
from domain.office import changes as to
from domain.office.posts import ONE_DAY, Appointment
from domain.office.roll import Draft, Office, Place, Rules, Unit
from domain.time.moments import is_near

LONGEST_NAME = 60
MERGED = UUID("6f1d3c06-8a0f-5c39-9f57-3c3f5f0f6a11")
"""What the ids of seats and appointments are derived from that a merger makes."""

Problems = Iterator[Problem]


def add_unit(draft: Draft, change: to.AddUnit) -> Problems:
    units = draft.office.units
    yield from (found := [*proper(change.name), *_under(draft, change.parent_id, change.name)])
    if not found:
        place = 1 + max((each.position for each in units.values()), default=-1)
        units[change.id] = Unit(
            change.id, change.name.strip(), change.parent_id, place, change.begins
        )


def _under(draft: Draft, parent: UUID | None, name: str, but: UUID | None = None) -> Problems:
    """Whether a unit of a name fits under another."""
    units = draft.office.units
    if parent is None:
        if units:
            yield Problem("REQUIRED", ("parent_id",))
        return
    yield from standing(draft, parent, "parent_id")
    for each in units.values():
        beside = each.parent == parent and each.id != but and each.ends is None
        if beside and each.name == name.strip():
            yield Problem("UNIT_NAME_TAKEN", ("name",), None, {"unit": each.name})


def standing(draft: Draft, unit: UUID, name: str = "unit_id") -> Problems:
    known = draft.office.units.get(unit)
    if known is None:
        yield Problem("UNIT_NOT_FOUND", (name,))
    elif known.ends is not None:
        yield Problem("UNIT_CLOSED", (name,), None, {"unit": known.name, "day": known.ends})


def rename_unit(draft: Draft, change: to.RenameUnit) -> Problems:
    yield from (found := [*proper(change.name), *standing(draft, change.unit_id)])
    if found:
        return
    known = draft.office.units[change.unit_id]
    if not known.is_the_office:
        yield from (found := [*_under(draft, known.parent, change.name, known.id)])
    if not found:
        draft.office.units[known.id] = replace(known, name=change.name.strip())


def move_unit(draft: Draft, change: to.MoveUnit) -> Problems:
    found = [*standing(draft, change.unit_id), *standing(draft, change.parent_id, "parent_id")]
    if not found:
        known = draft.office.units[change.unit_id]
        if known.id in {change.parent_id, *_above(draft.office, change.parent_id)}:
            found = [Problem("UNIT_UNDER_ITSELF", ("parent_id",), None, {"unit": known.name})]
        else:
            found = [*_under(draft, change.parent_id, known.name, known.id)]
        if not found:
            moved = replace(known, parent=change.parent_id, abroad=None)
            draft.office.units[known.id] = moved
    yield from found


def _above(office: Office, unit: UUID) -> Iterator[UUID]:
    while (known := office.units.get(unit)) and known.parent and not known.is_the_office:
        yield (unit := known.parent)


def close_unit(draft: Draft, change: to.CloseUnit) -> Problems:
    found = [*_empty(draft, change.unit_id, change.last_day)]
    for place in draft.places_of(change.unit_id):
        found += unheld(draft, place, change.last_day, "unit_id")
    if not found:
        _end_unit(draft, change.unit_id, change.last_day)
    yield from found


def _empty(draft: Draft, unit: UUID, last_day: date) -> Problems:
    """Whether a unit may end after a day: it stands, is not the office itself, has none below."""
    yield from (found := [*standing(draft, unit), *near(draft.rules, last_day, None, "last_day")])
    if found:
        return
    known = draft.office.units[unit]
    if known.is_the_office:
        yield Problem("UNIT_IS_THE_OFFICE", ("unit_id",), None, {"unit": known.name})
    below = [e.name for e in draft.office.units.values() if e.parent == unit and e.ends is None]
    if below:
        yield Problem("UNIT_HAS_UNITS", ("unit_id",), None, {"units": "、".join(below)})
    for place in draft.places_of(unit):
        yield from idle(draft, place, "unit_id")


def merge_unit(draft: Draft, change: to.MergeUnit) -> Problems:
    last_day = change.last_day
    found = [
        *_empty(draft, change.unit_id, last_day),
        *standing(draft, change.into_unit_id, "into_unit_id"),
    ]
    if change.unit_id == change.into_unit_id:
        found.append(Problem("UNIT_UNDER_ITSELF", ("into_unit_id",), None, {"unit": ""}))
    if found:
        yield from found
        return
    there = {each.role: each for each in draft.places_of(change.into_unit_id)}
    moving = []
    for place in draft.places_of(change.unit_id):
        staying, other = draft.beyond(place.id, last_day), there.get(place.role)
        taken = other and draft.beyond(other.id, last_day)
        if staying and taken and place.role in draft.rules.weighty:
            details = {**draft.titled(place), "names": "、".join(e.name for e in staying)}
            found.append(Problem("SEAT_HELD_IN_BOTH", ("unit_id",), None, details))
        moving += [(place.role, each) for each in staying]
    if found:
        yield from found
        return
    for role, each in moving:
        if role not in there:
            id_ = uuid5(MERGED, f"{change.into_unit_id}/{role}")
            there[role] = draft.office.places[id_] = Place(id_, role, change.into_unit_id)
        begins = max(each.begins, last_day + ONE_DAY)
        draft.cut(each, last_day)
        if not any(e.person == each.person and e.ends is None for e in draft.held(there[role].id)):
            id_ = uuid5(MERGED, f"{each.id}/{change.into_unit_id}")
            draft.put(Appointment(id_, there[role].id, each.person, each.name, begins, each.ends))
    _end_unit(draft, change.unit_id, last_day)


def _end_unit(draft: Draft, unit: UUID, last_day: date) -> None:
    draft.office.units[unit] = replace(draft.office.units[unit], ends=last_day)
    for place in draft.places_of(unit):
        draft.office.places[place.id] = replace(place, ends=last_day)


def idle(draft: Draft, place: Place, name: str) -> Problems:
    if number := draft.rules.waiting.get(place.id, 0):
        yield Problem("SEAT_HAS_WORK", (name,), None, {**draft.titled(place), "count": number})


def unheld(draft: Draft, place: Place, last_day: date, name: str) -> Problems:
    """Whether nobody holds a seat beyond a day."""
    if staying := draft.beyond(place.id, last_day):
        details = {**draft.titled(place), "names": "、".join(each.name for each in staying)}
        yield Problem("SEAT_STILL_HELD", (name,), None, details)


def proper(name: str) -> Problems:
    if not name.strip():
        yield Problem("REQUIRED", ("name",))
    elif len(name.strip()) > LONGEST_NAME:
        yield Problem("TOO_LONG", ("name",), None, {"limit": LONGEST_NAME})


def near(rules: Rules, begins: date, ends: date | None, name: str = "begins") -> Problems:
    # Whoever held a seat was held to it: no end is put behind today.
    if begins < (rules.earliest if name == "begins" else rules.today):
        yield Problem("IN_THE_PAST", (name,), None, {"today": rules.today})
    elif begins > rules.today and not is_near(begins, rules.today):
        yield Problem("DATE_TOO_FAR", (name,))
    elif ends is not None and ends < begins:
        yield Problem("END_BEFORE_START", ("ends",))
