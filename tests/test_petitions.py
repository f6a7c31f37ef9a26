"""Petitions: instructed, assigned, urged, settled, reported, filed; visits, superiors' cases."""

from datetime import datetime

import pytest

from domain.time.moments import OFFICE_TIME
from tests.case_office import LETTER, PETITION, Desk, by_event, demanded
from tests.office import cites, problems
from tests.test_exports import export, rows

KIND = "petition.case"


@pytest.fixture
async def centre(api):
    return Desk(api, "service-centre")


@pytest.fixture
async def bureau(api):
    return Desk(api, "science-bureau")


async def told(desk, role):
    """The codes of what somebody was told, the newest first."""
    seen = await (await desk.of(role)).one("{ notices { edges { node { code } } } }")
    return [edge["node"]["code"] for edge in seen["edges"]]


async def instructed(desk, **more):
    """A petition that the clerk registered and the director has written instructions on."""
    request = await desk.submit("office_clerk", KIND, **{**PETITION, **more})
    assert request["status"] == "PENDING", request
    done = await (await desk.of("director")).agree()
    assert done["status"] == "APPROVED"
    return await desk.begun(request, "petition_clerk")


async def test_a_petition_is_instructed_assigned_urged_settled_reported_and_filed(centre, api):
    desk = centre
    await instructed(desk)
    assert (desk.case["path"], desk.case["state"]) == ("petition.case", "instructed")
    assert desk.case["history"][0]["particulars"]["events"] == [
        *("register", "propose", "submit", "instruct"),
    ]
    handler = await desk.viewer("staff")
    await desk.goes("petition_clerk", "assign", "assigned", handlerId=handler["id"])
    assert desk.case["handlerName"] == handler["name"]
    [clock] = desk.case["clocks"]
    assert (clock["clause"]["cite"], clock["dueAt"]) == ("4", "2026-03-09T23:59:59+08:00")
    await api.wait(days=8)
    await api.clocks()
    assert (await desk.read("petition_clerk"))["overdue"]
    assert "CLOCK_EXPIRED" in await told(desk, "petition_clerk")
    assert "CLOCK_URGED" in await told(desk, "staff")
    refused = await desk.act("staff", "urge")
    assert refused["code"] == "NOT_YOURS_TO_DO"
    await desk.goes("petition_clerk", "urge", "urged")
    again = await desk.act("petition_clerk", "urge")
    assert demanded(again) == {("URGED_TODAY", "event")}
    assert [each for each in await told(desk, "staff") if each.startswith("CASE")] == [
        *("CASE_URGED", "CASE_ASSIGNED"),
    ]
    await desk.goes("petition_clerk", "report_up", "urged", document=LETTER)
    await desk.goes("staff", "close", "closed", answer="已疏通管道", answerForm="WRITTEN")
    refused = await desk.act("petition_clerk", "archive")
    assert demanded(refused) == {("NO_TRANSITION", "event")}
    assert cites([refused["clause"]]) == ["petitions/7"]
    refused = await desk.act("staff", "report", text="办理情况报告")
    assert demanded(refused) == {("REQUIRED", "document")}
    await desk.goes("staff", "report", "reported", text="办理情况报告", document=LETTER)
    await desk.goes("staff", "report", "reported", text="更正后的报告", document=LETTER)
    await desk.goes("petition_clerk", "report_up", "reported", document=LETTER)
    await desk.goes("archivist", "archive", "archived")
    assert [each["clause"]["cite"] for each in desk.case["history"]][-3:] == ["6", "3", "7"]
    assert desk.case["standing"] is False


async def test_what_belongs_to_another_department_is_passed_on_with_a_paper(centre):
    await instructed(centre)
    refused = await centre.act("petition_clerk", "forward", forwardedTo="区水务局")
    assert demanded(refused) == {("REQUIRED", "document")}
    await centre.goes(
        "petition_clerk", "forward", "assigned", forwardedTo="区水务局", document=LETTER
    )
    assert centre.case["forwardedTo"] == "区水务局"
    await centre.goes(
        "petition_clerk", "close", "closed", answer="水务局已答复", answerForm="WRITTEN"
    )


async def test_whoever_it_was_taken_from_has_it_no_longer(centre):
    await instructed(centre)
    person, unit = (await centre.viewer("staff"))["id"], await centre.unit("section_chief")
    to_section = {"forwardedTo": "区水务局", "document": LETTER}
    answered = {"answer": "已答复", "answerForm": "ORAL"}
    for event, given, hands, before in (
        ("assign", {"handlerId": person}, ("邱军", "", ""), None),
        ("assign", {"handlerUnitId": unit}, ("", "业务协调科", ""), "staff"),
        ("forward", to_section, ("", "", "区水务局"), "section_chief"),
        ("assign", {"handlerId": person}, ("邱军", "", ""), "section_chief"),
    ):
        case = await centre.goes("petition_clerk", event, "assigned", **given)
        assert (case["handlerName"], case["handlerUnit"], case["forwardedTo"]) == hands
        if before:
            assert (await centre.act(before, "close", **answered))["code"] == "CASE_NOT_FOUND"
    nobody = await centre.act("petition_clerk", "assign")
    assert demanded(nobody) == {("REQUIRED", "handlerId")}


async def test_what_lies_outside_the_remit_is_registered_and_explained(centre):
    case = await centre.register("office_clerk", KIND, **{**PETITION, "inScope": False})
    assert (case["path"], case["state"]) == ("petition.outside", "registered")
    assert case["clocks"] == []
    await centre.goes(
        "petition_clerk", "explain_outside", "explained", answer="请向住建局反映", answerForm="ORAL"
    )
    passed_on = {"forwardedTo": "区住建局", "document": LETTER}
    case = await centre.goes("petition_clerk", "forward", "forwarded", **passed_on)
    assert (case["forwardedTo"], case["standing"]) == ("区住建局", True)
    await centre.goes("archivist", "archive", "archived")


async def test_cases_leave_as_their_list_tells_them_and_what_is_secret_by_name_alone(centre, api):
    await centre.register("office_clerk", KIND, **{**PETITION, "inScope": False})
    clerk, looks = await centre.of("petition_clerk"), "select count(*) from ledger where event = $1"
    before = await api.value(looks, "secret_read")
    for state, number in (("archived", 0), ("registered", 1)):
        file = await export(clerk, "petitions", given={"state": state}, format="CSV")
        _, heads, *lines = await rows(api, file)
        assert len(lines) == number
    told = dict(zip(heads, *lines, strict=True))
    assert (told["编号"], told["环节"], told["在办"]) == (centre.case["number"], "登记", "是")
    assert "来信来访人姓名" not in told
    assert await api.value(looks, "secret_read") == before
    named = ["number", "stage", "complainantName"]
    file = await export(clerk, "petitions", format="CSV", columns=named)
    [line] = (await rows(api, file))[2:]
    assert line == [centre.case["number"], "登记", PETITION["complainantName"]]
    assert await api.value(looks, "secret_read") == before + 1


async def test_a_visitor_is_registered_heard_and_the_answer_registered(bureau):
    bureau.api.now = datetime(2026, 3, 2, 9, tzinfo=OFFICE_TIME)
    case = await bureau.register("office_clerk", KIND, **{**PETITION, "channel": "VISIT"})
    assert (case["path"], case["state"]) == ("petition.visit", "registered")
    unit = (await bureau.viewer("section_chief"))["seats"][0]["unitId"]
    await bureau.goes("office_clerk", "assign", "assigned", handlerUnitId=unit)
    await bureau.goes("section_chief", "answer", "answered", answer="已说明", answerForm="ORAL")
    await bureau.goes("office_clerk", "record_answer", "closed")
    assert bureau.case["answer"] == "已说明"
    assert "report" not in by_event(bureau.case) or not by_event(bureau.case)["report"]["allowed"]


async def test_a_case_of_the_superior_is_reported_within_three_months(bureau, api):
    given = {**PETITION, "channel": "VISIT", "superior": "区信访局"}
    await bureau.register("office_clerk", KIND, **given)
    [clock] = bureau.case["clocks"]
    assert clock["dueAt"] == "2026-06-02T23:59:59+08:00"
    handler = await bureau.viewer("staff")
    await bureau.goes("office_clerk", "assign", "assigned", handlerId=handler["id"])
    await api.wait(days=100)
    await bureau.goes("office_clerk", "explain_delay", "assigned", text="涉及多个部门,仍在协调")
    await bureau.goes("staff", "answer", "answered", answer="已解决", answerForm="WRITTEN")
    await bureau.goes("office_clerk", "record_answer", "closed")
    await bureau.goes("staff", "report", "reported", text="结果如下", document=LETTER)


async def test_both_clauses_that_speak_of_letters_are_followed_and_cited(bureau):
    request = await bureau.submit("office_clerk", KIND, **{**PETITION, "major": True})
    steps = [(each["role"], each["act"], each["clause"]["cite"]) for each in request["steps"]]
    assert steps == [
        ("archivist", "RECORD", "一、4"),
        ("director", "APPROVE", "一、4"),
        ("office_clerk", "RECORD", "2"),
    ]
    assert request["status"] == "PENDING"
    await (await bureau.of("archivist")).agree()
    await (await bureau.of("director")).agree()
    await bureau.begun(request, "office_clerk")
    assert (bureau.case["path"], bureau.case["state"]) == ("petition.letter", "registered")
    handler = await bureau.viewer("staff")
    await bureau.goes("office_clerk", "assign", "assigned", handlerId=handler["id"])
    await bureau.goes("staff", "handle", "closed", answer="已会同有关股室处理")


async def test_a_complaint_by_telephone_is_registered_by_anybody_and_investigated(bureau):
    given = {
        "explanation": "办事人员未按程序办理",
        "complaintForm": "PHONE",
        "complainantName": "王女士",
    }
    untold = await bureau.submit("staff", "complaint.case", **given)
    assert problems(untold) == {("ownStaff", "NOT_ELIGIBLE")}
    elsewhere = await bureau.submit("staff", "complaint.case", **given, ownStaff=False)
    assert problems(elsewhere) == {("ownStaff", "NOT_ELIGIBLE")}, "another department's clerk"
    request = await bureau.submit("staff", "complaint.case", **given, ownStaff=True)
    bureau.of_kind = "complaint"
    assert request["status"] == "APPROVED", request
    await bureau.begun(request, "office_clerk")
    assert (bureau.case["path"], bureau.case["state"]) == ("openness.complaint", "registered")
    await bureau.goes("office_clerk", "investigate", "investigated")
    await bureau.goes("office_clerk", "close", "closed", answer="属实,已整改", answerForm="ORAL")


@pytest.mark.parametrize(
    ("event", "given", "told"),
    [
        ("close", {"answer": "x"}, {("NO_TRANSITION", "event")}),
        ("urge", {}, {("NO_TRANSITION", "event")}),
        ("assign", {}, {("REQUIRED", "handlerId")}),
        ("assign", {"handlerId": "UGVyc29uOng="}, {("INVALID_ID", "handlerId")}),
        ("forward", {"text": "x"}, {("REQUIRED", "forwardedTo"), ("REQUIRED", "document")}),
        (
            "forward",
            {"forwardedTo": "区水务局", "document": {"upload": "x"}},
            {("INVALID_ID", "upload")},
        ),
    ],
)
async def test_bad_input_is_named_and_changes_nothing(centre, api, event, given, told):
    await instructed(centre)
    before = await api.counts()
    assert demanded(await centre.act("petition_clerk", event, **given)) == told
    assert await api.counts() == before


async def test_another_institution_s_people_cannot_be_assigned(centre, bureau, api):
    await instructed(centre)
    stranger = await bureau.viewer("staff")
    before = await api.counts()
    refused = await centre.act("petition_clerk", "assign", handlerId=stranger["id"])
    assert demanded(refused) == {("NOBODY_HERE", "handlerId")}
    assert await api.counts() == before
    foreign = await (await bureau.of("office_clerk")).ask(
        centre.secret(), {"id": centre.case["id"]}
    )
    assert foreign.codes == ["CASE_NOT_FOUND"]


async def test_an_event_counts_once_on_the_version_that_was_read(centre, api):
    await instructed(centre)
    handler, version = (await centre.viewer("staff"))["id"], centre.case["version"]
    ledger = "select count(*) from ledger where event = 'case_advanced'"
    before = await api.value(ledger)
    first = await centre.act("petition_clerk", "assign", handlerId=handler, key="once")
    again = await centre.act(
        "petition_clerk", "assign", handlerId=handler, key="once", version=version
    )
    assert first == again
    stale = await centre.act("petition_clerk", "urge", version=version)
    assert stale["code"] == "CASE_CHANGED"
    assert await api.value(ledger) == before + 1


async def test_cases_are_listed_by_section_for_clerks_and_handlers_alone(centre, api):
    await instructed(centre)
    unit = await centre.unit("section_chief")
    await centre.goes("petition_clerk", "assign", "assigned", handlerUnitId=unit)
    await api.wait(minutes=1)
    await centre.register("office_clerk", KIND, **{**PETITION, "inScope": False})
    clerk, staff = await centre.of("petition_clerk"), await centre.of("staff")
    page = await clerk.one(centre.listed(), {"first": 1})
    assert page["pageInfo"]["hasNextPage"]
    rest = await clerk.one(centre.listed(), {"first": 1, "after": page["pageInfo"]["endCursor"]})
    assert [edge["node"]["state"] for edge in rest["edges"]] == ["assigned"]
    wanted = {"filter": {"state": "registered", "channel": "LETTER", "standing": True}}
    assert len((await clerk.one(centre.listed(), wanted))["edges"]) == 1
    found = await clerk.one(centre.listed(), {"filter": {"handlerUnitId": unit}})
    assert [edge["node"]["state"] for edge in found["edges"]] == ["assigned"]
    assert (await staff.one(centre.listed()))["edges"] == []


async def test_what_is_given_to_a_person_is_listed_and_counted_under_their_section(centre):
    await instructed(centre)
    unit, clerk = await centre.unit("staff"), await centre.of("petition_clerk")
    counted = "{ caseSummary(bySection: true) { section state cases } }"
    waits = [each["section"] for each in await clerk.one(counted)]
    assert waits == [None]
    handler = await centre.viewer("staff")
    await centre.goes("petition_clerk", "assign", "assigned", handlerId=handler["id"])
    assert centre.case["handlerUnit"] == ""
    for of, numbers in ((unit, [centre.case["number"]]), (await centre.unit("director"), [])):
        found = await clerk.one(centre.listed(), {"filter": {"handlerUnitId": of}})
        assert [edge["node"]["number"] for edge in found["edges"]] == numbers
    [told] = await clerk.one(counted)
    assert told == {"section": handler["seats"][0]["unit"], "state": "assigned", "cases": 1}
