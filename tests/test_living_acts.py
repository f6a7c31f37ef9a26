"""Who may keep a register or take a stage is a line that is listed, lent, and gone when it goes."""

from typing import Any

import pytest

from policies import loading
from tests.changed_rules import Imports, imports
from tests.fleet import fleet, record, trip, vehicles
from tests.lending import lend, seat_of
from tests.office import MONDAY, Api, Visitor, problems
from tests.records import records

__all__ = ["fleet", "imports"]

HRSS = "hrss-bureau"
LINE = """rule object label act words role title borne region denies seats { role }
  clause { regulation cite }"""
MINE = f"query ($object: String) {{ whatMayI(object: $object) {{ {LINE} }} }}"
WHO = f"""query ($object: String!, $act: LivingAct!, $facts: JSON) {{
  whoMay(institution: "{HRSS}", object: $object, act: $act, facts: $facts) {{ __typename
  ... on WhoMay {{ roles lines {{ {LINE} }} seats {{ role }} }}
  ... on Refusal {{ code problems {{ path code }} }} }} }}"""
REFUELLING = "vehicle.refuelling"
FUEL_CLERK = (
    f"p, fuel_clerk, {HRSS}, {REFUELLING}, keep, always, vehicle-refuelling-4, 1, vehicles/一、3,"
)


async def refuelled(visitor: Visitor) -> Any:
    car = (await vehicles(visitor))["鲁B·R0201"]
    return await record(
        visitor,
        "VehicleRefuelling",
        vehicleId=car["id"],
        odometerFrom="1000",
        odometerTo="1400",
        refuelledAt="2026-03-02T08:30:00+08:00",
        litres="35.5",
        signedBy="韩喜顺",
        exception="外出途中",
    )


async def test_the_administrator_lists_the_line_that_lets_the_fuel_clerk_refuel(api: Api) -> None:
    admin = await api.person(f"policy_admin@{HRSS}")
    asked = f'{{ actLines(institution: "{HRSS}", object: "{REFUELLING}") {{ {LINE} }} }}'
    [line] = [each for each in await admin.one(asked) if each["role"] == "fuel_clerk"]
    assert (line["act"], line["region"], line["denies"]) == ("keep", "always", False)
    assert line["clause"] == {"regulation": "vehicles", "cite": "一、3"}
    clerk = await api.person(f"fuel_clerk@{HRSS}")
    assert (await clerk.ask(asked)).codes == ["NOT_ALLOWED"]


async def test_the_fuel_clerk_is_told_what_the_seat_may(api: Api) -> None:
    clerk = await api.person(f"fuel_clerk@{HRSS}")
    mine = {(each["object"], each["act"]) for each in await clerk.one(MINE)}
    assert {(REFUELLING, "keep"), ("vehicle.mileage", "keep")} <= mine
    assert ("vehicle.trip", "take") not in mine
    [line] = await clerk.one(MINE, {"object": REFUELLING})
    assert [seat["role"] for seat in line["seats"]] == ["fuel_clerk"]


async def test_who_may_is_answered_for_one_case(api: Api) -> None:
    staff = await api.person(f"staff@{HRSS}")
    told = await staff.one(WHO, {"object": REFUELLING, "act": "KEEP"})
    assert set(told["roles"]) == {
        *("office_clerk", "office_director", "fleet_manager", "fuel_clerk", "driver"),
    }
    assert {seat["role"] for seat in told["seats"]} <= set(told["roles"])
    leave = {"object": "vehicle.trip", "act": "TAKE", "facts": {"stage": "leave"}}
    [line] = (await staff.one(WHO, leave))["lines"]
    assert (line["role"], line["borne"]) == ("vehicle_user", True)


async def test_a_wrong_object_fact_or_stage_is_refused_by_its_path(api: Api) -> None:
    staff = await api.person(f"staff@{HRSS}")
    assert (await staff.one(WHO, {"object": "moon", "act": "KEEP"}))["code"] == "UNKNOWN_OBJECT"
    for facts, code in (({"stage": "fly"}, "UNKNOWN_VALUE"), ({"colour": "red"}, "UNKNOWN_FACT")):
        refused = await staff.one(WHO, {"object": "vehicle.trip", "act": "TAKE", "facts": facts})
        assert [each["code"] for each in refused["problems"]] == [code]
        assert refused["problems"][0]["path"] == ["facts", next(iter(facts))]


async def test_with_its_line_gone_the_fuel_clerk_keeps_the_register_no_more(
    imports: Imports,
) -> None:
    office = await imports("vehicles.csv", f"{FUEL_CLERK} allow\n", "")
    clerk = await office.person(f"fuel_clerk@{HRSS}")
    refused = await refuelled(clerk)
    assert refused["code"] == "NOT_A_KEEPER"
    assert await office.value("select count(*) from vehicle_refuellings") == 0
    assert await clerk.one(MINE, {"object": REFUELLING}) == []
    assert isinstance(await refuelled(await office.person(f"fleet_manager@{HRSS}")), str)


async def test_what_one_line_denies_no_other_allows(imports: Imports) -> None:
    denial = f"{FUEL_CLERK} allow\n{FUEL_CLERK.replace('refuelling-4', 'refuelling-6')} deny"
    office = await imports("vehicles.csv", f"{FUEL_CLERK} allow", denial)
    clerk = await office.person(f"fuel_clerk@{HRSS}")
    refused = await refuelled(clerk)
    assert (refused["code"], refused["clause"]["cite"]) == ("NOT_A_KEEPER", "一、3")
    assert await office.value("select count(*) from vehicle_refuellings") == 0
    assert [each["denies"] for each in await clerk.one(MINE, {"object": REFUELLING})] == [
        *(False, True),
    ]
    admin = await office.person(f"policy_admin@{HRSS}")
    asked = f'{{ actFindings(institution: "{HRSS}") {{ problem object rules }} }}'
    found = [each for each in await admin.one(asked) if each["problem"] == "DENIED_TOO"]
    assert [each["object"] for each in found] == [REFUELLING]


async def test_a_column_that_a_clause_demands_has_to_be_filled_in(imports: Imports) -> None:
    demanded = "refuelled_at litres signed_by"
    office = await imports("registers.csv", demanded, f"{demanded} station")
    refused = await refuelled(await office.person(f"fuel_clerk@{HRSS}"))
    assert problems(refused) == {("station", "REQUIRED")}
    assert [each["clause"]["cite"] for each in refused["problems"]] == ["附2 車輛加油登記表"]
    assert await office.value("select count(*) from vehicle_refuellings") == 0


async def test_a_borrowed_seat_keeps_what_its_holder_may_and_the_ledger_names_it(
    fleet: Api,
) -> None:
    clerk, staff = [await fleet.person(f"{role}@{HRSS}") for role in ("fuel_clerk", "staff")]
    assert (await refuelled(staff))["code"] == "NOT_A_KEEPER"
    seat = await seat_of(clerk, "fuel_clerk")
    assert "code" not in await lend(clerk, seat, staff)
    assert {each["object"] for each in await staff.one(MINE)} >= {REFUELLING}
    assert isinstance(await refuelled(staff), str)
    [*_, told] = await records(
        fleet, "l.event = 'register_entered' and l.institution_id = 'hrss-bureau'"
    )
    assert told["role"] == "fuel_clerk"
    assert "lender_name" in told


async def test_a_register_says_what_the_viewer_may_do_and_by_which_clause_not(api: Api) -> None:
    asked = """{ registers { name mine keptBy
      allowedActions { act allowed reason clause { cite } } } }"""
    for role, may in (("fuel_clerk", True), ("staff", False)):
        visitor = await api.person(f"{role}@{HRSS}")
        found = {each["name"]: each for each in await visitor.one(asked)}
        [action] = found[REFUELLING]["allowedActions"]
        assert (action["act"], action["allowed"], found[REFUELLING]["mine"]) == ("KEEP", may, may)
        assert action["clause"]["cite"]
        assert bool(action["reason"]) is not may


async def test_a_stored_rulebook_holds_the_lines_and_registers_of_the_shipped_one(api: Api) -> None:
    for institution in loading.institutions():
        living = await api.services.rulebooks.load(institution, MONDAY.date())
        shipped = loading.shipped(institution)
        assert living.rulebook.acts == shipped.acts
        assert living.rulebook.registers == shipped.registers


ALLOWED = "allowedActions { act stage allowed reason clause { cite } }"


async def test_a_trip_tells_each_stage_to_whose_it_is(fleet: Api) -> None:
    user = await fleet.person(f"staff@{HRSS}")
    request = await user.submit("vehicle.dispatch", trip())
    manager = await fleet.person(f"fleet_manager@{HRSS}")
    await manager.agree()
    asked = f"query ($id: ID!) {{ vehicleTrip(id: $id) {{ {ALLOWED} }} }}"
    told = {}
    for name, visitor in (("user", user), ("manager", manager)):
        found = (await visitor.one(asked, {"id": request["id"]}))["allowedActions"]
        told[name] = {each["stage"] or each["act"]: each["allowed"] for each in found}
        assert all(each["clause"]["cite"] for each in found)
        assert all(bool(each["reason"]) is not each["allowed"] for each in found)
    assert told["user"] == {"dispatch": False, "CONFIRM": False, "SEE": True}
    assert told["manager"] == {"dispatch": True, "CONFIRM": False, "SEE": True}


@pytest.mark.parametrize(
    ("account", "asked", "path", "act", "allowed"),
    [
        ("fleet_manager@hrss-bureau", "vehicles", ("edges", 0, "node"), "KEEP", True),
        ("staff@hrss-bureau", "vehicles", ("edges", 0, "node"), "KEEP", False),
        ("office_clerk@hrss-bureau", "duties", ("edges", 0, "node"), "KEEP", None),
    ],
)
async def test_what_lives_beside_requests_says_what_the_viewer_may_do(
    api: Api, account: str, asked: str, path: tuple[Any, ...], act: str, allowed: bool | None
) -> None:
    shapes = {
        "vehicles": f"{{ vehicles {{ edges {{ node {{ {ALLOWED} }} }} }} }}",
        "duties": f"""{{ duties(from: "2026-03-01", to: "2026-03-31") {{
            ... on DutyConnection {{ edges {{ node {{ mayRecord {ALLOWED} }} }} }} }} }}""",
    }
    visitor = await api.person(account)
    found = await visitor.one(shapes[asked])
    for each in path:
        found = found[each]
    [action] = [each for each in found["allowedActions"] if each["act"] == act]
    assert action["allowed"] is (found["mayRecord"] if allowed is None else allowed)
    assert action["clause"]["cite"]


async def test_an_interpretation_is_a_clause_with_its_reason_and_no_regulation(api: Api) -> None:
    visitor = await api.person(f"staff@{HRSS}")
    listed = await visitor.one(f'{{ regulations(institution: "{HRSS}") {{ id }} }}')
    assert listed
    assert "interpretation" not in {each["id"] for each in listed}
    [manager, *_] = [
        each
        for each in (await visitor.one(WHO, {"object": REFUELLING, "act": "KEEP"}))["lines"]
        if each["clause"]["regulation"] == "interpretation"
    ]
    assert manager["role"] == "office_clerk"
