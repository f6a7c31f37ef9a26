"""Administrative approval: the published list counts, its terms run, and whoever comes is told."""

from typing import Any

import pytest

from tests.duty import enter
from tests.office import Api, problems
from tests.openness import run
from tests.sheets import unit
from tests.small_shapes import at
from tests.test_gate import cites, take

HERE, HRSS, BUILD = "science-bureau", "hrss-bureau", "construction-bureau"
TABLES = ("approval_applications", "approval_lists", "papers_asked_afterwards", "one_time_notices")
LISTED = {
    "applicants": "高新技术企业", "legalBasis": "科学技术进步法", "statutoryDays": 20,
    "promisedDays": 5, "conditions": "注册满一年", "materials": "申请书、章程、审计报告",
    "materialCount": 3, "charged": False, "place": "政务大厅3号窗口", "hours": "工作日上午",
    "enquiryTelephone": "0532-85851234", "complaintTelephone": "0532-85851235",
    "modelForm": "申请书样表",
}  # fmt: skip
APPLIED = {"applicant": "蓝海公司", "handedIn": "申请书、章程、审计报告", "handedInCount": 3}


@pytest.fixture
async def hall(api: Api) -> Api:
    await api.empty(*TABLES, "case_events", "publications", "clocks")
    api.now = at("2026-04-30 09:00")
    return api


async def kept(hall: Api) -> dict[str, int]:
    return {name: number for name, number in (await hall.counts()).items() if name != "sessions"}


async def drawn_up(hall: Api, kind: str, name: str = "事项", **more: Any) -> Any:
    clerk = await hall.person(f"office_clerk@{HERE}")
    begun = {"name": name, "approvalType": kind}
    begun |= {"replacesId": more.pop("replacesId")} if "replacesId" in more else {}
    case = await run(clerk, "beginApprovalList", "ApprovalList", begun)
    said = {"procedure": "受理、审查、决定", "flowChart": "流程图1"}
    case = await take(clerk, "design", "ApprovalList", case, **said)
    return await take(clerk, "list", "ApprovalList", case, **{**LISTED, **more})


async def published(hall: Api, kind: str, name: str = "事项", **more: Any) -> Any:
    case = await drawn_up(hall, kind, name, **more)
    return await take(await hall.person(f"office_clerk@{HERE}"), "publish", "ApprovalList", case)


async def applied(hall: Api, of: Any, **more: Any) -> Any:
    staff = await hall.person(f"section_chief@{HERE}")
    given = {"listId": of["id"], "receivedOn": f"{hall.now:%Y-%m-%d}", **APPLIED, **more}
    return await run(staff, "beginApprovalApplication", "ApprovalApplication", given)


async def step(hall: Api, who: str, event: str, case: Any, **said: Any) -> Any:
    visitor = await hall.person(f"{who}@{HERE}")
    return await take(visitor, event, "ApprovalApplication", case, **said)


async def test_a_list_that_lacks_an_element_is_not_published(hall: Api):
    clerk = await hall.person(f"office_clerk@{HERE}")
    case = await drawn_up(hall, "APPROVAL", complaintTelephone=None)
    before = await kept(hall)
    refused = await take(clerk, "publish", "ApprovalList", case)
    assert problems(refused) == {("complaintTelephone", "REQUIRED")}
    assert cites(refused) == {"admin-approval/3"}
    assert await kept(hall) == before


async def test_an_application_goes_by_the_list_that_is_published_and_not_by_its_draft(hall: Api):
    first = await published(hall, "APPROVAL", "事项T")
    second = await drawn_up(hall, "APPROVAL", "事项T", replacesId=first["id"], materialCount=5)
    before = await kept(hall)
    refused = await applied(hall, second)
    assert problems(refused) == {("listId", "LIST_NOT_IN_FORCE")}
    assert cites(refused) == {"admin-approval/2"}
    assert await kept(hall) == before
    case = await applied(hall, first)
    refused = await step(hall, "section_chief", "return", case, lacking="两份证明")
    assert refused["code"] == "CASE_NOT_READY"
    short = await applied(hall, first, handedInCount=2)
    assert (await step(hall, "section_chief", "accept", short))["code"] == "CASE_NOT_READY"
    returned = await step(hall, "section_chief", "return", short, lacking="审计报告")
    assert returned["state"] == "returned"
    clerk = await hall.person(f"office_clerk@{HERE}")
    assert (await take(clerk, "amend", "ApprovalList", first))["code"] == "CASE_NOT_READY"
    done = await take(clerk, "publish", "ApprovalList", second)
    assert done["state"] == "published", done
    assert problems(await applied(hall, first)) == {("listId", "LIST_NOT_IN_FORCE")}
    assert (await take(clerk, "amend", "ApprovalList", first))["state"] == "amended"
    other = await hall.person(f"staff@{HRSS}")
    board = '{ board(institution: "science-bureau") { edges { node { title text statement } } } }'
    assert "投诉电话：0532-85851235" in str(await other.one(board))


async def test_the_promised_and_the_statutory_term_of_the_list_run_from_acceptance(hall: Api):
    case = await applied(hall, await published(hall, "APPROVAL"))
    fee = await step(hall, "section_chief", "accept", case, feeTaken="50")
    assert cites(fee) == {"admin-approval/3"}
    accepted = await step(hall, "section_chief", "accept", case)
    due = sorted(each["dueAt"][:10] for each in accepted["clocks"])
    assert due == ["2026-05-11", "2026-06-01"]
    hall.now = at("2026-05-12 09:00")
    await hall.clocks()
    staff = await hall.person(f"section_chief@{HERE}")
    query = "{ approvalApplications { edges { node { clocks { state dueAt } } } } }"
    [seen] = [edge["node"] for edge in (await staff.one(query))["edges"]]
    assert {(c["dueAt"][:10], c["state"]) for c in seen["clocks"]} == {
        ("2026-05-11", "expired"), ("2026-06-01", "running"),
    }  # fmt: skip


async def test_what_may_be_decided_follows_from_the_type_on_the_list(hall: Api):
    ends = {}
    for kind in ("APPROVAL", "CONFIRMATION", "REVIEW", "FILING"):
        listed = await published(hall, kind, kind, quota=1)
        case = await step(hall, "section_chief", "accept", await applied(hall, listed))
        if kind != "FILING":
            said = {"conditionsMet": True, "examined": "条件符合"}
            case = await step(hall, "section_chief", "examine", case, **said)
        before = await kept(hall)
        refused = await step(hall, "director", "refuse", case, reasons="条件符合，不予批准")
        ends[kind] = refused.get("state", refused.get("code"))
        assert kind == "APPROVAL" or await kept(hall) == before
        if kind == "CONFIRMATION":
            declined = await step(hall, "director", "decline", case, reasons="不愿批准")
            assert cites(declined) | {declined["clause"]["cite"]} >= {"5(2)"}, declined
            assert (await step(hall, "section_chief", "confirm", case))["code"] == "NOT_YOURS_TO_DO"
            assert (await step(hall, "director", "confirm", case))["state"] == "granted"
        if kind == "REVIEW":
            passed = await step(hall, "director", "passOn", case, passedTo="市科技局")
            given = {"superiorDecision": "同意"}
            decided = await step(hall, "section_chief", "decidedElsewhere", passed, **given)
            assert decided["state"] == "decided"
        if kind == "FILING":
            assert (await step(hall, "director", "register", case))["state"] == "registered"
    assert ends["APPROVAL"] == "refused"
    assert {ends[kind] for kind in ("CONFIRMATION", "REVIEW", "FILING")} == {"CASE_NOT_READY"}


async def test_no_more_is_approved_than_the_quota_of_the_list(hall: Api):
    listed = await published(hall, "APPROVAL", quota=1)
    states = []
    for _ in range(2):
        case = await step(hall, "section_chief", "accept", await applied(hall, listed))
        said = {"conditionsMet": True, "examined": "条件符合"}
        case = await step(hall, "section_chief", "examine", case, **said)
        done = await step(hall, "director", "approve", case)
        states.append(done.get("state") or cites(done))
    assert states == ["granted", {"admin-approval/5(1)"}]


NOTICE = {
    "toldOn": "2026-04-30", "visitorName": "李先生", "business": "工伤待遇", "inWriting": True,
    "scope": "本区参保单位", "authority": "初审", "hours": "工作日",
    "materials": "申请表、诊断证明", "procedure": "受理、审核、支付",
}  # fmt: skip


async def test_whoever_comes_is_told_everything_at_once_and_in_writing(hall: Api):
    staff = await hall.person(f"staff@{HRSS}")
    given = {**NOTICE, "unitId": await unit(hall, "insurance", HRSS)}
    before = await kept(hall)
    oral = {**given, "inWriting": False, "authority": "", "procedure": "", "othersNeeded": True}
    refused = await enter(staff, "OneTimeNotice", **oral, department="税务局")
    assert problems(refused) == {
        ("authority", "REQUIRED"), ("procedure", "REQUIRED"),
        ("departmentAddress", "REQUIRED"), ("departmentHandler", "REQUIRED"),
    }  # fmt: skip
    assert cites(refused) == {"one-time-notice/一", "one-time-notice/二"}
    refused = await enter(staff, "OneTimeNotice", **{**given, "inWriting": False})
    assert cites(refused) == {"one-time-notice/一"}
    joint = {"severalSections": True, "jointProcedure": "先审后付", "jointTime": "5日"}
    refused = await enter(staff, "OneTimeNotice", **given, **joint, cautions="带原件")
    assert cites(refused) == {"one-time-notice/三"}
    refused = await enter(staff, "OneTimeNotice", **given, unable=True)
    assert (problems(refused), cites(refused)) == (
        {("explained", "REQUIRED")}, {"one-time-notice/四"},
    )  # fmt: skip
    assert await kept(hall) == before
    notice = await enter(staff, "OneTimeNotice", **given)
    hall.now = at("2026-05-14 10:00")
    asked = {"noticeId": notice["lineId"], "askedOn": "2026-05-14", "paper": "完税证明"}
    await enter(staff, "PaperAskedAfterwards", **asked)
    clerk = await hall.person(f"office_clerk@{HRSS}")
    query = """{ approvalNoticesStatement(from: "2026-04-01", to: "2026-05-31") {
        lines { name notices afterwards } } }"""
    told = (await clerk.one(query))["lines"]
    assert {"name": "社会保险科", "notices": 1, "afterwards": 1} in told


async def test_a_matter_goes_to_the_section_that_the_text_names_or_somebody_settles_it(hall: Api):
    clerk = await hall.person(f"office_clerk@{BUILD}")
    query = """{ sectionMatters(first: 100) {
        edges { node { id matter sectionPart contested unitId } } } }"""
    found = {e["node"]["matter"]: e["node"] for e in (await clerk.one(query))["edges"]}
    green, new = (
        found["园林绿化、雕塑施工企业和公用事业单位资质"],
        found["新技术、新产品、新材料的推广应用"],
    )
    assert (green["sectionPart"], green["unitId"]) == ("EXAMINES", await unit(hall, "urban"))
    assert new["contested"]
    given = {"passedOn": "2026-04-30", "subject": "新型墙体工法", "matterId": new["id"]}
    given["unitId"] = await unit(hall, "construction")
    before = await kept(hall)
    refused = await enter(clerk, "SectionReferral", **given)
    assert problems(refused) == {("reason", "SECTION_NOT_SETTLED")}
    assert await kept(hall) == before
    assert "lineId" in await enter(clerk, "SectionReferral", **given, reason="局长办公会确定")
    assert "lineId" in await enter(
        clerk, "SectionReferral",
        **{**given, "matterId": green["id"], "unitId": await unit(hall, "urban")},
    )  # fmt: skip
    shown = "{ sectionReferrals { edges { node { subject settledByText } } } }"
    told = [edge["node"]["settledByText"] for edge in (await clerk.one(shown))["edges"]]
    assert sorted(told) == [False, True]
