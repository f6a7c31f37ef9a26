"""A station under another institution's bureau: the step goes up, the request stays at home."""

from typing import Any

import pytest

from domain.time.moments import OFFICE_TIME
from tests.office import Api, Visitor, cites, states
from tests.papers import papers
from tests.records import records
from tests.surveys import surveyed

HOME, ABOVE = "household-registration", "county-police-bureau"
FORM = {
    "explanation": "出生证所载日期与户口簿不一致",
    "hasWorkUnit": False,
    "attachments": papers("出生证或出生医学证明", "户口簿", "身份证"),
}
NODE = "query ($id: ID!) { node(id: $id) { ... on Request { number allowedActions { action } } } }"


@pytest.fixture
async def applicant(api: Api) -> Visitor:
    """Staff of Green Stone Station, which sits under another institution's county bureau."""
    return await api.person(f"staff_2@{HOME}")


@pytest.fixture
async def county(api: Api) -> Visitor:
    return await api.person(f"county_bureau_deputy@{ABOVE}")


async def at_the_county(api: Api, applicant: Visitor) -> Any:
    request = await applicant.submit("household.birth_date", FORM)
    for role in ("area_officer_2", "police_station_chief_2"):
        request = await (await api.person(f"{role}@{HOME}")).agree()
    await surveyed(api, request["id"])
    return request


async def test_the_superior_s_seat_decides_and_is_named(
    api: Api, applicant: Visitor, county: Visitor
) -> None:
    waiting = await at_the_county(api, applicant)
    assert states(waiting)[2] == ("county_bureau", "APPROVE", "OPEN")
    [seat] = waiting["steps"][2]["waitingFor"]
    assert seat["unit"] == "东岭县公安局"
    assert [holder["name"] for holder in seat["holders"]] == ["史瑶"]
    turn = await county.turn()
    assert cites([turn["clause"]]) == ["changes-and-corrections/七(一)"]
    assert turn["clause"]["institution"] == HOME
    decided = await county.decide(turn["id"], comment="同意更正", key="once")
    assert decided["status"] == "APPROVED"
    assert decided["steps"][2]["decidedBy"]["name"] == "史瑶"
    assert decided["steps"][2]["onBehalfOf"]["role"] == "county_bureau_deputy"
    assert await county.inbox() == []
    assert await county.decide(turn["id"], comment="同意更正", key="once") == decided
    assert (await county.decide(turn["id"]))["code"] == "STEP_NOT_OPEN"
    handled = await county.one("{ requests(box: HANDLED) { edges { node { id } } } }")
    assert [edge["node"]["id"] for edge in handled["edges"]] == [decided["id"]]
    [mine] = (await applicant.one("{ requests(box: MINE) { edges { node { status } } } }"))["edges"]
    assert mine["node"]["status"] == "APPROVED"


async def test_the_act_stands_in_the_ledger_of_the_request_s_institution(
    api: Api, applicant: Visitor, county: Visitor
) -> None:
    last = "select record from ledger where institution_id = $1 order by seq desc limit 1"
    before = await api.value(last, ABOVE)
    await at_the_county(api, applicant)
    await county.agree()
    [*_, record] = await records(api, "l.institution_id = $1", HOME)
    assert (record["event"], record["name"]) == ("decided", "史瑶")
    assert record["content"]["turns"][0]["clauses"] == ["changes-and-corrections/七(一)"]
    assert await api.value(last, ABOVE) == before


async def test_the_superior_sees_nothing_but_what_comes_up_to_its_seats(
    api: Api, applicant: Visitor, county: Visitor
) -> None:
    request = await at_the_county(api, applicant)
    assert (await county.one(NODE, {"id": request["id"]}))["number"] == request["number"]
    others = [
        *(f"{role}@{ABOVE}" for role in ("staff", "section_chief", "county_household_section")),
        *(f"{role}@city-police-bureau" for role in ("director", "city_bureau_deputy")),
        *(f"{role}@{HOME}" for role in ("staff", "police_station_chief", "county_bureau_deputy")),
    ]
    for account in others:
        other = await api.person(account)
        assert await other.inbox() == [], account
        assert await other.one(NODE, {"id": request["id"]}) is None, account
        refusal = await other.decide(request["steps"][2]["id"])
        assert refusal["code"] == "REQUEST_NOT_FOUND", account


async def test_the_superior_may_return_it_and_meets_it_again(
    api: Api, applicant: Visitor, county: Visitor
) -> None:
    request = await at_the_county(api, applicant)
    returned = await county.decide((await county.turn())["id"], "RETURN", comment="缺调查材料")
    assert returned["status"] == "RETURNED"
    await applicant.act("resubmit", requestId=request["id"])
    assert await county.inbox() == []
    for role in ("area_officer_2", "police_station_chief_2"):
        await (await api.person(f"{role}@{HOME}")).agree()
    assert (await county.agree())["status"] == "APPROVED"


async def test_each_level_s_working_days_run_while_it_has_the_file(
    api: Api, applicant: Visitor, county: Visitor
) -> None:
    await at_the_county(api, applicant)
    rows = await api.rows("select clock, state from clocks order by started_at, id")
    assert [tuple(row) for row in rows] == [
        ("household.station", "done"),
        ("household.county", "running"),
    ]
    due = await api.value("select due_at from clocks where state = 'running'")
    assert due.astimezone(OFFICE_TIME).date().isoformat() == "2026-03-16"
    await county.decide((await county.turn())["id"])
    assert await api.value("select clock from clocks where state <> 'done'") == "household.notify"
