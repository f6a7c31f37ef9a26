"""What recurs is shown done by what happens: a body that met, a sheet handed in, a leave filed."""

from typing import Any

from tests.office import Api, Visitor, leave
from tests.sittings import keep, never_met
from tests.small_shapes import at
from tests.test_clock_rows import clocks_of
from tests.test_duties_served import nodes


async def test_a_body_that_met_has_done_its_rhythm_and_one_that_did_not_is_reminded(api: Api):
    await never_met(api)
    here = "service-centre"
    secretary = await api.person(f"bureau_meeting@{here}")

    async def stands() -> str:
        month = {"from": "2026-03-01", "to": "2026-03-31", "who": "bureau_meeting"}
        [duty] = await nodes(secretary, **month)
        return f"{duty['state']} {len(duty['done'])}"

    api.now = at("2026-03-05 10:00")
    assert await stands() == "DUE 0"
    for day, what in (("09", "DUE 1"), ("23", "DONE 2")):
        sitting = await keep(
            secretary, "callSitting", body="bureau_meeting",
            beginsAt=f"2026-03-{day}T09:00:00+08:00", agenda=[{"title": "近期工作"}],
        )  # fmt: skip
        api.now = at(f"2026-03-{day} 11:00")
        came = {"eligible": 9, "present": 8}
        await keep(secretary, "recordAttendance", sittingId=sitting["id"], **came)
        await keep(secretary, "closeMinutes", sittingId=sitting["id"], minutes="已议")
        assert await stands() == what


async def sheets(visitor: Visitor, **asked: Any) -> list[Any]:
    return [each for each in await nodes(visitor, **asked) if "考勤表" in each["activity"]]


async def test_a_sheet_handed_in_does_what_recurs_and_late_is_late(api: Api):
    chief = await api.person("section_chief@construction-bureau")
    month = {"from": "2026-03-28", "to": "2026-03-28", "who": "section", "mine": True}
    api.now = at("2026-03-27 10:00")
    [duty] = await sheets(chief, **month)
    assert (duty["state"], duty["due"]) == ("DUE", "2026-03-28")
    await chief.submit("attendance.sheet", {"explanation": "三月考勤"})
    [duty] = await sheets(chief, **month)
    assert (duty["state"], duty["done"][0]["late"]) == ("DONE", False)
    api.now = at("2026-04-29 10:00")
    await chief.submit("attendance.sheet", {"explanation": "四月考勤"})
    [late] = await sheets(chief, **{**month, "from": "2026-04-28", "to": "2026-04-28"})
    assert (late["state"], late["done"][0]["late"]) == ("DONE_LATE", True)


async def test_an_approved_leave_is_filed_by_the_day_before_and_the_clerks_record_stops_it(
    api: Api,
):
    here = "hrss-bureau"
    staff = await api.person(f"staff@{here}")
    request = await staff.submit("leave.sick", leave("2026-03-10"))
    assert request["__typename"] != "Refusal", request
    assert await clocks_of(api, "leave-filing", here) == []
    for role in ("section_chief", "deputy_in_charge"):
        await (await api.person(f"{role}@{here}")).agree()
    [clock] = await clocks_of(api, "leave-filing", here)
    assert (clock["state"], clock["due_at"]) == ("running", at("2026-03-09 23:59:59"))
    await (await api.person(f"office_clerk@{here}")).agree()
    [clock] = await clocks_of(api, "leave-filing", here)
    assert clock["state"] == "done"
