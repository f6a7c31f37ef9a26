"""Integrity: gifts until they are handed in, plans and their tasks, letters, cases told upwards."""

from typing import Any

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import KEPT_BACK, Api, Visitor, cites, problems
from tests.openness import run
from tests.owed import duties, unit_of
from tests.small_shapes import at
from tests.test_gate import take

BUREAU, CENTRE, SCIENCE = "construction-bureau", "service-centre", "science-bureau"
TABLES = (
    *("integrity_gifts", "integrity_gift_money", "integrity_tasks", "integrity_plans"),
    *("integrity_analyses", "integrity_letters", "integrity_talks", "integrity_inquiries"),
    *("case_events", "cadence_records", "clocks"),
)
GIFT = {"explanation": "购物卡一张", "amount": "30", "couldNotRefuse": True}
GIFTS = "{ integrityGifts { edges { node { id version state gift handedTo handedOn } } } }"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty(*TABLES)
    api.now = at("2026-06-09 10:00")
    return api


async def listed(visitor: Visitor, query: str) -> list[Any]:
    return [edge["node"] for edge in (await visitor.one(query))["edges"]]


async def test_a_gift_stays_open_until_it_is_handed_in_whatever_it_is_worth(office: Api):
    staff = await office.person(f"staff@{BUREAU}")
    request = await staff.submit("gift.surrender", {**GIFT, "giver": "某公司"})
    assert (request["status"], request["steps"]) == ("APPROVED", [])
    [gift] = await listed(staff, GIFTS)
    assert (gift["state"], gift["gift"], gift["handedTo"]) == ("registered", "购物卡一张", "")
    before = await office.counts()
    ahead = await take(
        staff, "handIn", "IntegrityGift", gift, handedTo="纪检组", handedOn="2026-06-10"
    )
    assert problems(ahead) == {("handedOn", "NOT_YET_HAPPENED")}
    assert await office.counts() == before
    done = await take(
        staff, "handIn", "IntegrityGift", gift, handedTo="纪检组", handedOn="2026-06-09"
    )
    assert done["state"] == "handed_in"


async def test_who_would_give_a_gift_is_refused_by_the_clause_that_forbids_it(office: Api):
    staff = await office.person(f"staff@{BUREAU}")
    before = await office.counts()
    for way in ("GIVEN", "DEMANDED"):
        refused = await staff.submit("gift.surrender", {**GIFT, "giftWay": way})
        assert refused["code"] == "INVALID_INPUT"
        assert problems(refused) == {("giftWay", "NOT_ELIGIBLE")}
        assert cites([refused["clause"]]) == ["integrity-code/一"]
    counts = await office.counts()
    kept = {name for name, number in counts.items() if number != before[name]}
    assert kept <= set(KEPT_BACK)


async def test_gift_money_of_a_leading_cadre_stays_open_until_it_is_handed_in(office: Api):
    head = await office.person(f"discipline_head@{SCIENCE}")
    whose = await person_id(head, f"deputy_in_charge@{SCIENCE}")
    given = {"receivedOn": "2026-06-08", "personId": whose, "amount": "2000"}
    case = await run(head, "beginIntegrityGiftMoney", "IntegrityGiftMoney", given)
    assert case["state"] == "registered"
    handed = {"handedTo": "市纪委", "handedOn": "2026-06-09"}
    case = await take(head, "handIn", "IntegrityGiftMoney", case, **handed)
    assert case["state"] == "handed_in"


async def test_a_case_of_discipline_is_told_to_the_city_before_it_is_concluded(office: Api):
    head = await office.person(f"discipline_head@{SCIENCE}")
    filed = {"filedOn": "2026-06-01", "subject": "违规报销"}
    case = await run(head, "beginIntegrityInquiry", "IntegrityInquiry", filed)
    ended = {"concludedOn": "2026-06-09", "outcome": "诫勉"}
    before = await office.counts()
    early = await take(head, "conclude", "IntegrityInquiry", case, **ended)
    assert early["code"] == "CASE_NOT_READY"
    assert await office.counts() == before
    case |= await take(head, "reportUp", "IntegrityInquiry", case, reportedOn="2026-06-02")
    assert (await take(head, "conclude", "IntegrityInquiry", case, **ended))["state"] == "concluded"


async def test_letters_of_responsibility_are_signed_once_a_year_and_talks_are_kept(office: Api):
    head = await office.person(f"discipline_head@{SCIENCE}")
    whose = await person_id(head, f"deputy_in_charge@{SCIENCE}")
    letter = {"signedOn": "2026-03-01", "year": 2026, "personId": whose}
    owed = await duties(head, "签订党风廉政建设责任书")
    assert {state for _, state in owed} == {"DUE"}
    assert "lineId" in await enter(head, "IntegrityLetter", **letter)
    signed = [state for _, state in await duties(head, "签订党风廉政建设责任书")]
    assert (signed.count("DONE"), len(signed)) == (1, len(owed))
    before = await office.counts()
    again = await enter(head, "IntegrityLetter", **{**letter, "signedOn": "2026-05-01"})
    assert again["code"] == "ENTERED_ALREADY"
    assert await office.counts() == before
    talk = {"heldOn": "2026-06-01", "talkKind": "TALK", "called": "廉政谈话", "personId": whose}
    assert "lineId" in await enter(head, "IntegrityTalk", **talk)


async def test_each_task_of_a_plan_has_a_leader_and_a_section_and_is_carried_out_and_checked(
    office: Api,
):
    clerk = await office.person(f"office_clerk@{CENTRE}")
    analysis = {"analysedOn": "2026-06-01", "body": "中心党组会议", "findings": "总体良好"}
    line = await enter(clerk, "IntegrityAnalysis", **analysis)
    owed = await duties(clerk, "专题分析党风廉政状况")
    assert [state for _, state in owed].count("DONE") == 1
    begun = {"begunOn": "2026-06-02", "title": "二〇二六年计划"}
    plan = await run(clerk, "beginIntegrityPlan", "IntegrityPlan", begun)
    plan |= await take(clerk, "analyse", "IntegrityPlan", plan, analysisId=line["lineId"])
    plan |= await take(clerk, "plan", "IntegrityPlan", plan, contents="五项任务")
    assert plan["state"] == "planned"
    planned = {"planId": plan["id"], "plannedOn": "2026-06-02", "title": "窗口廉政风险排查"}
    task = await run(clerk, "beginIntegrityTask", "IntegrityTask", planned)
    leader = await person_id(clerk, f"hall_leader@{CENTRE}")
    before = await office.counts()
    half = await take(clerk, "divide", "IntegrityTask", task, leaderId=leader)
    assert problems(half) == {("unitId", "REQUIRED")}
    early = await take(clerk, "carryOut", "IntegrityTask", task, carriedOut="已排查")
    assert early["code"] == "CASE_NOT_READY"
    assert await office.counts() == before
    unit = await unit_of(await office.person(f"section_chief@{CENTRE}"))
    task |= await take(clerk, "divide", "IntegrityTask", task, leaderId=leader, unitId=unit)
    task |= await take(clerk, "carryOut", "IntegrityTask", task, carriedOut="已排查")
    task |= await take(clerk, "check", "IntegrityTask", task, checked="已抽查")
    assert task["state"] == "checked"
