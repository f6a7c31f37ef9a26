"""Supplies: bought by two, kept by another, handed out, counted, and given back by who leaves."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest

from domain import STOCKS
from tests.fleet import record
from tests.lending import HANDED, change
from tests.office import Api, Visitor, problems
from tests.papers import papers
from tests.stock import differences, emptied, held, levels, person_of, sign
from tests.test_consequences import SHOWN as CONSEQUENCE
from tests.test_duties_served import nodes

CB, HB, SB, SC = "construction-bureau", "hrss-bureau", "science-bureau", "service-centre"
[STOCK] = STOCKS
OTHERS = "supply_requests, asset_bookings, computer_repairs"
DAY = "2026-03-02"


@pytest.fixture
async def shop(posts: Api) -> AsyncIterator[Api]:
    for _ in range(2):
        await emptied(posts, STOCK)
        await posts.run("set session_replication_role = replica")
        await posts.run(f"truncate {OTHERS} cascade")
        await posts.run("set session_replication_role = origin")
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
    admin = await api.person(f"policy_admin@{office}")
    given = {"personId": await person_of(api, account), "lastDay": "2026-03-06",
             "document": "任〔2026〕5号", "successors": []}  # fmt: skip
    answer = await change(admin, "handOver", HANDED, **given)
    return problems(answer) if answer["__typename"] == "Refusal" else set()


def codes(refusal: Any) -> dict[str, str]:
    """By problem, the article that it cites."""
    return {each["code"]: (each["clause"] or {}).get("cite") for each in refusal["problems"]}


async def test_two_buy_together_of_three_suppliers_and_by_an_approved_request(shop: Api):
    keeper, clerk, director = await people(shop, CB, "keeper", "office_clerk", "director")
    paper = await item(keeper, "复印纸", "CONSUMABLE", 40)
    one, two = [await person_of(shop, f"{each}@{CB}") for each in ("cashier", "staff")]
    given = {"itemId": paper, "quantity": 100, "unitPrice": "20", "supplier": "文华商店",
             "receivedOn": DAY, "buyerId": one}  # fmt: skip
    three = {"comparedWith": "晨光文具", "comparedPrice": "21", "alsoComparedWith": "齐心商行",
             "alsoComparedPrice": "22.5"}  # fmt: skip
    asked = await clerk.submit("supplies.purchase", {
        "explanation": "购纸", "amount": "2000", "attachments": papers("办公用品预算")})  # fmt: skip
    before = await shop.counts()
    refused = await record(keeper, "SupplyReceipt", **given, **three)
    assert codes(refused) == {"REQUIRED": "一"}
    refused = await record(keeper, "SupplyReceipt", **given, **three, requestId=asked["id"])
    assert codes(refused) == {"APPROVAL_NEEDED": "一"}
    assert await shop.counts() == before
    assert (await director.agree())["status"] == "APPROVED"
    given["requestId"] = asked["id"]
    before = await shop.counts()
    alone = await record(keeper, "SupplyReceipt", **given, **three)
    assert codes(alone) == {"TOO_FEW_PEOPLE": "一"}
    itself = await record(keeper, "SupplyReceipt", **given, **three, secondBuyerId=one)
    assert problems(itself) == {("secondBuyerId", "SAME_PERSON")}
    same = {**three, "alsoComparedWith": "文华商店"}
    refused = await record(keeper, "SupplyReceipt", **given, **same, secondBuyerId=two)
    assert codes(refused) == {"BELOW_QUOTA": "二"}
    assert await shop.counts() == before
    bought = await record(keeper, "SupplyReceipt", **given, **three, secondBuyerId=two)
    assert isinstance(bought, str), bought
    assert (await levels(clerk, STOCK))[paper]["inStore"] == 140


async def test_the_count_of_the_quarter_shows_what_the_ledgers_do_not(shop: Api):
    keeper, clerk, director = await people(shop, CB, "keeper", "office_clerk", "director")
    pens, paper = [await item(keeper, name, "CONSUMABLE", 140) for name in ("签字笔", "复印纸")]
    assert isinstance(await issue(clerk, paper, f"staff@{CB}", 85), str)
    line = await count(keeper, clerk, paper, 52)
    [missing] = await differences(director)
    assert (missing["count"], missing["expected"], missing["difference"]) == (line, 55, -3)

    async def checked() -> Any:
        every = await nodes(clerk)
        return next(each["state"] for each in every if each["activity"] == "核查清点办公用品库存")

    assert await checked() == "DUE", "one item is not the store"
    await count(keeper, clerk, pens, 140)
    assert await checked() == "DONE"


async def test_a_fixed_asset_is_booked_once_by_the_accountant_and_nothing_else_is(shop: Api):
    keeper, clerk, director, accountant = await people(
        shop, CB, "keeper", "office_clerk", "director", "accountant"
    )
    attached = {"amount": "9000", "attachments": papers("办公用品预算")}
    request = await purchase(clerk, director, **attached)
    lines = {}
    for name, of in (("台式电脑", "FIXED_ASSET"), ("文件夹", "OTHER")):
        given = {
            "itemId": await item(keeper, name, of), "quantity": 1, "unitPrice": "4500",
            "receivedOn": DAY, "requestId": request, "supplier": "甲", "comparedWith": "乙",
            "comparedPrice": "4600", "alsoComparedWith": "丙", "alsoComparedPrice": "4700",
            "buyerId": await person_of(shop, f"cashier@{CB}"),
            "secondBuyerId": await person_of(shop, f"staff@{CB}"),
        }  # fmt: skip
        lines[of] = await record(keeper, "SupplyReceipt", **given)
    booking = {"bookedOn": DAY, "account": "固资-12", "amount": "4500"}
    before = await shop.counts()
    mine = await record(keeper, "AssetBooking", receiptId=lines["FIXED_ASSET"], **booking)
    assert mine["code"] == "NOT_A_KEEPER"
    folder = await record(accountant, "AssetBooking", receiptId=lines["OTHER"], **booking)
    assert codes(folder) == {"NOT_ELIGIBLE": "三"}
    assert await shop.counts() == before
    booked = await record(accountant, "AssetBooking", receiptId=lines["FIXED_ASSET"], **booking)
    assert isinstance(booked, str), booked
    again = await record(accountant, "AssetBooking", receiptId=lines["FIXED_ASSET"], **booking)
    assert again["code"] == "ENTERED_ALREADY"


async def test_what_lasts_is_handed_out_from_a_list_that_is_due_by_the_25th(shop: Api):
    keeper, chief = await people(shop, CB, "keeper", "section_chief")
    folders = await item(keeper, "文件夹", "OTHER", 10)
    assert codes(await issue(keeper, folders, f"staff@{CB}")) == {"NOT_ELIGIBLE": "四"}
    unit = (await chief.one("{ viewer { seats { unitId: id unit } } }"))["seats"][0]["unit"]
    assert unit
    unit_id = await shop.value("select id from units where institution_id = $1 limit 1", CB)
    wanted = {"unitId": global_unit(unit_id), "what": "文件夹", "quantity": 2}

    async def state(month: str) -> str:
        days = {"from": f"{month}-01", "to": f"{month}-28"}
        [duty] = [each for each in await nodes(chief, **days) if "清单" in each["activity"]]
        assert duty["due"] == f"{month}-25"
        return str(duty["state"])

    assert await state("2026-03") == "DUE"
    listed = await record(chief, "SupplyRequest", wantedOn=DAY, **wanted)
    assert await state("2026-03") == "DONE"
    assert isinstance(await issue(keeper, folders, f"staff@{CB}", listId=listed), str)
    await shop.wait(days=55)
    assert await state("2026-04") == "MISSED"
    await record(chief, "SupplyRequest", wantedOn="2026-04-26", **wanted)
    assert await state("2026-04") == "DONE_LATE"


def global_unit(key: Any) -> str:
    from schema.ground.ids import global_id

    return global_id("Unit", key)


async def test_nobody_leaves_with_what_they_hold(shop: Api):
    keeper, staff, chief = await people(shop, CB, "keeper", "staff", "section_chief")
    pens = await item(keeper, "签字笔", "CONSUMABLE", 10)
    await issue(keeper, pens, staff.account, 5)
    assert ("personId", "STILL_HOLDS") not in await leave_office(shop, CB, staff.account)


async def test_what_is_kept_personally_is_handed_over_by_a_list_that_both_sign(shop: Api):
    keeper, staff, chief = await people(shop, CB, "keeper", "staff", "section_chief")
    cabinet = await item(keeper, "档案橱", "OTHER", 3)
    unit_id = await shop.value("select id from units where institution_id = $1 limit 1", CB)
    wanted = {"unitId": global_unit(unit_id), "what": "档案橱", "quantity": 1}
    listed = await record(chief, "SupplyRequest", wantedOn=DAY, **wanted)
    await issue(keeper, cabinet, staff.account, listId=listed)
    assert ("personId", "STILL_HOLDS") in await leave_office(shop, CB, staff.account)
    to = {"takerId": await person_of(shop, chief.account), "handedOn": DAY, "itemId": cabinet}
    more = await record(staff, "SupplyHandover", quantity=2, **to)
    assert problems(more) == {("quantity", "HOLDS_NOT_SO_MANY")}
    line = await record(staff, "SupplyHandover", quantity=1, **to)
    assert ("personId", "STILL_HOLDS") in await leave_office(shop, CB, staff.account)
    assert (await sign(keeper, line))["code"] in ("NOT_YOURS_TO_SIGN", "INVALID_INPUT")
    assert (await sign(chief, line))["__typename"] == "LineEntered"
    assert [each["name"] for each in await held(chief)] == ["档案橱"]
    assert ("personId", "STILL_HOLDS") not in await leave_office(shop, CB, staff.account)


async def test_the_receiver_signs_before_an_issue_counts(shop: Api):
    keeper, staff = await people(shop, HB, "keeper", "staff")
    pens = await item(keeper, "签字笔", "CONSUMABLE")
    own = await person_of(shop, keeper.account)
    bought = {"itemId": pens, "quantity": 10, "receivedOn": DAY}
    assert codes(await record(keeper, "SupplyReceipt", **bought)) == {"REQUIRED": "十"}
    joined = await record(keeper, "SupplyReceipt", **bought, buyerId=own)
    assert codes(joined) == {"DUTIES_JOINED": "十"}
    handler = await person_of(shop, f"office_clerk@{HB}")
    assert isinstance(await record(keeper, "SupplyReceipt", **bought, buyerId=handler), str)
    line = await issue(keeper, pens, staff.account, 4)
    level = (await levels(staff, STOCK))[pens]
    assert (level["inStore"], level["promised"], level["available"]) == (10, 4, 6)
    assert problems(await issue(keeper, pens, staff.account, 7)) == {("quantity", "NOT_SO_MANY")}
    assert (await sign(keeper, line))["code"] == "NOT_YOURS_TO_SIGN"
    assert (await sign(staff, line))["__typename"] == "LineEntered"
    level = (await levels(staff, STOCK))[pens]
    assert (level["inStore"], level["promised"], level["held"]) == (6, 0, 0)


async def test_a_fixed_asset_is_written_off_by_decision_alone(shop: Api):
    keeper, group, finance, staff = await people(
        shop, HB, "keeper", "party_group", "finance_section", "staff"
    )
    desk, pens = [
        await item(keeper, name, of, 3)
        for name, of in (("办公桌", "FIXED_ASSET"), ("签字笔", "CONSUMABLE"))
    ]
    gone = {"quantity": 1, "writtenOffOn": DAY, "reason": "报废"}
    assert isinstance(await record(keeper, "SupplyWriteOff", itemId=pens, **gone), str)
    before = await shop.counts()
    refused = await record(keeper, "SupplyWriteOff", itemId=desk, **gone)
    assert codes(refused) == {"NOT_ELIGIBLE": "十一"}
    assert await shop.counts() == before
    asked = await staff.submit("asset.disposal", {"explanation": "办公桌报废", "amount": "300"})
    early = await record(keeper, "SupplyWriteOff", itemId=desk, **gone, requestId=asked["id"])
    assert problems(early) == {("requestId", "APPROVAL_NEEDED")}
    await group.agree()
    for each in (keeper, finance):
        decided = await each.agree()
    assert decided["status"] == "APPROVED"
    done = await record(keeper, "SupplyWriteOff", itemId=desk, **gone, requestId=asked["id"])
    assert isinstance(done, str), done
    assert (await levels(staff, STOCK))[desk]["inStore"] == 2


async def test_the_yearly_count_is_done_with_the_last_fixed_asset(shop: Api):
    keeper, clerk, group, staff = await people(
        shop, HB, "keeper", "office_clerk", "party_group", "staff"
    )
    desk, chair = [await item(keeper, name, "FIXED_ASSET", 3) for name in ("办公桌", "办公椅")]
    await item(keeper, "签字笔", "CONSUMABLE", 3)

    async def state() -> Any:
        every = await nodes(clerk, to="2026-12-31")
        return next(each["state"] for each in every if each["activity"] == "固定资产清查")

    await count(keeper, staff, desk, 2)
    assert await state() == "DUE"
    await count(keeper, staff, chair, 3)
    assert await state() == "DONE"
    [missing] = await differences(group)
    assert (missing["item"], missing["difference"]) == (desk, -1)


async def test_the_office_buys_and_the_cashier_accepts_and_keeps(shop: Api):
    clerk, cashier, director, deputy, staff = await people(
        shop, SB, "office_clerk", "cashier", "director", "deputy_in_charge", "staff"
    )
    tea = await item(cashier, "茶叶", "CONSUMABLE")
    request = await purchase(
        staff, clerk, director, amount="500", urgency="NORMAL",
        attachments=papers("计划"),
    )  # fmt: skip
    keeps, buys = [await person_of(shop, each.account) for each in (cashier, clerk)]
    given = {"itemId": tea, "quantity": 5, "receivedOn": DAY, "requestId": request}
    joined = await record(clerk, "SupplyReceipt", **given, buyerId=keeps, acceptorId=keeps)
    assert codes(joined) == {"DUTIES_JOINED": "10"}
    line = await record(clerk, "SupplyReceipt", **given, buyerId=buys, acceptorId=keeps)
    early = await issue(cashier, tea, staff.account, requestId=request)
    assert problems(early) == {("requestId", "APPROVAL_NEEDED")}, "a purchase is no requisition"
    assert (await levels(staff, STOCK))[tea]["inStore"] == 0
    assert (await sign(cashier, line))["__typename"] == "LineEntered"
    assert (await levels(staff, STOCK))[tea]["inStore"] == 5
    assert codes(await issue(cashier, tea, staff.account)) == {"REQUIRED": "10"}


async def test_who_buys_does_not_keep_and_an_approved_list_comes_first(shop: Api):
    keeper, cashier, staff = await people(shop, SC, "office_director", "cashier", "staff")
    wine = await item(keeper, "接待用酒", "CONSUMABLE")
    own, buys = [await person_of(shop, each.account) for each in (keeper, cashier)]
    given = {"itemId": wine, "quantity": 6, "receivedOn": DAY}
    assert codes(await record(keeper, "SupplyReceipt", **given, buyerId=buys)) == {
        "REQUIRED": "后勤保障 1"
    }
    given["requestId"] = await purchase(
        staff, keeper, amount="150", attachments=papers("申购单", "请购计划")
    )
    joined = await record(keeper, "SupplyReceipt", **given, buyerId=own)
    assert {each["clause"]["cite"] for each in joined["problems"]} == {"五"}
    assert [each["code"] for each in joined["problems"]] == ["DUTIES_JOINED"] * 2
    assert isinstance(await record(keeper, "SupplyReceipt", **given, buyerId=buys), str)
    refused = await issue(staff, wine, staff.account)
    assert refused["code"] == "NOT_A_KEEPER"
    assert isinstance(await issue(keeper, wine, staff.account, 2), str)
    [shown] = (await staff.one("{ supplyIssues { edges { node { quantity stands } } } }"))["edges"]
    assert shown["node"] == {"quantity": 2, "stands": True}


async def test_a_repair_counts_once_the_user_has_signed_too(shop: Api):
    keeper, staff = await people(shop, SC, "office_director", "staff")
    given = {"userId": await person_of(shop, staff.account), "reportedOn": DAY, "content": "换硬盘",
             "contactedOn": DAY, "repairer": "宏达电脑"}  # fmt: skip
    early = await record(keeper, "ComputerRepair", **given, repairedOn="2026-03-01")
    assert problems(early) == {("repairedOn", "END_BEFORE_START")}
    line = await record(keeper, "ComputerRepair", **given, repairedOn=DAY)
    shown = "{ computerRepairs { edges { node { stands } } } }"
    assert (await staff.one(shown))["edges"][0]["node"]["stands"] is False
    assert (await sign(keeper, line))["code"] == "NOT_YOURS_TO_SIGN"
    await sign(staff, line)
    assert (await staff.one(shown))["edges"][0]["node"]["stands"] is True


async def test_a_leaver_gives_back_what_lasts_and_damage_is_proposed_to_be_paid(shop: Api):
    keeper, staff = await people(shop, SC, "office_director", "staff")
    lamp, chair, sums = [
        await item(keeper, name, "OTHER", 2) for name in ("台灯", "办公椅", "计算器")
    ]
    for each in (lamp, chair, sums):
        await issue(keeper, each, staff.account)
    back = {"quantity": 1, "returnedOn": DAY, "leaving": True,
            "returnerId": await person_of(shop, staff.account)}  # fmt: skip
    await record(keeper, "SupplyReturn", itemId=lamp, condition="INTACT", **back)
    line = await record(keeper, "SupplyReturn", itemId=chair, condition="DAMAGED", **back)
    assert [each["name"] for each in await held(staff)] == ["计算器"]
    assert ("personId", "STILL_HOLDS") in await leave_office(shop, SC, staff.account)
    told = await staff.one(f"{{ consequences {{ {CONSEQUENCE} }} }}")
    assert {(each["type"], each["amount"]) for each in told} == {("other", None), ("fine", None)}
    assert {each for one in told for each in one["lines"]} == {line}
    await record(keeper, "SupplyReturn", itemId=sums, condition="INTACT", **back)
    assert ("personId", "STILL_HOLDS") not in await leave_office(shop, SC, staff.account)
