"""The registers on vehicles: lines stand, the database refuses what cannot be, keepers write."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.fleet import (
    STANDING,
    change_vehicle,
    enter_vehicle,
    fleet,
    person_id,
    record,
    vehicles,
)
from tests.office import REFUSAL, Api, Visitor, cites, problems

__all__ = ["fleet"]

HRSS, CONSTRUCTION, CENTRE = "hrss-bureau", "construction-bureau", "service-centre"
MORNING = "2026-03-02T08:30:00+08:00"


@pytest.fixture
async def keeper(fleet: Api) -> Visitor:
    return await fleet.person(f"fleet_manager@{HRSS}")


async def refuelled(visitor: Visitor, plate: str = "鲁B·R0201", **more: Any) -> Any:
    car = (await vehicles(visitor))[plate]
    entry = {
        "odometerFrom": "1000", "odometerTo": "1400", "refuelledAt": MORNING, "litres": "35.5",
        "signedBy": "韩喜顺", "exception": "外出途中", **more,
    }  # fmt: skip
    return await record(visitor, "VehicleRefuelling", vehicleId=car["id"], **entry)


async def struck(visitor: Visitor, line: str, reason: str) -> Any:
    return await visitor.one(
        "mutation ($input: StrikeOutLineInput!) { strikeOutLine(input: $input) {"
        f" __typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"lineId": line, "reason": reason, "idempotencyKey": str(uuid4())}},
    )


async def lines(visitor: Visitor) -> list[Any]:
    found = await visitor.one(
        "{ vehicleRefuellings { edges { node { id litres corrects stands struckOut } } } }"
    )
    return [edge["node"] for edge in found["edges"]]


async def litres(visitor: Visitor) -> str:
    found = await visitor.one(
        '{ vehicleUseStatement(from: "2026-03-01", to: "2026-03-31") { lines { plate litres } } }'
    )
    return {each["plate"]: each["litres"] for each in found["lines"]}["鲁B·R0201"]


async def test_a_line_is_corrected_by_a_later_line_and_both_stay_to_be_seen(
    keeper: Visitor,
) -> None:
    wrong = await refuelled(keeper)
    right = await refuelled(keeper, litres="53.5", corrects=wrong)
    assert await litres(keeper) == "53.5"
    found = await lines(keeper)
    assert [(line["id"], line["stands"]) for line in found] == [(right, True), (wrong, False)]
    again = await refuelled(keeper, litres="1", corrects=wrong)
    assert again["code"] == "CORRECTED_ALREADY"


async def test_a_line_is_struck_out_for_a_reason_and_counts_no_more(keeper: Visitor) -> None:
    line = await refuelled(keeper)
    assert problems(await struck(keeper, line, " ")) == {("reason", "REQUIRED")}
    assert (await struck(keeper, line, "登记错车"))["__typename"] == "LineEntered"
    assert await litres(keeper) == "0"
    assert [line["struckOut"] for line in await lines(keeper)] == [True, False]
    assert (await struck(keeper, line, "又一次"))["code"] == "CORRECTED_ALREADY"


async def test_a_repeated_call_enters_one_line(keeper: Visitor) -> None:
    car = (await vehicles(keeper))["鲁B·R0201"]
    entry = {"vehicleId": car["id"], "readAt": MORNING, "odometer": "900"}
    first = await record(keeper, "VehicleMileage", key="once", **entry)
    assert await record(keeper, "VehicleMileage", key="once", **entry) == first
    assert await keeper.api.value("select count(*) from vehicle_mileages") == 1


async def test_a_reading_that_was_written_too_high_is_corrected_downwards(keeper: Visitor) -> None:
    car = (await vehicles(keeper))["鲁B·R0201"]["id"]
    read = {"vehicleId": car, "readAt": MORNING}
    high = await record(keeper, "VehicleMileage", odometer="91000", **read)
    lower = await record(keeper, "VehicleMileage", odometer="1900", **read)
    assert problems(lower) == {("odometer", "ODOMETER_RUNS_BACK")}
    right = await record(keeper, "VehicleMileage", odometer="1900", corrects=high, **read)
    assert isinstance(right, str), right
    assert isinstance(await record(keeper, "VehicleMileage", odometer="1901", **read), str)


async def test_what_cannot_be_is_refused_and_nothing_is_written(keeper: Visitor) -> None:
    await refuelled(keeper)
    elsewhere = await keeper.api.person(f"office_clerk@{CENTRE}")
    theirs = (await vehicles(elsewhere))["湘A·Z0301"]["id"]
    staff = await keeper.api.person(f"staff@{HRSS}")
    before = await keeper.api.counts()
    mistakes = [
        ({"litres": "0"}, {("litres", "TOO_SMALL")}),
        ({"amount": "-1"}, {("amount", "TOO_SMALL")}),
        ({"odometerTo": "999"}, {("odometerTo", "ODOMETER_RUNS_BACK")}),
        ({"odometerFrom": "1300", "odometerTo": "1350"}, {("odometerTo", "ODOMETER_RUNS_BACK")}),
        ({"refuelledAt": "2026-03-02T09:00:01+08:00"}, {("refuelledAt", "NOT_YET_HAPPENED")}),
        ({"signedBy": " "}, {("signedBy", "REQUIRED")}),
        ({"cash": True}, {("cashReason", "CASH_WITHOUT_REASON")}),
    ]
    for mistake, expected in mistakes:
        given = {"refuelledAt": MORNING, **mistake}
        assert problems(await refuelled(keeper, **given)) == expected, mistake
    entry = {"vehicleId": theirs, "readAt": MORNING, "odometer": "5"}
    refused = await record(keeper, "VehicleMileage", **entry)
    assert problems(refused) == {("vehicleId", "NOT_FOUND_HERE")}
    assert (await refuelled(staff))["code"] == "NOT_A_KEEPER"
    car = (await vehicles(keeper))["鲁B·R0201"]["id"]
    nowhere = await record(
        keeper, "VehicleSealing", vehicleId=car, firstDay="2026-05-01", lastDay="2026-05-03",
        keysWith="办公室",
    )  # fmt: skip
    assert nowhere["code"] == "REGISTER_NOT_KEPT_HERE"
    assert await keeper.api.counts() == before


async def test_cash_for_fuel_at_the_service_centre_cites_its_clause(fleet: Api) -> None:
    driver = await fleet.person(f"driver@{CENTRE}")
    refused = await refuelled(driver, "湘A·Z0301", cash=True)
    assert problems(refused) == {("cashReason", "CASH_WITHOUT_REASON")}
    [problem] = refused["problems"]
    assert cites([problem["clause"]]) == ["vehicles/公车管理 9"]
    assert isinstance(
        await refuelled(driver, "湘A·Z0301", cash=True, cashReason="途中油卡失效"), str
    )


async def test_the_database_refuses_to_change_or_remove_a_line(keeper: Visitor) -> None:
    await refuelled(keeper)
    for table in STANDING:
        with pytest.raises(asyncpg.RaiseError, match="stand"):
            await keeper.api.run(f"truncate {table} cascade")
    for change in ("update vehicle_refuellings set litres = 1", "delete from vehicle_refuellings"):
        with pytest.raises(asyncpg.RaiseError, match="stand"):
            await keeper.api.run(change)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"odometer_to": 10}, "vehicle_refuellings_odometer_runs_back_check"),
        ({"litres": 0}, "vehicle_refuellings_litres_check"),
        ({"cash": True}, "vehicle_refuellings_cash_without_reason_check"),
        ({"signed_by": " "}, "vehicle_refuellings_signed_by_check"),
        ({"institution_id": CENTRE}, "vehicle_refuellings_institution_id"),
        ({"void": True}, "vehicle_refuellings_struck_out_whole_check"),
    ],
)
async def test_the_database_itself_holds_a_refuelling_to_its_rules(
    keeper: Visitor, change: dict[str, Any], constraint: str
) -> None:
    await refuelled(keeper)
    [row] = await keeper.api.rows("select * from vehicle_refuellings")
    values = {**dict(row), "id": uuid4(), **change}
    names = ", ".join(values)
    places = ", ".join(f"${number}" for number, _ in enumerate(values, start=1))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await keeper.api.run(
            f"insert into vehicle_refuellings ({names}) values ({places})", *values.values()
        )
    assert (refused.value.constraint_name or "").startswith(constraint)


async def test_the_archive_takes_a_plate_once_and_keeps_what_was_changed(keeper: Visitor) -> None:
    plate = "鲁B·D1234"
    new = {
        "plate": plate, "model": "红旗H5", "engineNumber": "E1", "frameNumber": "F1",
        "passengers": 4, "pool": "OFFICE", "parkingPlace": "院内", "purchasedOn": "2025-06-01",
    }  # fmt: skip
    undated = await enter_vehicle(keeper, **{**new, "purchasedOn": None})
    assert problems(undated) == {("purchasedOn", "REQUIRED")}
    assert cites([undated["problems"][0]["clause"]]) == ["vehicles/三、1"]
    await enter_vehicle(keeper, **new)
    assert problems(await enter_vehicle(keeper, **new)) == {("plate", "ENTERED_ALREADY")}
    blank = await enter_vehicle(keeper, **{**new, "plate": " ", "passengers": 0})
    assert problems(blank) == {("plate", "REQUIRED"), ("passengers", "TOO_SMALL")}
    car = (await vehicles(keeper))[plate]
    more_seats = await change_vehicle(keeper, car, passengers=9)
    assert problems(more_seats) == {("passengers", "FIXED")}
    assert (await change_vehicle(keeper, car, insuredUntil="2026-03-31"))["version"] == 2
    clocks = "{ clocks { edges { node { action dueAt state } } } }"
    [clock] = [each["node"] for each in (await keeper.one(clocks))["edges"]]
    assert (clock["action"], clock["dueAt"][:10], clock["state"]) == (
        "办理续保", "2026-03-31", "RUNNING",
    )  # fmt: skip
    car = (await vehicles(keeper))[plate]
    assert (await change_vehicle(keeper, car, insuredUntil="2026-03-01"))["version"] == 3
    [clock] = [each["node"] for each in (await keeper.one(clocks))["edges"]]
    assert (clock["dueAt"][:10], clock["state"]) == ("2026-03-01", "RUNNING")
    assert (await change_vehicle(keeper, car))["code"] == "CHANGED_MEANWHILE"
    car = (await vehicles(keeper))[plate]
    assert (car["insuranceLapsed"], car["parkingPlace"]) == (True, "院内")
    await change_vehicle(keeper, car, retiredOn="2026-03-02")
    car = (await vehicles(keeper))[plate]
    assert [each["code"] for each in car["barred"]] == ["VEHICLE_RETIRED"]
    assert [each["move"] for each in car["history"]] == ["CHANGED", "CHANGED", "CHANGED", "ENTERED"]
    staff = await keeper.api.person(f"staff@{HRSS}")
    times = {"begins": "2026-03-05T09:00:00+08:00", "ends": "2026-03-05T10:00:00+08:00"}
    refused = await staff.submit(
        "vehicle.dispatch", {**times, "explanation": "外出", "vehicleId": car["id"]}
    )
    assert problems(refused) == {("vehicleId", "VEHICLE_RETIRED")}


async def test_nobody_enters_what_concerns_themselves(fleet: Api) -> None:
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    me = await person_id(manager, f"fleet_manager@{HRSS}")
    refused = await record(
        manager, "DriverIncident", driverId=me, happenedAt=MORNING, what="ACCIDENT",
        description="剐蹭",
    )  # fmt: skip
    assert refused["code"] == "OWN_RECORD"


async def test_an_office_is_told_which_books_its_clauses_ask_for(keeper: Visitor) -> None:
    found = await keeper.one(
        "{ registers { name label mine columns { label required } clauses { cite } } }"
    )
    books = {each["name"]: each for each in found}
    assert "vehicle.sealing" not in books
    fuel = books["vehicle.refuelling"]
    assert (fuel["label"], fuel["mine"]) == ("车辆加油登记表", True)
    labels = [column["label"] for column in fuel["columns"] if column["required"]]
    assert labels == ["车牌号", "起公里数", "止公里数", "加油时间", "加油数量", "加油人签字"]
    assert [clause["cite"] for clause in fuel["clauses"]] == ["一、3", "附2 車輛加油登記表"]
    assert books["vehicle.trip"]["columns"] == []


async def test_a_book_is_narrowed_to_the_lines_that_name_a_thing(fleet: Api) -> None:
    manager = await fleet.person(f"fleet_manager@{CONSTRUCTION}")
    first, second = [each["id"] for each in (await vehicles(manager)).values()][:2]
    at = {"readAt": "2026-03-02T08:00:00+08:00", "odometer": "120000"}
    lines = [
        await record(manager, "VehicleMileage", vehicleId=each, **at) for each in (first, second)
    ]
    asked = "query ($of: ID) { vehicleMileages(naming: $of) { edges { node { id } } } }"

    async def listed(of: str | None) -> list[str]:
        found = await manager.one(asked, {"of": of})
        return [edge["node"]["id"] for edge in found["edges"]]

    assert {*await listed(None)} == {*lines}
    assert [await listed(each) for each in (first, second)] == [[each] for each in lines]
    wrong = await manager.ask(asked, {"of": lines[0]})
    assert wrong.codes == ["INVALID_INPUT"]
    ours = await manager.ask(
        "query ($of: ID) { sealUses(naming: $of) { edges { node { id } } } }", {"of": first}
    )
    assert ours.codes == ["INVALID_INPUT"], "no column of that book names a vehicle"
