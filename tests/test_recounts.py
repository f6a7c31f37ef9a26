"""Days counted before the calendar is settled, and counted anew when it changes."""

from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.approval.recounts import anew
from domain.tables import NATIONAL
from tests.correspondence import codes
from tests.office import Api, Visitor, leave, states
from tests.papers import papers
from tests.test_calendar_changes import change, wait_for_the_calendar

HOME = "hrss-bureau"
COUNTED = """query ($id: ID!) { node(id: $id) { ... on Request { summary status provisional marks
  steps { role act status } history { edges { node { event sentence details } } } } } }"""
PROVISIONAL = "__typename ... on RoutePreview { provisional notes }"


@pytest.fixture
async def office(api: Api) -> AsyncIterator[Api]:
    yield api
    await api.run("delete from calendar_days where institution_id = $1", HOME)
    await wait_for_the_calendar(api)


@pytest.fixture
async def admin(office: Api) -> Visitor:
    return await office.person(f"policy_admin@{HOME}")


@pytest.fixture
async def staff(office: Api) -> Visitor:
    return await office.person(f"staff@{HOME}")


@pytest.fixture
async def chief(office: Api) -> Visitor:
    return await office.person(f"section_chief@{HOME}")


async def day(admin: Visitor, on: str, *, working: bool) -> None:
    done = await change(admin, "setCalendarDay", day=on, working=working, name="调休")
    assert done["__typename"] == "CalendarChanged", done


async def seen(visitor: Visitor, request: Any) -> Any:
    return await visitor.one(COUNTED, {"id": request["id"]})


async def absence(api: Api, request: Any) -> tuple[Decimal, bool]:
    row = await api.rows(
        "select a.days, a.standing from absences a join requests r on r.id = a.request_id"
        " where r.number = $1",
        request["number"],
    )
    return row[0]["days"], row[0]["standing"]


numbers = st.decimals(0, 366, places=1)


@given(numbers, numbers, numbers, numbers)
def test_a_total_moves_by_what_the_calendar_changed_and_by_no_later_absence(
    stored: Decimal, before: Decimal, after: Decimal, own: Decimal
) -> None:
    facts = anew(
        {"days": stored, "month_total_days": stored, "purpose": "private"},
        {"days": before, "month_total_days": before + 9, "purpose": "private"},
        {"days": own, "month_total_days": after + 9, "purpose": "private"},
        {"days": own, "month_total_days": after, "purpose": "private"},
    )
    assert facts["days"] == own
    assert facts["month_total_days"] == stored + after - before
    assert facts["purpose"] == "private"


async def test_days_of_a_year_still_open_are_provisional_until_it_is_confirmed(
    office: Api, admin: Visitor, staff: Visitor
) -> None:
    form = leave("2027-02-08", "2027-02-09", explanation="春节前返乡")
    words = "SubmitLeavePersonalInput"
    preview = await staff.one(
        f"query ($input: {words}!) {{ previewLeavePersonal(input: $input) {{ {PROVISIONAL} }} }}",
        {"input": {**form, "idempotencyKey": "k"}},
    )
    assert preview["provisional"] is True
    assert any("2027" in note for note in preview["notes"])
    request = await staff.submit("leave.personal", form)
    told = await seen(staff, request)
    assert told["provisional"] is True
    assert any("2027" in mark for mark in told["marks"])
    settled = await staff.submit("leave.personal", leave("2026-04-08"))
    assert (await seen(staff, settled))["provisional"] is False
    await change(admin, "confirmCalendarYear", year=2027)
    after = await seen(staff, request)
    assert after["provisional"] is False
    assert after["marks"] == told["marks"], "that it was provisional stays on record"
    assert [each["node"]["event"] for each in after["history"]["edges"]] == ["submitted"]


async def test_calendar_days_are_never_provisional(staff: Visitor) -> None:
    request = await staff.submit(
        "leave.maternity", leave("2027-02-08", "2027-05-08", attachments=papers("准生证"))
    )
    if request["__typename"] != "Refusal":
        assert (await seen(staff, request))["provisional"] is False


async def test_a_day_off_inside_an_approved_leave_shortens_it_and_is_told(
    office: Api, admin: Visitor, staff: Visitor, chief: Visitor
) -> None:
    request = await staff.submit("leave.sick", leave("2026-03-10", "2026-03-11"))
    while (done := await seen(staff, request))["status"] == "PENDING":
        waiting = next(s for s in done["steps"] if s["status"] == "OPEN")
        await (await office.person(f"{waiting['role']}@{HOME}")).agree()
    before = (await absence(office, request))[0]
    await day(admin, "2026-03-11", working=False)
    after = await seen(staff, request)
    assert after["status"] == "APPROVED"
    assert await absence(office, request) == (before - 1, True)
    assert "2 → 1" in after["marks"][-1]
    last = after["history"]["edges"][-1]["node"]
    assert (last["event"], last["details"]["code"]) == ("recounted", "RECOUNTED")
    assert "1 天" in after["summary"]
    assert "REQUEST_RECOUNTED" in await codes(staff)
    clerk = await office.person(f"office_clerk@{HOME}")
    assert "REQUEST_RECOUNTED" in await codes(clerk)
    assert (await clerk.agree())["steps"][-1]["status"] == "DONE", "the record can still be made"


async def test_a_pending_leave_that_became_shorter_keeps_who_agreed_and_goes_the_shorter_way(
    office: Api, admin: Visitor, staff: Visitor, chief: Visitor
) -> None:
    request = await staff.submit("leave.personal", leave("2026-03-10", "2026-03-12"))
    longer = [role for role, _, _ in states(request)]
    await chief.agree()
    for off in ("2026-03-11", "2026-03-12"):
        await day(admin, off, working=False)
    after = await seen(staff, request)
    standing = [s for s in after["steps"] if s["status"] != "CANCELLED"]
    assert standing[0] == {"role": "section_chief", "act": "ENDORSE", "status": "DONE"}
    assert len(standing) < len(longer)
    assert (await absence(office, request))[0] == 1
    assert "REQUEST_RECOUNTED" in await codes(staff)
    fresh = await staff.preview("leave.personal", leave("2026-03-17"))
    assert [s["role"] for s in standing] == [s["role"] for s in fresh["steps"]]


async def test_a_pending_leave_that_became_longer_asks_everybody_anew(
    office: Api, admin: Visitor, staff: Visitor, chief: Visitor
) -> None:
    await day(admin, "2026-03-11", working=False)
    request = await staff.submit("leave.personal", leave("2026-03-10", "2026-03-12"))
    await chief.agree()
    await day(admin, "2026-03-11", working=True)
    after = await seen(staff, request)
    opened = [s for s in after["steps"] if s["status"] == "OPEN"]
    assert opened == [{"role": "section_chief", "act": "ENDORSE", "status": "OPEN"}]
    assert "2 → 3" in after["marks"][-1]
    assert "REQUEST_RECOUNTED" in await codes(chief)


async def test_a_leave_of_which_nothing_is_left_goes_back_to_its_applicant(
    office: Api, admin: Visitor, staff: Visitor
) -> None:
    request = await staff.submit("leave.personal", leave("2026-03-11"))
    await day(admin, "2026-03-11", working=False)
    after = await seen(staff, request)
    assert after["status"] == "RETURNED"
    assert (await absence(office, request))[1] is False
    assert "REQUEST_RECOUNTED_BACK" in await codes(staff)


async def test_an_approved_leave_that_became_longer_keeps_its_approval_and_says_what_it_lacks(
    office: Api, admin: Visitor, staff: Visitor
) -> None:
    for off in ("2026-03-11", "2026-03-12"):
        await day(admin, off, working=False)
    request = await staff.submit("leave.personal", leave("2026-03-10", "2026-03-13"))
    while (done := await seen(staff, request))["status"] == "PENDING":
        waiting = next(s for s in done["steps"] if s["status"] == "OPEN")
        await (await office.person(f"{waiting['role']}@{HOME}")).agree()
    for on in ("2026-03-11", "2026-03-12"):
        await day(admin, on, working=True)
    after = await seen(staff, request)
    assert after["status"] == "APPROVED"
    assert (await absence(office, request))[0] == 4
    beyond = [e["node"]["details"].get("code") for e in after["history"]["edges"]]
    assert "RECOUNTED_BEYOND" in beyond
    assert "REQUEST_RECOUNTED_BEYOND" in await codes(staff)


async def test_an_outing_is_counted_anew_too(office: Api, admin: Visitor, staff: Visitor) -> None:
    out = {
        "departs": "2026-03-10T09:00:00+08:00",
        "returns": "2026-03-12T17:00:00+08:00",
        "goingTo": "市局",
        "explanation": "培训",
    }
    request = await staff.submit("outing.official", out)
    assert request["__typename"] != "Refusal", request
    before, _ = await absence(office, request)
    await day(admin, "2026-03-11", working=False)
    assert (await absence(office, request))[0] == before - 1
    assert "→" in (await seen(staff, request))["marks"][-1]


async def test_totals_that_count_those_days_follow(
    office: Api, admin: Visitor, staff: Visitor
) -> None:
    first = await staff.submit("leave.personal", leave("2026-03-10", "2026-03-12"))
    second = await staff.submit("leave.personal", leave("2026-03-17"))
    total = "select facts ->> 'month_total_days' from requests where number = $1"
    assert Decimal(await office.value(total, second["number"])) == 4
    await day(admin, "2026-03-11", working=False)
    assert Decimal(await office.value(total, second["number"])) == 3
    assert "4 → 3" in (await seen(staff, second))["marks"][-1]
    third = await staff.submit("leave.personal", leave("2026-03-18"))
    assert Decimal(await office.value(total, third["number"])) == 4
    assert Decimal(await office.value(total, first["number"])) == 2


async def test_a_day_that_changes_no_count_tells_nobody(
    office: Api, admin: Visitor, staff: Visitor
) -> None:
    request = await staff.submit("leave.personal", leave("2026-03-10"))
    before = await seen(staff, request)
    await day(admin, "2026-03-12", working=False)
    await day(admin, "2026-03-10", working=True)
    assert await seen(staff, request) == before
    assert "REQUEST_RECOUNTED" not in await codes(staff)


QUESTIONS = {
    "workdaysBetween": ("begins", 'begins: "2051-01-02", ends: "2051-01-09"'),
    "addWorkdays": ("day", 'day: "2051-01-02", count: 0'),
    "calendarDays": ("begins", 'begins: "2051-01-02", ends: "2051-01-09"'),
}


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("year", ["1900", "2003", "2051", "2199"])
async def test_every_question_about_the_calendar_has_the_same_bounds(
    staff: Visitor, name: str, year: str
) -> None:
    path, arguments = QUESTIONS[name]
    refused = await staff.one(
        f'{{ {name}(institution: "{HOME}", {arguments.replace("2051", year)})'
        " { __typename ... on Refusal { code problems { path code } } } }"
    )
    assert refused["code"] == "OUTSIDE_CALENDAR"
    assert {(each["path"][0], each["code"]) for each in refused["problems"]} >= {
        (path, "OUTSIDE_CALENDAR")
    }


async def test_what_the_state_announced_meanwhile_counts_when_the_year_is_confirmed(
    office: Api, admin: Visitor, staff: Visitor
) -> None:
    request = await staff.submit("leave.personal", leave("2027-02-08", "2027-02-09"))
    await office.run(
        "insert into calendar_days (institution_id, day, working, name, state)"
        " values ($1, date '2027-02-09', false, '春节', 'announced')",
        NATIONAL,
    )
    try:
        await change(admin, "confirmCalendarYear", year=2027)
    finally:
        await office.run("delete from calendar_days where day = date '2027-02-09'")
    after = await seen(staff, request)
    assert (after["provisional"], "2 → 1" in after["marks"][-1]) == (False, True)
    assert (await absence(office, request))[0] == 1
