"""Leave on file: its slip, proofs and return, who leaves the hall, and what was withheld."""

from typing import Any

import pytest

from tests.duty import enter, sign
from tests.fleet import person_id
from tests.office import Api, cites, leave, problems
from tests.papers import demanded, papers
from tests.small_shapes import at
from tests.test_attendance_journey import outing

COUNTY, TOWN, HALL = "county-organs", "township-government", "service-centre"
CARE = {"leaveReason": "HOSPITAL_CARE"}


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("leave_files", "goings_out", "withheld_allowances", "line_signatures")
    return api


async def filed(office: Api, where: str, request: Any, on: str, **more: Any) -> Any:
    clerk = await office.person(f"office_clerk@{where}")
    whom = await person_id(clerk, f"staff@{where}")
    given = {"personId": whom, "requestId": request["id"], "filedOn": on, **more}
    return await enter(clerk, "LeaveFile", **given)


async def back(staff: Any, request: Any, on: str) -> Any:
    returned = {"date": on, "half": "MORNING"}
    return await staff.act("reportBack", requestId=request["id"], returned=returned)


async def test_a_leave_is_filed_once_with_its_slip_proofs_and_return(office: Api):
    staff, chief = [await office.person(f"{role}@{COUNTY}") for role in ("staff", "section_chief")]
    form = leave("2026-03-16", **CARE, caredFor="PARENTS", attachments=papers("陪护的相关证明"))
    request = await staff.submit("leave.personal", form)
    early = await filed(office, COUNTY, request, "2026-03-02", returnedOn="2026-03-02")
    assert problems(early) == {("requestId", "APPROVAL_NEEDED")}
    await chief.agree()
    assert (await back(staff, request, "2026-03-02"))["__typename"] == "Refusal"
    office.now = at("2026-03-17 09:00")
    missing = await filed(office, COUNTY, request, "2026-03-17")
    assert problems(missing) == {("returnedOn", "REQUIRED")}
    assert cites([missing["problems"][0]["clause"]]) == ["leave/(第八条)"]
    before = await office.value("select count(*) from leave_files")
    away = await filed(office, COUNTY, request, "2026-03-17", returnedOn="2026-03-17")
    assert problems(away) == {("returnedOn", "LEAVE_NOT_REPORTED_BACK")}
    assert await office.value("select count(*) from leave_files") == before
    assert (await back(staff, request, "2026-03-17"))["completedAt"]
    whole = {"returnedOn": "2026-03-17", "proofs": "住院证明一份"}
    office.now = at("2026-03-18 09:00")
    other = await filed(
        office, COUNTY, request, "2026-03-18", **{**whole, "returnedOn": "2026-03-18"}
    )
    assert problems(other) == {("returnedOn", "RETURN_REPORTED_OTHERWISE")}
    line = await filed(office, COUNTY, request, "2026-03-17", **whole)
    assert line["__typename"] == "LineEntered", line
    again = await filed(office, COUNTY, request, "2026-03-17", **whole)
    assert again["code"] == "ENTERED_ALREADY"
    [mine] = (await staff.one("{ leaveFiles { edges { node { proofs returnedOn } } } }"))["edges"]
    assert mine["node"] == {"proofs": "住院证明一份", "returnedOn": "2026-03-17"}


async def test_leave_that_the_law_grants_wants_the_work_arranged_for_where_a_clause_says_so(
    api: Api,
):
    staff = await api.person("staff@science-bureau")
    for stated, code in (({}, "NEEDED_BY_RULES"), ({"workArranged": False}, "NOT_ELIGIBLE")):
        refused = await staff.preview("leave.marriage", leave("2026-03-16", **stated))
        assert problems(refused) == {("workArranged", code)}
        assert cites([refused["problems"][0]["clause"]]) == ["attendance-duty/二、2"]
    arranged = leave("2026-03-16", workArranged=True)
    assert (await staff.preview("leave.marriage", arranged))["steps"]
    elsewhere = await api.person("staff@hrss-bureau")
    assert (await elsewhere.preview("leave.marriage", leave("2026-03-16")))["finding"]


async def test_a_slip_is_filed_once_its_approver_has_signed_it(office: Api):
    staff, deputy = [
        await office.person(f"{role}@{TOWN}") for role in ("staff", "deputy_in_charge")
    ]
    form = leave("2026-03-16", attachments=demanded(TOWN, "leave.personal"))
    request = await staff.submit("leave.personal", form)
    unsigned = await filed(office, TOWN, request, "2026-03-02")
    assert problems(unsigned) == {("requestId", "APPROVAL_NEEDED")}
    assert cites([unsigned["problems"][0]["clause"]]) == ["leave/三、3"]
    await deputy.agree()
    owed = "select state from clocks where action like '%存档%' and institution_id = $1"
    assert await office.value(owed, TOWN) == "running"
    assert (await filed(office, TOWN, request, "2026-03-02"))["__typename"] == "LineEntered"
    assert await office.value(owed, TOWN) == "done"
    mine = {"requestId": request["id"], "filedOn": "2026-03-02"}
    whom = await person_id(staff, f"staff@{TOWN}")
    assert (await enter(staff, "LeaveFile", personId=whom, **mine))["code"] == "NOT_A_KEEPER"


@pytest.mark.parametrize(
    ("told", "against"),
    [
        ({"leaveReason": "URGENT_MATTER"}, set()),
        ({**CARE, "caredFor": "SPOUSE", "attachments": papers("陪护的相关证明")}, set()),
        ({**CARE, "caredFor": "SPOUSE"}, {("attachments", "DOCUMENT_MISSING")}),
        (
            {**CARE, "caredFor": "HUSBANDS_PARENTS", "attachments": papers("陪护的相关证明")},
            {("leaveReason", "NOT_ELIGIBLE")},
        ),
    ],
)
async def test_personal_leave_for_care_names_a_relative_of_the_clause_and_brings_a_proof(
    office: Api, told: Any, against: set[tuple[str, str]]
):
    staff = await office.person(f"staff@{COUNTY}")
    answer = await staff.submit("leave.personal", leave("2026-03-16", **told))
    assert (problems(answer) if "problems" in answer else set()) == against


async def test_a_leave_is_approved_then_taken_then_reported_back_from(office: Api):
    staff = await office.person("staff@hrss-bureau")
    request = await staff.submit("leave.official", leave("2026-03-09", "2026-03-10"))
    unapproved = await back(staff, request, "2026-03-09")
    assert unapproved["__typename"] == "Refusal"
    await (await office.person("director@hrss-bureau")).agree()
    before_it = await back(staff, request, "2026-03-06")
    assert before_it["code"] == "RETURNED_BEFORE_LEAVE"
    office.now = at("2026-03-11 08:30")
    assert (await back(staff, request, "2026-03-11"))["completedAt"]
    assert (await back(staff, request, "2026-03-11"))["__typename"] == "Refusal"


async def test_what_was_withheld_is_taken_in_apart_as_other_income(office: Api):
    head, staff = [await office.person(f"{role}@{COUNTY}") for role in ("finance_head", "staff")]
    whom = await person_id(head, f"staff@{COUNTY}")
    given = {"personId": whom, "month": "2026-02-01", "amount": "860.00"}
    mixed = await enter(head, "WithheldAllowance", **given, takenIn="BUDGET")
    assert problems(mixed) == {("takenIn", "NOT_ELIGIBLE")}
    assert cites([mixed["problems"][0]["clause"]]) == ["leave-pay/第九条㈠"]
    line = await enter(head, "WithheldAllowance", **given, takenIn="OTHER_INCOME")
    assert line["__typename"] == "LineEntered", line
    other = await enter(staff, "WithheldAllowance", **given, takenIn="OTHER_INCOME")
    assert other["code"] == "NOT_A_KEEPER"


async def test_the_fifth_temporary_leave_of_a_month_is_refused(office: Api):
    window = await office.person(f"window_staff@{HALL}")
    hall = await office.person(f"hall_director@{HALL}")
    for day in ("03-03", "03-04", "03-05", "03-06"):
        answer = await window.submit("outing.official", outing("09:00", "09:30", f"2026-{day}"))
        assert answer["__typename"] == "Request", answer
        if day == "03-03":
            await hall.agree()
    fifth = await window.submit("outing.official", outing("09:00", "09:30", "2026-03-09"))
    assert {code for _, code in problems(fifth)} == {"ABOVE_QUOTA"}
    assert cites([fifth["problems"][0]["clause"]]) == ["window-staff/窗口 7"]
    next_month = await window.submit("outing.official", outing("09:00", "09:30", "2026-04-01"))
    assert next_month["__typename"] == "Request", next_month


async def test_who_leaves_the_hall_signs_in_the_book_of_what_was_approved(office: Api):
    window, hall = [
        await office.person(f"{role}@{HALL}") for role in ("window_staff", "hall_director")
    ]
    request = await window.submit("outing.official", outing("09:00", "09:30", "2026-03-02"))
    whom = await person_id(hall, f"window_staff@{HALL}")
    given = {"personId": whom, "leftAt": "2026-03-02T09:00:00+08:00", "requestId": request["id"]}
    unapproved = await enter(hall, "LeaveGoingOut", **given)
    assert problems(unapproved) == {("requestId", "APPROVAL_NEEDED")}
    await hall.agree()
    line = await enter(hall, "LeaveGoingOut", **given)
    book = "{ goingsOut { edges { node { stands } } } }"
    assert (await hall.one(book))["edges"][0]["node"] == {"stands": False}
    assert (await sign(window, line["lineId"]))["__typename"] == "LineEntered"
    assert (await hall.one(book))["edges"][0]["node"] == {"stands": True}
