"""Computers: the index of data, faults, power cuts, idle ones, and incidents stage by stage."""

from typing import Any

import pytest

from schema.ground.ids import global_id, read_id
from tests.case_examples import demo_person
from tests.duty import enter
from tests.office import Api, problems
from tests.openness import run
from tests.small_shapes import at
from tests.test_carriers import walked
from tests.test_gate import cites, person_id, seen, take, today

HERE, BUILDERS, SITES = "hrss-bureau", "construction-bureau", "website-governance"
TABLES = ("computer_faults", "power_outages", "incident_responses", "data_index")


@pytest.fixture
async def computers(api: Api) -> Api:
    await api.empty(*TABLES, "infosec_idle_checks", "infosec_incidents", "case_events", "clocks")
    api.now = at("2026-05-12 10:00")
    return api


async def test_the_data_of_a_section_have_numbers_in_an_index_that_all_read(computers: Api):
    chief, staff = [await computers.person(f"{role}@{HERE}") for role in ("section_chief", "staff")]
    unit = await computers.value(
        "select id from units where institution_id = $1 and name like '%办公室%' limit 1", HERE
    )
    given = {"indexedOn": "2026-05-12", "dataNumber": "电-2026-3", "title": "参保名册"}
    given["unitId"] = global_id("Unit", unit)
    before = await computers.counts()
    assert (await enter(staff, "InfosecDataIndex", **given))["code"] == "NOT_A_KEEPER"
    assert await computers.counts() == before
    assert (await enter(chief, "InfosecDataIndex", **given))["__typename"] == "LineEntered"
    listed = await seen(staff, "{ dataIndex { edges { node { title } } } }")
    assert listed == [{"title": "参保名册"}]


async def test_a_fault_is_entered_by_who_finds_it_and_put_right(computers: Api):
    staff, other = [await computers.person(f"{role}@{HERE}") for role in ("staff", "staff_2")]
    given = {"foundAt": today("09:30"), "computer": "综合科2号", "content": "无法开机"}
    case = await run(staff, "beginInfosecFault", "InfosecFault", given)
    refused = await take(other, "putRight", "InfosecFault", case, handling="换电源")
    assert refused["code"] == "CASE_NOT_FOUND"
    done = await take(staff, "putRight", "InfosecFault", case, handling="换电源")
    assert done["state"] == "working"


async def test_the_operator_tells_the_office_which_alone_puts_a_fault_right(computers: Api):
    staff, clerk = [
        await computers.person(f"{role}@{BUILDERS}") for role in ("staff", "office_clerk")
    ]
    given = {"foundAt": today("09:30"), "computer": "打字室", "content": "死机"}
    case = await run(staff, "beginInfosecFault", "InfosecFault", given)
    early = await take(clerk, "putRight", "InfosecFault", case, handling="重装")
    assert problems(early) == {("event", "NO_TRANSITION")}
    told = await take(staff, "tellOffice", "InfosecFault", case)
    own = await take(staff, "putRight", "InfosecFault", told, handling="自行拆机")
    assert own["code"] == "NOT_YOURS_TO_DO"
    done = await take(clerk, "putRight", "InfosecFault", told, handling="送修")
    assert done["state"] == "working"
    line = {"happenedOn": "2026-05-12", "personId": await person_id(clerk, staff.account)}
    before = await computers.counts()
    line |= {"what": "machine_opened", "description": "自行拆机换内存"}
    assert (await enter(staff, "Occurrence", **line))["code"] == "NOT_A_KEEPER"
    assert await computers.counts() == before
    for what in ("machine_opened", "fault_untold"):
        entered = await enter(clerk, "Occurrence", **{**line, "what": what})
        assert entered["__typename"] == "LineEntered", entered


async def test_after_a_power_cut_a_computer_is_unplugged_and_rests_for_half_a_minute(
    computers: Api,
):
    staff, of = await computers.person(f"staff@{BUILDERS}"), "InfosecOutage"
    given = {"lostAt": today("09:30"), "computer": "打字室"}
    case = await run(staff, "beginInfosecOutage", of, given)
    early = await take(staff, "restart", of, case, powerOffSeconds=60)
    assert (problems(early), cites(early)) == (
        {("event", "NO_TRANSITION")}, {"computer-operation/六"},
    )  # fmt: skip
    off = await walked(staff, of, case, ("switchOff", {}), ("unplug", {}))
    soon = await take(staff, "restart", of, off, powerOffSeconds=29)
    assert problems(soon) == {("powerOffSeconds", "BELOW_QUOTA")}
    assert cites(soon) == {"computer-operation/五"}
    assert (await take(staff, "restart", of, off, powerOffSeconds=30))["state"] == "running"


async def test_a_computer_idle_for_more_than_half_an_hour_is_shut_down(computers: Api):
    clerk = await computers.person(f"office_clerk@{HERE}")
    given: dict[str, Any] = {"checkedAt": today("09:30"), "computer": "综合科2号"}
    before = await computers.counts()
    left = await enter(clerk, "InfosecIdleCheck", **given, idleMinutes=31, shutDown=False)
    assert cites(left) == {"computers/10"}
    assert await computers.counts() == before
    for minutes, shut in ((30, False), (31, True)):
        line = await enter(clerk, "InfosecIdleCheck", **given, idleMinutes=minutes, shutDown=shut)
        assert line["__typename"] == "LineEntered"


async def incident(computers: Api, office: str) -> tuple[Any, Any]:
    staff = await computers.person(f"staff@{office}")
    line = await enter(
        staff, "InfosecIncident", foundAt=today("09:50"), system="门户网站", leak=False,
        foundById=global_id("Person", demo_person(f"staff@{office}")), description="首页被篡改",
    )  # fmt: skip
    bare = await run(staff, "beginInfosecResponse", "InfosecResponse", {})
    assert problems(bare) == {("incidentId", "REQUIRED")}
    given = {"incidentId": line["lineId"]}
    return staff, await run(staff, "beginInfosecResponse", "InfosecResponse", given)


async def test_an_incident_is_reported_upwards_first_and_the_scene_protected(computers: Api):
    staff, case = await incident(computers, HERE)
    of = "InfosecResponse"
    early = await take(staff, "contain", of, case, measures="断网")
    assert cites(early) == {"infosec-responsibility/第七條㈥"}
    steps = ("report", {}), ("contain", {"measures": "断网"}), ("protectScene", {})
    assert (await walked(staff, of, case, *steps))["state"] == "protected"


async def test_an_incident_of_a_site_is_graded_by_the_coordination_office(computers: Api):
    staff, case = await incident(computers, SITES)
    office, of = await computers.person(f"coordination_office@{SITES}"), "InfosecResponse"
    reported = await take(staff, "report", of, case)
    own = await take(staff, "grade", of, reported, incidentGrade="一般")
    assert own["code"] == "NOT_YOURS_TO_DO"
    steps = ("grade", {"incidentGrade": "较大"}), ("startPlan", {"plan": "网络安全预案"})
    started = await walked(office, of, reported, *steps)
    steps = ("handle", {"measures": "恢复首页"}), ("resolve", {"result": "已恢复"})
    assert await ran(computers, case) == {"incident.report": "done"}
    resolved = await walked(staff, of, started, *steps)
    assert (await ran(computers, case))["incident.resolution"] == "running"
    assert (await walked(staff, of, resolved, ("fileResult", {})))["state"] == "filed"
    assert {*(await ran(computers, case)).values()} == {"done"}


async def ran(computers: Api, case: Any) -> dict[str, str]:
    """The clocks of the incident that a response names, and its own."""
    found = await computers.rows(
        "select c.clock, c.state from clocks c join incident_responses i"
        " on c.subject_id in (i.id, i.incident_id) where i.id = $1::uuid", read_id(case["id"])[1],
    )  # fmt: skip
    return {each["clock"]: each["state"] for each in found}
