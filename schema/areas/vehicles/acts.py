"""Dispatching vehicles and taking trips and repairs along their paths, in the API."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.errors import Refused
from resolvers.areas.vehicles import dispatching, moves
from schema.areas.vehicles.slips import RepairOrder, VehicleTrip
from schema.areas.vehicles.trips import repair_order, vehicle_trip
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation
from schema.ground.ids import global_id, uuid_if_given, uuid_of

KEY = "The same key is answered once."
VERSION = "The version that was read."
TRIP_ID = "The trip."


@strawberry.type
class TripMoved:
    """The slip as the act left it."""

    trip: VehicleTrip = strawberry.field(description="The trip.")


@strawberry.type
class RepairMoved:
    """The repair as the act left it."""

    repair: RepairOrder = strawberry.field(description="The repair.")


TripResult = Annotated[TripMoved | Refusal, strawberry.union("TripResult")]
RepairResult = Annotated[RepairMoved | Refusal, strawberry.union("RepairResult")]


@strawberry.input
class DispatchVehicleInput:
    """A vehicle and a driver for an approved trip, or a share in another trip's."""

    trip_id: strawberry.ID = strawberry.field(description=TRIP_ID)
    expected_version: int = strawberry.field(description=VERSION)
    vehicle_id: strawberry.ID | None = strawberry.field(
        default=None, description="The vehicle; the one that was wished where absent."
    )
    driver_id: strawberry.ID | None = strawberry.field(default=None, description="The driver.")
    shares_trip_id: strawberry.ID | None = strawberry.field(
        default=None, description="The dispatched trip that it rides along with."
    )
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class AdvanceTripInput:
    """A stage of a trip, with what its user fills in on the slip."""

    trip_id: strawberry.ID = strawberry.field(description=TRIP_ID)
    expected_version: int = strawberry.field(description=VERSION)
    event: str = strawberry.field(description="leave, return, hand_over, file, log: see `next`.")
    left_at: datetime | None = strawberry.field(default=None, description="出车时间; now.")
    returned_at: datetime | None = strawberry.field(default=None, description="回局时间; now.")
    odometer_out: Decimal | None = strawberry.field(default=None, description="On leaving.")
    odometer_back: Decimal | None = strawberry.field(default=None, description="On return.")
    remarks: str | None = strawberry.field(default=None, description="备注.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class NoteTripSafetyInput:
    """安全情况, by the driver or the user, each their own."""

    trip_id: strawberry.ID = strawberry.field(description=TRIP_ID)
    expected_version: int = strawberry.field(description=VERSION)
    note: str = strawberry.field(description="How safe the trip was.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class AdvanceRepairInput:
    """A stage of a repair."""

    repair_id: strawberry.ID = strawberry.field(description="The repair.")
    expected_version: int = strawberry.field(description=VERSION)
    event: str = strawberry.field(description="commission, repair, accept, settle: see `next`.")
    vehicle_id: strawberry.ID | None = strawberry.field(
        default=None, description="The vehicle, where the request named none."
    )
    garage: str | None = strawberry.field(default=None, description="The garage commissioned.")
    note: str | None = strawberry.field(default=None, description="What is to be kept with it.")
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


async def dispatch_vehicle(info: Info, input: DispatchVehicleInput) -> TripMoved:
    """Assign a vehicle and a driver to an approved trip, or change them before it leaves."""

    def key(given: str | None, of: str, name: str) -> UUID | None:
        return uuid_if_given(given, of, name)

    assigned = dispatching.Assigned(
        vehicle=key(input.vehicle_id, "Vehicle", "vehicleId"),
        driver=key(input.driver_id, "Person", "driverId"),
        shares=key(input.shares_trip_id, "VehicleTrip", "sharesTripId"),
    )
    trip = uuid_of(input.trip_id, "VehicleTrip", "tripId")
    version = input.expected_version
    return await _moved(info, await dispatching.dispatch(info.context, trip, version, assigned))


async def advance_trip(info: Info, input: AdvanceTripInput) -> TripMoved:
    """Take a trip a stage further, as its user, its driver or the office."""
    act = moves.TripAct(
        event=input.event,
        out_at=input.left_at,
        back_at=input.returned_at,
        odometer_out=input.odometer_out,
        odometer_back=input.odometer_back,
        remarks=input.remarks,
    )
    trip = uuid_of(input.trip_id, "VehicleTrip", "tripId")
    return await _moved(
        info, await moves.advance_trip(info.context, trip, input.expected_version, act)
    )


async def note_trip_safety(info: Info, input: NoteTripSafetyInput) -> TripMoved:
    """Note on the slip how safe the trip was."""
    trip = uuid_of(input.trip_id, "VehicleTrip", "tripId")
    version = input.expected_version
    return await _moved(info, await moves.note_safety(info.context, trip, version, input.note))


async def advance_repair(info: Info, input: AdvanceRepairInput) -> RepairMoved:
    """Take a repair a stage further."""
    vehicle = uuid_if_given(input.vehicle_id, "Vehicle", "vehicleId")
    act = moves.RepairAct(input.event, vehicle, input.garage, input.note)
    order = uuid_of(input.repair_id, "RepairOrder", "repairId")
    return await _repaired(
        info, await moves.advance_repair(info.context, order, input.expected_version, act)
    )


async def _moved(info: Info, trip: UUID) -> TripMoved:
    found = await vehicle_trip(info, global_id("VehicleTrip", trip))
    if found is None:
        raise Refused("TRIP_NOT_FOUND")
    return TripMoved(trip=found)


async def _repaired(info: Info, order: UUID) -> RepairMoved:
    found = await repair_order(info, global_id("RepairOrder", order))
    if found is None:
        raise Refused("REPAIR_ORDER_NOT_FOUND")
    return RepairMoved(repair=found)


async def replay_trip(info: Info, answer: Any) -> TripMoved:
    return await _moved(info, UUID(answer["slip"]))


async def replay_repair(info: Info, answer: Any) -> RepairMoved:
    return await _repaired(info, UUID(answer["slip"]))


@strawberry.type
class Mutation:
    dispatch_vehicle = mutation(
        dispatch_vehicle, TripResult, permission="cases", replay=replay_trip
    )
    advance_trip = mutation(advance_trip, TripResult, permission="cases", replay=replay_trip)
    note_trip_safety = mutation(
        note_trip_safety, TripResult, permission="cases", replay=replay_trip
    )
    advance_repair = mutation(
        advance_repair, RepairResult, permission="cases", replay=replay_repair
    )
