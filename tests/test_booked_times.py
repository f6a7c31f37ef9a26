"""What is booked ends: clocks run from then, anew from when it is back, and not where it is off."""

from datetime import timedelta
from typing import Any

import pytest

from policies import happenings, loading
from schema.ground.ids import read_id
from tests.changed_rules import Imports, imports
from tests.fleet import advance, dispatch, fleet, person_id, trip, trip_of, vehicles
from tests.office import Api

__all__ = ["fleet", "imports"]

HRSS = "hrss-bureau"
HEADER = (loading.SHIPPED / HRSS / "clocks.csv").read_text("utf-8").splitlines()[0]
LOOKED_AT = "vehicle.parking_check.recorded"
CLEAN = "after-use,{clause},用车结束,抽查停放,2,,hour,after,,,always,,{starts},{stops},,,"


@pytest.fixture
async def office(fleet: Api, imports: Imports) -> Api:
    """An office whose text gives two hours after a vehicle was had."""
    await fleet.empty("clocks", "clock_changes")
    clause = loading.shipped(HRSS).shapes.clocks[0].clause
    row = CLEAN.format(clause=clause, starts="vehicle.dispatch.ends", stops=LOOKED_AT)
    return await imports("clocks.csv", HEADER, f"{HEADER}\n{row}")


async def approved(office: Api) -> Any:
    staff, manager = [await office.person(f"{role}@{HRSS}") for role in ("staff", "fleet_manager")]
    car = (await vehicles(staff))["鲁B·R0201"]
    request = await staff.submit("vehicle.dispatch", trip(vehicleId=car["id"]))
    assert (await clocks(office, request)) == []
    assert (await manager.agree())["status"] == "APPROVED"
    return request


async def clocks(office: Api, request: Any) -> list[Any]:
    return await office.rows(
        "select * from clocks where clock = 'after-use' and request_id = $1",
        read_id(request["id"])[1],
    )


async def test_from_the_end_of_what_was_booked_who_is_to_act_next_has_their_time(office: Api):
    request = await approved(office)
    [clock] = await clocks(office, request)
    ends = office.now.replace(day=5, hour=11, minute=0)
    assert (clock["state"], clock["started_at"]) == ("running", ends)
    assert clock["due_at"] == ends + timedelta(hours=2)
    held = await office.rows(
        "select role from seats where institution_id = $1 and id = any($2)",
        HRSS,
        clock["responsible"],
    )
    lines = loading.shipped(HRSS).acts
    keepers = {each.role for each in lines if each.kind == "vehicle.parking_check"}
    assert {each["role"] for each in held} == keepers


async def test_what_is_back_before_its_time_is_counted_from_then(office: Api):
    request = await approved(office)
    staff, manager = [await office.person(f"{role}@{HRSS}") for role in ("staff", "fleet_manager")]
    driver = await person_id(staff, f"driver@{HRSS}")
    slip = await dispatch(manager, await trip_of(staff, request), driverId=driver)
    office.now = office.now.replace(day=5, hour=9)
    slip = await advance(staff, slip, "leave", odometerOut="12000")
    await office.wait(hours=1)
    slip = await advance(staff, slip, "return", odometerBack="12030")
    assert slip["state"] == "returned"
    [clock] = await clocks(office, request)
    assert (clock["state"], clock["due_at"]) == ("running", office.now + timedelta(hours=2))


async def test_what_is_given_up_leaves_nothing_to_be_done_after_it(office: Api):
    request = await approved(office)
    staff = await office.person(f"staff@{HRSS}")
    slip = await trip_of(staff, request)
    assert (await advance(staff, slip, "give_up", reason="会议取消"))["state"] == "given_up"
    [clock] = await clocks(office, request)
    assert clock["state"] == "cancelled"


def test_a_row_may_wait_for_the_end_of_what_books_and_of_nothing_else():
    events = happenings.events_of(loading.shipped(HRSS))
    assert "vehicle.dispatch.ends" in events
    assert {"vehicle.repair.ends", "seal.use.ends"}.isdisjoint(events)
