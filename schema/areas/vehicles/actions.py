"""What the viewer may do with a slip of a trip or an order of a repair."""

from typing import Any

import strawberry

from domain.areas.vehicles.trips import ORDER, SLIP, following
from resolvers.areas.vehicles.slips import Slip
from schema.ground.fields import Info
from schema.records.actions import LivingAction, actions


async def of_trip(root: strawberry.Parent[Any], info: Info) -> list[LivingAction]:
    row = root.slip.row
    also = "note_safety" if row["out_at"] else "dispatch"
    return await _of_slip(root.slip, info, SLIP, row["kind"], also)


async def of_repair(root: strawberry.Parent[Any], info: Info) -> list[LivingAction]:
    return await _of_slip(root.slip, info, ORDER)


async def _of_slip(
    slip: Slip, info: Info, thing: str, lent_for: str = "", *also: str
) -> list[LivingAction]:
    bears = info.context.services.vocabulary.objects[thing].bears
    me = info.context.viewer.person.id
    borne = {role for role, column in bears.items() if slip.row[column] == me}
    stages = [*also, *(each.event for each in following(slip.path, slip.state))]
    row = slip.row
    facts = {**row, **row.get("facts", {})}
    return await actions(info, thing, facts, borne, stages, lent_for, row["unit_id"])
