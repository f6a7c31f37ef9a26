"""What no word can say of vehicles: whether a refuelling is beyond the month's quota."""

from collections.abc import Mapping
from typing import Any

from domain.areas.vehicles.books import REFUELLINGS, Refuelling
from domain.records.lines import stands
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.registers import Check

BEYOND = statement(f"""
  select v.fuel_quota < cast(:litres as numeric) + coalesce((
    select sum(t.litres) from {REFUELLINGS.lines} t
    where (t.institution_id, t.vehicle_id) = (v.institution_id, v.id) and t.refuelled_at <> :at
      and to_char(t.refuelled_at at time zone 'Asia/Shanghai', 'YYYYMM')
        = to_char(cast(:at as timestamptz) at time zone 'Asia/Shanghai', 'YYYYMM')
      and {stands(REFUELLINGS.table, "t")}), 0)
  from vehicles v where v.institution_id = :institution and v.id = :vehicle""")


async def _measured(context: Context, line: Refuelling) -> Mapping[str, Any]:
    """A vehicle without a quota is never beyond it; what is corrected is of the same time."""
    of = {"vehicle": line.vehicle_id, "litres": line.litres, "at": line.refuelled_at}
    return {"over_fuel_quota": bool(await context.value(BEYOND, **of))}


CHECKS: Mapping[str, Check] = {REFUELLINGS.name: _measured}
