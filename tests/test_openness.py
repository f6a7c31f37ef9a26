"""Openness: applications answered in their time, matters on the board, checks that are mended."""

from typing import Any

import pytest

from schema.ground.ids import global_id
from tests.office import Api, cites, problems
from tests.openness import (
    ANSWER,
    ASKED,
    BOARD,
    BOUND,
    BUREAU,
    CENTRE,
    DONE,
    MATTER,
    NOTICE,
    OPINION,
    SCIENCE,
    approved,
    at,
    begin,
    clauses,
    consequences,
    due,
    enter,
    hall_of,
    list_item,
    office,
    on_board,
    take,
    walk,
)
from tests.papers import papers
from tests.register_examples import marks

__all__ = ["office"]


async def test_an_application_is_answered_in_its_time_and_a_telephone_call_extends_nothing(
    office: Api,
):
    office.now = at(4, 29)
    clerk = await office.person(f"openness_office@{CENTRE}")
    group = await office.person(f"party_group@{CENTRE}")
    case = await begin(clerk, "Application", **ASKED)
    assert due(case) == [("五(三)2", "2026-05-09T23:59", "running")]
    case = await take(clerk, "Application", case, "accept")
    assert ("五(三)3", "2026-05-15T23:59", "running") in due(case)
    office.now = at(5, 9)
    await office.clocks()
    warned = (
        "select role from notices n join seats s on s.id = n.to_id where code = 'CLOCK_WARNING'"
    )
    assert await office.value(warned) == "openness_office"
    office.now = at(5, 11)
    await office.clocks()
    before = await office.counts()
    more = {"extensionReason": "资料较多", "extendedUntil": "2026-05-15"}
    by_telephone = await take(clerk, "Application", case, "extend", **more)
    assert problems(by_telephone) == {("notice", "REQUIRED")}
    assert clauses(by_telephone) == {"party-openness/五(三)4"}
    assert await office.counts() == before
    late = {**more, "extendedUntil": "2026-05-18", "notice": NOTICE}
    refused = await take(clerk, "Application", case, "extend", **late)
    assert problems(refused) == {("extendedUntil", "EXTENDED_TOO_FAR")}
    case = await take(clerk, "Application", case, "extend", **more, notice=NOTICE)
    assert due(case) == [
        ("五(三)2", "2026-05-09T23:59", "expired"),
        ("五(三)3", "2026-05-15T23:59", "running"),
        ("五(三)4", "2026-05-15T23:59", "running"),
    ]
    case = await take(clerk, "Application", case, "propose", **OPINION, disclosablePart="FULL")
    assert (await take(clerk, "Application", case, "decideFull"))["code"] == "NOT_YOURS_TO_DO"
    case = await take(group, "Application", case, "decideFull")
    untold = await take(clerk, "Application", case, "answer", **ANSWER)
    assert problems(untold) == {("secrecyRule", "REQUIRED")}
    case = await take(clerk, "Application", case, "answer", **ANSWER, secrecyRule="不涉密")
    assert {state for _, _, state in due(case)} == {"done", "expired"}
    filing = await office.person(f"openness_superior@{CENTRE}")
    await walk(filing, "Application", case, ("file", {"filedWith": "区党务公开办"}))


async def test_who_applies_says_who_they_are_and_in_writing_hands_in_the_form(office: Api):
    staff, before = await office.person(f"staff@{CENTRE}"), await office.counts()
    today = {**ASKED, "receivedOn": "2026-03-02"}
    blank = await begin(staff, "Application", **{**today, "identity": " "})
    assert problems(blank) == {("identity", "REQUIRED")}
    unfilled = await begin(staff, "Application", **{**today, "formPaper": ""})
    assert problems(unfilled) == {("formPaper", "REQUIRED")}
    assert clauses(unfilled) == {"party-openness/五(二)3"}
    assert await office.counts() == before
    oral = {**today, "written": False, "formPaper": ""}
    assert (await begin(staff, "Application", **oral))["state"] == "applied"
    elsewhere = await office.person(f"staff@{BUREAU}")
    assert (await begin(elsewhere, "Application", **oral))["code"] == "CASE_NOT_KEPT_HERE"


@pytest.mark.parametrize("found", ["involvesSecret", "underDeliberation", "itemId"])
async def test_what_is_secret_discussed_or_public_already_is_not_opened_but_explained(
    office: Api, found: str
):
    clerk = await office.person(f"openness_office@{CENTRE}")
    group = await office.person(f"party_group@{CENTRE}")
    lists = await office.person(f"openness_group@{CENTRE}")
    item = await list_item(lists, opennessContent="PARTY_WORK")
    said = {**OPINION, found: item if found == "itemId" else True}

    async def proposed(part: str) -> Any:
        case = await begin(clerk, "Application", **{**ASKED, "receivedOn": "2026-03-02"})
        opinion = {**said, "disclosablePart": part}
        return await walk(clerk, "Application", case, ("accept", {}), ("propose", opinion))

    full, none = await proposed("FULL"), await proposed("PART")
    before = await office.counts()
    refused = await take(group, "Application", full, "decideFull")
    assert {each["code"] for each in refused["problems"]} == {"EXCLUDED"}
    assert clauses(refused) == {"party-openness/五(三)2"}
    mute = await take(group, "Application", none, "decideExplain")
    assert problems(mute) == {("reasons", "REQUIRED")}
    assert await office.counts() == before
    none = await take(group, "Application", none, "decideExplain", reasons="依保密规定")
    assert none["state"] == "decided_explain"


async def test_a_major_matter_hangs_within_the_party_first_and_only_on_the_board(office: Api):
    clerk = await office.person(f"openness_office@{CENTRE}")
    group = await office.person(f"party_group@{CENTRE}")
    reader = await office.person(f"staff@{CENTRE}")
    scope = {"opennessScope": "MAJOR_OR_VITAL_INTEREST", "opennessWay": "AT_ONCE"}
    before = await office.counts()
    for more in ({"audience": "PUBLIC"}, {"audience": "PARTY_FIRST", "onBoard": False}):
        refused = await begin(clerk, "Matter", **{**MATTER, **scope, **more})
        assert clauses(refused) == {"party-openness/四"}
    assert await office.counts() == before
    case = await begin(clerk, "Matter", **MATTER, **scope, audience="PARTY_FIRST")
    assert due(case) == [("三", "2026-03-02T23:59", "running")]
    unapproved = await take(clerk, "Matter", case, "publishInside", **BOARD)
    assert clauses(unapproved) == {"party-openness/四"}
    ordinary = await approved(
        office, "openness.publish", ("openness_group",), CENTRE, opennessScope="ORDINARY"
    )
    another = await take(clerk, "Matter", case, "publishInside", **BOARD, approvalId=ordinary)
    assert ("approvalId", "APPROVED_FOR_ANOTHER") in problems(another)
    major = {"opennessScope": "MAJOR_OR_VITAL_INTEREST"}
    request = await approved(office, "openness.publish", ("openness_group",), CENTRE, **major)
    case = await take(clerk, "Matter", case, "publishInside", **BOARD, approvalId=request)
    assert due(case) == [("三", "2026-03-02T23:59", "done")]
    assert (await on_board(reader), await on_board(group)) == (0, 1)
    case = await take(clerk, "Matter", case, "publish", **BOARD)
    assert (await on_board(reader), await on_board(group)) == (1, 2)
    await walk(clerk, "Matter", case, ("withdraw", {"text": "公开期满"}))
    assert (await on_board(reader), await on_board(group)) == (0, 0)


async def test_a_bound_body_publishes_within_a_week_and_a_routine_list_once_signed(office: Api):
    office.now = at(3, 5)
    clerk = await office.person(f"openness_office@{BUREAU}")
    case = await begin(clerk, "Matter", **BOUND, publicityTopic="IMPORTANT_OR_TEMPORARY")
    assert due(case) == [("三", "2026-03-09T23:59", "running")]
    case = await take(clerk, "Matter", case, "publish", **BOARD)
    assert due(case)[0][2] == "done"
    before = await office.counts()
    unbound = {**BOUND, "publicityTopic": "ROUTINE", "opennessBoundBody": False}
    assert clauses(await begin(clerk, "Matter", **unbound)) == {"openness/一"}
    assert await office.counts() == before
    bound = {**BOUND, "title": "三季度公开内容"}
    routine = await begin(clerk, "Matter", **bound, publicityTopic="ROUTINE")
    unsigned = await take(clerk, "Matter", routine, "publish", **BOARD)
    assert clauses(unsigned) == {"openness/四7"}
    listed = {"publicityTopic": "ROUTINE", "attachments": papers("季度公开内容清单")}
    agreed = await approved(office, "openness.publish", ("leadership_meeting",), BUREAU, **listed)
    unsigned = await take(clerk, "Matter", routine, "publish", **BOARD, approvalId=agreed)
    assert ("approvalId", "APPROVED_FOR_ANOTHER") in problems(unsigned)
    await (await office.person(f"director@{BUREAU}")).agree()
    signed = await take(clerk, "Matter", routine, "publish", **BOARD, approvalId=agreed)
    assert signed.get("state") == "published", signed


async def test_a_plan_is_heard_and_its_opinions_adopted_before_it_is_decided_and_corrected_after(
    office: Api,
):
    clerk = await office.person(f"openness_office@{BUREAU}")
    case = await begin(clerk, "Matter", **BOUND, publicityTopic="CLOSE_TO_MASSES")
    assert "code" in await take(clerk, "Matter", case, "publish", **BOARD)
    unheard = await take(clerk, "Matter", case, "decide", text="直接决定")
    assert clauses(unheard) == {"openness/四3"}
    heard = ("publishPlan", {"plan": "改造方案"}), ("hear", {"opinions": "增设停车位"})
    case = await walk(clerk, "Matter", case, *heard)
    reader = await office.person(f"staff@{BUREAU}")
    other = {**BOUND, "title": "站点调整", "publicityTopic": "CLOSE_TO_MASSES"}
    for plan in ("旧方案", "新方案"):
        dropped = await begin(clerk, "Matter", **other)
        dropped = await take(clerk, "Matter", dropped, "publishPlan", plan=plan)
        assert await on_board(reader) == 2
        await take(clerk, "Matter", dropped, "giveUp", reason="另拟方案")
        assert await on_board(reader) == 1
    ignored = await take(clerk, "Matter", case, "weigh", adopted="不采纳", opinionsAdopted=False)
    assert clauses(ignored) == {"openness/四3"}
    adopted = ("weigh", {"adopted": "增设二十个", "opinionsAdopted": True})
    case = await walk(clerk, "Matter", case, adopted, ("decide", {"text": "会议通过"}))
    case = await walk(clerk, "Matter", case, ("publish", BOARD))
    after = ("receive", {"feedback": "数字有误"}), ("study", {"finding": "属实"})
    case = await walk(clerk, "Matter", case, *after, ("correct", {"correction": "更正为十八个"}))
    assert (await take(clerk, "Matter", case, "publishAgain", **BOARD))["state"] == "published"
    assert await on_board(reader) == 1


async def test_a_suggestion_is_adopted_and_a_problem_solved_or_explained_until_it_is(office: Api):
    clerk = await office.person(f"openness_office@{BUREAU}")
    said = {"receivedOn": "2026-03-02", "content": "路灯不亮"}
    case = await begin(clerk, "Suggestion", **said, opinionKind="PROBLEM")
    refused = await take(clerk, "Suggestion", case, "adopt", adopted="采纳")
    assert clauses(refused) == {"openness/四6"}
    case = await take(clerk, "Suggestion", case, "explain", explained="待更换线路")
    assert (await take(clerk, "Suggestion", case, "solve", solved="已修复"))["state"] == "solved"


async def test_an_office_lists_what_its_own_text_wants_public_and_nothing_else(office: Api):
    for role, at_office, listed, foreign in (
        ("openness_office", BUREAU, "FEE_STANDARDS", "PARTY_WORK"),
        ("office_clerk", SCIENCE, "PROMISES", "FEE_STANDARDS"),
    ):
        keeper = await office.person(f"{role}@{at_office}")
        assert isinstance(await list_item(keeper, opennessContent=listed), str)
        before = await office.counts()
        refused = await list_item(keeper, opennessContent=foreign)
        assert refused["code"] == "NOT_A_KEEPER"
        assert cites([refused["clause"]])[0] in ("openness/二", "government-openness/2")
        silent = await list_item(keeper, opennessContent=listed, opennessWay="PERIODIC")
        assert problems(silent) == {("rhythm", "RHYTHM_OF_PERIODIC")}
        assert await office.counts() == before


async def test_a_circular_that_wants_something_corrected_names_the_day(office: Api):
    clerk = await office.person(f"openness_office@{BUREAU}")
    unit = await office.value("select id from units where institution_id = $1 limit 1", BUREAU)
    said = {"toldOn": "2026-03-02", "unitId": global_id("Unit", unit), "said": "公开不及时"}
    refused = await enter(clerk, "OpennessCircular", **said, opennessVerdict="TO_CORRECT")
    assert problems(refused) == {("correctBy", "CORRECTED_BY_A_DAY")}
    named = {"opennessVerdict": "TO_CORRECT", "correctBy": "2026-03-16"}
    assert isinstance(await enter(clerk, "OpennessCircular", **said, **named), str)


async def test_what_a_check_finds_is_mended_by_the_day_that_its_notice_names(office: Api):
    inspector = await office.person(f"openness_office@{CENTRE}")
    chief = await office.person(f"hall_director@{CENTRE}")
    sheet = {"unitId": await hall_of(office), "checkedOn": "2026-03-02"}
    sheet |= {"marks": marks(CENTRE, "openness.check", kept=False)}
    before = await office.counts()
    undated = await enter(inspector, "OpennessCheck", **sheet)
    assert problems(undated) == {("mendBy", "REQUIRED")}
    assert clauses(undated) == {"party-openness/六、5"}
    assert await office.counts() == before
    await enter(inspector, "OpennessCheck", **sheet, mendBy="2026-03-13")
    shown = "{ rectifications(check: OPENNESS_CHECK) { state dueAt clause { cite } } }"
    [mending] = await chief.one(shown)
    assert (mending["state"], mending["dueAt"][:16]) == ("DUE", "2026-03-13T23:59")
    assert "整改通知" in [each["label"][1:5] for each in await consequences(inspector)]
    assert await office.value(DONE) == "openness-check"
