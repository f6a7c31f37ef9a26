"""What is refused of trips and vehicles, with nothing half-written."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from schema.ground.ids import global_id
from tests.fleet import (
    advance,
    dispatch,
    enter_vehicle,
    fleet,
    person_id,
    record,
    trip,
    trip_of,
    vehicles,
)
from tests.lending import lend, seat_of
from tests.office import Api, Visitor, problems
from tests.test_gate import cites

__all__ = ["fleet"]

HRSS, CENTRE = "hrss-bureau", "service-centre"
CONSTRUCTION = "construction-bureau"


@pytest.fixture
async def slip(fleet: Api) -> Any:
    """An approved trip of the human resources bureau."""
    staff = await fleet.person(f"staff@{HRSS}")
    request = await staff.submit("vehicle.dispatch", trip(people=3))
    await (await fleet.person(f"fleet_manager@{HRSS}")).agree()
    return await trip_of(staff, request)


async def given(visitor: Visitor) -> dict[str, str]:
    return {
        "vehicleId": (await vehicles(visitor))["鲁B·R0201"]["id"],
        "driverId": await person_id(visitor, f"driver@{HRSS}"),
    }


async def test_a_private_trip_of_less_than_half_a_day_is_the_deputys_and_a_longer_one_not(
    fleet: Api,
) -> None:
    chief = await fleet.person("section_chief@construction-bureau")
    private = {"destination": "IN_AREA", "purpose": "PRIVATE"}
    for hours, finding, roles in (
        ((11, 13), "ROUTED", ["deputy_in_charge"]),
        ((9, 13), "OVERLAP", []),
        ((9, 14), "ROUTED", ["director"]),
    ):
        found = await chief.preview("vehicle.private_use", {**trip(hours=hours), **private})
        assert (found["finding"], [each["role"] for each in found["steps"]]) == (finding, roles)


async def test_a_wish_that_cannot_be_is_refused_at_its_field(fleet: Api) -> None:
    staff = await fleet.person(f"staff@{HRSS}")
    theirs = (await vehicles(await fleet.person(f"staff@{CENTRE}")))["湘A·Z0301"]["id"]
    car = (await vehicles(staff))["鲁B·R0201"]["id"]
    before = await fleet.counts()
    for wrong, expected in (
        ({"vehicleId": theirs}, {("vehicleId", "THING_NOT_FOUND")}),
        ({"vehicleId": global_id("Vehicle", uuid4())}, {("vehicleId", "THING_NOT_FOUND")}),
        ({"vehicleId": global_id("Person", uuid4())}, {("vehicleId", "INVALID_ID")}),
        ({"vehicleId": "鲁B·R0201"}, {("vehicleId", "INVALID_ID")}),
        ({"vehicleId": car, "people": 5}, {("vehicleId", "VEHICLE_TOO_SMALL")}),
        ({"vehicleId": car, "hours": (9, 9)}, {("ends", "END_BEFORE_START")}),
        ({"day": "2029-03-05"}, {("begins", "DATE_TOO_FAR")}),
    ):
        refused = await staff.submit("vehicle.dispatch", trip(**wrong))
        assert problems(refused) == expected, wrong
    evening = await staff.submit("vehicle.off_hours", trip())
    assert problems(evening) == {("begins", "WITHIN_WORKING_HOURS")}
    assert await fleet.counts() == before


async def test_a_dispatcher_cannot_give_what_is_not_there(fleet: Api, slip: Any) -> None:
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    known = await given(manager)
    staff = await fleet.person(f"staff@{HRSS}")
    nobody = await person_id(manager, f"staff_2@{HRSS}")
    before = await fleet.counts()
    for wrong, expected in (
        ({"vehicleId": known["vehicleId"]}, {("driverId", "DRIVER_NEEDED")}),
        ({"driverId": known["driverId"]}, {("vehicleId", "REQUIRED")}),
        ({**known, "driverId": nobody}, {("driverId", "NOT_A_DRIVER")}),
        ({"sharesId": slip["id"]}, {("sharesId", "MAY_NOT_SHARE")}),
    ):
        assert problems(await dispatch(manager, slip, **wrong)) == expected, wrong
    stale = await dispatch(manager, {**slip, "version": 7}, **known)
    assert stale["code"] == "CASE_CHANGED"
    gone = await dispatch(manager, {**slip, "id": global_id("VehicleTrip", uuid4())}, **known)
    assert gone["code"] == "CASE_NOT_FOUND"
    mine = await dispatch(staff, slip, **known)
    assert mine["code"] == "NOT_YOURS_TO_DO"
    assert (await staff.ask("{ dispatchQueue { place } }")).codes == ["NOT_YOURS_TO_DO"]
    assert await fleet.counts() == before


async def test_a_driver_on_leave_is_not_given_a_trip(fleet: Api, slip: Any) -> None:
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    known = await given(manager)
    await fleet.run(
        "insert into absences (institution_id, request_id, person_id, person_number, kind, period,"
        " days, standing) select institution_id, gen_random_uuid(), id, number, 'leave.sick',"
        " '[2026-03-05 00:00,2026-03-06 00:00)', 1, true from people"
        " where institution_id = 'hrss-bureau' and name = '韩喜顺'"
    )
    refused = await dispatch(manager, slip, **known)
    assert problems(refused) == {("driverId", "DRIVER_AWAY")}


async def test_two_dispatchers_at_once_leave_one_assignment(fleet: Api, slip: Any) -> None:
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    clerk = await fleet.person(f"office_clerk@{HRSS}")
    known = await given(manager)
    other = {**known, "vehicleId": (await vehicles(manager))["鲁B·R0202"]["id"]}
    found = await asyncio.gather(dispatch(manager, slip, **known), dispatch(clerk, slip, **other))
    [refused] = [each for each in found if each.get("__typename") == "Refusal"]
    assert refused["code"] == "CASE_CHANGED"
    assert await fleet.value("select count(*) from case_events") == 2
    assert await fleet.value("select count(*) from bookings where standing") == 1


async def test_a_repeated_dispatch_is_answered_alike(fleet: Api, slip: Any) -> None:
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    known = {**await given(manager), "idempotencyKey": "dispatch-once"}
    first = await dispatch(manager, slip, **known)
    assert await dispatch(manager, slip, **known) == first
    assert await fleet.value("select count(*) from case_events") == 2


async def test_a_trip_takes_its_stages_in_order_and_times_that_make_sense(
    fleet: Api, slip: Any
) -> None:
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    staff = await fleet.person(f"staff@{HRSS}")
    slip = await dispatch(manager, slip, **await given(manager))
    fleet.now = fleet.now.replace(day=5, hour=12)
    before = await fleet.counts()
    for event, more, expected in (
        ("return", {}, ("event", "NO_TRANSITION")),
        ("hand_over", {}, ("event", "NO_TRANSITION")),
        ("note_safety", {"note": "平安"}, ("event", "NO_TRANSITION")),
        ("leave", {"outAt": "2026-03-05T12:00:01+08:00"}, ("outAt", "NOT_YET_HAPPENED")),
    ):
        assert problems(await advance(staff, slip, event, **more)) == {expected}, event
    assert await fleet.counts() == before
    slip = await advance(staff, slip, "leave", outAt="2026-03-05T09:00:00+08:00", odometerOut="500")
    early = await advance(staff, slip, "return", backAt="2026-03-05T08:59:00+08:00")
    assert problems(early) == {("backAt", "BACK_BEFORE_OUT")}
    less = await advance(staff, slip, "return", odometerBack="499")
    assert problems(less) == {("odometerBack", "ODOMETER_RUNS_BACK")}
    other = await fleet.person(f"staff_2@{HRSS}")
    assert (await advance(other, slip, "return"))["code"] == "CASE_NOT_FOUND"
    changed = await dispatch(manager, slip, **await given(manager))
    assert problems(changed) == {("event", "NO_TRANSITION")}


async def test_a_substitute_dispatches_in_the_seat_that_was_lent(fleet: Api, slip: Any) -> None:
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    substitute = await fleet.person(f"staff_2@{HRSS}")
    known = await given(manager)
    await fleet.run("delete from delegations")
    assert (await dispatch(substitute, slip, **known))["code"] == "CASE_NOT_FOUND"
    loan = await lend(manager, await seat_of(manager, "fleet_manager"), substitute)
    assert loan["state"] == "RUNNING", loan
    assert len(await substitute.one("{ dispatchQueue { place } }")) == 1
    done = await dispatch(substitute, slip, **known)
    [told] = await fleet.rows("select particulars from case_events where event = 'dispatch'")
    assert (done["plate"], "人社党组" in told["particulars"]) == ("鲁B·R0201", True)
    await fleet.run("delete from delegations")


async def test_a_lent_car_needs_no_driver_and_comes_back(fleet: Api) -> None:
    staff = await fleet.person("staff@construction-bureau")
    clerk = await fleet.person("office_clerk@construction-bureau")
    car = (await vehicles(staff))["鲁V·A0103"]["id"]
    request = await staff.submit("vehicle.lend", {**trip(), "borrower": "规划局"})
    await (await fleet.person("director@construction-bureau")).agree()
    slip = await trip_of(clerk, request)
    slip = await dispatch(clerk, slip, vehicleId=car)
    assert (slip["state"], slip["remarks"]) == ("dispatched", "规划局")
    assert await clerk.one("{ dispatchQueue { place } }") == []
    fleet.now = fleet.now.replace(day=5, hour=9)
    slip = await advance(staff, slip, "leave")
    assert (await vehicles(staff))["鲁V·A0103"]["out"]
    await fleet.wait(hours=1)
    slip = await advance(staff, slip, "return")
    assert not (await vehicles(staff))["鲁V·A0103"]["out"]
    assert (await advance(clerk, slip, "file"))["state"] == "filed"


async def test_a_slip_whose_request_was_cancelled_engages_nobody(fleet: Api, slip: Any) -> None:
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    staff = await fleet.person(f"staff_2@{HRSS}")
    known = await given(manager)
    await dispatch(manager, slip, **known)
    request = await staff.submit("vehicle.dispatch", trip())
    await manager.agree()
    waiting = await trip_of(staff, request)
    van = (await vehicles(manager))["鲁B·R0202"]["id"]
    wanted = {"vehicleId": van, "driverId": known["driverId"]}
    assert problems(await dispatch(manager, waiting, **wanted)) == {("driverId", "DRIVER_ENGAGED")}
    await fleet.run("update requests set status = 'withdrawn' where number = $1", slip["number"])
    again = {**slip, "version": 2}
    assert (await dispatch(manager, again, **known))["code"] == "CASE_IS_OVER"
    assert (await dispatch(manager, waiting, **wanted))["plate"] == "鲁B·R0202"


async def test_a_trip_leaves_on_its_day_and_one_that_is_not_back_in_time_is_told_of(fleet: Api):
    staff = await fleet.person(f"staff@{HRSS}")
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    car = (await vehicles(staff))["鲁B·R0201"]
    request = await staff.submit("vehicle.dispatch", trip(vehicleId=car["id"]))
    await manager.agree()
    driver = await person_id(staff, f"driver@{HRSS}")
    slip = await dispatch(manager, await trip_of(staff, request), driverId=driver)
    before = await fleet.counts()
    early = await advance(staff, slip, "leave", odometerOut="12000")
    assert problems(early) == {("outAt", "TRIP_ON_ANOTHER_DAY")}
    assert await fleet.counts() == before
    fleet.now = fleet.now.replace(day=5, hour=9)
    slip = await advance(staff, slip, "leave", odometerOut="12000")
    due = "{ clocks { edges { node { action dueAt state } } } }"
    [clock] = [e["node"] for e in (await staff.one(due))["edges"] if "回局" in e["node"]["action"]]
    assert clock["dueAt"].startswith("2026-03-05T11:00")
    fleet.now = fleet.now.replace(hour=12)
    await fleet.clocks()
    told = await manager.one("{ notices { edges { node { sentence } } } }")
    assert "登记回局" in str(told)
    slip = await advance(staff, slip, "return", odometerBack="12030")
    assert slip["state"] == "returned"


async def test_fuel_is_had_at_the_hours_of_the_text_or_for_a_reason(fleet: Api):
    clerk = await fleet.person(f"fuel_clerk@{HRSS}")
    car = (await vehicles(clerk))["鲁B·R0201"]["id"]
    fuel = {
        "vehicleId": car, "odometerFrom": "100", "odometerTo": "400", "litres": "30",
        "signedBy": "韩喜顺",
    }  # fmt: skip
    for at in ("2026-02-25T09:30", "2026-02-24T10:01", "2026-02-27T08:59"):
        refused = await record(clerk, "VehicleRefuelling", **fuel, refuelledAt=f"{at}:00+08:00")
        assert cites(refused) == {"vehicles/一、3"}, refused
    friday = "2026-02-27T10:00:00+08:00"
    assert isinstance(await record(clerk, "VehicleRefuelling", **fuel, refuelledAt=friday), str)
    later = {**fuel, "odometerFrom": "400", "odometerTo": "600"}
    away = {"refuelledAt": "2026-02-28T16:00:00+08:00", "exception": "外出途中油量不足"}
    assert isinstance(await record(clerk, "VehicleRefuelling", **later, **away), str)


async def test_fuel_beyond_the_quota_of_the_month_is_had_with_approval(fleet: Api):
    driver = await fleet.person(f"driver@{CONSTRUCTION}")
    manager = await fleet.person(f"fleet_manager@{CONSTRUCTION}")
    await enter_vehicle(
        manager, plate="鲁V·A0999", model="轿车", engineNumber="E9", frameNumber="F9",
        passengers=4, pool="OFFICE", parkingPlace="院内", fuelQuota="100",
    )  # fmt: skip
    car = (await vehicles(manager))["鲁V·A0999"]["id"]
    fuel = {"vehicleId": car, "signedBy": "唐维刚"}

    async def refuel(day: str, read: int, litres: str, **more: str):
        at = {"refuelledAt": f"2026-{day}T08:30:00+08:00"}
        ran = {"odometerFrom": str(read), "odometerTo": str(read + 100)}
        return await record(driver, "VehicleRefuelling", **fuel, **at, **ran, litres=litres, **more)

    assert isinstance(await refuel("03-01", 100, "100"), str)
    over = await refuel("03-02", 200, "0.01")
    assert problems(over) == {("requestId", "NOT_ELIGIBLE")}
    assert cites(over) == {"vehicles/六"}
    asked = await driver.submit("vehicle.fuel_over_quota", {"explanation": "下乡较多"})
    for role in ("office_clerk", "director"):
        assert problems(await refuel("03-02", 200, "20", requestId=asked["id"])) != set()
        asked = await (await fleet.person(f"{role}@{CONSTRUCTION}")).agree()
    fleet.now += timedelta(days=1)
    later = await refuel("03-02", 200, "20", requestId=asked["id"])
    assert problems(later) == {("requestId", "ASKED_AFTERWARDS")}
    assert isinstance(await refuel("03-03", 200, "20", requestId=asked["id"]), str)


async def test_an_evening_trip_is_the_directors_whatever_the_reason(fleet: Api):
    staff = await fleet.person(f"staff@{HRSS}")
    evening = trip(hours=(19, 21))
    refused = await staff.submit("vehicle.dispatch", evening)
    assert cites(refused) == {"vehicles/一、5"}
    asked = await staff.submit("vehicle.off_hours", evening)
    assert [step["role"] for step in asked["steps"]] == ["director"]
