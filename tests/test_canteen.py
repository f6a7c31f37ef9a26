"""The canteen: deliveries weighed by two, the journal, fees, who works there and who enters."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.duty import enter, sign
from tests.office import Api, Visitor, problems
from tests.papers import papers
from tests.small_shapes import at
from tests.test_duties_served import nodes
from tests.test_gate import cites, person_id, seen

HERE, CENTRE = "hrss-bureau", "service-centre"
TABLES = ("canteen_purchases", "canteen_fees", "canteen_workers", "kitchen_entries")
GOODS = {"deliveredOn": "2026-05-12", "goods": "土豆", "weight": "52.5", "supplier": "惠民菜行"}
BOUGHT = {"boughtOn": "2026-05-12", "goods": "土豆", "quantity": "52.5千克"}


@pytest.fixture
async def canteen(api: Api) -> Api:
    await api.empty(*TABLES, "canteen_deliveries", "line_signatures", "clocks")
    api.now = at("2026-05-12 10:00")
    return api


async def states(visitor: Visitor) -> list[str]:
    found = await seen(visitor, "{ clocks(first: 100) { edges { node { action state } } } }")
    return [each["state"] for each in found if each["action"] == "记入采购日记账"]


async def test_two_of_the_canteen_check_a_delivery_that_is_in_the_journal_that_day(canteen: Api):
    cook, second = [await canteen.person(f"canteen_staff{each}@{HERE}") for each in ("", "_2")]
    books = await canteen.person(f"finance_section@{HERE}")
    other = await person_id(cook, "姜萍")
    before = await canteen.counts()
    assert (await enter(books, "CanteenDelivery", **GOODS, checkerId=other))[
        "code"
    ] == "NOT_A_KEEPER"
    for one in (await person_id(cook, "田倩"), other):
        refused = await enter(cook, "CanteenDelivery", **GOODS, checkerId=one)
        assert {path for path, _ in problems(refused)} == {"checkerId"}
        assert cites(refused) == {"canteen/一、5"}
    assert await canteen.counts() == before
    line = await enter(cook, "CanteenDelivery", **GOODS, checkerId=await person_id(cook, "柳素珍"))
    assert (await sign(cook, line["lineId"]))["__typename"] == "Refusal"
    assert await states(books) == []
    assert (await sign(second, line["lineId"]))["__typename"] == "LineEntered"
    assert await states(books) == ["RUNNING"]
    posted = {**BOUGHT, "canteenPurchaseCost": "136.50", "deliveryId": line["lineId"]}
    assert (await enter(cook, "CanteenPurchase", **posted))["code"] == "NOT_A_KEEPER"
    assert (await enter(books, "CanteenPurchase", **posted))["__typename"] == "LineEntered"
    assert await states(books) == ["DONE"]


async def test_a_purchase_of_the_centre_is_witnessed_by_another_and_costs_no_more_than_the_limit(
    canteen: Api,
):
    cook = await canteen.person(f"canteen_staff@{CENTRE}")
    buyer, clerk = await person_id(cook, "邹霞"), await canteen.person(f"office_clerk@{CENTRE}")
    witness = await person_id(cook, "潘彩霞")
    given: dict[str, Any] = {**BOUGHT, "canteenPurchaseCost": "800", "people": 10}
    before = await canteen.counts()
    bare = await enter(cook, "CanteenPurchase", **BOUGHT, canteenPurchaseCost="800")
    assert problems(bare) == {(each, "REQUIRED") for each in ("people", "buyerId", "witnessId")}
    alone = await enter(cook, "CanteenPurchase", **given, buyerId=buyer, witnessId=buyer)
    assert cites(alone) == {"canteen/食堂管理 5"}
    said = {**given, "buyerId": buyer, "witnessId": witness}
    dear = await enter(cook, "CanteenPurchase", **{**said, "canteenPurchaseCost": "800.10"})
    assert cites(dear) == {"canteen/食堂管理 3"}
    assert await canteen.counts() == before
    why = {"canteenPurchaseCost": "840", "exception": "按月计算，标准未写明期间"}
    assert (await enter(cook, "CanteenPurchase", **{**said, **why}))["__typename"] == "LineEntered"
    await canteen.empty(*TABLES, "line_signatures")
    line = await enter(cook, "CanteenPurchase", **said)
    listed = "{ canteenPurchases { edges { node { stands } } } }"
    assert await seen(cook, listed) == [{"stands": False}]
    assert (await sign(clerk, line["lineId"]))["__typename"] == "LineEntered"
    assert await seen(cook, listed) == [{"stands": True}]


async def test_who_works_in_the_canteen_of_the_centre_is_licensed_and_checked(canteen: Api):
    head = await canteen.person(f"office_director@{CENTRE}")
    given = {"fromDay": "2026-05-12", "personId": await person_id(head, "邹霞")}
    before = await canteen.counts()
    said = {"hygieneLicence": False, "regularCheck": True}
    refused = await enter(head, "CanteenWorker", **given, **said)
    assert problems(refused) == {("hygieneLicence", "NOT_ELIGIBLE")}
    assert cites(refused) == {"canteen/食堂管理 1"}
    assert await canteen.counts() == before
    taken = await enter(head, "CanteenWorker", **given, **{**said, "hygieneLicence": True})
    assert taken["__typename"] == "LineEntered"


async def test_a_fee_of_a_month_is_forty_yuan_once_for_each_and_what_is_owed_is_told(canteen: Api):
    books = await canteen.person(f"finance_section@{HERE}")
    given = {"month": "2026-05-01", "personId": await person_id(books, "姜萍")}
    before = await canteen.counts()
    refused = await enter(books, "CanteenFee", **given, canteenFeeMonth="41")
    assert cites(refused) == {"canteen/一、7"}
    assert await canteen.counts() == before
    part = await enter(books, "CanteenFee", **given, canteenFeeMonth="15")
    again = await enter(books, "CanteenFee", **given, canteenFeeMonth="25")
    assert again["__typename"] == "Refusal"
    listed = "{ canteenFees { edges { node { owed } } } }"
    assert await seen(books, listed) == [{"owed": "25"}]
    await enter(books, "CanteenFee", **given, canteenFeeMonth="40", corrects=part["lineId"])
    assert {each["owed"] for each in await seen(books, listed)} == {"25", None}


async def test_a_menu_is_made_in_the_week_before_it_or_that_week_has_none(canteen: Api):
    cook, paper = await canteen.person(f"canteen_staff@{HERE}"), papers("下一周每日食谱")
    for handed_in, week in (("2026-05-18", "2026-05-18"), ("2026-05-21", "2026-05-25")):
        canteen.now = at(f"{handed_in} 09:00")
        days = {"begins": week, "ends": str(date.fromisoformat(week) + timedelta(days=4))}
        menu = {**days, "explanation": "食谱", "attachments": paper}
        assert (await cook.submit("canteen.menu", menu))["status"] == "PENDING"
    owed = await nodes(cook, mine=True, **{"from": "2026-05-17", "to": "2026-05-24"})
    assert [each["state"] for each in owed if "食谱" in each["activity"]] == ["MISSED", "DONE"]


async def test_only_its_staff_and_the_committee_enter_the_kitchen(canteen: Api):
    cook = await canteen.person(f"canteen_staff@{HERE}")
    given = {"enteredAt": "2026-05-12T09:30:00+08:00", "purpose": "检查卫生"}
    before = await canteen.counts()
    other = await person_id(cook, "姜萍")
    refused = await enter(cook, "CanteenKitchenEntry", **given, entrantId=other)
    assert problems(refused) == {("entrantId", "KITCHEN_CLOSED_TO")}
    assert await canteen.counts() == before
    member = await person_id(cook, "钟少华")
    let = await enter(cook, "CanteenKitchenEntry", **given, entrantId=member)
    assert let["__typename"] == "LineEntered", let


async def test_a_purchase_entered_after_its_day_is_told(canteen: Api):
    books = await canteen.person(f"finance_section@{HERE}")
    for day in ("2026-05-11", "2026-05-12"):
        await enter(
            books, "CanteenPurchase", **{**BOUGHT, "boughtOn": day}, canteenPurchaseCost="9"
        )
    listed = await seen(books, "{ canteenPurchases { edges { node { boughtOn late } } } }")
    assert {each["boughtOn"]: each["late"] for each in listed} == {
        "2026-05-11": True, "2026-05-12": False,
    }  # fmt: skip
