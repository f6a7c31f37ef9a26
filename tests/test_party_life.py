"""Life of the party: democratic life meetings, reviews of a leadership and of members, cells."""

from typing import Any

import pytest

from schema.ground.ids import global_id
from tests.document_office import ALSO, BUREAU, SIGNED_IN, Papers, why
from tests.office import REFUSAL, Api
from tests.party_branch import new
from tests.register_examples import marks
from tests.sittings import keep

ALSO |= {"PartyLifeMeeting": "title topic", "PartyReview": "title memberGrade treatment"}
TABLES = (
    *(
        "party_life_meetings",
        "party_reviews",
        "party_leadership_sheets",
        "party_member_sheets",
        "check_marks",
    ),
    *("party_cell_members", "case_events", "notices", "occurrences"),
)
DELEGATE, BRANCH, STAFF = "party_delegate", "branch_secretary", "staff"


async def party(api: Api, of: str = "PartyReview") -> Papers:
    SIGNED_IN.clear()
    await api.empty(*TABLES)
    return Papers(api, BUREAU, of)


async def root_of(papers: Papers) -> str:
    seats = (await (await papers.as_(BRANCH)).one("{ viewer { seats { role unitId } } }"))["seats"]
    return next(each["unitId"] for each in seats if each["role"] == BRANCH)


async def who(papers: Papers, role: str) -> str:
    return str((await (await papers.as_(role)).one("{ viewer { id } }"))["id"])


async def proposed(papers: Papers) -> list[str]:
    """The clauses of what is proposed of the member."""
    said = await (await papers.as_("party_cell_leader")).one("{ consequences { clause { cite } } }")
    return [each["clause"]["cite"] for each in said]


async def held(papers: Papers, by: str, **more: Any) -> Any:
    return await papers.begin(by, title="上半年", unitId=await root_of(papers), **more)


async def sheet(papers: Papers, by: str, of: str, check: str, **given: Any) -> Any:
    given = {
        "reviewId": papers.case["id"], "filledOn": "2026-03-02", "idempotencyKey": new(),
        "marks": marks(BUREAU, check, "18"), **given,
    }  # fmt: skip
    return await (await papers.as_(by)).one(
        f"""mutation ($input: Record{of}Input!) {{ record{of}(input: $input) {{
          __typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }} }} }}""",
        {"input": given},
    )


async def test_a_democratic_life_meeting_hears_opinions_first_and_its_record_goes_up(api: Api):
    papers = await party(api, "PartyLifeMeeting")
    assert (await held(papers, STAFF))["code"] == "NOT_A_KEEPER"
    await held(papers, BRANCH)
    recorder = await who(papers, STAFF)
    said = dict.fromkeys(("examined", "shortcomings", "criticism", "measures"), "已记录")
    assert await papers.no(BRANCH, "hold", **said) == {("NO_TRANSITION", "四")}
    assert ("REQUIRED", "四") in await papers.no(BRANCH, "hear")
    await papers.goes(BRANCH, "hear", "heard", opinions="座谈会和个别谈心征得意见三条")
    await papers.goes(BRANCH, "fix_topic", "topic_fixed", topic="改进作风")
    await papers.goes(BRANCH, "give_opinions", "opinions_given", opinionsOrdered="已送班子成员")
    day = {"meetsOn": "2026-03-05", "recorderId": recorder}
    late = {**day, "meetsOn": "2026-03-04"}
    assert await papers.no(BRANCH, "notify", **late) == {("GUARD_NOT_MET", "五")}
    await papers.goes(BRANCH, "notify", "notified", **{**day, "meetsOn": "2026-03-09"})
    await papers.goes(BRANCH, "notify", "notified", **day)
    for role in (STAFF, "unit_leadership"):
        told = await (await papers.as_(role)).one("{ notices { edges { node { sentence } } } }")
        assert "2026-03-05 召开“上半年”，中心议题：改进作风" in str(told), role
    assert {code for code, _ in await papers.no(BRANCH, "hold", **said)} == {"NOT_YET_HAPPENED"}
    await api.wait(days=4)
    short = {**said, "criticism": " "}
    assert {code for code, _ in await papers.no(BRANCH, "hold", **short)} == {"REQUIRED"}
    await papers.goes(BRANCH, "hold", "held", **said)
    await papers.goes(BRANCH, "send_up", "sent_up", sentTo="局党委")
    await papers.goes(BRANCH, "send_to_discipline", "sent_to_both")


async def test_a_leadership_is_rated_on_sheets_of_those_whom_the_clause_names(api: Api):
    papers = await party(api)
    assert (await held(papers, BRANCH, partyReview="LEADERSHIP_REVIEW"))["code"] == "NOT_A_KEEPER"
    await held(papers, DELEGATE, partyReview="LEADERSHIP_REVIEW")
    await papers.goes(DELEGATE, "meet", "met")
    assert {code for code, _ in await papers.no(DELEGATE, "report", account="述职")} == {
        "NOT_YOURS_TO_DO"
    }
    await papers.goes("director", "report", "reported", account="代表班子述职")
    await papers.goes(DELEGATE, "rate", "rated")
    early = await papers.no(DELEGATE, "total", result="综合得分")
    assert early == {("GUARD_NOT_MET", "三(一)-(五)")}
    form = {"unitId": await root_of(papers), "ofBureau": True}
    of = (DELEGATE, "PartyLeadershipSheet", "party.leadership_sheet")
    before = await api.counts()
    outsider = await sheet(papers, *of, **form, rater="OTHER")
    assert why(outsider) == {("NOT_ELIGIBLE", "一")}
    # Representatives of the masses rate the leadership of their unit, not that of the bureau.
    masses = await sheet(papers, *of, **form, rater="MASSES")
    assert why(masses) == {("NOT_ELIGIBLE", "一")}
    half = marks(BUREAU, of[2], "18")[:4]
    lacking = await sheet(papers, *of, **form, rater="OFFICE", marks=half)
    assert {each["code"] for each in lacking["problems"]} == {"ITEM_NOT_MARKED"}
    unit = await api.value(
        "select id from units where institution_id = $1 and name = '建设科'", BUREAU
    )
    astray = await sheet(papers, *of, **{**form, "unitId": global_id("Unit", unit)}, rater="OFFICE")
    assert {each["code"] for each in astray["problems"]} == {"OF_ANOTHER_REVIEW"}
    beyond = marks(BUREAU, of[2], "21")
    high = await sheet(papers, *of, **form, rater="OFFICE", marks=beyond)
    assert {each["code"] for each in high["problems"]} == {"BEYOND_ITS_POINTS"}
    assert await api.counts() == before
    done = await sheet(papers, *of, **form, rater="OFFICE")
    assert done["__typename"] == "LineEntered", done
    assert await api.value("select total from party_leadership_sheets") == 90
    await papers.goes(DELEGATE, "total", "totalled", result="平均九十分，已向党委汇报")
    await papers.goes(DELEGATE, "feed_back", "fed_back")
    better = {"criticism": "批评和自我批评", "measures": "三条整改措施"}
    await papers.goes(BRANCH, "correct", "corrected", **better)


async def test_a_member_sums_up_is_reviewed_and_treated_only_when_unqualified(api: Api):
    papers = await party(api)
    member = await who(papers, "party_cell_leader")
    nobody = await held(papers, BRANCH, partyReview="MEMBER_REVIEW")
    assert {each["path"][-1] for each in nobody["problems"]} == {"memberId"}
    await held(papers, BRANCH, partyReview="MEMBER_REVIEW", memberId=member)
    await papers.goes(BRANCH, "mobilise", "mobilised")
    own = {"account": "个人总结"}
    assert {code for code, _ in await papers.no(BRANCH, "sum_up", **own)} == {"NOT_YOURS_TO_DO"}
    await papers.goes("party_cell_leader", "sum_up", "self_appraised", **own)
    await papers.goes(BRANCH, "rate", "rated")
    graded = {"result": "群众评议良好", "memberGrade": "QUALIFIED"}
    early = await papers.no(BRANCH, "grade", **graded)
    assert early == {("GUARD_NOT_MET", "四(一)-(六)")}
    of = (BRANCH, "PartyMemberSheet", "party.member_sheet")
    form = {"memberId": member, "memberGrade": "QUALIFIED"}
    other = await sheet(papers, *of, **form, rater="OFFICE")
    assert why(other) == {("NOT_ELIGIBLE", "三")}
    another = {**form, "memberId": await who(papers, "director")}
    astray = await sheet(papers, *of, **another, rater="MEMBER")
    assert {each["code"] for each in astray["problems"]} == {"OF_ANOTHER_REVIEW"}
    assert await papers.no(BRANCH, "grade", **graded) == early
    done = await sheet(papers, *of, **form, rater="MASSES")
    assert done["__typename"] == "LineEntered", done
    await papers.goes(BRANCH, "grade", "graded", **graded)
    await papers.goes(BRANCH, "feed_back", "fed_back", measures="加强学习")
    told = await (await papers.as_("party_cell_leader")).one(
        "{ notices(first: 1) { edges { node { code } } } }"
    )
    assert told["edges"][0]["node"]["code"] == "PARTY_REVIEWED"
    kept = await papers.no(BRANCH, "treat", treatment="限期改正")
    assert kept == {("GUARD_NOT_MET", "四(一)-(六)")}
    assert await proposed(papers) == []


@pytest.mark.parametrize(("grade", "cite"), [("EXCELLENT", "四(五)"), ("UNQUALIFIED", "四(六)")])
async def test_a_grade_is_followed_by_what_its_clause_says(api: Api, grade: str, cite: str):
    papers = await party(api)
    member = await who(papers, "party_cell_leader")
    await held(papers, BRANCH, partyReview="MEMBER_REVIEW", memberId=member)
    await papers.goes(BRANCH, "mobilise", "mobilised")
    await papers.goes("party_cell_leader", "sum_up", "self_appraised", account="个人总结")
    await papers.goes(BRANCH, "rate", "rated")
    form = {"memberId": member, "memberGrade": grade, "rater": "MASSES"}
    done = await sheet(papers, BRANCH, "PartyMemberSheet", "party.member_sheet", **form)
    assert done["__typename"] == "LineEntered", done
    await papers.goes(BRANCH, "grade", "graded", result="支部评定", memberGrade=grade)
    assert await proposed(papers) == [cite]


async def test_a_member_stands_in_one_cell_and_not_in_a_second(api: Api):
    papers = await party(api)
    branch = await papers.as_(BRANCH)
    leader, outsider = await who(papers, "party_cell_leader"), await who(papers, STAFF)
    given = {"joinedOn": "2026-03-02", "cell": "第一党小组", "leaderId": leader}

    async def enters(**more: Any) -> Any:
        return await branch.one(
            f"""mutation ($input: RecordPartyCellMemberInput!) {{
              recordPartyCellMember(input: $input) {{
                __typename ... on Refusal {{ {REFUSAL} }} }} }}""",
            {"input": {**given, **more, "idempotencyKey": new()}},
        )

    async def without(papers_of: Any) -> set[str]:
        found = await papers_of.one("{ partyCellMembersLacking { id } }")
        return {each["id"] for each in found}

    assert leader in await without(branch)
    assert await without(await papers.as_(STAFF)) == set()
    assert why(await enters(memberId=outsider)) == {("NOT_ELIGIBLE", "一")}
    ahead = await enters(memberId=leader, joinedOn="2099-01-01")
    assert {each["code"] for each in ahead["problems"]} == {"NOT_YET_HAPPENED"}
    assert (await enters(memberId=leader, joinedOn="1998-07-01"))["__typename"] == "LineEntered"
    assert leader not in await without(branch)
    before = await api.counts()
    again = await enters(memberId=leader, cell="第二党小组")
    assert again["code"] == "ENTERED_ALREADY", again
    assert await api.counts() == before


async def test_a_cell_s_leader_reports_each_meeting_to_the_branch(api: Api):
    await api.empty("cadence_records", "party_cell_reports")
    papers = await party(api)
    told = {"metOn": "2026-03-02", "cell": "第一党小组", "came": 6, "situation": "学习了文件"}

    async def report(role: str) -> Any:
        return await (await papers.as_(role)).one(
            """mutation ($input: RecordPartyCellReportInput!) {
              recordPartyCellReport(input: $input) { __typename ... on Refusal { code } } }""",
            {"input": {**told, "idempotencyKey": new()}},
        )

    assert (await report(BRANCH))["code"] == "NOT_A_KEEPER"
    assert (await report("party_cell_leader"))["__typename"] == "LineEntered"
    seen = "{ partyCellReports { edges { node { situation } } } }"
    found = await (await papers.as_(BRANCH)).one(seen)
    assert [each["node"]["situation"] for each in found["edges"]] == ["学习了文件"]
    done = "select count(*) from cadence_records where cadence = 'cell-report'"
    assert await api.value(done) == 1


async def test_a_staff_assembly_asks_everybody_and_who_is_not_named_was_absent(api: Api):
    await api.empty("sittings", "sitting_items", "sitting_attendance")
    clerk = await api.person("office_clerk@hrss-bureau")
    held = {
        "body": "staff_assembly", "beginsAt": "2026-03-02T08:30:00+08:00", "place": "礼堂",
        "noticedAt": "2026-03-02T08:00:00+08:00",
    }  # fmt: skip
    stranger = await api.person("staff@hrss-bureau")
    before = await api.counts()
    assert (await keep(stranger, "callStaffAssembly", **held))["code"] == "NOT_YOUR_BODY"
    assert await api.counts() == before
    called = await keep(clerk, "callStaffAssembly", **held)
    me = await clerk.one("{ viewer { id } }")
    came = {"sittingId": called["id"], "members": [{"personId": me["id"], "attended": True}]}
    assert (await keep(clerk, "recordAttendance", **came))["id"] == called["id"]
    missed = "select count(*) from sitting_attendance where not attended"
    assert await api.value(missed) > 10
