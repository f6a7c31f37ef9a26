"""Leave that must be reported back from (销假): a clock runs from its end, wherever it moves."""

from decimal import Decimal
from typing import Any

from tests.clock_office import CLOCK, day_of, told
from tests.duty import through
from tests.office import Api, Visitor, half_day, leave, problems
from tests.small_shapes import at

COUNTY, BUREAU = "county-organs", "construction-bureau"
CLOCKS = f"{{ clocks {{ edges {{ node {{ {CLOCK} }} }} }} }}"


async def clocks(visitor: Visitor) -> list[Any]:
    return [edge["node"] for edge in (await visitor.one(CLOCKS))["edges"]]


async def away(api: Api, first: str, last: str | None = None) -> tuple[Visitor, Any]:
    staff = await api.person(f"staff@{COUNTY}")
    request = await staff.submit("leave.personal", leave(first, last, leaveReason="URGENT_MATTER"))
    assert request["__typename"] != "Refusal", request
    assert await clocks(staff) == []
    approved = await (await api.person(f"section_chief@{COUNTY}")).agree()
    assert approved["status"] == "APPROVED"
    return staff, approved


async def test_who_is_on_leave_has_three_days_from_its_end_to_report_back(api: Api):
    staff, request = await away(api, "2026-03-16")
    [clock] = await clocks(staff)
    assert (day_of(clock), clock["state"], clock["clause"]["cite"]) == (
        *("2026-03-19", "RUNNING"),
        "(第八条)",
    )
    [seat] = clock["responsible"]
    assert [holder["name"] for holder in seat["holders"]] == [request["applicant"]["name"]]
    api.now = at("2026-03-18 09:00")
    await api.clocks()
    assert await told(api, "CLOCK_WARNING") == 1
    back = {"date": "2026-03-17", "half": "MORNING"}
    done = await staff.act("reportBack", requestId=request["id"], returned=back)
    assert done["__typename"] != "Refusal", done
    assert [each["state"] for each in await clocks(staff)] == ["DONE"]


async def test_an_extension_moves_when_to_report_back(api: Api):
    staff, request = await away(api, "2026-03-03")
    [clock] = await clocks(staff)
    assert day_of(clock) == "2026-03-06"
    api.now = at("2026-03-03 15:00")
    longer = await staff.submit(
        "leave.extension",
        {
            "leaveId": request["id"],
            "ends": {"date": "2026-03-04", "half": "AFTERNOON"},
            "explanation": "家中有事",
        },
    )
    assert longer["__typename"] != "Refusal", longer
    # Two days are the deputy's to grant.
    approved = await (await api.person(f"deputy_in_charge@{COUNTY}")).agree()
    assert approved["status"] == "APPROVED"
    first, second = await clocks(staff)
    assert (first["state"], second["state"]) == ("CANCELLED", "RUNNING")
    assert day_of(second) == "2026-03-07"
    assert second["subjectId"] == first["subjectId"] == request["id"]


async def test_leave_that_was_cut_short_or_given_up_costs_what_it_has_become(api: Api):
    staff, chief = [await api.person(f"{role}@{BUREAU}") for role in ("staff", "section_chief")]
    office = await api.person(f"office_director@{BUREAU}")

    async def off() -> list[str]:
        found = await office.one("{ consequences { amount unit clause { cite } } }")
        return [each["amount"] for each in found if each["clause"]["cite"] == "三(二)5"]

    asked = await staff.submit("leave.personal", leave("2026-03-10", "2026-03-10"))
    assert (await chief.agree())["status"] == "APPROVED"
    assert await off() == ["20"]
    given_up = await staff.act("reportBack", requestId=asked["id"])
    assert given_up["__typename"] != "Refusal", given_up
    assert await off() == []
    codes = await chief.one("{ notices { edges { node { code } } } }")
    assert "LEAVE_GIVEN_UP" in [edge["node"]["code"] for edge in codes["edges"]]
    await staff.submit("leave.personal", leave("2026-03-10", "2026-03-12"))
    await chief.agree()
    leader = await api.person(f"director@{BUREAU}")
    approved = await leader.agree()
    assert approved["status"] == "APPROVED", approved
    assert await off() == ["60"]
    api.now = at("2026-03-11 08:00")
    back = {"date": "2026-03-11", "half": "MORNING"}
    await staff.act("reportBack", requestId=approved["id"], returned=back)
    assert await off() == ["20"], "a day was taken"


async def test_a_total_of_the_year_counts_what_earlier_leave_has_become(api: Api):
    staff = await api.person("staff@hrss-bureau")

    async def total() -> set[str]:
        found = await staff.one("{ consequences { day counted { measure value } } }")
        said = [e for each in found if each["day"] == "2026-03-16" for e in each["counted"]]
        return {each["value"] for each in said if each["measure"] == "personal_days_year"}

    asked = []
    for first, last in (("2026-03-09", "2026-03-12"), ("2026-03-16", "2026-03-20")):
        asked.append(await staff.submit("leave.personal", leave(first, last)))
        await through(api, asked[-1])
    assert await total() == {"9.0"}
    api.now = at("2026-03-10 07:50")
    back = {"date": "2026-03-10", "half": "MORNING"}
    done = await staff.act("reportBack", requestId=asked[0]["id"], returned=back)
    assert done["__typename"] != "Refusal", done
    assert await total() == set(), "of six days nothing follows"


async def test_leave_over_two_months_counts_in_each(api: Api):
    staff = await api.person(f"staff@{BUREAU}")
    await staff.submit("leave.personal", leave("2026-03-30", "2026-04-02"))
    for role in ("section_chief", "director"):
        approved = await (await api.person(f"{role}@{BUREAU}")).agree()
    assert approved["status"] == "APPROVED", approved
    office = await api.person(f"office_director@{BUREAU}")
    found = await office.one("{ consequences { day amount unit clause { cite } } }")
    off = {each["day"]: each["amount"] for each in found if each["clause"]["cite"] == "三(二)5"}
    assert off == {"2026-03-30": "40", "2026-04-01": "40"}


async def test_a_return_that_was_told_wrong_is_put_right_by_who_is_back_or_who_decided(api: Api):
    staff, request = await away(api, "2026-03-16")
    chief, other = [await api.person(f"{e}@{COUNTY}") for e in ("section_chief", "office_clerk")]
    right = {"returned": half_day("2026-03-17"), "reason": "填错日期", "requestId": request["id"]}
    assert (await staff.act("correctReturn", **right))["code"] == "NOT_REPORTED_BACK"
    api.now = at("2026-03-18 09:00")
    noon = half_day("2026-03-16", "AFTERNOON")
    await staff.act("reportBack", requestId=request["id"], returned=noon)
    days = "select days from absences where request_id = $1"
    key = await api.value("select id from requests where number = $1", request["number"])
    assert await api.value(days, key) == Decimal("0.5")
    assert (await other.act("correctReturn", **right))["code"] != "Request"
    ahead = {**right, "returned": half_day("2026-03-20")}
    assert (await staff.act("correctReturn", **ahead))["code"] == "NOT_BACK_YET"
    assert problems(await staff.act("correctReturn", **{**right, "reason": " "})) == {
        ("reason", "REQUIRED")
    }
    done = await staff.act("correctReturn", **right)
    assert done["__typename"] != "Refusal", done
    assert await api.value(days, key) == 1
    assert await told(api, "RETURN_CORRECTED") == 1
    again = {**right, "returned": noon}
    assert (await chief.act("correctReturn", **again))["__typename"] != "Refusal"
    assert await api.value(days, key) == Decimal("0.5")
    assert await api.value("select count(*) from ledger where event = 'return_corrected'") == 2
