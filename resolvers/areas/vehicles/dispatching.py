"""Dispatching: approved trips in the office's order, and a vehicle and driver for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from domain.areas.vehicles.trips import (
    SLIP,
    TRIP,
    Turn,
    Waiting,
    following,
    may_share,
    queue,
    taken,
)
from domain.errors import Refused, at_fault
from domain.office.booking import number_of
from domain.office.notices import Notice
from domain.time.moments import Period
from domain.vocabulary import STAGE, Act
from resolvers.areas.vehicles.admission import found, must_be_free
from resolvers.areas.vehicles.slips import (
    ANY_TRIP,
    MOVE_TRIP,
    WAITING,
    Move,
    Slip,
    acting_for,
    every_trip,
    keep_move,
    must_take,
    slip,
    trip_to_change,
)
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.listing import Listed, read_each, readable
from resolvers.ground.notices import notify
from resolvers.records.acts import may, roles_that_may, titles

LONGEST_QUEUE = 500
NEEDS_NO_DRIVER = frozenset({"vehicle.lend"})

DRIVER = statement(
    """select p.id, p.name, p.number,
              exists (select from absences b
                      where (b.institution_id, b.person_id) = (p.institution_id, p.id)
                        and b.standing and b.period && tsrange(:begins, :ends)) as away
       from people p
       where p.institution_id = :institution and p.id = :id
         and exists (select from appointments a
                     join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
                     where (a.institution_id, a.person_id) = (p.institution_id, p.id)
                       and s.role = any(cast(:drivers as text[]))
                       and a.begins <= :today and (a.ends is null or a.ends >= :today))"""
)
COPIED = ("vehicle_id", "driver_id", "driver_number", "driver_name")
FOLLOW = statement(
    """update vehicle_trips
       set vehicle_id = :vehicle_id, driver_id = :driver_id, driver_number = :driver_number,
           driver_name = :driver_name, version = version + 1
       where institution_id = :institution and shares_id = :id and standing and out_at is null"""
)
DROP = statement(
    """update vehicle_trips t set standing = false from requests r
       where t.institution_id = :institution and t.standing
         and (r.institution_id, r.id) = (t.institution_id, t.request_id)
         and r.status <> 'approved'"""
)
BOOK = statement(
    """insert into bookings as b
         (institution_id, request_id, resource_id, resource_number, period, standing)
       values (:institution, :request, :vehicle, :number, tsrange(:begins, :ends), :standing)
       on conflict (institution_id, request_id) do update
       set resource_id = excluded.resource_id, resource_number = excluded.resource_number,
           period = excluded.period, standing = excluded.standing"""
)


@dataclass(frozen=True)
class Assigned:
    """What the dispatcher gives a trip: a vehicle and a driver, or a share in another's."""

    vehicle: UUID | None = None
    driver: UUID | None = None
    shares: UUID | None = None


Queue = tuple[list[Turn], Mapping[UUID, Slip], list[Listed[Any]]]
"""The turns, the slips by their ids, and those that cannot be read and so have no place."""


async def dispatchers_queue(context: Context) -> Queue:
    """The queue, for those who act for the office."""
    verdict = await may(context, SLIP, Act.TAKE, {STAGE: "dispatch"}, lent_for=TRIP)
    if not verdict.allowed:
        living = await context.rulebook(context.viewer.institution)
        raise Refused("NOT_YOUR_TRIP_STAGE", **titles(living, verdict.whose))
    return await waiting(context)


async def waiting(context: Context) -> Queue:
    """The trips that wait for a vehicle, in the order that the office's clauses give them."""
    rows = await context.transaction.rows(WAITING, size=LONGEST_QUEUE, **every_trip(context))
    living = await context.rulebook(context.viewer.institution)
    priorities = tuple(each for each in living.shapes.orders if each.subject == TRIP)

    async def waits(row: Mapping[str, Any]) -> tuple[Slip, Waiting]:
        found = await slip(context, TRIP, row)
        return found, _waiting(found)

    listed = await read_each("vehicle_trips", rows, ("id",), waits)
    found, lost = readable(listed), [each for each in listed if each.item is None]
    turns = queue([trip for _, trip in found], priorities)
    return list(turns), {each.id: each for each, _ in found}, lost


def _waiting(each: Slip) -> Waiting:
    row = each.row
    return Waiting(
        id=each.id,
        asked_at=row["asked_at"] or row["since"],
        period=Period(row["begins"], row["ends"]),
        going_to=row["going_to"],
        destination=row["facts"].get("destination") or "",
        facts={**row["facts"], "main_leader": row["main_leader"]},
    )


async def dispatch(context: Context, trip_id: UUID, expected: int, given: Assigned) -> UUID:
    """Assign a vehicle and a driver to an approved trip, or others than before.

    Raises:
        Refused: the trip is gone or changed, or the vehicle or the driver is not to be had.

    """
    before = await trip_to_change(context, trip_id, expected)
    row = before.row
    taker = await must_take(context, before, SLIP, "dispatch")
    if row["out_at"]:
        raise Refused("TRIP_DISPATCHED")
    # A slip whose request was cancelled since engages nobody.
    await context.transaction.rows(DROP, institution=context.viewer.institution)
    assign = _shared if given.shares else _own
    assigned = await assign(context, before, given)
    calendar = await context.calendar()
    state, clause = before.state, before.path[0].clause
    if any(each.event == "rank" for each in following(before.path, state)):
        state = taken(before.path, state, "rank", {}, calendar, context.now).target
    if any(each.event == "dispatch" for each in following(before.path, state)):
        stage = taken(before.path, state, "dispatch", {}, calendar, context.now)
        state, clause = stage.target, stage.clause
    told = {name: assigned[name] for name in ("vehicle_id", "driver_id", "shares_id")}
    place = await _place(context, trip_id)
    particulars = {
        **acting_for(taker.loan),
        **told,
        "plate": assigned["plate"],
        "place_in_queue": place,
    }
    move = Move("dispatch", before.state, state, clause, particulars)
    await _booked(context, row, assigned)
    changes = {name: value for name, value in assigned.items() if name != "plate"}
    await _tell(context, row, assigned, clause)
    riding = {name: changes[name] for name in COPIED}
    await context.transaction.rows(
        FOLLOW, institution=context.viewer.institution, id=trip_id, **riding
    )
    await keep_move(context, MOVE_TRIP, before, changes, move, "vehicle_dispatched")
    return trip_id


async def _tell(
    context: Context, row: Mapping[str, Any], assigned: Mapping[str, Any], clause: str
) -> None:
    """The user and the driver hear which vehicle goes where, and when."""
    details = {
        "number": row["number"],
        "plate": assigned["plate"],
        "driver": assigned["driver_name"] or "-",
        "begins": f"{row['begins']:%Y-%m-%d %H:%M}",
    }
    institution = context.viewer.institution
    people = dict.fromkeys(each for each in (row["user_id"], assigned["driver_id"]) if each)
    told = [
        Notice(
            "VEHICLE_ASSIGNED",
            person,
            institution,
            details,
            request=row["request_id"],
            request_institution=institution,
            clause=clause or None,
        )
        for person in people
    ]
    await notify(context.transaction, told, context.now, by=context.viewer.person)


async def _place(context: Context, trip_id: UUID) -> int | None:
    """Which place of the queue the trip had, so that it is on record who was put before whom."""
    turns, _, _ = await waiting(context)
    return next((n for n, turn in enumerate(turns, start=1) if turn.trip.id == trip_id), None)


async def _own(context: Context, before: Slip, given: Assigned) -> dict[str, Any]:
    row = before.row
    period = Period(row["begins"], row["ends"])
    vehicle_id = given.vehicle or row["vehicle_id"]
    if vehicle_id is None:
        raise at_fault("REQUIRED", "input", "vehicleId")
    vehicle = await found(context, vehicle_id)
    await must_be_free(context, vehicle, row["kind"], period, row["people"])
    driver = await _driver(context, given.driver, row) if given.driver else None
    if driver is None and row["kind"] not in NEEDS_NO_DRIVER:
        raise at_fault("DRIVER_NEEDED", "input", "driverId")
    return {
        "vehicle_id": vehicle_id,
        "plate": vehicle["plate"],
        "driver_id": driver["id"] if driver else None,
        "driver_number": driver["number"] if driver else None,
        "driver_name": driver["name"] if driver else None,
        "shares_id": None,
    }


async def _driver(context: Context, driver: UUID, row: Mapping[str, Any]) -> Mapping[str, Any]:
    living = await context.rulebook(context.viewer.institution)
    known = await context.transaction.row(
        DRIVER,
        drivers=sorted(roles_that_may(living, SLIP, Act.CONFIRM)),
        institution=context.viewer.institution,
        id=driver,
        today=context.today,
        begins=row["begins"],
        ends=row["ends"],
    )
    if known is None:
        raise at_fault("NOT_A_DRIVER", "input", "driverId")
    if known["away"]:
        raise at_fault("DRIVER_AWAY", "input", "driverId", name=known["name"])
    return dict(known)


async def _shared(context: Context, before: Slip, given: Assigned) -> dict[str, Any]:
    """The vehicle and driver of another trip of the same day and direction."""
    other = await context.transaction.row(ANY_TRIP, id=given.shares, **every_trip(context))
    fits = (
        other is not None
        and other["driver_id"] is not None
        and other["shares_id"] is None
        and other["back_at"] is None
        and may_share(_waiting(before), _waiting(Slip(dict(other), before.path)))
    )
    if other is None or not fits:
        raise at_fault("MAY_NOT_SHARE", "input", "sharesTripId")
    vehicle = await found(context, other["vehicle_id"])
    people = (before.row["people"] or 1) + (other["people"] or 1)
    period = Period(before.row["begins"], before.row["ends"])
    await must_be_free(context, vehicle, before.row["kind"], period, people)
    return {
        **{name: other[name] for name in COPIED},
        "plate": vehicle["plate"],
        "shares_id": other["id"],
    }


async def _booked(context: Context, row: Mapping[str, Any], assigned: Mapping[str, Any]) -> None:
    """Hold the vehicle for the trip; one that is shared is held by the other trip.

    Raises:
        Refused: another request holds it then.

    """
    try:
        await context.transaction.rows(
            BOOK,
            institution=context.viewer.institution,
            request=row["request_id"],
            vehicle=assigned["vehicle_id"],
            number=number_of(assigned["vehicle_id"]),
            begins=row["begins"],
            ends=row["ends"],
            standing=assigned["shares_id"] is None,
        )
    except asyncpg.ExclusionViolationError as taken_already:
        raise at_fault("ALREADY_BOOKED", "input", "vehicleId") from taken_already
