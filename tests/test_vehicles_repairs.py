"""Repairs and hire, from the request to the bill, and what is not paid."""

from typing import Any
from uuid import uuid4

import pytest

from domain.time.moments import OFFICE_TIME
from tests.fleet import (
    advance,
    approved_repair,
    fleet,
    garage,
    person_id,
    record,
    repair_of,
    trip,
    vehicles,
)
from tests.office import Api, Visitor, cites, problems
from tests.papers import file, papers
from tests.small_shapes import at
from tests.test_duties_of_units import states

__all__ = ["fleet"]

MOVE = """mutation ($input: MoveThingInput!) {
  moveThing(input: $input) { __typename } }"""
CONSTRUCTION, CENTRE, HRSS = "construction-bureau", "service-centre", "hrss-bureau"


async def test_a_repair_at_the_service_centre_is_accepted_by_its_driver(fleet: Api) -> None:
    driver = await fleet.person(f"driver@{CENTRE}")
    clerk = await fleet.person(f"office_clerk@{CENTRE}")
    car = (await vehicles(clerk))["湘A·Z0302"]
    forms = [file("维修表格.pdf")] * 2
    brief = await driver.submit("vehicle.repair", {"explanation": "刹车异响", "scope": "刹车片"})
    assert problems(brief) == {("relatedScope", "NEEDED_BY_RULES")}
    assert cites([brief["problems"][0]["clause"]]) == ["vehicles/公车管理 8"]
    request = await driver.submit(
        "vehicle.repair",
        {"explanation": "刹车异响", "scope": "刹车片", "relatedScope": "刹车盘",
         "vehicleId": car["id"], "attachments": forms},
    )  # fmt: skip
    while request["status"] == "PENDING":
        [turn] = [step for step in request["steps"] if step["status"] == "OPEN"]
        who = driver if turn["role"] == "driver" else clerk
        request = await who.decide(turn["id"])
    order = await repair_of(clerk, request)
    assert (order["state"], order["faults"]) == ("approved", "刹车异响")

    async def step(visitor: Any, event: str, **more: Any) -> Any:
        return await advance(visitor, order, event, "VehicleRepairOrder", **more)

    assert problems(await step(clerk, "commission")) == {("garageId", "REQUIRED")}
    elsewhere = {"garage": "路边修理店", "text": "离得近"}
    refused = await step(clerk, "commission_elsewhere", **elsewhere)
    assert problems(refused) == {("event", "NO_TRANSITION")}
    order = await step(clerk, "commission", garageId=await garage(clerk))
    assert order["designated"]
    assert (await vehicles(clerk))["湘A·Z0302"]["inRepair"]
    staff = await fleet.person(f"staff@{CENTRE}")
    wished = trip(destination="IN_AREA", urgency="NORMAL", vehicleId=car["id"])
    refused = await staff.submit("vehicle.dispatch", wished)
    assert problems(refused) == {("vehicleId", "VEHICLE_IN_REPAIR")}
    order = await step(clerk, "repair")
    assert (await step(clerk, "accept"))["code"] == "NOT_YOURS_TO_DO"
    order = await step(driver, "accept")
    assert order["acceptedBy"] == "毛国栋"
    for event in ("review", "settle", "publish"):
        order = await step(clerk, event)
    assert order["state"] == "published"
    refused = await staff.submit("vehicle.hire", {
        "explanation": "下乡", "amount": "201", "hireZone": "HEDONG",
        "attachments": forms,
    })  # fmt: skip
    assert problems(refused) == {("amount", "ABOVE_QUOTA")}
    assert cites([refused["clause"]]) == ["finance/九"]


async def test_no_limit_is_passed_by_leaving_out_what_it_looks_at(fleet: Api) -> None:
    staff = await fleet.person(f"staff@{CENTRE}")
    before = await fleet.counts()
    for stated, left_out in (
        ({"amount": "5000"}, {"hireZone"}),
        ({"hireZone": "URBAN"}, {"amount"}),
        ({}, {"amount", "hireZone"}),
    ):
        hire = {"explanation": "下乡", "purpose": "OFFICIAL", **stated}
        for answer in (
            await staff.submit("vehicle.hire", hire),
            await staff.preview("vehicle.hire", hire),
        ):
            assert problems(answer) == {(name, "NEEDED_BY_RULES") for name in left_out}
            assert all(cites(each["clauses"]) == ["finance/九"] for each in answer["problems"])
    assert await fleet.counts() == before
    hire = {"explanation": "下乡", "purpose": "OFFICIAL", "amount": "20", "hireZone": "URBAN"}
    assert (await staff.submit("vehicle.hire", hire))["status"] == "PENDING"


async def test_a_repair_that_nobody_approved_is_not_reimbursed(fleet: Api) -> None:
    driver = await fleet.person(f"driver@{CONSTRUCTION}")
    plan = papers("维修方案")
    bill = {"explanation": "修车费", "amount": "800", "expenseType": "VEHICLE_REPAIR"}
    before = await fleet.counts()
    refused = await driver.submit("reimbursement.general", bill)
    assert "NOT_ELIGIBLE" in {code for _, code in problems(refused)}
    assert cites([refused["clause"]]) == ["vehicles/七"]
    assert await fleet.counts() == before
    request = await driver.submit(
        "vehicle.repair", {"explanation": "离合器打滑", "amount": "800", "attachments": plan}
    )
    pending = await driver.submit("reimbursement.general", {**bill, "settles": request["id"]})
    assert problems(pending) == {("settles", "NO_APPROVED_REPAIR")}
    for role in ("fleet_manager", "office_director", "director"):
        request = await (await fleet.person(f"{role}@{CONSTRUCTION}")).agree()
    assert request["status"] == "APPROVED"
    paid = await driver.submit("reimbursement.general", {**bill, "settles": request["id"]})
    assert paid["status"] == "PENDING", paid
    other = await driver.submit("reimbursement.general", {**bill, "expenseType": "GENERAL"})
    assert other["status"] == "PENDING", other


@pytest.mark.parametrize(
    ("office", "kind", "clause"),
    [
        (CONSTRUCTION, "vehicle.fuel_over_quota", "六"),
        (CONSTRUCTION, "vehicle.repair", "七"),
        (HRSS, "vehicle.repair", "三、3"),
    ],
)
async def test_where_the_text_says_so_a_driver_asks(
    fleet: Api, office: str, kind: str, clause: str
) -> None:
    asked = {"explanation": "离合器打滑", "attachments": papers("维修方案")}
    staff = await fleet.person(f"staff@{office}")
    before = await fleet.counts()
    refused = await staff.submit(kind, asked)
    assert problems(refused) == {("", "NOT_ELIGIBLE")}
    assert refused["clause"]["cite"] == clause
    assert await fleet.counts() == before
    assert (await (await fleet.person(f"driver@{office}")).submit(kind, asked))["steps"]


async def test_the_bills_of_a_repair_are_settled_on_the_day_that_the_driver_accepts_it(
    fleet: Api,
) -> None:
    driver, manager, request = await approved_repair(fleet, HRSS, "鲁B·R0202")
    car = (await vehicles(manager))["鲁B·R0202"]
    order = await repair_of(manager, request)

    async def step(visitor: Visitor, event: str, **more: Any) -> Any:
        return await advance(visitor, order, event, "VehicleRepairOrder", **more)

    order = await step(manager, "commission", garageId=await garage(manager))
    alone = await step(driver, "repair")
    assert problems(alone) == {("together", "GUARD_NOT_MET")}, "keeper and driver go together"
    assert cites([alone["clause"]]) == ["vehicles/三、4"]
    order = await step(manager, "repair", together=True)
    order = await step(driver, "accept")
    clock = "select due_at, ended_at from clocks where subject_id::text = $1 order by started_at"
    key = await fleet.value("select id::text from vehicle_repair_orders")
    [running] = await fleet.rows(clock, key)
    assert running["due_at"].astimezone(OFFICE_TIME).date() == fleet.now.date()
    assert running["ended_at"] is None
    stale = await advance(manager, {**order, "version": 1}, "settle", "VehicleRepairOrder")
    assert stale["code"] == "CASE_CHANGED"
    order = await step(manager, "settle")
    [stopped] = await fleet.rows(clock, key)
    assert (order["state"], stopped["ended_at"] is not None) == ("settled", True)
    line = {
        "name": "韩喜顺", "vehicleId": car["id"], "repairedOn": "2026-03-02",
        "content": "换轮胎", "requestId": request["id"],
    }  # fmt: skip
    for amount in ("900", "60.50"):
        assert isinstance(await record(manager, "VehicleRepairLine", amount=amount, **line), str)
    found = await manager.one(
        '{ vehicleRepairsStatement(from: "2026-03-01", to: "2026-03-31")'
        " { lines { name plate repairedOn content amount total } } }"
    )
    assert {(each["amount"], each["total"]) for each in found["lines"]} == {
        ("900", "960.50"), ("60.50", "960.50"),
    }  # fmt: skip


async def test_a_repair_is_done_elsewhere_only_where_the_text_lets_it_and_for_a_reason(
    fleet: Api,
) -> None:
    _, manager, request = await approved_repair(fleet, CONSTRUCTION, "鲁V·A0102")
    order = await repair_of(manager, request)
    of, elsewhere = "VehicleRepairOrder", {"garage": "省城4S店"}
    refused = await advance(manager, order, "commission_elsewhere", of, **elsewhere)
    assert problems(refused) == {("text", "REQUIRED")}
    assert cites([refused["problems"][0]["clause"]]) == ["vehicles/七"]
    elsewhere["text"] = "定点厂家没有原厂配件"
    order = await advance(manager, order, "commission_elsewhere", of, **elsewhere)
    assert (order["state"], order["designated"]) == ("commissioned", False)


async def test_a_driver_signs_their_letter_of_responsibility_once_for_a_year(fleet: Api) -> None:
    manager = await fleet.person(f"fleet_manager@{CONSTRUCTION}")
    driver = await fleet.person(f"driver@{CONSTRUCTION}")
    letter = {
        "driverId": (await driver.one("{ viewer { id } }"))["id"],
        "year": 2026,
        "targets": "安全行车无事故",
    }
    signed = "{ driverLetters { edges { node { stands } } } }"

    async def stand() -> list[Any]:
        return [edge["node"] for edge in (await driver.one(signed))["edges"]]

    assert (await record(driver, "DriverLetter", **letter))["code"] == "NOT_A_KEEPER"
    line = await record(manager, "DriverLetter", **letter)
    assert [each["stands"] for each in await stand()] == [False]
    sign = "mutation ($input: SignLineInput!) { signLine(input: $input) { __typename } }"
    given = {"input": {"lineId": line, "idempotencyKey": "letter"}}
    assert (await driver.one(sign, given))["__typename"] == "LineEntered"
    assert [each["stands"] for each in await stand()] == [True]
    assert (await record(manager, "DriverLetter", **letter))["code"] == "ENTERED_ALREADY"
    other = {**letter, "driverId": await person_id(manager, f"staff@{CONSTRUCTION}")}
    assert problems(await record(manager, "DriverLetter", **other)) == {
        ("driverId", "NOT_A_DRIVER")
    }


async def test_each_driver_s_appraisal_of_the_month_is_owed_until_it_is_in_the_book(
    fleet: Api,
) -> None:
    clerk = await fleet.person(f"office_clerk@{CONSTRUCTION}")
    driver = await fleet.person(f"driver@{CONSTRUCTION}")
    months = ("2026-02-28", "2026-03-31")

    async def owed() -> list[set[str]]:
        return [set((await states(clerk, "考核驾驶员", month)).values()) for month in months]

    them = set(await states(clerk, "考核驾驶员", months[1]))
    me = await driver.one("{ viewer { id name } }")
    assert me["name"] in them
    assert len(them) < 5, "drivers alone"
    fleet.now = at("2026-03-27 10:00")
    before = await owed()
    given = {"driverId": me["id"], "month": "2026-03-01", "good": True}
    await record(clerk, "DriverAppraisal", **given)
    assert (await states(clerk, "考核驾驶员", months[1]))[me["name"]] == "DONE"
    assert await states(driver, "考核驾驶员", months[1], mine=True) == {me["name"]: "DONE"}
    assert (await owed())[0] == before[0]


async def test_a_fuel_card_is_drawn_from_the_office_and_given_back(fleet: Api) -> None:
    clerk = await fleet.person(f"office_clerk@{CENTRE}")
    driver = await fleet.person(f"driver@{CENTRE}")
    added = "mutation ($input: AddFuelCardInput!) { addFuelCard(input: $input) { __typename } }"
    new = {"number": uuid4().hex[:12].upper(), "idempotencyKey": str(uuid4())}
    assert (await clerk.one(added, {"input": new}))["__typename"] == "ThingKept"

    async def card(by: Visitor) -> Any:
        every = await by.one("{ fuelCards { edges { node { id number state version } } } }")
        [mine] = [e["node"] for e in every["edges"] if e["node"]["number"] == new["number"]]
        return mine

    async def moved(by: Visitor, move: str, **given: Any) -> Any:
        now = await card(clerk)
        asked = {"thingId": now["id"], "expectedVersion": now["version"], "move": move, **given}
        return await by.one(MOVE, {"input": {**asked, "idempotencyKey": move + by.account}})

    taker = (await driver.one("{ viewer { id } }"))["id"]
    assert (await moved(driver, "ISSUED", toId=taker))["__typename"] == "Refusal"
    await moved(clerk, "ISSUED", toId=taker)
    assert (await card(driver))["state"] == "ISSUED"
    await moved(clerk, "RETURNED")
    assert (await card(clerk))["state"] == "KEPT"
