"""A case that began under an older version of the rulebook still goes its whole way."""

from collections.abc import Mapping
from typing import Any

from tests.changed_rules import Imports, imports
from tests.fleet import advance, dispatch, fleet, person_id, trip, trip_of, vehicles
from tests.office import Api, Visitor, problems

__all__ = ["fleet", "imports"]

HRSS, CENTRE = "hrss-bureau", "service-centre"
SLIP = "vehicle.dispatch,vehicles/附1 派車單 備註"
DAILY = "vehicle.dispatch,vehicles/公车管理 1"
FAULTY = "vehicle.repair,vehicles/公车管理 8,faulty"
NOTED = (
    "note_safety,{0},always,,,司机和用车人注明安全情况,The driver and the user note the safety\n"
)
ANEW = "dispatched,dispatch,dispatched,always,,,出车前改派,Dispatched anew before it leaves\n"
WRITTEN = {
    HRSS: {
        f"{SLIP},approved,dispatch,dispatched,always,,,派车，写明车辆和司机,"
        "The vehicle and the driver are written down\n"
        f"{SLIP},{ANEW}{SLIP},dispatched,leave,": f"{SLIP},approved,leave,",
        f"{SLIP},returned,{NOTED.format('returned')}{SLIP},returned,hand_over": (
            f"{SLIP},returned,hand_over"
        ),
    },
    CENTRE: {
        f"{DAILY},{ANEW}{DAILY},dispatched,log,": f"{DAILY},dispatched,log,",
        f"{DAILY},logged,{NOTED.format('logged').replace('司机', '驾驶员')}{FAULTY}": FAULTY,
    },
}
"""What these paths said before they wrote down dispatching and the notes on safety."""


async def approved_before(fleet: Api, imports: Imports, office: str, by: Visitor) -> Any:
    """A trip that was approved under the paths of before, as it stands under those of today."""
    for now, before in WRITTEN[office].items():
        await imports("paths.csv", now, before, office)
    staff = await fleet.person(f"staff@{office}")
    wished = trip(destination="IN_AREA", urgency="NORMAL", people=1)
    request = await staff.submit("vehicle.dispatch", wished)
    await by.agree()
    for now, before in WRITTEN[office].items():
        await imports("paths.csv", before, now, office)
    return await trip_of(by, request)


async def car_and_driver(visitor: Visitor, plate: str, driver: str) -> Mapping[str, Any]:
    car = (await vehicles(visitor))[plate]
    return {"vehicleId": car["id"], "driverId": await person_id(visitor, driver)}


async def test_a_trip_of_a_path_without_dispatching_is_dispatched_driven_and_handed_over(
    fleet: Api, imports: Imports
) -> None:
    staff = await fleet.person(f"staff@{HRSS}")
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    driver = await fleet.person(f"driver@{HRSS}")
    slip = await approved_before(fleet, imports, HRSS, manager)
    assert problems(await advance(staff, slip, "leave")) == {("vehicleId", "REQUIRED")}
    given = await car_and_driver(manager, "鲁B·R0201", f"driver@{HRSS}")
    assert (await dispatch(staff, slip, **given))["code"] == "NOT_YOURS_TO_DO"
    slip = await dispatch(manager, slip, **given)
    assert (slip["plate"], slip["standing"]) == ("鲁B·R0201", True)
    fleet.now = fleet.now.replace(day=5, hour=9)
    for event in ("leave", "return"):
        slip = await advance(staff, slip, event)
    for visitor in (driver, staff):
        slip = await advance(visitor, slip, "note_safety", note="平安")
    slip = await advance(staff, slip, "hand_over")
    assert (await advance(driver, slip, "file"))["state"] == "filed"


async def test_a_trip_of_a_path_without_dispatching_anew_gets_another_car_and_is_noted_safe(
    fleet: Api, imports: Imports
) -> None:
    clerk = await fleet.person(f"office_clerk@{CENTRE}")
    slip = await approved_before(fleet, imports, CENTRE, clerk)
    for plate in ("湘A·Z0301", "湘A·Z0302"):
        given = await car_and_driver(clerk, plate, f"driver@{CENTRE}")
        slip = await dispatch(clerk, slip, **given)
        assert (slip["state"], slip["plate"]) == ("dispatched", plate)
    fleet.now = fleet.now.replace(day=6)
    times = {"outAt": "2026-03-05T09:05:00+08:00", "backAt": "2026-03-05T10:50:00+08:00"}
    slip = await advance(clerk, slip, "log", **times)
    staff = await fleet.person(f"staff@{CENTRE}")
    slip = await advance(staff, slip, "note_safety", note="平安")
    assert (slip["state"], slip["safetyUser"]) == ("logged", "平安")
