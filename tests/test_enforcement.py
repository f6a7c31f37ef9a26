"""Enforcement: who may act, what comes before a decision, and when a review is taken in."""

from typing import Any

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import Api, Visitor, problems
from tests.openness import run
from tests.small_shapes import at
from tests.test_gate import cites, take

BUREAU = "hrss-bureau"
TABLES = ("enforcement_acts", "enforcement_reviews", "enforcement_officers", "case_events")
DAY = "2026-05-11"
ACT = {"openedOn": DAY, "partyName": "某公司", "subject": "拖欠工资", "statutoryNotice": True}


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty(*TABLES)
    api.now = at("2026-05-20 10:00")
    return api


async def unit_of(visitor: Visitor, role: str = "section_chief") -> str:
    seats = (await visitor.one("{ viewer { seats { role unitId } } }"))["seats"]
    return next(each["unitId"] for each in seats if each["role"] == role and each["unitId"])


async def refused(office: Api, visitor: Visitor, event: str, of: str, case: Any, **said: Any):
    before = await office.counts()
    answer = await take(visitor, event, of, case, **said)
    assert answer["code"] == "CASE_NOT_READY", answer
    assert await office.counts() == before
    return answer


async def test_who_asked_to_be_heard_is_heard_before_the_decision_and_told_of_remedies(office: Api):
    chief = await office.person(f"section_chief@{BUREAU}")
    act = "EnforcementAct"
    given = {**ACT, "unitId": await unit_of(chief)}
    case = await run(chief, "beginEnforcementAct", act, given)
    case = await take(chief, "investigate", act, case, found="属实")
    await refused(office, chief, "decide", act, case, decision="罚款")
    case = await take(chief, "notify", act, case, notice="拟罚款", hearingAsked=True)
    early = await refused(office, chief, "decide", act, case, decision="罚款")
    assert cites(early) == set() or "enforcement-responsibility/第五條㈢" in cites(early)
    case = await take(chief, "hear", act, case, heard="5月19日听证")
    case = await take(chief, "decide", act, case, decision="罚款")
    assert case["state"] == "decided"
    case = await take(chief, "tellRemedies", act, case, remedies="可复议或诉讼")
    assert case["state"] == "closed"


async def test_without_a_duty_to_notify_an_explanation_is_given_when_asked_for(office: Api):
    chief = await office.person(f"section_chief@{BUREAU}")
    act = "EnforcementAct"
    given = {**ACT, "statutoryNotice": False, "unitId": await unit_of(chief)}
    case = await run(chief, "beginEnforcementAct", act, given)
    case = await take(chief, "investigate", act, case, found="属实")
    case = await take(chief, "explain", act, case, explained="应要求说明")
    assert (await take(chief, "decide", act, case, decision="不予处罚"))["state"] == "decided"


async def test_who_enforces_the_law_is_licensed_and_of_a_section_that_may(office: Api):
    chief = await office.person(f"section_chief@{BUREAU}")
    who = await person_id(chief, f"staff@{BUREAU}")
    line = {
        "fromDay": DAY, "personId": who, "unitId": await unit_of(chief),
        "sectionQualified": True, "enforcementLicence": True, "licenceNumber": "执-1",
    }  # fmt: skip
    before = await office.counts()
    for column in ("sectionQualified", "enforcementLicence"):
        barred = await enter(chief, "EnforcementOfficer", **{**line, column: False})
        assert problems(barred) == {(column, "NOT_ELIGIBLE")}
        assert cites(barred) == {"enforcement-responsibility/第五條㈠"}
    assert await office.counts() == before
    assert "lineId" in await enter(chief, "EnforcementOfficer", **line)


async def test_a_review_has_all_three_methods_and_routine_checks_before_it_is_taken_in(office: Api):
    clerk = await office.person(f"office_clerk@{BUREAU}")
    chief = await office.person(f"section_chief@{BUREAU}")
    review = "EnforcementReview"
    given = {"begunOn": DAY, "unitId": await unit_of(chief)}
    case = await run(clerk, "beginEnforcementReview", review, given)
    case = await take(clerk, "selfAssess", review, case, ownAssessment="良好")
    case = await take(clerk, "assessInMeeting", review, case, meetingAssessment="良好")
    await refused(office, clerk, "takeIn", review, case, result="良好")
    case = await take(clerk, "publicReview", review, case, othersAssessment="良好")
    case = await take(clerk, "countChecks", review, case, routineChecks=0)
    await refused(office, clerk, "takeIn", review, case, result="良好")
    case = await take(clerk, "countChecks", review, case, routineChecks=4)
    assert (await take(clerk, "takeIn", review, case, result="良好"))["state"] == "taken_in"
