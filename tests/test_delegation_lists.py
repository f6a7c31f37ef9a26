"""Loans of seats beside each other: asked for twice or at once, listed and paged."""

import asyncio
from typing import Any

import pytest

from tests.lending import end_loan, lend, loans, seat_of
from tests.office import Api, Visitor


@pytest.fixture
async def deputy(api: Api) -> Visitor:
    return await api.person("deputy_in_charge@hrss-bureau")


@pytest.fixture
async def substitute(api: Api) -> Visitor:
    return await api.person("office_director@hrss-bureau")


async def lent(deputy: Visitor, substitute: Visitor, **more: Any) -> Any:
    seat = await seat_of(deputy, "deputy_in_charge", "就业促进科")
    return await lend(deputy, seat, substitute, **more)


async def test_a_repeated_call_lends_once(api: Api, deputy: Visitor, substitute: Visitor) -> None:
    first = await lent(deputy, substitute, key="lend-once")
    again = await lent(deputy, substitute, key="lend-once")
    assert first == again
    assert len(await loans(deputy)) == 1
    reused = await lent(deputy, substitute, key="lend-once", reason="another")
    assert reused["code"] == "KEY_REUSED"
    assert await api.value("select count(*) from delegations") == 1


async def test_of_two_loans_asked_for_at_once_one_is_refused(
    api: Api, deputy: Visitor, substitute: Visitor
) -> None:
    other = await api.person("finance_deputy@hrss-bureau")
    for number in range(5):
        seat = await seat_of(deputy, "deputy_in_charge", "就业促进科")
        answers = await asyncio.gather(lend(deputy, seat, substitute), lend(deputy, seat, other))
        refused = [each for each in answers if "problems" in each]
        assert [p["code"] for each in refused for p in each["problems"]] == ["LOAN_OVERLAPS"]
        assert await api.value("select count(*) from delegations") == number + 1
        [running] = await loans(deputy, active="true")
        await end_loan(deputy, running["id"])


async def test_of_two_loans_that_would_close_a_circle_at_once_one_is_refused(
    api: Api, deputy: Visitor
) -> None:
    other = await api.person("finance_deputy@hrss-bureau")
    ours = await seat_of(deputy, "deputy_in_charge", "就业促进科")
    theirs = await seat_of(other, "finance_deputy")
    answers = await asyncio.gather(lend(deputy, ours, other), lend(other, theirs, deputy))
    refused = [each for each in answers if "problems" in each]
    assert [p["code"] for each in refused for p in each["problems"]] == ["LOAN_CIRCLE"]


async def test_loans_are_listed_to_lender_borrower_and_administrator(
    api: Api, deputy: Visitor, substitute: Visitor
) -> None:
    loan = await lent(deputy, substitute)
    admin = await api.person("system_admin@hrss-bureau")
    staff = await api.person("staff@hrss-bureau")
    for visitor, box in ((deputy, "LENT"), (substitute, "BORROWED"), (admin, "ALL")):
        assert [each["id"] for each in await loans(visitor, box)] == [loan["id"]]
    assert await loans(deputy, "BORROWED") == await loans(substitute) == await loans(staff) == []
    assert await loans(deputy, active="false") == []
    assert len(await loans(deputy, seat=f'"{loan["seat"]["id"]}"')) == 1
    assert await loans(deputy, seat=f'"{await seat_of(substitute, "office_director")}"') == []
    [refused] = await loans(staff, "ALL")
    assert refused["code"] == "NOT_THE_ADMINISTRATOR"


async def test_a_page_of_loans_goes_on_after_its_cursor(
    deputy: Visitor, substitute: Visitor
) -> None:
    seat = await seat_of(deputy, "deputy_in_charge", "就业促进科")
    for day in ("2026-03-03", "2026-03-04", "2026-03-05"):
        await lend(deputy, seat, substitute, begins=day, ends=day)
    asked = (
        "{ delegations(first: 2%s) { ... on DelegationConnection { totalCount"
        " edges { node { begins } } pageInfo { hasNextPage endCursor } } } }"
    )
    first = await deputy.one(asked % "")
    cursor = first["pageInfo"]["endCursor"]
    rest = await deputy.one(asked % f', after: "{cursor}"')
    assert (first["totalCount"], first["pageInfo"]["hasNextPage"]) == (3, True)
    found = [edge["node"]["begins"] for page in (first, rest) for edge in page["edges"]]
    assert sorted(found) == ["2026-03-03", "2026-03-04", "2026-03-05"]
    assert rest["pageInfo"]["hasNextPage"] is False
