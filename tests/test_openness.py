"""Openness: applications answered in their time, matters on the board, checks that are mended."""

from datetime import datetime

import pytest

from domain.time.moments import OFFICE_TIME
from schema.ground.ids import global_id
from tests.office import Api, cites, problems
from tests.openness import (
    approved,
    begin,
    clauses,
    consequences,
    decide,
    due,
    enter,
    list_item,
    take,
)
from tests.registers import marks

CENTRE, BUREAU, SCIENCE = "service-centre", "construction-bureau", "science-bureau"
ASKED = {
    "receivedOn": "2026-04-29",
    "written": True,
    "applicantName": "李敏",
    "identity": "中心党支部党员",
    "content": "2025年党费收支明细",
    "grounds": "了解党费使用情况",
    "formPaper": "党务信息公开申请表-李敏.pdf",
}
NOTICE = {"name": "延期告知书.pdf", "sha256": "2" * 64}
OPINION = {"opinion": "可以公开", "involvesSecret": False, "underDeliberation": False}
ANSWER = {
    "answer": "全部公开",
    "answerScope": "申请人",
    "answerWay": "书面",
    "answerTime": "2026年5月13日",
}
MATTER = {"title": "事项", "content": "内容", "settledOn": "2026-03-02", "onBoard": True}
BOARD = {"board": "一楼公开栏"}


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=OFFICE_TIME)


@pytest.fixture
async def office(api: Api) -> Api:
    await api.run("set session_replication_role = replica")
    tables = "openness_items, openness_checks, openness_appraisals, openness_circulars, check_marks"
    await api.run(f"truncate {tables}, mend_turns, consequence_turns cascade")
    await api.run("set session_replication_role = origin")
    return api


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
    office.now = at(5, 11)
    await office.clocks()
    before = await office.counts()
    more = {"extensionReason": "资料较多", "extendedUntil": "2026-05-15"}
    by_telephone = await take(clerk, "Application", case, "extend", **more)
    assert problems(by_telephone) == {("notice", "REQUIRED")}
    assert clauses(by_telephone) == {"party-openness/五(三)4"}
    assert await office.counts() == before
    late = {**more, "extendedUntil": "2026-05-18", "notice": NOTICE}
    assert problems(await take(clerk, "Application", case, "extend", **late)) == {
        ("extendedUntil", "EXTENDED_TOO_FAR")
    }
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
    case = await take(filing, "Application", case, "file", filedWith="区党务公开办")
    assert case["state"] == "filed"


async def test_who_applies_says_who_they_are_and_in_writing_hands_in_the_form(office: Api):
    staff, before = await office.person(f"staff@{CENTRE}"), await office.counts()
    today = {**ASKED, "receivedOn": "2026-03-02"}
    blank = await begin(staff, "Application", **{**today, "identity": " "})
    assert problems(blank) == {("identity", "REQUIRED")}
    unfilled = await begin(staff, "Application", **{**today, "formPaper": ""})
    assert problems(unfilled) == {("formPaper", "REQUIRED")}
    assert clauses(unfilled) == {"party-openness/五(二)3"}
    assert await office.counts() | {"sessions": 0} == before | {"sessions": 0}
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
    case = await begin(clerk, "Application", **{**ASKED, "receivedOn": "2026-03-02"})
    case = await take(clerk, "Application", case, "accept")
    said = {**OPINION, found: item if found == "itemId" else True}
    full = await take(clerk, "Application", case, "propose", **said, disclosablePart="FULL")
    before = await office.counts()
    refused = await take(group, "Application", full, "decideFull")
    assert {each["code"] for each in refused["problems"]} == {"EXCLUDED"}
    assert clauses(refused) == {"party-openness/五(三)2"}
    partly = await take(group, "Application", full, "decidePart", reasons="部分不宜公开")
    assert {each["code"] for each in partly["problems"]} >= {"GUARD_NOT_MET"}
    assert await office.counts() == before
    other = await begin(clerk, "Application", **{**ASKED, "receivedOn": "2026-03-02"})
    other = await take(clerk, "Application", other, "accept")
    other = await take(clerk, "Application", other, "propose", **said, disclosablePart="NONE")
    mute = await take(group, "Application", other, "decideExplain")
    assert problems(mute) == {("reasons", "REQUIRED")}
    other = await take(group, "Application", other, "decideExplain", reasons="依保密规定")
    assert other["state"] == "decided_explain"


async def test_a_major_matter_hangs_within_the_party_first_and_only_on_the_board(office: Api):
    clerk = await office.person(f"openness_office@{CENTRE}")
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
    case = await take(clerk, "Matter", case, "publish", **BOARD)
    reader = await office.person(f"staff@{CENTRE}")
    shown = "{ opennessMatters(filter: {published: true}) { edges { node { board } } } }"
    assert (await reader.one(shown))["edges"] == [{"node": BOARD}]
    await take(clerk, "Matter", case, "withdraw", text="公开期满")
    assert (await reader.one(shown))["edges"] == []


async def test_what_was_settled_is_public_within_a_week_and_a_routine_list_once_signed(
    office: Api,
):
    office.now = at(3, 5)
    clerk = await office.person(f"openness_office@{BUREAU}")
    bound = {**MATTER, "audience": "PUBLIC", "opennessBoundBody": True}
    case = await begin(clerk, "Matter", **bound, publicityTopic="IMPORTANT_OR_TEMPORARY")
    assert due(case) == [("三", "2026-03-09T23:59", "running")]
    case = await take(clerk, "Matter", case, "publish", **BOARD)
    assert due(case)[0][2] == "done"
    routine = await begin(clerk, "Matter", **bound, publicityTopic="ROUTINE")
    unsigned = await take(clerk, "Matter", routine, "publish", **BOARD)
    assert "openness/四7" in clauses(unsigned)


async def test_what_hangs_on_the_openness_day_is_that_days_duty_done(office: Api):
    clerk = await office.person(f"openness_office@{BUREAU}")
    done = "select count(*) from cadence_records where cadence = 'openness-day'"
    for day, times in ((9, 0), (10, 1)):
        office.now = at(4, day)
        bound = {**MATTER, "audience": "PUBLIC", "opennessBoundBody": True}
        case = await begin(clerk, "Matter", **bound, publicityTopic="IMPORTANT_OR_TEMPORARY")
        assert (await take(clerk, "Matter", case, "publish", **BOARD))["state"] == "published"
        assert await office.value(done) == times


async def test_only_a_body_that_is_bound_to_openness_publishes(office: Api):
    clerk, before = await office.person(f"openness_office@{BUREAU}"), await office.counts()
    said = {**MATTER, "audience": "PUBLIC", "publicityTopic": "ROUTINE"}
    refused = await begin(clerk, "Matter", **said, opennessBoundBody=False)
    assert clauses(refused) == {"openness/一"}
    assert await office.counts() == before


async def test_a_plan_is_heard_and_its_opinions_adopted_before_it_is_decided_and_corrected_after(
    office: Api,
):
    clerk = await office.person(f"openness_office@{BUREAU}")
    said = {**MATTER, "audience": "PUBLIC", "opennessBoundBody": True}
    case = await begin(clerk, "Matter", **said, publicityTopic="CLOSE_TO_MASSES")
    assert "code" in await take(clerk, "Matter", case, "publish", **BOARD)
    case = await take(clerk, "Matter", case, "publishPlan", plan="改造方案")
    case = await take(clerk, "Matter", case, "hear", opinions="增设停车位")
    ignored = await take(clerk, "Matter", case, "weigh", adopted="不采纳", opinionsAdopted=False)
    assert clauses(ignored) == {"openness/四3"}
    case = await take(clerk, "Matter", case, "weigh", adopted="增设二十个", opinionsAdopted=True)
    case = await take(clerk, "Matter", case, "publish", **BOARD)
    case = await take(clerk, "Matter", case, "receive", feedback="数字有误")
    early = await take(clerk, "Matter", case, "publishAgain", **BOARD)
    assert early["code"] == "CASE_NOT_READY"
    case = await take(clerk, "Matter", case, "study", finding="属实")
    case = await take(clerk, "Matter", case, "correct", correction="更正为十八个")
    assert (await take(clerk, "Matter", case, "publishAgain", **BOARD))["state"] == "published"


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


async def hall_of(office: Api) -> str:
    unit = """select s.unit_id from accounts c
      join appointments a on (a.institution_id, a.person_id) = (c.institution_id, c.person_id)
      join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
      where c.account = $1 and s.role = 'section_chief'"""
    return global_id("Unit", await office.value(unit, f"hall_director@{CENTRE}"))


DONE = "select string_agg(cadence, ' ') from cadence_records where cadence like 'openness-%'"


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
    office.now = at(3, 14)
    assert [each["state"] for each in await chief.one(shown)] == ["OVERDUE"]


async def test_who_is_held_to_account_objects_within_thirty_days_and_the_party_group_reviews(
    office: Api,
):
    office.now = at(12, 1)
    inspector = await office.person(f"openness_office@{CENTRE}")
    group = await office.person(f"openness_group@{CENTRE}")
    reviewer = await office.person(f"party_group@{CENTRE}")
    chief = await office.person(f"hall_director@{CENTRE}")
    sheet = {"unitId": await hall_of(office), "checkedOn": "2026-12-01", "unqualified": True}
    sheet |= {"marks": marks(CENTRE, "openness.appraisal")}
    assert isinstance(await enter(inspector, "OpennessAppraisal", **sheet), str)
    assert await office.value(DONE) == "openness-appraisal"
    first, second = await consequences(group)
    assert (await decide(reviewer, first, "IMPOSE"))["code"] == "OTHERS_DECIDE"
    for each in (first, second):
        assert (await decide(group, each, "IMPOSE"))["state"] == "IMPOSED"
    office.now = at(12, 31)
    assert (await decide(chief, first, text="已全部公开"))["state"] == "OBJECTED"
    ends = "select due_at from clocks where clock = 'penalty-review' and state = 'running'"
    assert (await office.value(ends)).astimezone(OFFICE_TIME).date().isoformat() == "2027-01-20"
    assert (await decide(group, first, "UPHOLD", text="维持"))["code"] == "OTHERS_DECIDE"
    assert (await decide(reviewer, first, "REVOKE", text="撤销"))["state"] == "REVOKED"
    office.now = datetime(2027, 1, 1, 9, tzinfo=OFFICE_TIME)
    before = await office.counts()
    late = await decide(chief, second, text="已全部公开")
    assert (late["code"], cites([late["clause"]])) == (
        "OBJECTION_TOO_LATE",
        ["party-openness-accountability/七(十)"],
    )
    assert await office.counts() == before
