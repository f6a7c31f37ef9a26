"""Fixed assets: booked by the accountant, counted every year, written off by decision alone."""

from typing import Any

from tests.driving import add
from tests.fleet import record
from tests.office import Api, leave, problems
from tests.papers import papers
from tests.stock import differences, levels, person_of
from tests.supplies import CB, DAY, HB, SC, STOCK, codes, count, item, people, purchase, shop
from tests.test_duties_served import nodes
from tests.test_seals import move

__all__ = ["shop"]


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
    told = (await accountant.one("{ notices { edges { node { code } } } }"))["edges"]
    assert [each["node"]["code"] for each in told] == ["ASSET_TO_BOOK"], "the folder is none"
    owed = "{ clocks(first: 100) { edges { node { action state } } } }"
    to_book = [e["node"] for e in (await accountant.one(owed))["edges"]]
    assert {"action": "财会人员立帐", "state": "RUNNING"} in to_book, "until the account is made"
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
    assert early["problems"][0]["clause"]["cite"] == "十一"
    await group.agree()
    assert await finance.inbox() == [], "the keeper strikes it off first"
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
        every = await nodes(clerk, **{"from": "2026-12-31", "to": "2026-12-31"})
        return next(each["state"] for each in every if each["activity"] == "固定资产清查")

    await count(keeper, staff, desk, 2)
    assert await state() == "DUE"
    await count(keeper, staff, chair, 3)
    assert await state() == "DONE"
    [missing] = await differences(group)
    assert (missing["item"], missing["difference"]) == (desk, -1)


async def test_what_a_section_borrows_is_back_by_the_day_that_was_approved(shop: Api):
    clerk, chief, staff, other = await people(
        shop, SC, "office_clerk", "section_chief", "staff", "staff_2"
    )
    await add(clerk, "Equipment", name="摄像机")

    async def shown() -> Any:
        asked = "{ equipment { edges { node { id version state dueOn overdue } } } }"
        return (await other.one(asked))["edges"][0]["node"]

    async def moved(what: str, **given: Any) -> Any:
        return await move(clerk, await shown(), what, **given)

    whom = await person_of(shop, staff.account)
    before = await shop.counts()
    alone = await moved("LENT", toId=whom, dueOn="2026-03-03")
    assert codes(alone) == {"APPROVAL_NEEDED": "后勤保障 6"}
    assert await shop.counts() == before
    request = await staff.submit("asset.borrow", leave("2026-03-02", "2026-03-03"))
    for each in (chief, clerk):
        decided = await each.agree()
    assert decided["status"] == "APPROVED", decided
    approved = {"toId": whom, "requestId": request["id"]}
    later = await moved("LENT", dueOn="2026-03-04", **approved)
    assert codes(later) == {"LATER_THAN_APPROVED": "后勤保障 6"}
    assert (await moved("LENT", **approved))["version"] == 2
    assert (await shown())["dueOn"] == "2026-03-03"
    assert codes(await moved("LENT", **approved)) == {"APPROVAL_OF_ANOTHER": "后勤保障 6"}, "once"
    await shop.wait(days=2)
    await shop.clocks()
    assert (await shown())["overdue"] is True
    for who in (staff, clerk):
        notices = (await who.one("{ notices { edges { node { code } } } }"))["edges"]
        assert "CLOCK_EXPIRED" in {each["node"]["code"] for each in notices}
    assert (await moved("RETURNED"))["version"] == 3
    assert (await shown())["state"] == "KEPT"
