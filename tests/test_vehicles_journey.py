"""A trip from the request to the last register, office by office."""

import asyncio

from tests.fleet import (
    advance,
    dispatch,
    fleet,
    person_id,
    record,
    trip,
    trip_of,
    vehicles,
)
from tests.office import Api, cites, problems

__all__ = ["fleet"]

HRSS, CONSTRUCTION = "hrss-bureau", "construction-bureau"
CENTRE, TOWNSHIP = "service-centre", "township-government"


async def test_a_slip_goes_its_way_in_the_human_resources_bureau(fleet: Api) -> None:
    staff = await fleet.person(f"staff@{HRSS}")
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    driver = await fleet.person(f"driver@{HRSS}")
    known = await vehicles(staff)
    car = known["鲁B·R0201"]
    request = await staff.submit("vehicle.dispatch", trip(people=2, vehicleId=car["id"]))
    assert request["status"] == "PENDING", request
    done = await manager.agree()
    assert done["status"] == "APPROVED"
    slip = await trip_of(staff, request)
    assert (slip["state"], slip["plate"]) == ("approved", "鲁B·R0201")
    early = await advance(staff, slip, "leave")
    assert problems(early) == {("event", "NO_TRANSITION")}
    slip = await dispatch(manager, slip, driverId=await person_id(staff, f"driver@{HRSS}"))
    assert slip["driverName"] == "韩喜顺", slip
    told = await driver.one("{ notices(first: 1) { edges { node { code sentence } } } }")
    [note] = [edge["node"] for edge in told["edges"]]
    assert note["code"] == "VEHICLE_ASSIGNED"
    assert "鲁B·R0201" in note["sentence"]
    fleet.now = fleet.now.replace(day=5, hour=9)
    assert (await advance(driver, slip, "leave"))["code"] == "NOT_YOURS_TO_DO"
    slip = await advance(staff, slip, "leave", odometerOut="12000")
    assert slip["state"] == "on_trip"
    await fleet.wait(hours=1)
    slip = await advance(staff, slip, "return", odometerBack="12030")
    assert slip["state"] == "returned"
    missing = {("safetyDriver", "REQUIRED"), ("safetyUser", "REQUIRED")}
    assert problems(await advance(staff, slip, "hand_over")) == missing
    for visitor, note in ((driver, "车况正常"), (staff, "平安")):
        slip = await advance(visitor, slip, "note_safety", note=note)
    assert (slip["safetyDriver"], slip["safetyUser"]) == ("车况正常", "平安")
    slip = await advance(staff, slip, "hand_over")
    slip = await advance(driver, slip, "file")
    assert (slip["state"], slip["next"]) == ("filed", [])
    assert [each["event"] for each in slip["history"]] == [
        "begin", "dispatch", "leave", "return", "note_safety", "note_safety", "hand_over", "file",
    ]  # fmt: skip
    assert slip["approvedBy"] == "钟少华"
    use = await manager.one(
        '{ vehicleUseStatement(from: "2026-03-01", to: "2026-03-31")'
        " { from to running lines { plate drivers trips distance litres } } }"
    )
    assert (use["from"], use["to"], use["running"]) == ("2026-03-01", "2026-03-31", True)
    assert use["lines"][0] == {
        "plate": "鲁B·R0201", "drivers": ["韩喜顺"], "trips": 1, "distance": "30", "litres": "0",
    }  # fmt: skip


async def test_two_clients_at_once_book_one_vehicle_and_one_is_refused(fleet: Api) -> None:
    one = await fleet.person(f"staff@{HRSS}")
    other = await fleet.person(f"staff_2@{HRSS}")
    car = (await vehicles(one))["鲁B·R0201"]
    before = await fleet.counts()
    first, second = await asyncio.gather(
        one.submit("vehicle.dispatch", trip(hours=(9, 11), vehicleId=car["id"])),
        other.submit("vehicle.dispatch", trip(hours=(10, 12), vehicleId=car["id"])),
    )
    taken = [each for each in (first, second) if each.get("status") == "PENDING"]
    [refused] = [each for each in (first, second) if each["__typename"] == "Refusal"]
    assert (len(taken), refused["code"]) == (1, "ALREADY_BOOKED")
    after = await fleet.counts()
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert (grown["requests"], grown["bookings"], grown["answers"]) == (1, 1, 1)
    free = await other.submit("vehicle.dispatch", trip(hours=(12, 13), vehicleId=car["id"]))
    assert free.get("status") == "PENDING", free


async def test_the_dispatcher_assigns_what_is_free_and_no_driver_twice(fleet: Api) -> None:
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    slips = []
    for account in (f"staff@{HRSS}", f"staff_2@{HRSS}"):
        staff = await fleet.person(account)
        request = await staff.submit("vehicle.dispatch", trip(people=2, destination="IN_CITY"))
        await manager.agree()
        slips.append(await trip_of(staff, request))
    queue = await manager.one(
        "{ dispatchQueue { place trip { id } mayShareWith openAgainst priorities { label } } }"
    )
    assert [turn["trip"]["id"] for turn in queue] == [slip["id"] for slip in slips]
    assert queue[0]["mayShareWith"] == [slips[1]["id"]]
    known = await vehicles(manager)
    driver, second = [await person_id(manager, f"{name}@{HRSS}") for name in ("driver", "driver_2")]
    car, van = known["鲁B·R0201"]["id"], known["鲁B·R0202"]["id"]
    done = await dispatch(manager, slips[0], vehicleId=car, driverId=driver)
    assert done["plate"] == "鲁B·R0201"
    before = await fleet.counts()
    taken = await dispatch(manager, slips[1], vehicleId=car, driverId=second)
    assert problems(taken) == {("vehicleId", "ALREADY_BOOKED")}
    twice = await dispatch(manager, slips[1], vehicleId=van, driverId=driver)
    assert problems(twice) == {("driverId", "DRIVER_ENGAGED")}
    assert await fleet.counts() == before
    shared = await dispatch(manager, slips[1], sharesId=done["id"])
    assert (shared["plate"], shared["sharesId"]) == ("鲁B·R0201", done["id"])
    await dispatch(manager, done, vehicleId=van, driverId=second)
    staff = await fleet.person(f"staff_2@{HRSS}")
    [edge] = (await staff.one("{ vehicleTrips { edges { node { plate driverName } } } }"))["edges"]
    assert edge["node"] == {"plate": "鲁B·R0202", "driverName": "萧国栋"}
    assert await manager.one("{ dispatchQueue { place } }") == []


async def test_the_construction_bureau_seals_its_cars_on_holidays(fleet: Api) -> None:
    chief = await fleet.person(f"section_chief@{CONSTRUCTION}")
    known = await vehicles(chief)
    holiday = {"day": "2026-05-01", "destination": "IN_AREA", "purpose": "OFFICIAL"}
    before = await fleet.counts()
    refused = await chief.submit(
        "vehicle.dispatch", trip(**holiday, vehicleId=known["鲁V·A0102"]["id"])
    )
    assert problems(refused) == {("vehicleId", "VEHICLE_SEALED")}
    assert cites([refused["clause"]]) == ["vehicles/八"]
    assert await fleet.counts() == before
    wished = trip(**holiday, vehicleId=known["鲁V·A0101"]["id"])
    kept = await chief.submit("vehicle.dispatch", wished)
    assert problems(kept) == {("vehicleId", "VEHICLE_OF_LEADERS")}
    assert cites([kept["clause"]]) == ["vehicles/二"]
    workday = {**wished, **trip(), "specialCase": True}
    leaders = await chief.preview("vehicle.dispatch", workday)
    assert leaders["finding"] == "ROUTED"
    opened = await chief.submit(
        "vehicle.off_hours", trip(**holiday, vehicleId=known["鲁V·A0102"]["id"])
    )
    assert opened["status"] == "PENDING", opened
    clerk = await fleet.person(f"office_clerk@{CONSTRUCTION}")
    keys = {"firstDay": "2026-05-08", "lastDay": "2026-05-10", "keysWith": "办公室"}
    car = known["鲁V·A0102"]["id"]
    with_driver = await record(clerk, "VehicleSealing", vehicleId=car, **keys)
    assert problems(with_driver) == {("keysAtOffice", "NOT_ELIGIBLE")}
    keys = {**keys, "keysAtOffice": True}
    assert isinstance(await record(clerk, "VehicleSealing", vehicleId=car, **keys), str)
    asked = """{ vehicles { edges { node { plate pool laidUp(
      fromTime: "2026-05-09T00:00:00+08:00", untilTime: "2026-05-10T23:59:00+08:00") } } } }"""
    cards = [each["node"] for each in (await clerk.one(asked))["edges"]]
    assert [each["plate"] for each in cards if each["laidUp"]] == ["鲁V·A0102"]
    laid = trip(**{**holiday, "day": "2026-05-09"}, vehicleId=car)
    assert problems(await chief.submit("vehicle.dispatch", laid)) == {
        ("vehicleId", "VEHICLE_SEALED")
    }


async def test_ordinary_staff_get_no_car_in_the_city_proper_unless_it_is_urgent(
    fleet: Api,
) -> None:
    staff = await fleet.person(f"staff@{CONSTRUCTION}")
    town = {"destination": "IN_AREA", "purpose": "OFFICIAL"}
    unsaid = await staff.submit("vehicle.dispatch", trip(**town))
    assert problems(unsaid) == {("specialCase", "NEEDED_BY_RULES")}
    refused = await staff.submit("vehicle.dispatch", trip(**town, specialCase=False))
    assert "NOT_ELIGIBLE" in {code for _, code in problems(refused)}
    assert cites([refused["clause"]]) == ["vehicles/五"]
    urgent = await staff.submit("vehicle.dispatch", trip(**town, urgency="URGENT"))
    assert urgent["status"] == "PENDING", urgent
    special = await staff.submit("vehicle.dispatch", trip("2026-03-06", **town, specialCase=True))
    assert special["status"] == "PENDING", special


async def test_the_service_centre_ranks_dispatches_and_logs(fleet: Api) -> None:
    staff = await fleet.person(f"staff@{CENTRE}")
    clerk = await fleet.person(f"office_clerk@{CENTRE}")
    request = await staff.submit(
        "vehicle.dispatch", trip(destination="IN_AREA", urgency="NORMAL", people=1)
    )
    assert (await clerk.agree())["status"] == "APPROVED"
    urgent = await staff.submit(
        "vehicle.dispatch", trip(destination="OUT_OF_CITY", urgency="URGENT", people=1)
    )
    assert urgent["status"] == "APPROVED"
    queue = await clerk.one(
        "{ dispatchQueue { trip { number } priorities { label clause { cite } } openAgainst } }"
    )
    assert [turn["trip"]["number"] for turn in queue] == [urgent["number"], request["number"]]
    assert [row["label"] for row in queue[0]["priorities"]] == ["先远途后近距", "先紧急后日常"]
    slip = await trip_of(staff, urgent)
    assert slip["state"] == "booked"
    known = await vehicles(clerk)
    slip = await dispatch(
        clerk,
        slip,
        vehicleId=known["湘A·Z0301"]["id"],
        driverId=await person_id(clerk, f"driver@{CENTRE}"),
    )
    assert slip["state"] == "dispatched", slip
    fleet.now = fleet.now.replace(day=6)
    missing = await advance(clerk, slip, "log")
    assert problems(missing) == {("outAt", "REQUIRED"), ("backAt", "REQUIRED")}
    slip = await advance(
        clerk,
        slip,
        "log",
        outAt="2026-03-05T09:05:00+08:00",
        backAt="2026-03-05T10:50:00+08:00",
        odometerOut="800",
        odometerBack="860",
    )
    assert (slip["state"], slip["history"][-1]["clause"]["cite"]) == ("logged", "公车管理 1")


async def test_the_township_puts_its_main_leaders_first_and_notes_each_refuelling(
    fleet: Api,
) -> None:
    clerk = await fleet.person(f"office_clerk@{TOWNSHIP}")
    numbers = {}
    for name, more in (
        ("staff", {"specialCase": True, "familyPlanning": True}),
        ("section_chief", {"specialCase": True}),
    ):
        asking = await fleet.person(f"{name}@{TOWNSHIP}")
        request = await asking.submit("vehicle.dispatch", trip(**more))
        director = await fleet.person(f"director@{TOWNSHIP}")
        assert (await director.agree())["status"] == "APPROVED"
        numbers[name] = request["number"]
    queue = await clerk.one("{ dispatchQueue { trip { number } priorities { label } } }")
    assert [turn["trip"]["number"] for turn in queue] == list(numbers.values())
    assert queue[0]["priorities"] == [{"label": "优先安排计划生育用车"}]
    driver = await fleet.person(f"driver@{TOWNSHIP}")
    told = await driver.submit("vehicle.refuel", {"explanation": "油箱将空"})
    assert told["status"] == "APPROVED", told
    car = (await vehicles(clerk))["湘A·T0401"]
    fuel = {"vehicleId": car["id"], "litres": "40", "signedBy": "蔡景山", "amount": "320"}
    fuel |= {"odometerFrom": "100", "odometerTo": "400"}
    early, late = "2026-03-02T08:30:00+08:00", "2026-03-02T09:30:00+08:00"
    untold = await record(driver, "VehicleRefuelling", **fuel, refuelledAt=early)
    assert problems(untold) == {
        ("requestId", "NOT_ELIGIBLE"),
        ("exception", "ALLOWED_WITH_A_REASON"),
    }
    assert {*cites([each["clause"] for each in untold["problems"]])} == {"vehicles/五、3"}
    fleet.now = fleet.now.replace(hour=10)
    afterwards = await record(
        driver, "VehicleRefuelling", **fuel, refuelledAt=early, requestId=told["id"]
    )
    assert problems(afterwards) == {("requestId", "ASKED_AFTERWARDS")}
    line = await record(driver, "VehicleRefuelling", **fuel, refuelledAt=late, requestId=told["id"])
    assert isinstance(line, str), line
    found = await clerk.one(
        '{ vehicleUseStatement(from: "2026-03-01", to: "2026-03-31")'
        " { lines { distance litres fuelCost } } }"
    )
    [use] = found["lines"]
    assert use == {"distance": "300", "litres": "40", "fuelCost": "320"}


async def test_an_evening_trip_is_asked_for_as_one_outside_working_hours(fleet: Api) -> None:
    chief = await fleet.person(f"section_chief@{CONSTRUCTION}")
    evening = trip(hours=(18, 20), destination="IN_AREA", urgency="NORMAL")
    before = await fleet.counts()
    refused = await chief.submit("vehicle.dispatch", {**evening, "specialCase": True})
    assert [each["code"] for each in refused["problems"]] == ["NOT_ELIGIBLE"]
    assert cites([refused["problems"][0]["clause"]]) == ["vehicles/八"]
    assert await fleet.counts() == before
    asked = await chief.submit("vehicle.off_hours", {**evening, "major": False})
    assert [each["role"] for each in asked["steps"]] == ["office_clerk", "deputy_in_charge"]
    days = trip(hours=(9, 17), destination="OUT_OF_CITY", urgency="NORMAL", specialCase=True)
    days["ends"] = "2026-03-06T17:00:00+08:00"
    away = await chief.submit("vehicle.dispatch", days)
    assert away["status"] == "PENDING", away
