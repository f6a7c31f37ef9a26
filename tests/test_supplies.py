"""Supplies: bought by two, kept by another, handed out, counted, and given back by who leaves."""

from datetime import timedelta
from typing import Any

from tests.fleet import record
from tests.office import Api, day, problems
from tests.papers import papers
from tests.registers import approved
from tests.stock import differences, held, levels, person_of, sign
from tests.supplies import (
    CB,
    DAY,
    HB,
    SB,
    SC,
    STOCK,
    codes,
    count,
    issue,
    item,
    leave_office,
    left,
    listed,
    people,
    purchase,
    shop,
)
from tests.test_consequences import SHOWN as CONSEQUENCE
from tests.test_duties_served import nodes

__all__ = ["shop"]

AGREED_UNTIL = "update suppliers set agreed_until = $1 where supplies_what = 'computer_repair'"


async def test_two_buy_together_of_three_suppliers_and_by_an_approved_request(shop: Api):
    keeper, clerk, director = await people(shop, CB, "keeper", "office_clerk", "director")
    paper = await item(keeper, "复印纸", "CONSUMABLE", 40)
    one, two = [await person_of(shop, f"{each}@{CB}") for each in ("cashier", "staff")]
    given = {"itemId": paper, "quantity": 100, "unitPrice": "20", "supplier": "文华商店",
             "receivedOn": DAY, "buyerId": one}  # fmt: skip
    three = {"comparedWith": "晨光文具", "comparedPrice": "21", "alsoComparedWith": "齐心商行",
             "alsoComparedPrice": "22.5"}  # fmt: skip
    form = {"explanation": "购纸", "amount": "2000", "attachments": papers("办公用品预算")}
    asked = await clerk.submit("supplies.purchase", form)
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
        every = await nodes(clerk, **{"from": "2026-03-31"})
        return next(each["state"] for each in every if each["activity"] == "核查清点办公用品库存")

    assert await checked() == "DUE", "one item is not the store"
    await count(keeper, clerk, pens, 140)
    assert await checked() == "DONE"


async def test_what_lasts_is_handed_out_from_a_list_that_is_due_by_the_25th(shop: Api):
    keeper, chief = await people(shop, CB, "keeper", "section_chief")
    folders = await item(keeper, "文件夹", "OTHER", 10)
    assert codes(await issue(keeper, folders, f"staff@{CB}")) == {"NOT_ELIGIBLE": "四"}

    async def state(month: str) -> str:
        days = {"from": f"{month}-25", "to": f"{month}-25", "mine": True}
        [duty] = [each for each in await nodes(chief, **days) if "清单" in each["activity"]]
        return str(duty["state"])

    assert await state("2026-03") == "DUE"
    line = await listed(shop, chief, "文件夹")
    assert await state("2026-03") == "DONE"
    assert isinstance(await issue(keeper, folders, f"staff@{CB}", listId=line), str)
    await shop.wait(days=55)
    assert await state("2026-04") == "MISSED"
    await listed(shop, chief, "文件夹", "2026-04-26")
    assert await state("2026-04") == "DONE_LATE"


async def test_nobody_leaves_with_what_they_hold(shop: Api):
    keeper, staff, chief = await people(shop, CB, "keeper", "staff", "section_chief")
    cabinet, pens = (
        await item(keeper, "档案橱", "OTHER", 3),
        await item(keeper, "笔", "CONSUMABLE", 9),
    )
    await issue(keeper, pens, staff.account, 5)
    holds = ("personId", "STILL_HOLDS")
    assert await held(staff) == [], "pens are used up"
    line = await listed(shop, chief, "档案橱")
    await issue(keeper, cabinet, staff.account, listId=line)
    assert holds in await leave_office(shop, CB, staff.account)
    to = {"takerId": await person_of(shop, chief.account), "handedOn": DAY, "itemId": cabinet}
    more = await record(staff, "SupplyHandover", quantity=2, **to)
    assert problems(more) == {("quantity", "HOLDS_NOT_SO_MANY")}
    line = await record(staff, "SupplyHandover", quantity=1, **to)
    assert holds in await leave_office(shop, CB, staff.account), "nobody has signed for it"
    told = (await chief.one("{ notices { edges { node { code } } } }"))["edges"]
    assert "LINE_TO_SIGN" in [each["node"]["code"] for each in told]
    assert (await sign(chief, line))["__typename"] == "LineEntered"
    assert [each["name"] for each in await held(chief)] == ["档案橱"]
    assert await leave_office(shop, CB, staff.account) == set()


async def test_the_receiver_signs_before_an_issue_counts(shop: Api):
    keeper, staff = await people(shop, HB, "keeper", "staff")
    pens = await item(keeper, "签字笔", "CONSUMABLE")
    own = await person_of(shop, keeper.account)
    bought = {"itemId": pens, "quantity": 10, "receivedOn": DAY}
    assert codes(await record(keeper, "SupplyReceipt", **bought)) == {"REQUIRED": "十"}
    joined = await record(keeper, "SupplyReceipt", **bought, buyerId=own)
    assert (problems(joined), codes(joined)) == (
        {("buyerId", "DUTIES_JOINED")},
        {"DUTIES_JOINED": "十"},
    )
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
    wanted = await approved(shop, staff.account, "supplies.requisition", {"quantity": "3"})
    assert isinstance(await issue(keeper, pens, staff.account, 3, requestId=wanted), str)
    twice = await issue(keeper, pens, staff.account, 3, requestId=wanted)
    assert codes(twice) == {"MORE_THAN_APPROVED": "十"}, "what waits for a signature counts"


async def test_the_office_buys_and_the_cashier_accepts_and_keeps(shop: Api):
    clerk, cashier, director, staff = await people(
        shop, SB, "office_clerk", "cashier", "director", "staff"
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
    bought = {**given, "buyerId": buys, "acceptorId": keeps}
    hasty = await record(clerk, "SupplyReceipt", **{**bought, "receivedOn": "2026-02-27"})
    assert codes(hasty) == {"ASKED_AFTERWARDS": "10"}, "it was bought before anybody asked"
    line = await record(clerk, "SupplyReceipt", **bought)
    early = await issue(cashier, tea, staff.account, requestId=request)
    assert problems(early) == {("requestId", "APPROVAL_NEEDED")}, "a purchase is no requisition"
    assert (await levels(staff, STOCK))[tea]["inStore"] == 0
    assert (await sign(cashier, line))["__typename"] == "LineEntered"
    assert (await levels(staff, STOCK))[tea]["inStore"] == 5
    assert codes(await issue(cashier, tea, staff.account)) == {"REQUIRED": "10"}


async def test_what_was_approved_is_used_up_by_what_is_handed_out(shop: Api):
    cashier, staff = await people(shop, SB, "cashier", "staff")
    paper = await item(cashier, "打印纸", "CONSUMABLE", 20)
    request = await approved(shop, staff.account, "supplies.requisition", {"quantity": "3"})
    first = await issue(cashier, paper, staff.account, 2, requestId=request)
    before = await shop.counts()
    refused = await issue(cashier, paper, staff.account, 2, requestId=request)
    assert codes(refused) == {"MORE_THAN_APPROVED": "10"}
    assert await shop.counts() == before
    less = await issue(cashier, paper, staff.account, 1, requestId=request, corrects=first)
    assert isinstance(less, str), "a correction gives back"
    assert isinstance(await issue(cashier, paper, staff.account, 2, requestId=request), str)
    unsaid = await approved(shop, staff.account, "supplies.requisition", {})
    for _ in range(2):
        assert isinstance(await issue(cashier, paper, staff.account, 4, requestId=unsaid), str)


async def test_who_buys_does_not_keep_and_an_approved_list_comes_first(shop: Api):
    keeper, cashier, staff = await people(shop, SC, "office_director", "cashier", "staff")
    wine = await item(keeper, "接待用酒", "CONSUMABLE")
    own, buys = [await person_of(shop, each.account) for each in (keeper, cashier)]
    given = {"itemId": wine, "quantity": 6, "receivedOn": DAY, "unitPrice": "25"}
    assert codes(await record(keeper, "SupplyReceipt", **given, buyerId=buys)) == {
        "REQUIRED": "后勤保障 1"
    }
    given["requestId"] = await purchase(
        staff, keeper, amount="150", attachments=papers("申购单", "请购计划")
    )
    joined = await record(keeper, "SupplyReceipt", **given, buyerId=own)
    assert {each["clause"]["cite"] for each in joined["problems"]} == {"五"}
    assert [each["code"] for each in joined["problems"]] == ["DUTIES_JOINED"] * 2
    before, dear = await shop.counts(), {**given, "unitPrice": "25.01"}
    beyond = await record(keeper, "SupplyReceipt", **dear, buyerId=buys)
    assert codes(beyond) == {"BEYOND_APPROVED": "后勤保障 1"}, "who may approve 150 yuan did"
    assert await shop.counts() == before
    assert isinstance(await record(keeper, "SupplyReceipt", **given, buyerId=buys), str)
    refused = await issue(staff, wine, staff.account)
    assert refused["code"] == "NOT_A_KEEPER"
    assert isinstance(await issue(keeper, wine, staff.account, 2), str)
    [shown] = (await staff.one("{ supplyIssues { edges { node { quantity stands } } } }"))["edges"]
    assert shown["node"] == {"quantity": 2, "stands": True}


async def test_a_repair_counts_once_the_user_has_signed_too(shop: Api):
    keeper, staff = await people(shop, SC, "office_director", "staff")
    given = {"userId": await person_of(shop, staff.account), "reportedOn": DAY, "content": "换硬盘",
             "contactedOn": DAY, "repairer": "蓝天电脑服务部"}  # fmt: skip
    before = await shop.counts()
    own = {**given, "repairedOn": DAY, "repairer": "街边店"}
    assert codes(await record(keeper, "ComputerRepair", **own)) == {"NOT_ELIGIBLE": "五"}
    over = {**given, "repairedOn": DAY}
    await shop.run(AGREED_UNTIL, day(DAY) - timedelta(days=1))
    assert codes(await record(keeper, "ComputerRepair", **over)) == {"NOT_ELIGIBLE": "五"}
    await shop.run(AGREED_UNTIL, None)
    assert await shop.counts() == before
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
    why = {each["clause"]["cite"] for each in (await left(shop, SC, staff.account))["problems"]
           if each["code"] == "STILL_HOLDS"}  # fmt: skip
    assert why == {"后勤保障 4", "档案管理 11"}, "and no list of their papers"
    told = await staff.one(f"{{ consequences {{ {CONSEQUENCE} }} }}")
    assert {(each["type"], each["amount"]) for each in told} == {("other", None), ("fine", None)}
    assert {each for one in told for each in one["lines"]} == {line}
    await record(keeper, "SupplyReturn", itemId=sums, condition="INTACT", **back)
    kept = (await left(shop, SC, staff.account))["problems"]
    assert [each["clause"]["cite"] for each in kept if each["code"] == "STILL_HOLDS"] == [
        "档案管理 11"
    ]


async def test_what_is_worth_a_thousand_yuan_is_listed_to_be_counted_and_nothing_cheaper(shop: Api):
    keeper, clerk = await people(shop, SC, "office_director", "office_clerk")
    for name, worth in (("订书机", "999"), ("打印机", "1000"), ("相机", "1200"), ("胶水", None)):
        await item(keeper, name, "OTHER", 1, unitPrice=worth)
    listed = "{ suppliesInStock(toCount: true) { edges { node { name unitPrice countedOn } } } }"
    found = [each["node"] for each in (await clerk.one(listed))["edges"]]
    assert {each["name"]: each["countedOn"] for each in found} == {"打印机": None, "相机": None}
