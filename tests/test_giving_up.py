"""What was approved is given up before it begins, by whoever asked for it, and everybody hears."""

import asyncio
from typing import Any

import pytest

from tests.fleet import (
    advance,
    dispatch,
    fleet,
    garage,
    person_id,
    repair_of,
    trip,
    trip_of,
    vehicles,
)
from tests.office import Api, Visitor, problems

__all__ = ["fleet"]

HRSS = "hrss-bureau"
REQUEST = """query ($id: ID!) {
  node(id: $id) { ... on Request { status marks } } }"""


@pytest.fixture
async def slip(fleet: Api) -> Any:
    """A trip that was approved and dispatched."""
    return await dispatched(fleet, "staff", "鲁B·R0201", "driver")


async def dispatched(fleet: Api, who: str, plate: str, driver: str, **more: Any) -> Any:
    staff = await fleet.person(f"{who}@{HRSS}")
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    request = await staff.submit("vehicle.dispatch", trip(people=1, **more))
    await manager.agree()
    given = {
        "vehicleId": (await vehicles(manager))[plate]["id"],
        "driverId": await person_id(manager, f"{driver}@{HRSS}"),
    }
    return {**await dispatch(manager, await trip_of(staff, request), **given), "request": request}


async def told(visitor: Visitor) -> list[str]:
    seen = await visitor.one("{ notices { edges { node { code sentence } } } }")
    nodes = [edge["node"] for edge in seen["edges"]]
    return [node["sentence"] for node in nodes if node["code"] == "CASE_GIVEN_UP"]


async def test_a_dispatched_trip_is_given_up_and_its_vehicle_and_driver_are_free(
    fleet: Api, slip: Any
) -> None:
    staff = await fleet.person(f"staff@{HRSS}")
    ledger = "select count(*) from ledger where event = any(array['case_advanced', 'given_up'])"
    before = await fleet.value(ledger)
    done = await advance(staff, slip, "give_up", reason="会议取消")
    assert (done["state"], done["standing"], done["next"]) == ("given_up", False, [])
    assert (done["history"][-1]["event"], done["history"][-1]["comment"]) == (
        "given_up",
        "会议取消",
    )
    assert await fleet.value(ledger) == before + 2
    request = await staff.one(REQUEST, {"id": slip["request"]["id"]})
    assert request["status"] == "WITHDRAWN"
    assert "会议取消" in request["marks"][0]
    for who in ("fleet_manager", "driver"):
        [sentence] = await told(await fleet.person(f"{who}@{HRSS}"))
        assert slip["number"] in sentence
        assert "会议取消" in sentence
    assert await told(staff) == []
    again = await dispatched(fleet, "staff_2", "鲁B·R0201", "driver")
    assert (again["plate"], again["driverName"]) == ("鲁B·R0201", "韩喜顺")


async def test_a_trip_that_has_begun_is_not_given_up(fleet: Api, slip: Any) -> None:
    staff = await fleet.person(f"staff@{HRSS}")
    fleet.now = fleet.now.replace(day=5, hour=9)
    slip = await advance(staff, slip, "leave")
    before = await fleet.counts()
    assert (await advance(staff, slip, "give_up", reason="x"))["code"] == "CASE_HAS_BEGUN"
    assert await fleet.counts() == before


async def test_only_whoever_asked_for_it_gives_it_up_and_says_why(fleet: Api, slip: Any) -> None:
    before = await fleet.counts()
    for who in ("fleet_manager", "driver"):
        refused = await advance(await fleet.person(f"{who}@{HRSS}"), slip, "give_up", reason="x")
        assert refused["code"] == "NOT_YOURS_TO_GIVE_UP"
    staff = await fleet.person(f"staff@{HRSS}")
    stranger = await fleet.person("staff@service-centre")
    assert (await advance(stranger, slip, "give_up", reason="x"))["code"] == "CASE_NOT_FOUND"
    for reason in (None, "", "  "):
        refused = await advance(staff, slip, "give_up", reason=reason)
        assert problems(refused) == {("reason", "REQUIRED")}
    stale = await advance(staff, {**slip, "version": 1}, "give_up", reason="x")
    assert stale["code"] == "CASE_CHANGED"
    after = await fleet.counts()
    assert {name for name in after if after[name] != before[name]} <= {"sessions"}


async def test_a_trip_is_given_up_once_and_a_repeated_key_is_answered_alike(
    fleet: Api, slip: Any
) -> None:
    staff = await fleet.person(f"staff@{HRSS}")
    key = {"reason": "改期", "idempotencyKey": "given-up-once"}
    first = await advance(staff, slip, "give_up", **key)
    assert await advance(staff, slip, "give_up", **key) == first
    assert (await advance(staff, first, "give_up", reason="x"))["code"] == "CASE_IS_OVER"
    both = await dispatched(fleet, "staff_2", "鲁B·R0201", "driver")
    other = await fleet.person(f"staff_2@{HRSS}")
    answers = await asyncio.gather(
        *(advance(other, both, "give_up", reason=str(n)) for n in range(2))
    )
    assert sorted(each.get("code", "done") for each in answers) == ["CASE_CHANGED", "done"]


async def test_whoever_rides_along_keeps_the_vehicle_and_the_driver(fleet: Api, slip: Any) -> None:
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    rider = await fleet.person(f"staff_2@{HRSS}")
    request = await rider.submit("vehicle.dispatch", trip(people=1))
    await manager.agree()
    riding = await dispatch(manager, await trip_of(rider, request), sharesId=slip["id"])
    assert riding["sharesId"] == slip["id"]
    await advance(await fleet.person(f"staff@{HRSS}"), slip, "give_up", reason="会议取消")
    own = await trip_of(rider, request)
    assert (own["sharesId"], own["plate"], own["driverName"]) == (None, "鲁B·R0201", "韩喜顺")
    assert await fleet.value("select count(*) from bookings where standing") == 1


async def test_a_repair_is_given_up_before_a_garage_has_it(fleet: Api) -> None:
    driver = await fleet.person(f"driver@{HRSS}")
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    car = (await vehicles(manager))["鲁B·R0202"]
    orders = []
    for faults in ("换轮胎", "换机油"):
        asked = {"explanation": faults, "amount": "900", "vehicleId": car["id"]}
        request = await driver.submit("vehicle.repair", asked)
        while request["status"] == "PENDING":
            [turn] = [step for step in request["steps"] if step["status"] == "OPEN"]
            account = turn["waitingFor"][0]["holders"][0]["account"]
            request = await (await fleet.person(account)).decide(turn["id"])
        orders.append(await repair_of(driver, request))
    of = "VehicleRepairOrder"
    done = await advance(driver, orders[0], "give_up", of, reason="自行修好")
    assert (done["state"], done["standing"]) == ("given_up", False)
    order = await advance(manager, orders[1], "commission", of, garageId=await garage(manager))
    assert (await advance(driver, order, "give_up", of, reason="x"))["code"] == "CASE_HAS_BEGUN"
