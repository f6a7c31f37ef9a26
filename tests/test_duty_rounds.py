"""The round before a turn of duty is taken over, and a turn that changes hands."""

from datetime import timedelta

import pytest

from tests.duty import (
    POINTS,
    SAFE,
    cleared,
    draft,
    enter,
    found,
    person_of,
    replace,
    settle,
    settled,
    shown,
    through,
)
from tests.fleet import person_id
from tests.office import Api, problems

HERE = "construction-bureau"


@pytest.fixture
async def office(api: Api) -> Api:
    return await cleared(api)


async def test_the_round_before_a_turn_is_whole_and_what_is_found_is_dealt_with(office: Api):
    clerk, _ = await settled(office, HERE)
    roster = await shown(clerk)
    night = found(roster, "2026-04-13", "workday_night")
    noon = found(roster, "2026-04-14", "workday_noon")
    outgoing = await person_of(office, night)
    office.now = office.now.replace(month=4, day=14, hour=8, minute=5)
    given = {"at": "2026-04-14T07:55:00+08:00", "toId": noon["personId"], **SAFE}
    before = await office.counts()
    for point in POINTS:
        partial = await enter(outgoing, "DutyHandover", **{**given, point: None})
        assert problems(partial) == {(point, "REQUIRED")}
        amiss = await enter(outgoing, "DutyHandover", **{**given, point: False})
        assert {each["code"] for each in amiss["problems"]} == {"NOT_ELIGIBLE"}
        assert [each["clause"]["cite"] for each in amiss["problems"]] == ["二(三)"]
    assert await office.counts() == before
    seen_to = {"appliancesOff": False, "dealtWith": True, "safetyRound": "三〇五空调开着，已关"}
    line = await enter(outgoing, "DutyHandover", **{**given, **seen_to})
    assert line["__typename"] == "LineEntered", line


async def test_a_settled_turn_changes_hands_by_a_roster_that_was_approved_again(office: Api):
    clerk = await office.person("office_clerk@science-bureau")
    await enter(clerk, "OrderedDutyDay", day="2026-04-05", document="区委办值班通知")
    roster = await draft(clerk)
    first = await clerk.submit("duty.roster", {"explanation": "四月值班安排"})
    await through(office, first)
    done = await settle(clerk, roster, requestId=first["id"])
    turns = (await shown(clerk))["turns"]
    lead = next(each for each in turns if each["post"] == "duty_leader")
    other = await person_id(clerk, "team_member@science-bureau")
    office.now += timedelta(days=1)
    again = await clerk.submit("duty.roster", {"explanation": "更换带班领导"})
    before = await office.counts()
    for request in (first, again):
        refused = await replace(clerk, done, lead, other, requestId=request["id"])
        assert {place for place, _ in problems(refused)} == {"requestId"}
    assert await office.counts() == before
    await through(office, again)
    assert "version" in await replace(clerk, done, lead, other, requestId=again["id"])
    assert [each["ground"] for each in (await shown(clerk))["changes"]] == ["APPROVED_ANEW"]


async def test_the_duty_room_is_in_order_half_an_hour_before_the_change_on_days_off(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    asked = """{ duties(from: "2026-05-16", to: "2026-05-18", first: 100) {
      ... on DutyConnection { edges { node { activity due } } } } }"""
    owed = [edge["node"] for edge in (await clerk.one(asked))["edges"]]
    days = {each["due"] for each in owed if each["activity"] == "双休日、节假日换班前整理值班室"}
    assert days == {"2026-05-16", "2026-05-17"}
