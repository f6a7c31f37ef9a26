"""Attendance by the day: as the office's file has it, summed up, told, reviewed, and of a year."""

from typing import Any

import pytest

from tests.duty import enter
from tests.fleet import person_id
from tests.office import Api, cites, leave, problems, states
from tests.openness import run
from tests.papers import demanded
from tests.small_shapes import at
from tests.statements import publish

HERE, BUREAU, COUNTY = "hrss-bureau", "construction-bureau", "county-organs"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("attendance_days", "attendance_results", "case_events", "publications")
    api.now = at("2026-03-10 17:00")
    return api


async def day(office: Api, presence: str, on: str = "2026-03-10", where: str = HERE) -> Any:
    clerk = await office.person(f"attendance_clerk@{where}")
    whom = await person_id(clerk, f"staff@{where}")
    return await enter(clerk, "AttendanceDay", personId=whom, onDay=on, presence=presence)


async def test_the_clerk_enters_each_day_as_the_office_s_file_has_it(office: Api):
    staff = await office.person(f"staff@{BUREAU}")
    await office.person(f"attendance_clerk@{BUREAU}")
    before = await office.counts()
    before["sessions"] += 2
    whom = await person_id(staff, f"staff@{BUREAU}")
    mine = {"personId": whom, "onDay": "2026-03-10", "presence": "PRESENT"}
    assert (await enter(staff, "AttendanceDay", **mine))["code"] == "NOT_A_KEEPER"
    early = await day(office, "PRESENT", "2026-03-11", BUREAU)
    assert problems(early) == {("onDay", "NOT_YET_HAPPENED")}
    untrue = await day(office, "LEAVE", where=BUREAU)
    assert problems(untrue) == {("presence", "NOT_AWAY_ON_FILE")}
    assert await office.counts() == before
    for fault in ("LATE", "EARLY", "HALF_ABSENT", "ABSENT"):
        at_rest = await day(office, fault, "2026-03-08", BUREAU)
        assert problems(at_rest) == {("presence", "NOT_A_WORKDAY")}
    assert (await day(office, "ABSENT", where=BUREAU))["__typename"] == "LineEntered"
    assert (await day(office, "LATE", where=BUREAU))["code"] == "ENTERED_ALREADY"
    own = "{ attendanceDays { edges { node { presence } } } }"
    assert [e["node"] for e in (await staff.one(own))["edges"]] == [{"presence": "ABSENT"}]


async def test_a_leave_counts_at_checks_once_the_office_has_filed_it(office: Api):
    office.now = at("2026-03-09 08:00")
    staff = await office.person(f"staff@{HERE}")
    await staff.submit("leave.annual", leave("2026-03-10"))
    office.now = at("2026-03-10 17:00")
    unfiled = await day(office, "ABSENT")
    assert unfiled["__typename"] == "LineEntered", unfiled
    assert await office.value("select count(*) from attendance_days") == 1
    await office.empty("attendance_days")
    await (await office.person(f"office_clerk@{HERE}")).agree()
    filed = await day(office, "ABSENT")
    assert problems(filed) == {("presence", "AWAY_ON_FILE")}
    assert cites([each["clause"] for each in filed["problems"]]) == ["attendance-measures/二"]
    assert (await day(office, "LEAVE"))["__typename"] == "LineEntered"


@pytest.mark.parametrize(
    ("known", "accepted"),
    [
        ('{"unit_kind": "bureau_section"}', True),
        ('{"unit_kind": "subordinate_unit"}', True),
        ('{"dispatched": true}', True),
        ("{}", False),
    ],
)
async def test_only_those_of_the_bureau_and_its_units_are_kept_attendance_of(
    office: Api, known: str, accepted: bool
):
    of = f"from accounts a where a.person_id = people.id and a.account = 'staff@{HERE}'"
    before = await office.value(f"select facts::text from people where exists (select {of})")
    change = f"update people set facts = cast($1 as jsonb) where exists (select {of})"
    await office.run(change, known)
    try:
        answer = await day(office, "PRESENT")
    finally:
        await office.run(change, before)
    if accepted:
        assert answer["__typename"] == "LineEntered", answer
    else:
        assert {code for _, code in problems(answer)} == {"NOT_ELIGIBLE"}
        assert cites([answer["problems"][0]["clause"]]) == ["attendance-measures/一"]


async def test_the_sheet_is_signed_by_clerk_chief_and_deputy_before_the_office_has_it(office: Api):
    staff = await office.person(f"staff@{HERE}")
    sheet = {"explanation": "二月考勤表", "attachments": demanded(HERE, "attendance.sheet")}
    bare = await staff.submit("attendance.sheet", {"explanation": "二月考勤表"})
    assert problems(bare) == {("attachments", "DOCUMENT_MISSING")}
    request = await staff.submit("attendance.sheet", sheet)
    assert [(role, act) for role, act, _ in states(request)] == [
        *(("attendance_clerk", "SIGN"), ("section_chief", "SIGN"), ("deputy_in_charge", "SIGN")),
        ("office_clerk", "RECORD"),
    ]


async def test_results_are_summed_up_told_and_then_reviewed_by_the_leader(office: Api):
    clerk, deputy = [
        await office.person(f"{role}@{COUNTY}") for role in ("office_clerk", "deputy_in_charge")
    ]
    before = await office.counts()
    midmonth = await run(
        clerk, "beginAttendanceResults", "AttendanceResults", {"month": "2026-02-03"}
    )
    assert problems(midmonth) == {("month", "NOT_A_FIRST_DAY")}
    assert await office.counts() == before
    case = await run(clerk, "beginAttendanceResults", "AttendanceResults", {"month": "2026-02-01"})

    async def take(visitor: Any, event: str, **said: Any) -> Any:
        given = {"caseId": case["id"], "expectedVersion": case["version"], **said}
        return await run(visitor, f"{event}AttendanceResults", "AttendanceResults", given)

    early = await take(clerk, "publish", publishedOn="2026-03-03")
    assert problems(early) == {("event", "NO_TRANSITION")}
    case = await take(clerk, "sumUp", summary="全勤 18 人，请假 3 人次")
    assert (await take(deputy, "publish", publishedOn="2026-03-03"))["code"] == "NOT_YOURS_TO_DO"
    case = await take(clerk, "publish", publishedOn="2026-03-03")
    assert (await take(clerk, "review", opinion="属实"))["code"] == "NOT_YOURS_TO_DO"
    case = await take(deputy, "review", opinion="属实，下月起抽查")
    assert case["state"] == "reviewed"


@pytest.mark.parametrize(
    ("where", "statement", "reader"),
    [
        ("county-organs", "ATTENDANCE_YEAR", "deputy_in_charge"),
        ("service-centre", "ATTENDANCE_YEAR", "director"),
        ("science-bureau", "DUTY_YEAR", "director"),
    ],
)
async def test_who_assesses_the_year_is_told_of_attendance_and_duty(
    office: Api, where: str, statement: str, reader: str
):
    clerk, leader, staff = [
        await office.person(f"{role}@{where}") for role in ("office_clerk", reader, "staff")
    ]
    given = {"statement": statement, "day": "2025-03-01", "last": "2026-02-28"}
    assert (await publish(staff, **given))["code"] == "NOT_YOURS_TO_PUBLISH"
    told = await publish(clerk, **given)
    assert told.get("standing"), told
    query = "{ board { edges { node { statement content } } } }"
    [seen] = [e["node"] for e in (await leader.one(query))["edges"]]
    assert seen["statement"] == statement
