"""Accounts follow what becomes of a leave: it is extended, or its days are counted anew."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.balances import ANNUAL, BUREAU, STAFF, TIME_OFF, accounts, left, office, opened, worked
from tests.office import Api, half_day, leave, problems
from tests.test_calendar_changes import change, wait_for_the_calendar

__all__ = ["office"]
LAST = "2026-03-16"


@pytest.fixture
async def calendar(office: Api) -> AsyncIterator[Api]:
    yield office
    await office.run("delete from calendar_days where institution_id = $1", BUREAU)
    await wait_for_the_calendar(office)


async def on_the_calendar(office: Api, day: str, *, working: bool) -> None:
    admin = await office.person(f"policy_admin@{BUREAU}")
    done = await change(admin, "setCalendarDay", day=day, working=working, name="调休")
    assert done["__typename"] == "CalendarChanged", done


def until(asked: Any, day: str) -> dict[str, Any]:
    ends = half_day(day, "AFTERNOON")
    return {"leaveId": asked["id"], "ends": ends, "explanation": "返程延误"}


async def test_an_extension_takes_what_it_adds_and_no_more_than_is_left(office: Api):
    staff = await opened(office)
    asked = await staff.submit("leave.annual", leave("2026-03-09", "2026-03-11"))
    before = await office.counts()
    refused = await staff.submit("leave.extension", until(asked, "2026-03-16"))
    assert problems(refused) == {("ends", "ACCOUNT_SHORT")}, refused
    assert refused["problems"][0]["message"] == "年休假天数还剩 2 天，不够申请的 3 天"
    assert await office.counts() == before
    longer = await staff.submit("leave.extension", until(asked, "2026-03-13"))
    assert longer["status"] == "APPROVED", longer
    assert await left(staff, ANNUAL, on="2026-03-09") == (0, 0, 0)
    lines = (await accounts(staff, on=LAST))[ANNUAL]["lines"]
    moved = [(each["move"], float(each["amount"]), each["source"]) for each in lines[1:]]
    assert moved == [("DEBITED", -3, asked["id"]), ("DEBITED", -2, asked["id"])]


async def test_an_extension_on_its_way_holds_what_it_adds(office: Api):
    staff, deputy = await office.person(STAFF), await office.person(f"deputy_in_charge@{BUREAU}")
    await worked(office, ("2026-03-07", "2026-03-08"))
    asked = await staff.submit("leave.compensatory", leave("2026-03-16"))
    await deputy.agree()
    longer = await staff.submit("leave.extension", until(asked, "2026-03-17"))
    assert longer["__typename"] == "Request", longer
    assert await left(staff, TIME_OFF, on=LAST) == (1, 1, 0)
    more = await staff.submit("leave.compensatory", leave("2026-03-19"))
    assert problems(more) == {("begins", "ACCOUNT_SHORT")}
    await deputy.agree()
    assert await left(staff, TIME_OFF, on=LAST) == (0, 0, 0)


async def test_a_day_off_inside_an_approved_leave_is_given_back(calendar: Api):
    staff = await opened(calendar)
    await staff.submit("leave.annual", leave("2026-03-09", "2026-03-13"))
    await on_the_calendar(calendar, "2026-03-11", working=False)
    assert await left(staff, ANNUAL, on=LAST) == (1, 0, 1)
    await on_the_calendar(calendar, "2026-03-11", working=True)
    assert await left(staff, ANNUAL, on=LAST) == (0, 0, 0)


async def test_a_waiting_leave_that_became_longer_than_what_is_left_goes_back(calendar: Api):
    staff = await calendar.person(STAFF)
    await worked(calendar, ("2026-03-07", "2026-03-07"))
    half = await staff.submit("leave.compensatory", leave("2026-03-13"))
    assert await left(staff, TIME_OFF, on="2026-03-13") == (1, 1, 0)
    await staff.act("withdraw", requestId=half["id"])
    asked = await staff.submit(
        "leave.compensatory",
        {
            "begins": half_day("2026-03-13", "AFTERNOON"),
            "ends": half_day("2026-03-16"),
            "explanation": "家中有事",
        },
    )
    assert asked["__typename"] == "Request", asked
    await on_the_calendar(calendar, "2026-03-14", working=True)
    told = await staff.one(
        "query ($id: ID!) { node(id: $id) { ... on Request { status } } }", {"id": asked["id"]}
    )
    assert told["status"] == "RETURNED"
    assert await left(staff, TIME_OFF, on="2026-03-13") == (1, 0, 1)
