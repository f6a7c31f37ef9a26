"""Personnel: hires in their order, formalities at all four departments, rotations to their end."""

from dataclasses import replace
from typing import Any

import pytest

from domain import CASE_KINDS
from schema.ground.ids import global_id
from tests.case_examples import Example, put
from tests.duty import enter
from tests.office import Api, Visitor, problems
from tests.openness import run
from tests.owed import unit_of
from tests.small_shapes import at
from tests.stock import person_of
from tests.test_gate import take

COUNTY = "county-organs"
TABLES = (
    "personnel_posting_ends",
    "personnel_postings",
    "personnel_rotated",
    "personnel_temporaries",
    "departure_formalities",
    "departures",
    "case_events",
)
DAY = "2026-05-11"
DONE = ("organisationDone", "personnelDone", "staffingDone", "financeDone")


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty(*TABLES)
    api.now = at("2026-05-11 10:00")
    return api


async def refused(office: Api, visitor: Visitor, event: str, of: str, case: Any, **said: Any):
    before = await office.counts()
    answer = await take(visitor, event, of, case, **said)
    assert answer["code"] == "CASE_NOT_READY", answer
    assert await office.counts() == before
    return answer


async def test_nobody_is_employed_for_a_time_without_an_approved_plan_and_open_recruitment(
    office: Api,
):
    clerk = await office.person(f"office_clerk@{COUNTY}")
    unit = await unit_of(await office.person(f"section_chief@{COUNTY}"))
    hire = "PersonnelTemporary"
    given = {"plannedOn": DAY, "unitId": unit, "post": "窗口辅助"}
    case = await run(clerk, "beginPersonnelTemporary", hire, given)
    employed = {"name": "某人", "employedOn": DAY}
    await refused(office, clerk, "employ", hire, case, **employed)
    case = await take(clerk, "approvePlan", hire, case, planApproval="编办〔2026〕1号")
    await refused(office, clerk, "employ", hire, case, **employed)
    case = await take(clerk, "recruit", hire, case, recruitedHow="公开招聘")
    case = await take(clerk, "employ", hire, case, **employed)
    assert (await take(clerk, "manage", hire, case, contract="合-1"))["state"] == "under_contract"


async def test_a_departure_is_completed_once_all_four_departments_have_done_their_part(office: Api):
    clerk = await office.person(f"office_clerk@{COUNTY}")
    gone = await enter(clerk, "Departed", leftOn=DAY, name="敖", ground="RETIRED")
    given = {"departureId": gone["lineId"], "completedOn": DAY, **dict.fromkeys(DONE, True)}
    before = await office.counts()
    lacking = {"staffingDone": False, "financeDone": False}
    held = await enter(clerk, "DepartureFormalities", **{**given, **lacking})
    assert problems(held) == {(each, "NOT_ELIGIBLE") for each in lacking}
    assert await office.counts() == before
    assert "lineId" in await enter(clerk, "DepartureFormalities", **given)


async def posted(office: Api, section: Visitor, role: str, day: str, way: str, **more: Any) -> Any:
    given = {"beganOn": day, "postingWay": way, "post": "市政管理所", "keepsStatus": True, **more}
    whom = await person_of(office, f"{role}@construction-bureau")
    return await enter(section, "PersonnelPosting", personId=whom, **given)


async def test_a_posting_up_or_down_runs_out_after_two_years_and_nobody_is_moved_by_it(office: Api):
    section = await office.person("personnel_section@construction-bureau")
    await office.empty("clocks", "clock_changes")
    office.now = at("2025-09-01 09:00")
    for role, day, way in (
        ("staff", "2024-03-01", "DOWN"),
        ("staff_2", "2025-09-01", "DOWN"),
        ("section_chief", "2024-03-01", "LATERAL"),
    ):
        assert "lineId" in (line := await posted(office, section, role, day, way)), line
    office.now = at("2026-04-01 09:00")
    await office.clocks()
    shown = "{ clocks(first: 100) { edges { node { action state dueAt } } } }"
    found = [each["node"] for each in (await section.one(shown))["edges"]]
    told = sorted((each["dueAt"][:10], each["state"], each["action"][:3]) for each in found)
    assert [(due, state) for due, state, _ in told] == [
        ("2026-03-01", "EXPIRED"), ("2027-09-01", "RUNNING"), ("2028-03-01", "RUNNING"),
    ]  # fmt: skip


async def test_whoever_comes_up_to_the_bureau_keeps_the_pay_of_their_unit(office: Api):
    section = await office.person("personnel_section@construction-bureau")
    before = await office.counts()
    up = await posted(office, section, "staff", DAY, "UP", keepsStatus=False)
    assert problems(up) == {("keepsStatus", "NOT_ELIGIBLE")}, up
    assert await office.counts() == before
    assert "lineId" in await posted(office, section, "staff", DAY, "DOWN", keepsStatus=False)


async def test_after_the_district_consents_the_promoted_are_shown_before_the_talk(office: Api):
    section = await office.person("personnel_section@construction-bureau")
    kind = next(each for each in CASE_KINDS if each.code == "personnel.rotated")
    at_start = Example("construction-bureau", "consented", "settle", "personnel_section", {})
    case = await put(office, kind, replace(at_start, path="rotation"))
    shown = {"id": global_id("PersonnelRotated", case.id), "version": 1}
    rotated = "PersonnelRotated"
    await refused(office, section, "talk", rotated, shown, talkedOn=DAY)
    shown = await take(section, "settle", rotated, shown, newlyPromoted=True)
    await refused(office, section, "talk", rotated, shown, talkedOn=DAY)
    publicity = {"shownFrom": DAY, "shownOf": "二人", "opinions": "无异议"}
    shown = await take(section, "publicise", rotated, shown, **publicity)
    shown = await take(section, "talk", rotated, shown, talkedOn=DAY)
    assert (await take(section, "file", rotated, shown, filedOn=DAY))["state"] == "filed"
