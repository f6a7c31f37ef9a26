"""Outreach: the two teams, an inquiry of each section to its end, donations and summaries."""

from typing import Any

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import Api, Visitor, problems
from tests.openness import run
from tests.small_shapes import at
from tests.test_enforcement import unit_of
from tests.test_gate import cites, take

BUREAU = "science-bureau"
TABLES = (
    *("outreach_inquiries", "outreach_teams", "outreach_donations", "outreach_summaries"),
    *("case_events", "cadence_records"),
)
DAY = "2026-05-11"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty(*TABLES)
    api.now = at("2026-05-11 10:00")
    return api


async def duties(visitor: Visitor, activity: str, year: int = 2026) -> list[tuple[str, str]]:
    """The unit's name and the state of each duty of a year that is called so."""
    found, after = [], None
    while True:
        page = await visitor.one(
            "query ($after: String) { duties(from: "
            f'"{year}-01-01", to: "{year}-12-31", first: 100, after: $after) {{'
            " ... on DutyConnection { edges { node { activity state unit } }"
            " pageInfo { hasNextPage endCursor } } } }",
            {"after": after},
        )
        nodes = [edge["node"] for edge in page["edges"]]
        found += [
            (each["unit"] or "", each["state"]) for each in nodes if each["activity"] == activity
        ]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def test_the_office_is_two_teams_and_two_lead_each(office: Api):
    clerk = await office.person(f"office_clerk@{BUREAU}")
    plan = {"setOn": DAY, "persuasionTeams": 2, "teamLeaders": 2, "members": "一组、二组"}
    before = await office.counts()
    three = await enter(clerk, "OutreachTeams", **{**plan, "persuasionTeams": 3, "teamLeaders": 1})
    assert {place for place, _ in problems(three)} == {"persuasionTeams", "teamLeaders"}
    assert cites(three) == {"civility/二、1"}
    assert await office.counts() == before
    assert "lineId" in await enter(clerk, "OutreachTeams", **plan)


async def test_nobody_stays_away_from_civility_duty_without_somebody_in_their_place(office: Api):
    staff = await office.person(f"staff@{BUREAU}")
    leader = await person_id(staff, f"section_chief@{BUREAU}")
    asked: dict[str, Any] = {
        "explanation": "有事",
        "named": [{"role": "team_leader", "personId": leader}],
    }
    alone = await staff.submit("outreach.absence", {**asked, "substituteFound": False})
    assert problems(alone) == {("substituteFound", "NOT_ELIGIBLE")}
    told = await staff.submit("outreach.absence", {**asked, "substituteFound": True})
    assert told["steps"][0]["act"] == "RECORD"


async def test_a_section_follows_its_inquiry_to_the_end_or_reports_it(office: Api):
    chief = await office.person(f"section_chief@{BUREAU}")
    unit = await unit_of(chief)
    activity, inquiry = "跟踪调查一件民情", "OutreachInquiry"
    given = {"begunOn": DAY, "unitId": unit, "matter": "路灯不亮"}
    case = await run(chief, "beginOutreachInquiry", inquiry, given)
    case = await take(chief, "investigate", inquiry, case, found="两盏损坏", withinOwnPower=False)
    before = await office.counts()
    beyond = await take(chief, "handle", inquiry, case, outcome="已修")
    assert beyond["code"] == "CASE_NOT_READY"
    assert await office.counts() == before
    clerk = await office.person(f"office_clerk@{BUREAU}")
    assert {state for _, state in await duties(clerk, activity)} == {"DUE"}
    case = await take(chief, "report", inquiry, case, reportedTo="分管领导")
    assert case["state"] == "reported"
    states = [state for _, state in await duties(clerk, activity)]
    assert states.count("DONE") == 1, "that of another section is its own"
    assert {*states} == {"DONE", "DUE"}


async def test_a_donation_of_the_union_or_the_branch_is_the_one_of_the_year(office: Api):
    clerk = await office.person(f"office_clerk@{BUREAU}")
    activity = "组织捐赠活动"
    assert [state for _, state in await duties(clerk, activity)] == ["DUE"]
    held = {"heldOn": "2026-01-20", "donor": "BY_UNION", "recipients": "联点村", "amount": "4600"}
    assert "lineId" in await enter(clerk, "OutreachDonation", **held)
    assert [state for _, state in await duties(clerk, activity)] == ["DONE"]
    office.now = at("2028-01-03 10:00")
    assert [state for _, state in await duties(clerk, activity, 2027)] == ["MISSED"]


async def test_a_summary_says_what_was_looked_into_and_what_was_done_about_it(office: Api):
    staff = await office.person(f"staff@{BUREAU}")
    clerk = await office.person(f"office_clerk@{BUREAU}")
    own = {"writtenOn": DAY, "personId": await person_id(staff, f"staff@{BUREAU}")}
    before = await office.counts()
    half = await enter(staff, "OutreachSummary", **own, inquiry="路灯", carriedOut=" ")
    assert problems(half) == {("carriedOut", "REQUIRED")}
    assert await office.counts() == before
    assert "lineId" in await enter(
        staff, "OutreachSummary", **own, inquiry="路灯", carriedOut="已修"
    )
    states = [state for _, state in await duties(clerk, "民情调查和落实写入个人总结")]
    assert states.count("DONE") == 1, "that of somebody else is their own"
