"""Major decisions and what meetings decide: each stage by its clause, down to what came of it."""

from typing import Any

from tests.document_office import ALSO, CENTRE, CLERK, SIGNED_IN, Papers, why
from tests.office import Api, Visitor, problems
from tests.papers import demanded
from tests.sittings import TABLES, at_a_meeting, keep

HERE = "hrss-bureau"
ALSO |= {"DecisionMatter": "title tasks", "MeetingDecision": "title outcome"}
CHIEF = "section_chief"
ASKED = {"publicConcern": True, "needsComparison": True, "disputed": False}


async def office(api: Api, institution: str, of: str) -> Papers:
    SIGNED_IN.clear()
    await api.empty("decision_matters", "meeting_decisions", "case_events", "notices", *TABLES)
    return Papers(api, institution, of)


async def unit(papers: Papers, role: str) -> str:
    seats = (await (await papers.as_(role)).one("{ viewer { seats { unitId } } }"))["seats"]
    return str(seats[0]["unitId"])


async def begun(api: Api, **asked: Any) -> Papers:
    papers = await office(api, HERE, "DecisionMatter")
    given = {"title": "就业补贴办法", "category": "REFORM", "unitId": await unit(papers, CHIEF)}
    done = await papers.begin(CHIEF, **given, **{**ASKED, **asked})
    assert done["state"] == "assigned", done
    return papers


async def drafted(papers: Papers, options: int) -> None:
    assert ("REQUIRED", "第七條至第十六條") in await papers.no(CHIEF, "research")
    await papers.goes(CHIEF, "research", "researched", research="调研报告")
    given = {"options": "备选方案", "decisionOptions": options, "optionsSound": False}
    assert ("GUARD_NOT_MET", "第九條㈠-㈣") in await papers.no(CHIEF, "draft", **given)
    given["optionsSound"] = True
    await papers.goes(CHIEF, "draft", "drafted", **given)


PAPERS = {"legalBasis": "就业促进法", "bodiesOpinions": "财政局同意", "costBenefit": "年支出二百万"}


async def told(papers: Papers, role: str) -> set[str]:
    notices = await (await papers.as_(role)).one("{ notices { edges { node { code } } } }")
    return {edge["node"]["code"] for edge in notices["edges"]}


async def test_a_matter_of_public_concern_is_not_submitted_unheard_nor_with_one_option(api: Api):
    papers = await begun(api)
    await drafted(papers, 1)
    unheard = await papers.no(CHIEF, "submit", **PAPERS)
    assert {code for code, _ in unheard} == {"GUARD_NOT_MET"}
    assert ("REQUIRED", "第十條") in await papers.no(CHIEF, "hear_public", heardBy="HEARING")
    heard = {"heardBy": "HEARING", "opinions": "采纳三条，未采纳一条"}
    await papers.goes(CHIEF, "hear_public", "heard", **heard)
    single = await papers.no(CHIEF, "submit", **PAPERS)
    assert {code for code, _ in single} == {"GUARD_NOT_MET"}
    two = {"options": "备选方案一、二", "decisionOptions": 2, "optionsSound": True}
    await papers.goes(CHIEF, "draft", "heard", **two)
    await papers.goes(CHIEF, "submit", "submitted", **PAPERS)


async def resolved_by_those_heard(papers: Papers, clerk: Visitor, step: str) -> str:
    """Nothing is resolved before the section, the absent deputy and each who came were heard."""
    who = {
        role: await papers.person(role)
        for role in (CHIEF, "deputy_in_charge", "deputy_in_charge_2", "director", "party_group")
    }
    called = await keep(
        *(clerk, "callSitting"),
        body="party_group",
        beginsAt=papers.api.now.isoformat(),
        agenda=[{"stepId": step}],
        invited=[who[CHIEF]],
    )
    asked = {each["id"]: each["sitsIn"] for each in called["due"]}
    assert (asked[who["party_group"]], asked[who[CHIEF]]) == (False, True)
    for role in (CHIEF, "party_group"):
        assert "SITTING_CALLED" in await told(papers, role)
    present = (CHIEF, "party_group", "deputy_in_charge_2")
    members = [{"personId": who[each], "attended": True} for each in present]
    members += [{"personId": who["deputy_in_charge"], "attended": False}]
    came = await keep(clerk, "recordAttendance", sittingId=called["id"], members=members)
    assert (came["eligible"], came["present"]) == (3, 2), "who explains it is not counted"
    item = called["items"][0]["id"]
    given = {"itemId": item, "inFavour": 2, "finding": "PASSED", "reason": "一致同意"}
    told_so = {"personId": who["deputy_in_charge"], "said": "书面建议采用方案二"}
    explained = {"personId": who[CHIEF], "said": "说明方案并答询"}
    agreed = [{"personId": who[each], "said": "同意"} for each in present[1:]]
    for heard in ([], [explained, told_so], [told_so, *agreed], [explained, *agreed]):
        silent = await keep(clerk, "recordVote", **given, heard=heard)
        assert problems(silent) == {("heard", "NOT_HEARD")}, heard
        assert silent["problems"][0]["clause"]["cite"] == "第十二條"
    done = await keep(clerk, "recordVote", **given, heard=[explained, told_so, *agreed])
    assert done["items"][0]["outcome"] == "PASSED", done
    assert [each["inWriting"] for each in done["items"][0]["heard"]] == [False, True, False, False]
    return str(called["id"])


async def test_a_decision_is_resolved_filed_divided_published_and_supervised(api: Api):
    papers = await begun(api, publicConcern=False)
    await drafted(papers, 2)
    thin = await papers.no(CHIEF, "submit", **{**PAPERS, "costBenefit": ""})
    assert {code for code, _ in thin} == {"REQUIRED"}
    await papers.goes(CHIEF, "submit", "submitted", **PAPERS)
    form = {"explanation": "就业补贴办法", "major": True, "urgency": "NORMAL"}
    form["attachments"] = demanded(HERE, "decision.major")
    asked = await papers.asked("decision.major", "staff", **form)
    named = {"resolutionId": asked["id"]}
    waiting = await papers.no(CLERK, "resolve", **named)
    assert {code for code, _ in waiting} == {"APPROVED_FOR_ANOTHER"}
    group, clerk = await papers.as_("party_group"), await papers.as_(CLERK)
    before = await api.counts()
    [waiting] = await group.inbox()
    offered = {each["action"]: each for each in waiting["node"]["allowedActions"]}
    assert offered["AGREE"]["refusal"]["code"] == "MEETING_ASKED", "what is refused is not offered"
    assert (offered["RETURN"]["allowed"], offered["AGREE"]["allowed"]) == (True, False)
    refused = await group.agree()
    assert (refused["code"], refused["clause"]["cite"]) == ("MEETING_ASKED", "第六條")
    assert await api.counts() == before
    sitting = await resolved_by_those_heard(papers, clerk, asked["steps"][0]["id"])
    await papers.goes(CLERK, "resolve", "resolved", **named)
    resolved = papers.case
    again = {"title": "另一办法", "category": "PLAN", "unitId": await unit(papers, CHIEF)}
    await papers.begin(CHIEF, **again, **(ASKED | {"publicConcern": False}))
    await drafted(papers, 2)
    await papers.goes(CHIEF, "submit", "submitted", **PAPERS)
    spent = await papers.no(CLERK, "resolve", **named)
    assert {code for code, _ in spent} == {"APPROVAL_OF_ANOTHER"}, "one resolution, one matter"
    papers.case = resolved
    assert {code for code, _ in await papers.no(CHIEF, "archive", filedAs="1")} == {
        "NOT_YOURS_TO_DO"
    }
    unminuted = await papers.no(CLERK, "archive", filedAs="2026-永久-12")
    assert {code for code, _ in unminuted} == {"MINUTES_OPEN"}
    await keep(clerk, "closeMinutes", sittingId=sitting, minutes="一致同意方案二")
    await papers.goes(CLERK, "archive", "archived", filedAs="2026-永久-12")
    divided = {"tasks": "制定细则", "responsibleId": await unit(papers, CHIEF)}
    assert {c for c, _ in await papers.no(CLERK, "divide_tasks", **divided)} == {"REQUIRED"}
    divided |= {"requirements": "六月底前", "leadId": await papers.person("deputy_in_charge")}
    await papers.goes(CLERK, "divide_tasks", "tasks_divided", **divided)
    assert "DECISION_TO_CARRY_OUT" in await told(papers, "deputy_in_charge"), "one deputy leads"
    shown = {"publishedOn": "2026-03-02", "publishedWhere": "政府信息公开网"}
    secret = await papers.no(CLERK, "publish", involvesSecret=True, **shown)
    assert {code for code, _ in secret} == {"GUARD_NOT_MET"}
    await papers.goes(CLERK, "publish", "tasks_divided", involvesSecret=False, **shown)
    assert "DECISION_HINDERED" not in await told(papers, "director")
    await papers.goes(CHIEF, "report_obstacle", "hindered", obstacle="上级资金未到位")
    for role in ("director", "deputy_in_charge"):
        assert "DECISION_HINDERED" in await told(papers, role)
    assert "DECISION_HINDERED" not in await told(papers, CLERK)
    await papers.goes(CLERK, "supervise", "hindered", supervision="进度滞后，已催办")
    assert "DECISION_SUPERVISED" in await told(papers, "deputy_in_charge")
    await papers.goes(CLERK, "divide_tasks", "tasks_divided", **divided)
    await papers.goes(CHIEF, "execute", "executed", outcome="细则已印发")
    await papers.goes(CLERK, "supervise", "supervised", supervision="按期完成")
    assert "DECISION_SUPERVISED" in await told(papers, "director")


async def test_a_decision_whose_aim_cannot_be_reached_is_carried_out_in_part_until_it_is_changed(
    api: Api,
):
    clerk = await api.person(f"{CLERK}@{HERE}")
    ask = """query ($input: PathPreviewInput!) { pathPreview(input: $input) {
      ... on PathPreview { to } ... on Refusal { code } } }"""

    async def leads(at: str, event: str) -> Any:
        given = {"institution": HERE, "path": "decision.major", "from": at, "attempt": event}
        return await clerk.one(ask, {"input": given})

    assert await leads("tasks_divided", "execute") == {"to": "executed"}
    assert await leads("hindered", "execute") == {"to": "executed_in_part"}
    assert await leads("executed_in_part", "supervise") == {"to": "executed_in_part"}
    assert await leads("executed_in_part", "resolve") == {"to": "resolved"}


async def test_what_a_meeting_decides_is_carried_out_checked_and_led_where_that_is_asked(api: Api):
    papers = await office(api, CENTRE, "MeetingDecision")
    given = {"title": "窗口调整", "discussedOn": "2026-03-02", "discussion": "各窗口负责人意见"}
    await papers.as_("staff")
    before = await api.counts()
    assert (await papers.begin("staff", **given))["code"] == "NOT_A_KEEPER"
    assert await api.counts() == before
    ahead = await papers.begin(CLERK, **given | {"discussedOn": "2026-12-20"})
    assert problems(ahead) == {("discussedOn", "NOT_YET_HAPPENED")}
    await papers.begin(CLERK, **given)
    assert {c for c, _ in await papers.no(CLERK, "decide", decision="同意")} == {"NOT_YOURS_TO_DO"}
    await papers.goes("party_secretary", "decide", "decided", decision="三月底前调整")
    deputy, staff = await papers.person("deputy_in_charge"), await papers.person("staff")
    assert ("REQUIRED", "八") in await papers.no(CLERK, "assign", leaderId=deputy)
    past = {"leaderId": deputy, "responsibleId": staff, "dueOn": "2026-03-01"}
    assert await papers.no(CLERK, "assign", **past) == {("END_BEFORE_START", "八")}
    named = {"leaderId": deputy, "responsibleId": staff, "dueOn": "2026-03-04"}
    await papers.goes(CLERK, "assign", "implementing", **named)
    assert not (await papers.read(CLERK))["overdue"]
    await api.wait(days=4)
    assert (await papers.read(CLERK))["overdue"], "carried out by nobody when it was due"
    assert "DECISION_TO_CARRY_OUT" in await told(papers, "staff")
    found = {"checked": "一处未落实", "leaderSupervisionNeeded": True}
    await papers.goes(CLERK, "check", "checked", **found)
    urged = await papers.no(CLERK, "finish", outcome="已催办")
    assert urged == {("GUARD_NOT_MET", "八")}, "not closed by urging what a leader has to supervise"
    await papers.goes("director", "lead", "leader_supervised", supervision="督办")
    found["leaderSupervisionNeeded"] = False
    for _ in range(2):
        await papers.goes(CLERK, "check", "checked", **found)
    assert "DECISION_URGED" in await told(papers, "staff"), "who carries it out is urged"
    unasked = why(await papers.act("director", "lead", supervision="督办"))
    assert {code for code, _ in unasked} == {"GUARD_NOT_MET"}
    await papers.goes(CLERK, "finish", "done", outcome="已全部调整")


async def test_who_takes_the_minutes_records_the_vote_on_a_request_and_nobody_else_does(api: Api):
    await api.empty(*TABLES)
    there = "township-government"
    asked = demanded(there, "housing.rural_build")
    staff, clerk = await api.person(f"staff@{there}"), await api.person(f"{CLERK}@{there}")
    form = {"explanation": "农民张三建房", "attachments": asked}
    request = await staff.submit("housing.rural_build", form)
    step = request["steps"][0]["id"]
    assert (await clerk.decide(step))["code"] in ("REQUEST_NOT_FOUND", "NOT_YOUR_STEP")
    called = {
        "body": "director_meeting",
        "beginsAt": api.now.isoformat(),
        "agenda": [{"stepId": step}],
    }
    assert (await keep(staff, "callSitting", **called))["code"] == "NOT_YOUR_BODY"
    done = await at_a_meeting(clerk, "director_meeting", step, 4, of=5)
    assert done["items"][0]["outcome"] == "PASSED", done
    decided = "select decided_by from steps where decided_by is not null"
    me = "select person_id from accounts where account = $1"
    assert await api.value(decided) == await api.value(me, clerk.account)
