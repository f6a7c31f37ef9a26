"""Dispatching: approved trips in the office's order, and a vehicle and a driver for each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg

from domain.areas.vehicles.fleet import VEHICLES
from domain.areas.vehicles.trips import LEND, QUEUE, TRIP, Slip, may_share
from domain.errors import Refused, at_fault
from domain.office.booking import Booking
from domain.time.journeys import between
from domain.time.moments import office_local
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import roles_that_may
from resolvers.records.bookable import book, must_be_free, wished
from resolvers.records.case_rows import CaseView, find_any
from resolvers.records.cases import Taking
from resolvers.records.queues import queued

ENGAGED = """
  select from vehicle_trips t
  where t.institution_id = p.institution_id and t.driver_id = p.id and t.id <> :trip
    and t.standing and t.back_at is null and t.shares_id is null
    and tstzrange(t.begins, t.ends) && tstzrange(:begins, :ends)"""
DRIVER = statement(
    f"""select p.id, p.name, p.number, exists ({ENGAGED}) as engaged,
               exists (select from absences b
                       where (b.institution_id, b.person_id) = (p.institution_id, p.id)
                         and b.standing and b.period && tsrange(:from_hour, :to_hour)) as away
        from people p
        where p.institution_id = :institution and p.id = :id
          and exists (select from appointments a
                      join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
                      where (a.institution_id, a.person_id) = (p.institution_id, p.id)
                        and s.role = any(cast(:drivers as text[])) and {HELD_TODAY})"""
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
PASS_ON = statement(
    """with riders as (
         select id, request_id, row_number() over (order by begins, id) as place
         from vehicle_trips t
         where t.institution_id = :institution and t.shares_id = :id and t.standing
       ), first as (select * from riders where place = 1), passed as (
         update vehicle_trips t
         set shares_id = nullif((select id from first), t.id), version = t.version + 1
         from riders where t.institution_id = :institution and t.id = riders.id
       )
       update bookings b set standing = true from first
       where b.institution_id = :institution and b.request_id = first.request_id"""
)
"""Whoever rides along keeps the vehicle and the driver when the trip itself is given up."""


async def dispatched(context: Context, taking: Taking) -> Mapping[str, Any]:
    """A vehicle and a driver for a trip, or a share in another's; others than before, if need be.

    Raises:
        Refused: the vehicle or the driver is not to be had.

    """
    view, given, institution = taking.view, taking.given, context.viewer.institution
    slip: Slip = view.case.filled
    turns = (await queued(context, QUEUE)).turns
    place = next((n for n, turn in enumerate(turns, 1) if turn.waiting.id == view.case.id), None)
    # A slip whose request was cancelled since engages nobody.
    await context.transaction.rows(DROP, institution=institution)
    assign = _shared if getattr(given, "shares_id", None) else _own
    assigned = await assign(context, view, given)
    booked = Booking(assigned["vehicle_id"], between(slip.begins, slip.ends))
    alone = assigned["shares_id"] is None
    await book(context, view.case.request_id, booked, standing=alone, name="vehicle_id")
    riding = {name: assigned[name] for name in COPIED}
    await context.transaction.rows(FOLLOW, institution=institution, id=view.case.id, **riding)
    return {**assigned, "place_in_queue": place or slip.place_in_queue}


async def given_up(context: Context, taking: Taking) -> Mapping[str, Any]:
    """Who rides along goes on without the trip that is given up."""
    case = taking.view.case
    try:
        await context.transaction.rows(PASS_ON, institution=context.viewer.institution, id=case.id)
    except asyncpg.ExclusionViolationError as booked:
        raise Refused("ALREADY_BOOKED") from booked
    return {}


async def _own(context: Context, view: CaseView, given: Any) -> dict[str, Any]:
    slip: Slip = view.case.filled
    vehicle_id = given.vehicle_id or slip.vehicle_id
    if vehicle_id is None:
        raise at_fault("REQUIRED", "input", "vehicleId")
    await _must_be_free(context, view, vehicle_id, slip.people)
    driver = await _driver(context, given.driver_id, view) if given.driver_id else None
    if driver is None and view.case.kind != LEND:
        raise at_fault("DRIVER_NEEDED", "input", "driverId")
    return {
        "vehicle_id": vehicle_id,
        "driver_id": driver["id"] if driver else None,
        "driver_number": driver["number"] if driver else None,
        "driver_name": driver["name"] if driver else None,
        "shares_id": None,
    }


async def _must_be_free(
    context: Context, view: CaseView, vehicle: UUID, people: int | None
) -> None:
    slip: Slip = view.case.filled
    wish = await wished(context, VEHICLES, vehicle, view.case.kind, "vehicle_id")
    wish = replace(wish, people=people, period=between(slip.begins, slip.ends))
    await must_be_free(context, VEHICLES, vehicle, wish, "vehicle_id")


async def _driver(context: Context, driver: UUID, view: CaseView) -> Mapping[str, Any]:
    living = await context.rulebook(context.viewer.institution)
    slip: Slip = view.case.filled
    known = await context.transaction.row(
        DRIVER,
        drivers=sorted(roles_that_may(living, TRIP.code, Act.CONFIRM)),
        institution=context.viewer.institution,
        id=driver,
        trip=view.case.id,
        today=context.today,
        begins=slip.begins,
        ends=slip.ends,
        from_hour=office_local(slip.begins),
        to_hour=office_local(slip.ends),
    )
    if known is None:
        raise at_fault("NOT_A_DRIVER", "input", "driverId")
    for name, code in (("away", "DRIVER_AWAY"), ("engaged", "DRIVER_ENGAGED")):
        if known[name]:
            raise at_fault(code, "input", "driverId", name=known["name"])
    return dict(known)


async def _shared(context: Context, view: CaseView, given: Any) -> dict[str, Any]:
    """The vehicle and driver of another trip of the same day and direction."""
    slip: Slip = view.case.filled
    other = await find_any(context, TRIP, given.shares_id)
    theirs: Slip | None = other.case.filled if other else None
    if not (other and theirs and theirs.vehicle_id and _fits(view, other, theirs)):
        raise at_fault("MAY_NOT_SHARE", "input", "sharesId")
    people = (slip.people or 1) + (theirs.people or 1)
    await _must_be_free(context, view, theirs.vehicle_id, people)
    return {**{name: getattr(theirs, name) for name in COPIED}, "shares_id": other.case.id}


def _fits(view: CaseView, other: CaseView, theirs: Slip) -> bool:
    drives = theirs.driver_id is not None and theirs.shares_id is None and theirs.back_at is None
    return drives and other.case.standing and may_share(view.case, other.case)
