"""Every stock: nothing is taken that is not there; what is found missing is decided by somebody."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from domain import STOCKS
from domain.records.stock import Stock
from schema.ground.ids import global_id
from tests.fleet import fleet
from tests.office import Api, problems
from tests.stock import Store, differences, emptied, end, sign, store

__all__ = ["fleet"]
each_stock = pytest.mark.parametrize("stock", STOCKS, ids=lambda each: each.thing.name)


@pytest.fixture
async def shop(fleet: Api, stock: Stock) -> AsyncIterator[Store]:
    await emptied(fleet, stock)
    yield await store(fleet, stock)
    await emptied(fleet, stock)


async def counted(shop: Store, found: int) -> str:
    """A count that a second person signed."""
    answer = await shop.enter(shop.stock.counts, found=found)
    assert "lineId" in answer, answer
    second = await shop.books[shop.stock.counts.name].keeper.api.person(f"staff@{shop.institution}")
    assert (await sign(second, answer["lineId"]))["__typename"] == "LineEntered"
    return str(answer["lineId"])


@each_stock
async def test_what_there_is_is_what_its_lines_come_to(shop: Store):
    await shop.enter(shop.filling.register, quantity=5)
    taken = await shop.enter(shop.taking.register, quantity=2)
    assert taken["__typename"] == "LineEntered", taken
    level = await shop.level()
    assert (level["inStore"], level["promised"], level["available"]) == (3, 0, 3)
    assert (await shop.level(on="2026-03-01"))["inStore"] == 0
    book = shop.books[shop.taking.register.name]
    assert (await book.strike_out(taken["lineId"], "back"))["__typename"] == "LineEntered"
    assert (await shop.level())["inStore"] == 5


@each_stock
async def test_more_than_there_is_is_refused_and_nothing_changes(shop: Store, fleet: Api):
    await shop.enter(shop.filling.register, quantity=5)
    before = await fleet.counts()
    assert problems(await shop.enter(shop.taking.register, quantity=6)) == {
        ("quantity", "NOT_SO_MANY")
    }
    day = shop.taking.register.day.title().replace("_", "")
    earlier = {day[0].lower() + day[1:]: "2026-03-01"}
    early = await shop.enter(shop.taking.register, quantity=1, **earlier)
    assert problems(early) == {("quantity", "NOT_SO_MANY")}, "there was none on that day"
    assert await fleet.counts() == before


@each_stock
async def test_two_who_take_at_once_never_leave_less_than_nothing(shop: Store):
    await shop.enter(shop.filling.register, quantity=5)
    answers = await asyncio.gather(
        *(shop.enter(shop.taking.register, quantity=2) for _ in range(4))
    )
    told = sorted(each.get("code", "entered") for each in answers)
    assert told == ["INVALID_INPUT"] * 2 + ["entered"] * 2
    assert (await shop.level())["available"] == 1


@each_stock
async def test_what_others_rest_on_is_not_struck_out_and_no_line_is_corrected_twice(shop: Store):
    filled = (await shop.enter(shop.filling.register, quantity=5))["lineId"]
    await shop.enter(shop.taking.register, quantity=4)
    book = shop.books[shop.filling.register.name]
    assert problems(await book.strike_out(filled, "gone")) == {("quantity", "NOT_SO_MANY")}
    less = await shop.enter(shop.filling.register, quantity=3, corrects=filled)
    assert problems(less) == {("quantity", "NOT_SO_MANY")}
    right = await shop.enter(shop.filling.register, quantity=4, corrects=filled)
    assert right["__typename"] == "LineEntered", right
    again = await shop.enter(shop.filling.register, quantity=9, corrects=filled)
    assert again["code"] == "CORRECTED_ALREADY"
    assert (await shop.level())["inStore"] == 0


@each_stock
async def test_what_does_not_exist_is_neither_moved_nor_counted(shop: Store, fleet: Api):
    before = await fleet.counts()
    nowhere = {"itemId": global_id(shop.stock.thing.reference.word, uuid4())}
    for register, more in (
        (shop.filling.register, {"quantity": 1}),
        (shop.taking.register, {"quantity": 1}),
        (shop.stock.counts, {"found": 1}),
    ):
        refused = await shop.enter(register, **nowhere, **more)
        assert problems(refused) == {("itemId", "NOT_FOUND_HERE")}, register.name
    assert await fleet.counts() == before


@each_stock
async def test_a_count_tells_the_difference_and_leaves_it_open(shop: Store):
    await shop.enter(shop.filling.register, quantity=5)
    line = await counted(shop, found=3)
    decider = shop.books[shop.stock.settlements.name].keeper
    [open_] = await differences(decider)
    assert (open_["count"], open_["expected"], open_["found"]) == (line, 5, 3)
    level = await shop.level()
    assert (level["inStore"], level["difference"], level["countedOn"]) == (5, -2, "2026-03-02")


@each_stock
async def test_a_count_that_its_keeper_alone_signs_does_not_count(shop: Store, fleet: Api):
    await shop.enter(shop.filling.register, quantity=5)
    book = shop.books[shop.stock.counts.name]
    line = (await shop.enter(shop.stock.counts, found=3))["lineId"]
    mine = await fleet.value(
        "select person_id from accounts where account = $1", book.keeper.account
    )
    before = await fleet.counts()
    assert (await sign(book.keeper, line))["code"] == "NOT_YOURS_TO_SIGN"
    alone = await shop.enter(shop.stock.counts, found=3, secondId=global_id("Person", mine))
    assert alone["code"] == "OWN_RECORD"
    decided = await shop.enter(shop.stock.settlements, countId=line)
    assert problems(decided) == {("countId", "COUNT_NOT_SIGNED")}
    assert await fleet.counts() == before
    assert (await shop.level())["difference"] == 0


@each_stock
async def test_a_difference_is_decided_once_and_the_books_follow_it(shop: Store, fleet: Api):
    await shop.enter(shop.filling.register, quantity=5)
    line = await counted(shop, found=3)
    book = shop.books[shop.stock.settlements.name]
    before = await fleet.counts()
    theirs = await book.enter("theirs", book.stranger, countId=line)
    assert theirs["code"] == "NOT_A_KEEPER"
    assert await fleet.counts() == before
    answers = await asyncio.gather(
        *(shop.enter(shop.stock.settlements, countId=line) for _ in range(3))
    )
    told = sorted(each.get("code", "entered") for each in answers)
    assert told == ["ENTERED_ALREADY"] * 2 + ["entered"]
    level = await shop.level()
    assert (level["inStore"], level["difference"]) == (3, 0)
    assert await differences(book.keeper) == []
    struck = await shop.books[shop.stock.counts.name].strike_out(line, "no")
    assert struck["code"] == "COUNT_SETTLED"


@each_stock
async def test_who_counted_decides_on_nothing_that_the_count_found(shop: Store, fleet: Api):
    await shop.enter(shop.filling.register, quantity=5)
    book = shop.books[shop.stock.settlements.name]
    second = await fleet.value(
        "select person_id from accounts where account = $1", book.keeper.account
    )
    given = {"found": 3, "secondId": global_id("Person", second)}
    line = (await shop.enter(shop.stock.counts, **given))["lineId"]
    assert (await sign(book.keeper, line))["__typename"] == "LineEntered"
    assert (await shop.enter(shop.stock.settlements, countId=line))["code"] == "COUNTED_IT"
    assert (await shop.level())["difference"] == -2


@each_stock
async def test_where_books_and_store_agree_nothing_is_decided(shop: Store):
    await shop.enter(shop.filling.register, quantity=5)
    line = await counted(shop, found=5)
    refused = await shop.enter(shop.stock.settlements, countId=line)
    assert problems(refused) == {("countId", "NO_DIFFERENCE")}


@each_stock
async def test_an_item_is_ended_when_nothing_of_it_is_left_and_moves_no_more(shop: Store):
    keeper = shop.books[shop.filling.register.name].keeper
    filled = (await shop.enter(shop.filling.register, quantity=1))["lineId"]
    assert (await end(keeper, shop.item))["code"] == "STILL_IN_STOCK"
    await shop.books[shop.filling.register.name].strike_out(filled, "wrong")
    assert (await end(keeper, shop.item))["__typename"] == "ThingKept"
    assert (await shop.enter(shop.filling.register, quantity=1))["code"] == "THING_NOT_THERE"


@each_stock
async def test_another_office_sees_none_of_it(shop: Store):
    await shop.enter(shop.filling.register, quantity=5)
    await counted(shop, found=3)
    foreigner = shop.books[shop.filling.register.name].foreigner
    assert await shop.level(foreigner) is None
    assert await differences(foreigner) == []
