"""What tests of vehicles share: an empty yard, forms, and the acts on trips and repairs."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from domain.areas.vehicles import REGISTERS
from tests.office import REFUSAL, Api, Visitor
from tests.papers import papers

ENTERED = datetime(2026, 1, 1, tzinfo=UTC)
"""When the demo offices had put their vehicles on cards."""
MOVING = ("vehicle_trips", "vehicle_repair_orders", "case_events", "bookings")
STANDING = ("publications", "publication_ends", *(each.lines for each in REGISTERS))
CARD = """plate model engineNumber frameNumber passengers pool parkingPlace purchasedOn
  insuredUntil retiredOn"""
CAR = f"""id {CARD} state version inRepair out insuranceLapsed
  barred {{ code clause {{ cite }} }} history {{ move by }}"""
TRIP = """id number state version section begunBy goingTo purpose people begins ends vehicleId plate
  driverId driverName sharesId outAt backAt odometerOut odometerBack approvedBy standing
  safetyDriver safetyUser remarks history { event from to by comment clause { cite } }
  next { event to label }"""
REPAIR = """id number state version plate begunBy faults scope relatedScope garage acceptedBy
  designated standing history { event from to by clause { cite } } next { event to label }"""
KINDS = {"VehicleTrip": ("vehicleTrip", TRIP), "VehicleRepairOrder": ("vehicleRepairOrder", REPAIR)}


@pytest.fixture
async def fleet(api: Api) -> Api:
    """Nobody has driven, refuelled or repaired anything yet."""
    await api.empty(*MOVING, *STANDING, "thing_moves")
    await api.run("delete from vehicles where entered_at > $1", ENTERED)
    return api


def trip(day: str = "2026-03-05", hours: tuple[int, int] = (9, 11), **more: Any) -> dict[str, Any]:
    begins, ends = (f"{day}T{hour:02}:00:00+08:00" for hour in hours)
    return {"begins": begins, "ends": ends, "explanation": "送文件", "goingTo": "市局", **more}


async def vehicles(visitor: Visitor) -> dict[str, Any]:
    found = await visitor.one(f"{{ vehicles {{ edges {{ node {{ {CAR} }} }} }} }}")
    return {each["node"]["plate"]: each["node"] for each in found["edges"]}


async def garage(visitor: Visitor) -> str:
    """The designated garage of an office."""
    asked = "{ suppliers { edges { node { id suppliesWhat } } } }"
    found = [edge["node"] for edge in (await visitor.one(asked))["edges"]]
    return next(each["id"] for each in found if each["suppliesWhat"] == "VEHICLE_REPAIR")


async def approved_repair(
    fleet: Api, office: str, plate: str, faults: str = "换轮胎"
) -> tuple[Visitor, Visitor, Any]:
    """A repair that a driver asked for and everybody agreed to: driver, manager, request."""
    driver = await fleet.person(f"driver@{office}")
    manager = await fleet.person(f"fleet_manager@{office}")
    car = (await vehicles(manager))[plate]["id"]
    asked = {"explanation": faults, "amount": "900", "vehicleId": car}
    asked["attachments"] = papers("维修方案")
    request = await driver.submit("vehicle.repair", asked)
    assert "status" in request, request
    while request["status"] == "PENDING":
        turn = next(step for step in request["steps"] if step["status"] == "OPEN")
        account = turn["waitingFor"][0]["holders"][0]["account"]
        request = await (await fleet.person(account)).decide(turn["id"])
    return driver, manager, request


async def enter_vehicle(visitor: Visitor, **card: Any) -> Any:
    given = {**card, "idempotencyKey": str(uuid4())}
    return await _kept(visitor, "addVehicle", given)


async def change_vehicle(visitor: Visitor, car: Any, **changes: Any) -> Any:
    """Another version of a vehicle's card, or the refusal."""
    card = {name: car[name] for name in CARD.split()}
    known = {"thingId": car["id"], "expectedVersion": car["version"]}
    given = {**card, **changes, **known, "idempotencyKey": str(uuid4())}
    return await _kept(visitor, "changeVehicle", given)


async def _kept(visitor: Visitor, act: str, given: Any) -> Any:
    return await visitor.one(
        f"mutation ($input: {act[0].upper()}{act[1:]}Input!) {{ {act}(input: $input)"
        " { __typename ... on ThingKept { thingId version }"
        f" ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": given},
    )


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
