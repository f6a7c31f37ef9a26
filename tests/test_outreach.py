"""Outreach: two teams and who came out, inquiries of sections, donations, summaries of the year."""

from typing import Any

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import Api, Visitor, problems
from tests.openness import run
from tests.small_shapes import at
from tests.test_gate import cites, take
from tests.test_proposals import kept

HERE = "science-bureau"
TABLES = (
    *("outreach_attendance", "outreach_activities", "outreach_members", "outreach_findings"),
    *("outreach_summaries", "outreach_inquiries", "outreach_donations", "outreach_contacts"),
    *("outreach_pairings", "case_events", "cadence_records"),
)
DAY = "2026-06-05"


@pytest.fixture
async def teams(api: Api) -> Api:
    await api.empty(*TABLES)
    api.now = at(f"{DAY} 10:00")
    return api


async def by(teams: Api, role: str) -> Visitor:
    return await teams.person(f"{role}@{HERE}")


async def who(teams: Api, role: str) -> Any:
    return await person_id(await by(teams, "office_clerk"), f"{role}@{HERE}")


async def counted(teams: Api, measure: str) -> Any:
    had = '{ officeCounts(area: "outreach") { measure value kept lacking } }'
    found = await (await by(teams, "office_clerk")).one(had)
    return next(each for each in found if each["measure"] == measure)


async def joins(teams: Api, role: str, team: str, *, leads: bool = False) -> Any:
    given = {"since": DAY, "personId": await who(teams, role), "civilityTeam": team}
    return await enter(await by(teams, "office_clerk"), "OutreachMember", **given, leadsTeam=leads)


async def test_two_leaders_of_the_bureau_lead_each_team_and_everybody_is_in_one(teams: Api):
    assert "lineId" in await joins(teams, "director", "FIRST", leads=True)
    refused = await joins(teams, "staff", "FIRST", leads=True)
    assert problems(refused) == {("leadsTeam", "NOT_A_TEAM_LEADER")}
    assert (await counted(teams, "first_team_leaders"))["lacking"] == "1"
    assert "lineId" in await joins(teams, "party_secretary", "FIRST", leads=True)
    before = await kept(teams)
    third = await joins(teams, "deputy_in_charge", "FIRST", leads=True)
    assert (third["problems"][0]["code"], cites(third)) == ("ABOVE_QUOTA", {"civility/二、1"})
    assert await kept(teams) == before
    assert "lineId" in await joins(teams, "staff", "SECOND")
    clerk = await by(teams, "office_clerk")
    left = {each["account"] for each in await clerk.one("{ outreachMembersLacking { account } }")}
    assert f"staff@{HERE}" not in left
    assert f"office_clerk@{HERE}" in left


async def test_who_has_somebody_stand_in_has_the_leader_know(teams: Api):
    clerk, staff = await by(teams, "office_clerk"), await who(teams, "staff")
    went = {
        "heldOn": DAY, "civilityTeam": "FIRST", "ledById": await who(teams, "director"),
        "roadSection": "人民路", "done": "劝导停车",
    }  # fmt: skip
    bad = await enter(clerk, "OutreachActivity", **{**went, "ledById": staff})
    assert problems(bad) == {("ledById", "NOT_A_TEAM_LEADER")}
    line = await enter(clerk, "OutreachActivity", **went)
    of = {"activityId": line["lineId"], "notedOn": DAY, "personId": staff}
    stood = {**of, "civilityPresence": "SUBSTITUTED"}
    assert problems(await enter(clerk, "OutreachAttendance", **stood)) == {
        ("substituteId", "SUBSTITUTE_NAMED")
    }
    stood["substituteId"] = await who(teams, "section_chief")
    before = await kept(teams)
    refused = await enter(clerk, "OutreachAttendance", **stood)
    assert cites(refused) == {"civility/二、2"}
    assert await kept(teams) == before
    assert "lineId" in await enter(clerk, "OutreachAttendance", **stood, leaderTold=True)
    year = (
        '{ outreachYearStatement(from: "2026-01-01", to: "2026-12-31") { lines { substituted } } }'
    )
    assert sum(each["substituted"] for each in (await clerk.one(year))["lines"]) == 1


async def test_what_is_found_on_the_road_is_put_right(teams: Api):
    chief, leader = await by(teams, "section_chief"), await by(teams, "deputy_in_charge")
    found = {"foundOn": DAY, "roadSection": "人民路", "civilityProblem": "PARKING", "found": "乱停"}
    case = await run(chief, "beginOutreachFinding", "OutreachFinding", found)
    case = await take(leader, "correct", "OutreachFinding", case, corrected="已归位")
    assert case["state"] == "corrected"


async def test_an_inquiry_is_followed_until_it_is_handled_or_reported_and_is_the_sections_duty(
    teams: Api,
):
    chief = await by(teams, "section_chief_2")
    seats = (await chief.one("{ viewer { seats { role unitId } } }"))["seats"]
    unit = next(each["unitId"] for each in seats if each["role"] == "section_chief")
    chosen = {"chosenOn": DAY, "unitId": unit, "title": "路灯不亮"}
    case = await run(chief, "beginOutreachInquiry", "OutreachInquiry", chosen)
    case |= await take(chief, "visit", "OutreachInquiry", case, visits="走访八户")
    told = {"findings": "线路老化", "withinOwnPower": False}
    case |= await take(chief, "investigate", "OutreachInquiry", case, **told)
    before = await kept(teams)
    refused = await take(chief, "handle", "OutreachInquiry", case, outcome="已修")
    assert (refused["code"], cites(refused)) == ("CASE_NOT_READY", {"liaison/2"})
    assert await kept(teams) == before
    left = await take(chief, "report", "OutreachInquiry", case, toldLeader="局长")
    assert left["state"] == "reported"
    done = "select count(*) from cadence_records where cadence = 'public-inquiry'"
    assert await teams.value(done) == 1


async def test_the_union_or_the_branch_gives_once_a_year(teams: Api):
    clerk = await by(teams, "office_clerk")
    assert (await counted(teams, "donation_campaigns_year"))["kept"] is False
    given = {
        "heldOn": "2026-01-20",
        "organiser": "UNION",
        "givenTo": "联点村贫困户",
        "amount": "4600",
    }
    assert "lineId" in await enter(clerk, "OutreachDonation", **given)
    assert (await counted(teams, "donation_campaigns_year"))["kept"] is True


async def test_a_summary_tells_of_the_inquiry_and_of_what_was_done(teams: Api):
    clerk, chief = await by(teams, "office_clerk"), await by(teams, "section_chief_2")
    seats = (await chief.one("{ viewer { seats { role unitId } } }"))["seats"]
    unit = next(each["unitId"] for each in seats if each["role"] == "section_chief")
    chosen = {"chosenOn": DAY, "unitId": unit, "title": "路灯不亮"}
    case = await run(chief, "beginOutreachInquiry", "OutreachInquiry", chosen)
    summary = {"handedOn": DAY, "personId": await who(teams, "staff"), "inquiryTold": True}
    before = await kept(teams)
    half = await enter(clerk, "OutreachSummary", **summary, inquiryId=case["id"])
    assert (problems(half), cites(half)) == ({("outcomeTold", "NOT_ELIGIBLE")}, {"liaison/7"})
    assert await kept(teams) == before
    whole = await enter(clerk, "OutreachSummary", **summary, inquiryId=case["id"], outcomeTold=True)
    assert "lineId" in whole


async def test_what_villagers_say_is_passed_on_and_who_helps_whom_is_kept(teams: Api):
    staff, clerk = await by(teams, "staff"), await by(teams, "office_clerk")
    heard = {"heardOn": DAY, "place": "联点村", "hardships": "饮水困难"}
    case = await run(staff, "beginOutreachContact", "OutreachContact", heard)
    assert (await take(staff, "passOn", "OutreachContact", case, reportedTo="局长"))["state"] == (
        "passed_on"
    )
    pair = {"since": DAY, "personId": await who(teams, "staff"), "village": "联点村"}
    member = f"staff@{HERE}"
    await teams.run(
        """update people set facts = facts || '{"party_member": true}'
           where id = (select person_id from accounts where account = $1)""",
        member,
    )
    unpaired = "{ outreachPairingsLacking { account } }"
    assert {"account": member} in await clerk.one(unpaired)
    line = await enter(clerk, "OutreachPairing", **pair, householdHelped="李某户")
    assert "lineId" in line
    assert {"account": member} not in await clerk.one(unpaired)
    await teams.run("update people set facts = facts - 'party_member' where account = $1", member)
