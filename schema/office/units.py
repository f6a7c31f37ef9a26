"""Units and seats in the API: what there is, who holds what when, and how they are changed."""

from datetime import date
from typing import Annotated, Any, TypeVar
from uuid import UUID

import strawberry

from domain.errors import at_fault
from domain.office import changes as to
from domain.office.roll import Office
from domain.office.roll import Unit as Row
from resolvers.ground.context import Context
from resolvers.office import loans, roll
from schema.ground.acts import act, acts
from schema.ground.connections import page_size
from schema.ground.fields import Info, query
from schema.ground.ids import Id, argument, global_id
from schema.ground.rows import told
from schema.office import organisation
from schema.office.administering import Administered, administered, again
from schema.office.organisation import title_of


@strawberry.type
class Unit:
    """A unit of the office: a section, a station."""

    id: Annotated[strawberry.ID, "Opaque."]
    name: Annotated[str, "What it is called."]
    parent_id: Annotated[strawberry.ID | None, "The unit above it; null of the office itself."]
    begins: Annotated[date | None, "The first day, where one was said."]
    ends: Annotated[date | None, "The last day, where it has one."]


@strawberry.type
class Holding:
    """Somebody who holds a seat from a day on."""

    person: Annotated[organisation.Person, "Who."]
    begins: Annotated[date, "The first day."]
    ends: Annotated[date | None, "The last day, if one is set."]


@strawberry.type
class OfficeSeat:
    """A seat with those who hold it on a day."""

    id: Annotated[strawberry.ID, "The seat."]
    role: Annotated[str, "The level of authority: section_chief."]
    title: Annotated[str, "What this office calls it: 科长."]
    unit: Annotated[Unit, "The unit that it serves."]
    ends: Annotated[date | None, "The last day, where it has one."]
    holdings: Annotated[list[Holding], "Who holds it on the day."]


Listed = TypeVar("Listed", Unit, OfficeSeat)
OnDay = Annotated[date | None, "As the office was that day; today when absent."]
First = Annotated[int | None, "At most so many, up to 100; all when absent."]
After = Annotated[strawberry.ID | None, "Those that come after this one."]


async def units(
    info: Info, on: OnDay = None, first: First = None, after: After = None
) -> list[Unit]:
    """The units that there are on a day, in the office's order; all that ever were come by day."""
    day = on or info.context.today
    office = await _office(info.context)
    return _page([unit_of(e) for e in office.units.values() if _stands(e, day)], first, after)


async def seats(
    info: Info,
    on: OnDay = None,
    unit: Annotated[UUID | None, Id("Unit"), "Of this unit alone."] = None,
    person: Annotated[UUID | None, Id("Person"), "Those that this person holds."] = None,
    first: First = None,
    after: After = None,
) -> list[OfficeSeat]:
    """Who holds what on a day: the seats of a unit, those of a person, or all."""
    context, day = info.context, on or info.context.today
    office = await _office(context)
    roles = (await context.rulebook()).vocabulary.roles
    held: dict[UUID, list[Holding]] = {}
    theirs = set()
    for each in office.appointments.values():
        if each.holds_on(day):
            known = office.people[each.person]
            who = organisation.somebody(known.id, known.name, known.account)
            held.setdefault(each.seat, []).append(
                Holding(person=who, begins=each.begins, ends=each.ends)
            )
            theirs |= {each.seat} if each.person == person else set()
    found = [
        OfficeSeat(
            id=global_id("Seat", each.id),
            role=each.role,
            title=title_of(each.role, roles, context.language),
            unit=unit_of(office.units[each.unit]),
            ends=each.ends,
            holdings=held.get(each.id, []),
        )
        for each in sorted(
            office.places.values(), key=lambda e: (office.units[e.unit].position, e.role)
        )
        if (each.ends is None or day <= each.ends)
        and unit in (None, each.unit)
        and (person is None or each.id in theirs)
    ]
    return _page(found, first, after)


def _page(listed: list[Listed], first: int | None, after: strawberry.ID | None) -> list[Listed]:
    """Those after one of them, as many as are asked for."""
    rest, ids = listed, [each.id for each in listed]
    if after is not None:
        argument(after, {"Unit", "Seat"}, "after")
        if after not in ids:
            raise at_fault("INVALID_CURSOR", "after")
        rest = listed[ids.index(after) + 1 :]
    return rest if first is None else rest[: page_size(first)]


async def _office(context: Context) -> Office:
    return await roll.read_office(context.transaction, context.viewer.institution)


def _stands(unit: Row, day: date) -> bool:
    return (unit.begins is None or unit.begins <= day) and (unit.ends is None or day <= unit.ends)


def unit_of(unit: Row) -> Unit:
    """A unit as the API tells it."""
    above = global_id("Unit", unit.parent) if unit.parent and not unit.abroad else None
    return told(Unit, unit, parent_id=above)


UnitId = Annotated[UUID, Id("Unit"), "The unit; `units` lists them."]
LastDay = Annotated[date, "The last day; today at the earliest."]
Document = Annotated[str, "The document that orders it: number and name."]


async def changed(info: Info, change: Any, document: str = "", **about: UUID) -> Administered:
    """One change of the office, by a document where one orders it."""
    given = {
        "changes": [to.written(change)],
        "document": document.strip(),
        "answer": {name: str(key) for name, key in about.items()},
    }
    return await administered(info, "organise", given)


async def add_unit(
    info: Info,
    name: Annotated[str, "What it is called; no other one beside it is."],
    parent_id: Annotated[UUID, Id("Unit"), "The unit above it."],
    begins: Annotated[date | None, "The first day; at once when absent."] = None,
    document: Document = "",
) -> Administered:
    """Add a unit under another."""
    key = info.context.services.new_id()
    return await changed(info, to.AddUnit(key, name, parent_id, begins), document, unit=key)


async def rename_unit(
    info: Info, unit_id: UnitId, name: Annotated[str, "From now on."], document: Document = ""
) -> Administered:
    """Call a unit otherwise from now on."""
    return await changed(info, to.RenameUnit(unit_id, name), document, unit=unit_id)


async def move_unit(
    info: Info,
    unit_id: UnitId,
    parent_id: Annotated[UUID, Id("Unit"), "The unit above it from now on."],
    document: Document = "",
) -> Administered:
    """Set a unit under another one; a second person confirms it, for others decide hereafter."""
    return await changed(info, to.MoveUnit(unit_id, parent_id), document, unit=unit_id)


async def merge_unit(
    info: Info,
    unit_id: UnitId,
    into_unit_id: Annotated[UUID, Id("Unit"), "The unit whose seats its people then hold."],
    last_day: LastDay,
    document: Document = "",
) -> Administered:
    """End a unit; the day after, its people hold the same seats of another."""
    change = to.MergeUnit(unit_id, into_unit_id, last_day)
    return await changed(info, change, document, unit=unit_id)


async def close_unit(
    info: Info, unit_id: UnitId, last_day: LastDay, document: Document = ""
) -> Administered:
    """End a unit that nobody belongs to any more, with its seats."""
    return await changed(info, to.CloseUnit(unit_id, last_day), document, unit=unit_id)


async def add_seat(
    info: Info,
    unit_id: UnitId,
    role: Annotated[str, "The level of authority: section_chief."],
    document: Document = "",
) -> Administered:
    """Add a seat to a unit, which has one of each role; several people may hold it."""
    key = info.context.services.new_id()
    return await changed(info, to.AddSeat(key, role, unit_id), document, seat=key)


async def close_seat(
    info: Info,
    seat_id: Annotated[UUID, Id("Seat"), "A seat that nobody holds beyond the day."],
    last_day: LastDay,
    document: Document = "",
) -> Administered:
    """End a seat; nothing may wait for it."""
    return await changed(info, to.CloseSeat(seat_id, last_day), document, seat=seat_id)


MANAGED: Any = {"permission": loans.MANAGES_POSTS, "result": "AdministeredResult", "replay": again}


FIELDS = (
    query(units, "office.read"),
    query(seats, "office.read"),
    *acts(add_unit, rename_unit, move_unit, merge_unit, close_unit, add_seat, **MANAGED),
    act(close_seat, **MANAGED),
)
