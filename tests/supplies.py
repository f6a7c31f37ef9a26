"""What tests of supplies and assets share: an empty store, its items, and the acts on them."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from domain import STOCKS
from schema.ground.ids import global_id
from tests.fleet import record
from tests.lending import HANDED, change
from tests.office import Api, Visitor, problems
from tests.stock import emptied, person_of, sign

CB, HB, SB, SC = "construction-bureau", "hrss-bureau", "science-bureau", "service-centre"
[STOCK] = STOCKS
OTHERS = ("supply_requests", "asset_bookings", "computer_repairs", "equipment")
DAY = "2026-03-02"


@pytest.fixture
async def shop(posts: Api) -> AsyncIterator[Api]:
    for _ in range(2):
        await emptied(posts, STOCK)
        await posts.empty(*OTHERS)
        if _ == 0:
            yield posts


async def people(api: Api, office: str, *roles: str) -> list[Visitor]:
    return [await api.person(f"{role}@{office}") for role in roles]


async def item(keeper: Visitor, name: str, of: str, there: int = 0) -> str:
    card = {"name": name, "itemClass": of, "countedIn": "件", "idempotencyKey": str(uuid4())}
    added = await keeper.one(
        "mutation ($input: AddSupplyItemInput!) { addSupplyItem(input: $input)"
        " { ... on ThingKept { thingId } } }",
        {"input": card},
    )
    if there:
        opening = {"itemId": added["thingId"], "quantity": there, "openedOn": DAY}
        assert isinstance(await record(keeper, "SupplyOpening", **opening), str)
    return str(added["thingId"])


async def issue(keeper: Visitor, what: str, whom: str, many: int = 1, **more: Any) -> Any:
    to = await person_of(keeper.api, whom)
    given = {"itemId": what, "quantity": many, "receiverId": to, "issuedOn": DAY, **more}
    return await record(keeper, "SupplyIssue", **given)


async def count(keeper: Visitor, second: Visitor, what: str, found: int) -> str:
    who = await person_of(keeper.api, second.account)
    given = {"itemId": what, "found": found, "secondId": who, "countedOn": DAY}
    line = await record(keeper, "SupplyCount", **given)
    assert (await sign(second, line))["__typename"] == "LineEntered"
    return str(line)


async def purchase(asker: Visitor, *deciders: Visitor, **form: Any) -> str:
    """A purchase that was approved."""
    asked = await asker.submit("supplies.purchase", {"explanation": "购置办公用品", **form})
    assert asked["__typename"] == "Request", asked
    for each in deciders:
        asked = await each.agree()
    assert asked["status"] == "APPROVED", asked
    return str(asked["id"])


async def leave_office(api: Api, office: str, account: str) -> set[tuple[str, str]]:
    answer = await left(api, office, account)
    return problems(answer) if answer["__typename"] == "Refusal" else set()


async def left(api: Api, office: str, account: str) -> Any:
    admin = await api.person(f"system_admin@{office}")
    given = {"personId": await person_of(api, account), "lastDay": "2026-03-06",
             "document": "任〔2026〕5号", "successors": []}  # fmt: skip
    return await change(admin, "handOver", HANDED, **given)


def codes(refusal: Any) -> dict[str, str]:
    """By problem, the article that it cites."""
    return {each["code"]: (each["clause"] or {}).get("cite") for each in refusal["problems"]}


async def listed(api: Api, chief: Visitor, what: str, day: str = DAY) -> str:
    """A line of a section's list."""
    named = "select id from units where institution_id = $1 and name = '建设科'"
    unit = await api.value(named, CB)
    given = {"unitId": global_id("Unit", unit), "what": what, "quantity": 2, "wantedOn": day}
    return str(await record(chief, "SupplyRequest", **given))
