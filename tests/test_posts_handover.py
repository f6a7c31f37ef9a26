"""A leaver's hand-over: every seat, loan and named turn to somebody else, or none at all."""

from typing import Any

import pytest

from tests.lending import HANDED, change, id_of, lend, seat_of
from tests.office import Api, Visitor, leave, problems
from tests.papers import papers

SICK = leave("2026-03-16", "2026-03-17")
SPENT = {"explanation": "下乡调研差旅费", "attachments": papers("报销凭据", "单据")}
ORDER = "人社任〔2026〕5号"


@pytest.fixture
async def chief(posts: Api) -> Visitor:
    return await posts.person("section_chief@hrss-bureau")


@pytest.fixture
async def deputy(posts: Api) -> Visitor:
    """The deputy section chief, who follows."""
    return await posts.person("section_deputy@hrss-bureau")


async def hand_over(admin: Visitor, person: str, **more: Any) -> Any:
    given = {"personId": person, "lastDay": "2026-03-06", "document": ORDER, "successors": []}
    return await change(admin, "handOver", HANDED, **given | more)


async def named(visitor: Visitor, name: str) -> list[Any]:
    return list(await visitor.one(f'{{ people(text: "{name}") {{ id }} }}'))


async def test_a_leaver_hands_everything_over_in_one_act(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    staff, other = [await posts.person(f"{name}@hrss-bureau") for name in ("staff", "staff_2")]
    waiting = await staff.submit("leave.sick", SICK)
    own = await chief.submit("leave.sick", leave("2026-03-18"))
    seat = await seat_of(chief, "section_chief")
    loan = await lend(chief, seat, other, ends="2026-03-31")
    left = await id_of(chief)

    done = await hand_over(
        admin, left, successors=[{"seatId": seat, "personId": await id_of(deputy)}], key="leaves"
    )
    assert done["__typename"] == "HandedOver", done
    assert (done["person"]["name"], done["lastDay"]) == ("杜洁", "2026-03-06")
    assert done["endedLoans"] == [loan["id"]]
    assert [each["number"] for each in done["pendingRequests"]] == [own["number"]]
    [succession] = done["successions"]
    assert succession["successor"] == {"name": "郑传文"}
    assert len(await chief.inbox()) == 1, "the last day is still to come"
    assert [each["id"] for each in await named(staff, "杜洁")] == [left]

    await posts.wait(days=5)
    assert (await chief.ask("{ viewer { name } }")).codes == ["NOT_SIGNED_IN"]
    signing_in = await posts.ask(
        'mutation { signIn(input: {account: "section_chief@hrss-bureau", password: "guiju"})'
        " { __typename ... on Refusal { code } } }"
    )
    assert signing_in.data["signIn"]["code"] == "WRONG_CREDENTIALS"
    [edge] = await deputy.inbox()
    assert edge["node"]["id"] == waiting["id"]
    assert await other.inbox() == []
    assert await named(staff, "杜洁") == []
    again = await hand_over(
        admin, left, successors=[{"seatId": seat, "personId": await id_of(deputy)}], key="leaves"
    )
    assert again["endedLoans"] == done["endedLoans"]
    refused = await hand_over(admin, left, lastDay="2026-03-09")
    assert problems(refused) == {("personId", "HANDED_OVER_ALREADY")}


async def test_a_hand_over_that_leaves_something_behind_is_refused_and_says_what(
    posts: Api, admin: Visitor, chief: Visitor, deputy: Visitor
) -> None:
    left, seat = await id_of(chief), await seat_of(chief, "section_chief")
    elsewhere = await posts.person("staff@science-bureau")
    before = await posts.counts()
    refused = await hand_over(admin, left)
    assert refused["code"] == "NOT_HANDED_OVER"
    [problem] = refused["problems"]
    assert problem["code"] == "SUCCESSOR_NEEDED"
    assert "科长" in problem["message"]
    assert "就业促进科" in problem["message"]
    for person, code in (
        (chief, "SUCCESSOR_LEAVES"),
        (admin, "OWN_APPOINTMENT"),
        (elsewhere, "NOT_OF_THIS_OFFICE"),
    ):
        named = [{"seatId": seat, "personId": await id_of(person)}]
        refused = await hand_over(admin, left, successors=named)
        assert [each["code"] for each in refused["problems"]] == [code]
    theirs = await seat_of(deputy, "section_deputy")
    follows = await id_of(deputy)
    refused = await hand_over(
        admin,
        left,
        successors=[{"seatId": each, "personId": follows} for each in (seat, theirs)],
    )
    assert [each["code"] for each in refused["problems"]] == ["NOT_A_SEAT_OF_THEIRS"]
    twice = [{"seatId": seat, "personId": follows}] * 2
    assert problems(await hand_over(admin, left, successors=twice)) == {
        ("successors.1.seatId", "NAMED_TWICE")
    }
    assert problems(await hand_over(admin, left, lastDay="2026-03-01", document=" ")) == {
        ("lastDay", "IN_THE_PAST"),
        ("document", "REQUIRED"),
    }
    assert await posts.counts() == before


async def test_an_administrator_leaves_only_when_two_remain(posts: Api, admin: Visitor) -> None:
    second = await posts.person("system_admin_2@hrss-bureau")
    third = await posts.person("staff@hrss-bureau")
    held = {
        seat["role"]: seat["id"]
        for seat in (await second.one("{ viewer { seats { id role } } }"))["seats"]
    }
    left = await id_of(second)
    before = await posts.counts()
    refused = await hand_over(admin, left)
    assert {each["code"] for each in refused["problems"]} == {"LAST_ADMINISTRATORS"}
    assert await posts.counts() == before
    follows = [{"seatId": held["system_admin"], "personId": await id_of(third)}]
    done = await hand_over(admin, left, successors=follows)
    assert done["__typename"] == "HandedOver"
    assert {each["seat"]["role"]: each["successor"] for each in done["successions"]} == {
        "system_admin": {"name": "郭晓燕"},
        "staff": None,
    }


async def test_steps_that_name_the_leaver_pass_to_a_named_successor(posts: Api) -> None:
    """A witness whom a form names is a person, not a seat."""
    asking, witness, other, admin = [
        await posts.person(f"{name}@science-bureau")
        for name in ("staff", "staff_2", "section_chief", "system_admin")
    ]
    left, follows = await id_of(witness), await id_of(other)
    named = [{"role": "witness", "personId": left}]
    submitted = await asking.submit("reimbursement.general", {**SPENT, "named": named})
    assert len(await witness.inbox()) == 1

    before = await posts.counts()
    refused = await hand_over(admin, left)
    assert [each["code"] for each in refused["problems"]] == ["STEPS_NEED_SUCCESSOR"]
    for to, code in (
        (left, "SUCCESSOR_LEAVES"),
        (await id_of(admin), "NOT_TO_ONESELF"),
        (await id_of(asking), "OWN_REQUEST"),
    ):
        refused = await hand_over(admin, left, stepsToPersonId=to)
        assert [each["code"] for each in refused["problems"]] == [code]
    assert await posts.counts() == before

    done = await hand_over(admin, left, stepsToPersonId=follows)
    assert [each["number"] for each in done["steps"]] == [submitted["number"]]
    assert await witness.inbox() == []
    [edge] = await other.inbox()
    assert [each["id"] for each in done["steps"]] == [edge["step"]["id"]]
    shown = await other.one(
        f'{{ node(id: "{submitted["id"]}") {{ ... on Request'
        " { steps { handedOn { how name } } } } }"
    )
    handed = [each for step in shown["steps"] for each in step["handedOn"]]
    assert [each["how"] for each in handed] == ["handed_over"]
    assert (await other.agree())["steps"][1]["status"] == "DONE"
