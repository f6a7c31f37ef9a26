"""The archive of vehicles in the API."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain.approval.forms import built, form_fields
from domain.time.moments import office_local
from resolvers.areas.vehicles import archive as vehicles
from resolvers.areas.vehicles.archive import Changed, NewVehicle, Standing
from schema.ground.errors import Refusal
from schema.ground.fields import Info, mutation, query
from schema.ground.ids import global_id, uuid_of
from schema.ground.nodes import Node
from schema.records.actions import LivingAction, of_object
from schema.rules.clauses import Clause

KEY = "The same key is answered once."


@strawberry.enum(description="Whose vehicle it is: 固定用车 or 统一调度.")
class VehiclePool(StrEnum):
    LEADERS = "leaders"
    OFFICE = "office"


@strawberry.type
class Vehicle(Node):
    """A vehicle of the office, as the archive has it."""

    id: strawberry.ID = strawberry.field(description="To wish for it: `vehicleId`.")
    plate: str = strawberry.field(description="牌照号.")
    model: str = strawberry.field(description="车型.")
    purchased_on: date | None = strawberry.field(description="购置时间.")
    engine_number: str = strawberry.field(description="发动机号.")
    frame_number: str = strawberry.field(description="车架号.")
    passengers: int = strawberry.field(description="How many it seats besides the driver.")
    pool: VehiclePool = strawberry.field(description="Kept for leaders, or dispatched.")
    parking_place: str = strawberry.field(description="Its fixed place of parking.")
    insured_until: date | None = strawberry.field(description="The last day of its insurance.")
    insurance_lapsed: bool = strawberry.field(description="Whether that day is past.")
    retired_on: date | None = strawberry.field(description="From when it is no longer in use.")
    in_repair: bool = strawberry.field(description="Whether it is given to a garage.")
    out: bool = strawberry.field(description="Whether it is on a trip.")
    booked: bool = strawberry.field(description="Whether it is held for somebody then.")
    sealed: bool = strawberry.field(description="Whether it is sealed then, on a holiday.")
    sealed_by: Clause | None = strawberry.field(description="The clause that seals it.")
    version: int = strawberry.field(description="Grows with every change.")
    allowed_actions: list[LivingAction] = of_object(
        "vehicle.archive", lambda root: {"pool": root.pool.value}
    )


@strawberry.type
class VehicleKept:
    """The archive has it so."""

    vehicle: Vehicle = strawberry.field(description="The vehicle.")


VehicleResult = Annotated[VehicleKept | Refusal, strawberry.union("VehicleResult")]


@strawberry.input
class AddVehicleInput:
    """A vehicle for the archive."""

    plate: str = strawberry.field(description="牌照号.")
    model: str = strawberry.field(description="车型.")
    engine_number: str = strawberry.field(description="发动机号.")
    frame_number: str = strawberry.field(description="车架号.")
    passengers: int = strawberry.field(description="How many it seats besides the driver.")
    pool: VehiclePool = strawberry.field(description="Kept for leaders, or dispatched.")
    parking_place: str = strawberry.field(description="Its fixed place of parking.")
    purchased_on: date | None = strawberry.field(default=None, description="购置时间.")
    insured_until: date | None = strawberry.field(
        default=None, description="The last day of its insurance."
    )
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


@strawberry.input
class ChangeVehicleInput:
    """What of a vehicle is to be otherwise; what is left out stays."""

    vehicle_id: strawberry.ID = strawberry.field(description="The vehicle.")
    expected_version: int = strawberry.field(description="The version that was read.")
    pool: VehiclePool | None = strawberry.field(default=None, description="Whose it is.")
    parking_place: str | None = strawberry.field(default=None, description="Its fixed place.")
    insured_until: date | None = strawberry.field(
        default=None, description="The last day of its insurance."
    )
    retired_on: date | None = strawberry.field(
        default=None, description="From when it is no longer in use."
    )
    idempotency_key: strawberry.ID = strawberry.field(description=KEY)


async def vehicle_list(
    info: Info,
    from_time: Annotated[
        datetime | None, strawberry.argument(description="Whether each is free from then; now.")
    ] = None,
    until_time: Annotated[
        datetime | None, strawberry.argument(description="Whether each is free until then.")
    ] = None,
) -> list[Vehicle]:
    """The office's vehicles, and whether each is to be had."""
    times = [office_local(each) if each else None for each in (from_time, until_time)]
    found = await vehicles.vehicles(info.context, None, *times)
    return [await shown(info, each) for each in found]


async def add_vehicle(info: Info, input: AddVehicleInput) -> VehicleKept:
    """Enter a vehicle into the archive."""
    values = {field.name: getattr(input, field.name) for field in form_fields(NewVehicle)}
    new = built(NewVehicle, {**values, "pool": input.pool.value})
    return await _kept(info, await vehicles.enter(info.context, new))


async def change_vehicle(info: Info, input: ChangeVehicleInput) -> VehicleKept:
    """Change where a vehicle belongs, stands or is insured until, or retire it."""
    vehicle = uuid_of(input.vehicle_id, "Vehicle", "vehicleId")
    known = await vehicles.vehicles(info.context, vehicle)
    row: Any = known[0].row if known else dict.fromkeys(("pool", "parking_place"), "-")
    place = row["parking_place"] if input.parking_place is None else input.parking_place
    changed = Changed(
        pool=input.pool.value if input.pool else row["pool"],
        parking_place=place,
        insured_until=input.insured_until or row.get("insured_until"),
        retired_on=input.retired_on or row.get("retired_on"),
    )
    return await _kept(
        info, await vehicles.change(info.context, vehicle, input.expected_version, changed)
    )


async def _kept(info: Info, vehicle: UUID) -> VehicleKept:
    [known] = await vehicles.vehicles(info.context, vehicle)
    return VehicleKept(vehicle=await shown(info, known))


async def replay(info: Info, answer: Any) -> VehicleKept:
    return await _kept(info, UUID(answer["vehicle"]))


async def shown(info: Info, known: Standing) -> Vehicle:
    row = known.row
    insured: date | None = row["insured_until"]
    same = (
        "plate", "model", "purchased_on", "engine_number", "frame_number", "passengers",
        "parking_place", "insured_until", "retired_on", "in_repair", "out", "booked", "version",
    )  # fmt: skip
    return Vehicle(
        id=global_id("Vehicle", row["id"]),
        pool=VehiclePool(row["pool"]),
        insurance_lapsed=bool(insured and insured < info.context.today),
        sealed=known.sealed,
        sealed_by=await Clause.named(info.context, known.sealed_by if known.sealed else None),
        **{name: row[name] for name in same},
    )


@strawberry.type
class Query:
    vehicles = query(vehicle_list, list[Vehicle], permission="things")


@strawberry.type
class Mutation:
    add_vehicle = mutation(add_vehicle, VehicleResult, permission="things", replay=replay)
    change_vehicle = mutation(change_vehicle, VehicleResult, permission="things", replay=replay)
