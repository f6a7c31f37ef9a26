"""Nobody chooses beforehand who decides on their own matters: another administrator confirms."""

import asyncio
from typing import Any

import pytest

from schema.ground.ids import read_id
from tests.lending import CHANGES, changes, confirm, id_of, seat_of
from tests.office import REFUSAL, SIX_DAYS, Api, Visitor, leave, problems
from tests.party_branch import BEGIN
from tests.test_own_matters import asked_first, own_request, tried
from tests.test_posts_journey import end, fill

SOON = "2026-03-16"


@pytest.fixture
async def other(posts: Api) -> Visitor:
    """The second administrator."""
    return await posts.person("policy_admin_2@hrss-bureau")


@pytest.fixture
async def friend(posts: Api) -> Visitor:
    return await posts.person("staff_2@hrss-bureau")


@pytest.fixture
async def chief(posts: Api) -> Visitor:
    return await posts.person("section_chief@hrss-bureau")


@pytest.fixture
async def seat(admin: Visitor) -> str:
    """The first that an administrator's own leave comes to."""
    seat, _ = await asked_first(request := await own_request(admin))
    await admin.act("withdraw", requestId=request["id"])
    return seat


async def submitted(who: Visitor, *days: str) -> Any:
    own = await seat_of(who, "staff")
    return await who.submit("leave.personal", leave(*(days or (SOON,)), asSeat=own))


@pytest.mark.parametrize("verb", ["fill", "fill_later", "end", "hand_over", "lend_vacant"])
async def test_who_changed_a_seat_submits_nothing_of_their_own_to_it_before_another_confirms(
    posts: Api,
    admin: Visitor,
    other: Visitor,
    friend: Visitor,
    chief: Visitor,
    seat: str,
    verb: str,
) -> None:
    if verb == "lend_vacant":
        await end(other, seat, chief)
        await posts.wait(days=1)
    assert (await tried(verb, admin, seat, chief, friend)).get("__typename") != "Refusal"
    before = await posts.counts()
    refused = await submitted(admin)
    assert problems(refused) == {("", "CHOSEN_BY_APPLICANT")}
    assert refused["clause"], "and says which clause asks the seat"
    assert await posts.counts() == before
    shown = await admin.preview("leave.personal", leave(SOON, asSeat=await seat_of(admin, "staff")))
    assert shown["code"] == "CHOSEN_BY_APPLICANT"
    assert (await confirm(other, seat))["__typename"] == "PostChanged"
    assert (await submitted(admin))["status"] == "PENDING"


async def test_taken_back_swapped_and_submitted_again_is_no_way_round(
    posts: Api, admin: Visitor, friend: Visitor, chief: Visitor
) -> None:
    request = await own_request(admin)
    seat, _ = await asked_first(request)
    await admin.act("withdraw", requestId=request["id"])
    await fill(admin, seat, friend)
    await end(admin, seat, chief)
    await posts.wait(days=30)
    assert problems(await submitted(admin, "2026-04-07")) == {("", "CHOSEN_BY_APPLICANT")}


async def test_everybody_else_submits_to_a_seat_that_waits_for_confirmation(
    posts: Api, admin: Visitor, other: Visitor, friend: Visitor, chief: Visitor, seat: str
) -> None:
    await fill(admin, seat, friend)
    staff = await posts.person("staff@hrss-bureau")
    assert (await staff.submit("leave.personal", leave(SOON)))["status"] == "PENDING"
    assert (await submitted(other))["status"] == "PENDING"


async def test_what_an_administrator_changed_elsewhere_stands_in_no_way(
    posts: Api, admin: Visitor, friend: Visitor
) -> None:
    cashier = await posts.person("cashier@hrss-bureau")
    await fill(admin, await seat_of(cashier, "cashier"), friend)
    assert (await submitted(admin))["status"] == "PENDING"


async def test_another_administrator_sees_what_was_changed_and_confirms_it_once(
    posts: Api, admin: Visitor, other: Visitor, friend: Visitor, chief: Visitor, seat: str
) -> None:
    await fill(admin, seat, friend, begins="2026-04-01")
    [told] = (await changes(other)).values()
    assert told["seat"]["id"] == seat
    assert told["changedBy"]["name"] == (await admin.one("{ viewer { name } }"))["name"]
    assert "2026-04-01" in {each["begins"] for each in told["holdings"]}
    before = await posts.counts()
    assert problems(await confirm(admin, seat)) == {("seatId", "NOTHING_TO_CONFIRM")}
    assert await posts.counts() == before
    assert (await confirm(other, seat, key="seen"))["__typename"] == "PostChanged"
    assert await changes(other) == {}
    again = await confirm(other, seat, told["changedAt"], key="seen")
    assert again["__typename"] == "PostChanged", "the same key is answered once"
    assert problems(await confirm(other, seat, told["changedAt"])) == {
        ("seatId", "NOTHING_TO_CONFIRM")
    }
    line = await posts.value(
        "select record from ledger where institution_id = 'hrss-bureau'"
        " and event = 'seat_confirmed' order by seq desc limit 1"
    )
    assert str(read_id(await id_of(admin))[1]) in line


async def test_a_change_after_the_look_is_not_confirmed_by_it(
    posts: Api, admin: Visitor, other: Visitor, friend: Visitor, chief: Visitor, seat: str
) -> None:
    await fill(admin, seat, friend)
    seen = (await changes(other))[seat]["changedAt"]
    await posts.wait(minutes=1)
    await end(admin, seat, chief)
    assert problems(await confirm(other, seat, seen)) == {("seatId", "NOTHING_TO_CONFIRM")}
    assert problems(await submitted(admin)) == {("", "CHOSEN_BY_APPLICANT")}


async def test_one_s_own_change_of_a_seat_confirms_nobody_else_s(
    posts: Api, admin: Visitor, other: Visitor, friend: Visitor, chief: Visitor, seat: str
) -> None:
    await fill(admin, seat, friend)
    await end(other, seat, chief)
    assert problems(await submitted(admin)) == {("", "CHOSEN_BY_APPLICANT")}


async def test_a_submission_and_a_change_of_the_same_moment_never_both_pass(
    posts: Api, admin: Visitor, other: Visitor, friend: Visitor, seat: str
) -> None:
    for day in SIX_DAYS:
        request, filled = await asyncio.gather(submitted(admin, day), fill(admin, seat, friend))
        passed = [each.get("__typename") != "Refusal" for each in (request, filled)]
        assert passed in ([True, False], [False, True])
        if filled["__typename"] == "PostChanged":
            await confirm(other, seat)
            await end(admin, seat, friend)
            await confirm(other, seat)
            await posts.run("delete from appointments where begins = '2026-03-02'")
        else:
            await admin.act("withdraw", requestId=request["id"])


async def test_who_changed_a_party_seat_applies_to_join_once_another_confirmed_it(
    posts: Api,
) -> None:
    house = "construction-bureau"
    admin, other = [await posts.person(f"policy_admin{n}@{house}") for n in ("", "_2")]
    branch = await posts.person(f"branch_secretary@{house}")
    leader = await posts.person(f"party_secretary@{house}")
    seat = await seat_of(branch, "branch_secretary")
    await fill(admin, seat, leader)
    given = {"application": "入党申请书", "born": "1990-05-04", "idempotencyKey": "apply"}
    before = await posts.counts()
    refused = await admin.one(BEGIN, {"input": given})
    assert problems(refused) == {("", "CHOSEN_BY_APPLICANT")}, REFUSAL
    assert await posts.counts() == before
    await confirm(other, seat)
    assert (await admin.one(BEGIN, {"input": given}))["__typename"] == "PartyCaseTaken"


async def test_nobody_but_an_administrator_sees_or_confirms_a_change(
    posts: Api, admin: Visitor, friend: Visitor, seat: str
) -> None:
    await fill(admin, seat, friend)
    at = (await changes(admin))[seat]["changedAt"]
    assert (await friend.ask(CHANGES)).codes == ["NOT_ALLOWED"]
    given = {"seatId": seat, "changedAt": at, "idempotencyKey": "no"}
    refused = await friend.ask(
        "mutation ($input: ConfirmSeatInput!) { confirmSeat(input: $input) { __typename } }",
        {"input": given},
    )
    assert refused.codes == ["NOT_ALLOWED"]
    assert seat in await changes(admin)
