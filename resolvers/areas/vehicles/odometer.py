"""The odometer of a vehicle runs on from what the books last show."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.areas.vehicles.books import Mileage, Refuelling
from domain.errors import at_fault
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.registers import Check

ODOMETER = statement(
    """select max(read.odometer) from (
         select m.odometer from vehicle_mileages m
         where m.institution_id = :institution and m.vehicle_id = :vehicle
           and m.read_at <= :at and not m.void
           and not exists (select from vehicle_mileages l
                           where l.institution_id = m.institution_id and l.corrects = m.id)
         union all
         select f.odometer_to from vehicle_refuellings f
         where f.institution_id = :institution and f.vehicle_id = :vehicle
           and f.refuelled_at <= :at and not f.void
           and not exists (select from vehicle_refuellings l
                           where l.institution_id = f.institution_id and l.corrects = f.id)) read"""
)


async def odometer_at(context: Context, vehicle: UUID, at: Any) -> Decimal | None:
    """What a vehicle's odometer last showed, by the books."""
    found: Decimal | None = await context.transaction.value(
        ODOMETER, institution=context.viewer.institution, vehicle=vehicle, at=at
    )
    return found


async def _refuelling(context: Context, entry: Refuelling) -> None:
    """The odometer runs on from what the books last show."""
    last = await odometer_at(context, entry.vehicle_id, entry.refuelled_at)
    if last is not None and entry.odometer_to < last:
        raise at_fault("ODOMETER_RUNS_BACK", "input", "odometerTo")


async def _mileage(context: Context, entry: Mileage) -> None:
    last = await odometer_at(context, entry.vehicle_id, entry.read_at)
    if last is not None and entry.odometer < last:
        raise at_fault("ODOMETER_RUNS_BACK", "input", "odometer")


CHECKS: Mapping[str, Check] = {
    "vehicle.refuelling": _refuelling,
    "vehicle.mileage": _mileage,
}
"""What is asked of an entry beside its form."""
