"""An office's own calendar: a corrected day counts at once, and every change is recorded."""

from uuid import uuid4

from resolvers.time.calendars import LASTS
from tests.office import Api, Visitor, leave, problems

CHANGED = "__typename ... on Refusal { code problems { path code } }"
WEDNESDAY = "2026-03-11"


async def change(visitor: Visitor, mutation: str, /, **given: object) -> dict[str, object]:
    words = mutation[0].upper() + mutation[1:]
    return await visitor.one(
        f"mutation ($input: {words}Input!) {{ {mutation}(input: $input) {{ {CHANGED} }} }}",
        {"input": {**given, "idempotencyKey": str(uuid4())}},
    )


async def wait_for_the_calendar(api: Api) -> None:
    api.services.calendars._kept.clear()
    assert LASTS <= 1


async def test_a_day_that_the_office_sets_free_needs_no_leave_until_it_is_taken_back(
    api: Api,
) -> None:
    admin, staff = (
        await api.person("policy_admin@hrss-bureau"),
        await api.person("staff@hrss-bureau"),
    )

    await change(admin, "setCalendarDay", day=WEDNESDAY, working=False, name="局庆")
    await wait_for_the_calendar(api)

    refused = await staff.submit("leave.sick", leave(WEDNESDAY))
    assert ("begins", "BEGINS_ON_REST_DAY") in problems(refused)
    shown = await staff.one(
        f'{{ calendarDays(institution: "hrss-bureau", begins: "{WEDNESDAY}", ends: "{WEDNESDAY}")'
        " { ... on CalendarDays { days { day working name state own } } } }"
    )
    assert shown["days"] == [
        {"day": WEDNESDAY, "working": False, "name": "局庆", "state": "ANNOUNCED", "own": True}
    ]

    await change(admin, "clearCalendarDay", day=WEDNESDAY)
    await wait_for_the_calendar(api)
    assert (await staff.submit("leave.sick", leave(WEDNESDAY)))["status"] == "PENDING"
    events = await api.rows(
        "select record from ledger where institution_id = 'hrss-bureau'"
        " and event = 'calendar_changed'"
    )
    assert len(events) >= 2


async def test_another_office_keeps_its_own_working_days(api: Api) -> None:
    admin = await api.person("policy_admin@hrss-bureau")
    await change(admin, "setCalendarDay", day="2026-03-12", working=False, name="局庆")
    await wait_for_the_calendar(api)
    elsewhere = await api.person("staff@science-bureau")

    assert (await elsewhere.submit("leave.sick", leave("2026-03-12")))["status"] == "PENDING"

    await change(admin, "clearCalendarDay", day="2026-03-12")


async def test_a_provisional_year_is_announced_when_the_office_confirms_it(api: Api) -> None:
    admin = await api.person("policy_admin@county-organs")
    asked = (
        '{ workdaysBetween(institution: "county-organs", begins: "2031-01-01", ends: "2031-01-31")'
        " { ... on WorkdaysBetween { provisional } } }"
    )
    assert (await admin.one(asked))["provisional"] is True

    await change(admin, "confirmCalendarYear", year=2031)
    await wait_for_the_calendar(api)

    assert (await admin.one(asked))["provisional"] is False
    await api.run("delete from calendar_days where institution_id = 'county-organs'")


async def test_what_cannot_be_set_is_refused_and_nothing_changes(api: Api) -> None:
    admin = await api.person("policy_admin@hrss-bureau")
    before = await api.counts()

    far = await change(admin, "setCalendarDay", day="2099-01-01", working=False, name="远")
    blank = await change(admin, "setCalendarDay", day=WEDNESDAY, working=False, name=" ")
    none = await change(admin, "clearCalendarDay", day=WEDNESDAY)
    year = await change(admin, "confirmCalendarYear", year=1999)

    codes = [answer["problems"][0]["code"] for answer in (far, blank, none, year)]
    assert codes == ["OUTSIDE_CALENDAR", "REQUIRED", "NO_OWN_DAY", "OUTSIDE_CALENDAR"]
    assert await api.counts() == before


async def test_only_the_policy_administrator_changes_the_calendar(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    answer = await staff.ask(
        'mutation { setCalendarDay(input: {day: "2026-03-11", working: false, name: "x",'
        ' idempotencyKey: "k"}) { __typename } }'
    )
    assert answer.codes == ["NOT_ALLOWED"]
