"""What tests of vehicles share: an empty yard, forms, and the acts on trips and repairs."""

from typing import Any
from uuid import uuid4

import pytest

from domain.areas.vehicles import REGISTERS
from tests.office import REFUSAL, Api, Visitor

MOVING = ("vehicle_trips", "vehicle_repair_orders", "case_events", "bookings")
STANDING = ("vehicle_publications", *(each.lines for each in REGISTERS))
TRIP = """id number state version section begunBy goingTo purpose people begins ends vehicleId plate
  driverId driverName sharesId outAt backAt odometerOut odometerBack approvedBy standing
  safetyDriver safetyUser remarks history { event from to by comment clause { cite } }
  next { event to label }"""
REPAIR = """id number state version plate begunBy faults scope relatedScope garage acceptedBy
  standing history { event from to by clause { cite } } next { event to label }"""
KINDS = {"VehicleTrip": ("vehicleTrip", TRIP), "VehicleRepairOrder": ("vehicleRepairOrder", REPAIR)}


@pytest.fixture
async def fleet(api: Api) -> Api:
    """Nobody has driven, refuelled or repaired anything yet."""
    await api.empty(*MOVING, *STANDING)
    return api


def trip(day: str = "2026-03-05", hours: tuple[int, int] = (9, 11), **more: Any) -> dict[str, Any]:
    begins, ends = (f"{day}T{hour:02}:00:00+08:00" for hour in hours)
    return {"begins": begins, "ends": ends, "explanation": "送文件", "goingTo": "市局", **more}


async def vehicles(visitor: Visitor) -> dict[str, Any]:
    found = await visitor.one(
        "{ vehicles { id plate pool passengers parkingPlace inRepair out sealed version"
        " sealedBy { cite } } }"
    )
    return {each["plate"]: each for each in found}


async def person_id(visitor: Visitor, account: str) -> str:
    [found] = await visitor.one(f'{{ people(text: "{account}", first: 1) {{ id }} }}')
    return str(found["id"])


async def advance(
    visitor: Visitor, case: Any, event: str, of: str = "VehicleTrip", **given: Any
) -> Any:
    """A stage of a trip or a repair: as it is afterwards, or the refusal."""
    words = "".join(each.capitalize() for each in event.split("_")) + of
    what, inside = KINDS[of]
    known = {"caseId": case["id"], "expectedVersion": case["version"]}
    answer = await visitor.one(
        f"mutation ($input: {words}Input!) {{ {words[0].lower()}{words[1:]}(input: $input)"
        f" {{ __typename ... on {of}Taken {{ {what} {{ {inside} }} }}"
        f" ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**known, "idempotencyKey": str(uuid4()), **given}},
    )
    return answer.get(what, answer)


async def trip_of(visitor: Visitor, request: Any) -> Any:
    return await visitor.one(
        f"query ($id: ID!) {{ vehicleTrip(id: $id) {{ {TRIP} }} }}", {"id": request["id"]}
    )


async def repair_of(visitor: Visitor, request: Any) -> Any:
    return await visitor.one(
        f"query ($id: ID!) {{ vehicleRepairOrder(id: $id) {{ {REPAIR} }} }}", {"id": request["id"]}
    )


async def record(visitor: Visitor, register: str, key: str | None = None, **entry: Any) -> Any:
    """Enter a line: its id, or the refusal."""
    answer = await visitor.one(
        f"mutation ($input: Record{register}Input!) {{ record{register}(input: $input)"
        f" {{ __typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**entry, "idempotencyKey": key or str(uuid4())}},
    )
    return answer.get("lineId", answer)


async def dispatch(visitor: Visitor, trip: Any, **given: Any) -> Any:
    return await advance(visitor, trip, "dispatch", **given)
