"""A trip on the road: the vehicle goes out, comes back and is free again; the odometer is read."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from domain.areas.vehicles.books import HOLIDAY_TRIPS, MILEAGES
from domain.areas.vehicles.fleet import VEHICLES
from domain.areas.vehicles.trips import Slip, days_off, readings
from domain.errors import Refused
from domain.values.bounds import ODOMETER
from resolvers.areas.vehicles.dispatching import dispatched, given_up
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.acts import clauses_of, titles
from resolvers.records.bookable import must_be_free, released, wished
from resolvers.records.case_turns import borne_by, whose
from resolvers.records.cases import Effect, Taking
from resolvers.records.registers import served

OFFICIAL = frozenset({"vehicle.dispatch", "vehicle.off_hours"})
BY_PARTY = {"driver_id": "safety_driver", "begun_by": "safety_user"}
SHORTEST = timedelta(minutes=1)
"""Of a trip that was over before it was to begin: a time of no length has no beginning."""

OUT = statement(
    """select exists (
         select from vehicle_trips t
         where t.institution_id = :institution and t.vehicle_id = :vehicle and t.id <> :id
           and t.id is distinct from :shares and t.shares_id is distinct from :id
           and t.out_at is not null and t.back_at is null and t.standing)"""
)


async def left(context: Context, taking: Taking) -> Mapping[str, Any]:
    """Raises: Refused: another trip has the vehicle out."""
    case, slip = taking.view.case, taking.filled
    held = {"vehicle": slip.vehicle_id, "id": case.id, "shares": slip.shares_id}
    if await context.transaction.value(OUT, institution=context.viewer.institution, **held):
        raise Refused("VEHICLE_IS_OUT", plate=taking.view.shown["plate"])
    return {}


async def came_back(context: Context, taking: Taking) -> Mapping[str, Any]:
    """The vehicle is free again from when it came back, and what its odometer showed is read."""
    case = taking.view.case
    slip: Slip = taking.filled
    back = slip.back_at or context.now
    await released(context, case.request_id, back)
    await served(context, MILEAGES, readings(slip, case.id))
    living = await context.rulebook(context.viewer.institution)
    if case.kind in OFFICIAL and clauses_of(living, HOLIDAY_TRIPS.name):
        driven = days_off(slip, case.id, await context.calendar())
        await served(context, HOLIDAY_TRIPS, driven)
    out = slip.odometer_out
    if out is not None and ODOMETER.problem(out):
        out = None  # noted before odometers had bounds
    ends = max(slip.begins + SHORTEST, min(slip.ends, back))
    return {"odometer_out": out, "ends": ends}


async def safety_noted(context: Context, taking: Taking) -> Mapping[str, Any]:
    """What the driver and the user say, each in their own column.

    Raises:
        Refused: the viewer is neither.

    """
    view, me, note = taking.view, context.viewer.person.id, vars(taking.given)["note"].strip()
    mine = [BY_PARTY[column] for column in borne_by(context, view, (), me).values()]
    if not mine:
        told = titles(view.taking, whose(context, view, "note_safety", ()).whose)
        raise Refused("NOT_YOURS_TO_DO", clause=taking.clause, **told)
    return dict.fromkeys(mine, note)


async def commissioned(context: Context, taking: Taking) -> Mapping[str, Any]:
    """Raises: Refused: the vehicle is none of the office's in use."""
    vehicle, kind = taking.filled.vehicle_id, taking.view.case.kind
    if vehicle:
        wish = await wished(context, VEHICLES, vehicle, kind, "vehicle_id")
        await must_be_free(context, VEHICLES, vehicle, wish, "vehicle_id")
    return {}


TRIPS: Mapping[str, Effect] = {
    "dispatch": dispatched,
    "leave": left,
    "return": came_back,
    "log": came_back,
    "note_safety": safety_noted,
    "give_up": given_up,
}
REPAIRS: Mapping[str, Effect] = {"commission": commissioned}
"""What the stages of trips and repairs look up and write beside the case."""
