"""Enforcement: who may act, how a case goes to its end, its papers, and the appraisal of a year."""

from typing import Any
from uuid import uuid4

import pytest

from schema.ground.ids import global_id
from tests.duty import enter
from tests.office import REFUSAL, Api, Visitor
from tests.openness import run
from tests.small_shapes import at
from tests.statements import board, publish
from tests.test_admin_approval import kept
from tests.test_gate import cites, take

HERE = "hrss-bureau"
TABLES = (
    *("enforcement_acts", "enforcement_documents", "enforcement_cases", "enforcement_sections"),
    *("enforcement_reviews", "enforcement_daily_checks", "enforcement_licences", "law_studies"),
)
LAW = "劳动保障监察条例第十一条"


@pytest.fixture
async def bureau(api: Api) -> Api:
    """The labour inspectors stand within the scope, and one of them has a licence."""
    await api.empty(*TABLES, "case_events", "thing_moves", "clocks", "publications")
    api.now = at("2026-05-11 09:00")
    clerk = await api.person(f"office_clerk@{HERE}")
    said = ["duties", "legalBasis", "items", "powers", "targets", "procedure", "liability"]
    section = {"section": "section_inspection", "unitId": await unit(api, "劳动监察大队")}
    await enter(clerk, "EnforcementSection", enteredOn="2026-05-11", **section,
                **dict.fromkeys(said, LAW))  # fmt: skip
    await licence(api, "廖德明", "2026-05-31")
    return api


async def unit(api: Api, name: str) -> str:
    found = "select id from units where institution_id = $1 and name = $2"
    return global_id("Unit", await api.value(found, HERE, name))


async def person(api: Api, name: str) -> str:
    found = "select id from people where institution_id = $1 and name = $2"
    return global_id("Person", await api.value(found, HERE, name))


async def account(api: Api, name: str) -> Visitor:
    found = "select account from people where institution_id = $1 and name = $2"
    return await api.person(await api.value(found, HERE, name))


async def licence(api: Api, name: str, until: str) -> Any:
    clerk = await api.person(f"office_clerk@{HERE}")
    given = {"licenceNumber": f"鲁执{name}", "officerId": await person(api, name),
             "validFrom": "2024-06-01", "validUntil": until,
             "idempotencyKey": str(uuid4()),
    }  # fmt: skip
    return await clerk.one(
        "mutation ($input: AddEnforcementLicenceInput!) { addEnforcementLicence(input: $input)"
        f" {{ ... on ThingKept {{ thingId version }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": given},
    )


async def acted(bureau: Api, who: str, where: str = "劳动监察大队", **more: Any) -> Any:
    given = {"doneOn": f"{bureau.now:%Y-%m-%d}", "unitId": await unit(bureau, where),
             "officerId": await person(bureau, who), "actKind": "INSPECTION", "party": "蓝天公司",
             "legalBasis": LAW, **more}  # fmt: skip
    return await enter(await account(bureau, who), "EnforcementAct", **given)


async def test_only_a_licensed_officer_of_a_section_within_the_scope_acts(bureau: Api):
    assert "lineId" in await acted(bureau, "廖德明")
    await licence(bureau, "姜萍", "2027-01-01")
    before = await kept(bureau)
    refused = await acted(bureau, "谢淑珍")
    assert cites(refused) == {"enforcement-responsibility/第五條㈠"}
    second = await acted(bureau, "廖德明", secondOfficerId=await person(bureau, "谢淑珍"))
    assert cites(second) == {"enforcement-responsibility/第五條㈠"}
    assert (await acted(bureau, "许小红", "办公室"))["problems"]
    bureau.now = at("2026-06-08 09:00")
    late = await acted(bureau, "廖德明")
    assert cites(late) == {"enforcement-responsibility/第五條㈠"}
    assert (await opened(bureau))["code"] == "CASE_NOT_READY"
    assert {**await kept(bureau), "clocks": 0} == {**before, "clocks": 0}


async def opened(bureau: Api, **more: Any) -> Any:
    given = {"openedOn": f"{bureau.now:%Y-%m-%d}", "unitId": await unit(bureau, "劳动监察大队"),
             "officerId": await person(bureau, "廖德明"), "party": "蓝天公司", "legalBasis": LAW,
             "business": "拖欠工资", "noticeByLaw": True, **more}  # fmt: skip
    return await run(
        await account(bureau, "侯金龙"), "beginEnforcementCase", "EnforcementCase", given
    )


async def on(bureau: Api, event: str, case: Any, **said: Any) -> Any:
    return await take(await account(bureau, "廖德明"), event, "EnforcementCase", case, **said)


async def test_a_case_is_decided_once_the_party_was_told_and_heard_and_closed_with_the_remedies(
    bureau: Api,
):
    case = await opened(bureau, hearingByLaw=True, decideBy="2026-07-10")
    case = await on(bureau, "investigate", case, investigated="查明欠薪三个月")
    [term] = case["clocks"]
    assert term["dueAt"].startswith("2026-07-10")
    case = await on(bureau, "notify", case, intended="罚款二万元", toldOn="2026-05-11")
    case = await on(bureau, "defend", case, defence="要求听证")
    before = await kept(bureau)
    refused = await on(bureau, "decide", case, decision="罚款二万元")
    assert refused["clause"]["cite"] == "第五條㈢", refused
    assert await kept(bureau) == before
    case = await on(bureau, "hear", case, hearing="听取陈述", heardOn="2026-05-11")
    case = await on(bureau, "decide", case, decision="罚款二万元")
    assert (await on(bureau, "tellRemedies", case))["code"] != "", "the remedies are asked for"
    told = {"remedies": "六十日内复议，六个月内诉讼", "remediesToldOn": "2026-05-11"}
    assert (await on(bureau, "tellRemedies", case, **told))["state"] == "closed"
    plain = await on(bureau, "investigate", await opened(bureau, noticeByLaw=False, termDays=60),
                     investigated="无违法")  # fmt: skip
    assert [each["dueAt"][:10] for each in plain["clocks"]] == ["2026-07-10"]
    plain = await on(bureau, "explain", plain, explanation="应当事人要求说明")
    assert (await on(bureau, "decide", plain, decision="不予处罚"))["state"] == "decided"
    paper = {"enforcementCaseId": case["id"], "issuedOn": "2026-05-11", "title": "处罚决定书",
             "fileNumber": "鲁监罚2026-1"}  # fmt: skip
    officer = await account(bureau, "廖德明")
    refused = await enter(officer, "EnforcementDocument", **paper, uniform=False)
    assert cites(refused) == {"enforcement-responsibility/第十三條"}
    assert "lineId" in await enter(officer, "EnforcementDocument", **paper, uniform=True)


async def test_the_appraisal_of_a_section_has_its_three_parts_and_rests_on_routine_checks(
    bureau: Api,
):
    clerk, head = await bureau.person(f"office_clerk@{HERE}"), await account(bureau, "侯金龙")
    where = await unit(bureau, "劳动监察大队")
    given = {"openedOn": "2026-05-11", "unitId": where, "year": 2026,
             "headId": await person(bureau, "侯金龙")}  # fmt: skip
    case = await run(clerk, "beginEnforcementReview", "EnforcementReview", given)
    assert (await run(clerk, "beginEnforcementReview", "EnforcementReview", given))["code"] == (
        "BEGUN_ALREADY"
    )
    of = "EnforcementReview"
    case = await take(head, "selfAssess", of, case, selfAssessment="良好")
    case = await take(clerk, "assessInMeeting", of, case, meetingAssessment="良好")
    refused = await take(clerk, "carryOver", of, case, verdict="合格")
    assert refused["code"] == "CASE_NOT_READY", refused
    case = await take(clerk, "publicReview", of, case, publicAssessment="满意")
    before = await kept(bureau)
    refused = await take(clerk, "carryOver", of, case, verdict="合格")
    assert cites(refused) == {"enforcement-responsibility/第十六條"}
    assert await kept(bureau) == before
    check = {"checkedOn": "2026-05-11", "unitId": where, "inOrder": True, "finding": "文书齐全"}
    await enter(clerk, "EnforcementDailyCheck", **check)
    assert (await take(clerk, "carryOver", of, case, verdict="合格"))["state"] == "carried_over"


async def test_a_licence_that_runs_out_is_told_thirty_days_before(bureau: Api):
    await licence(bureau, "谢淑珍", "2026-07-15")
    bureau.now = at("2026-06-16 09:30")
    await bureau.clocks()
    clerk = await bureau.person(f"office_clerk@{HERE}")
    told = str(await clerk.one("{ notices { edges { node { sentence } } } }"))
    assert "换领证件" in told


async def test_the_office_makes_known_what_enforcement_rests_on_and_how_it_is_appraised(
    bureau: Api,
):
    clerk, officer = await bureau.person(f"office_clerk@{HERE}"), await account(bureau, "廖德明")
    where = await unit(bureau, "劳动监察大队")
    held = {"heldOn": "2026-05-11", "unitId": where, "law": LAW, "studyForm": "集中学习", "came": 4}
    assert "lineId" in await enter(officer, "EnforcementStudy", **held, studyKind="STUDY")
    said = {"day": "2026-05-11", "title": "执法依据", "text": "劳动保障监察条例"}
    refused = await publish(officer, statement="ENFORCEMENT_POLICY", **said)
    assert refused["code"] == "NOT_YOURS_TO_PUBLISH"
    everybody = await publish(clerk, statement="ENFORCEMENT_POLICY", **said)
    own = await publish(clerk, statement="ENFORCEMENT_METHOD", **{**said, "title": "考核办法"})
    assert (everybody["reach"], own["reach"]) == ("EVERYBODY", "OFFICE")
    other = await bureau.person("staff@construction-bureau")
    assert [each["title"] for each in await board(other, 'institution: "hrss-bureau"')] == [
        "执法依据"
    ]
    query = """{ enforcementYearStatement(from: "2026-01-01", to: "2026-12-31") {
        lines { name study } } }"""
    assert {"name": "劳动监察大队", "study": 1} in (await clerk.one(query))["lines"]
