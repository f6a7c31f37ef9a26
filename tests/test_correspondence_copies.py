"""Copies: who sees a request from then on."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from schema.ground.ids import global_id
from tests.correspondence import COPIED, HOME, codes, copied, me, recorded, seat_of, sent, told
from tests.office import SIX_DAYS, Api, Visitor, leave, problems


@pytest.fixture
async def staff(api: Api) -> Visitor:
    return await api.person(f"staff@{HOME}")


@pytest.fixture
async def reader(api: Api) -> Visitor:
    """Somebody who does not see the request of another section."""
    return await api.person(f"staff_2@{HOME}")


@pytest.fixture
async def request_id(staff: Visitor) -> str:
    made = await staff.submit("leave.personal", leave(SIX_DAYS[0]))
    return str(made["id"])


async def test_a_copy_brings_a_request_into_sight_its_box_and_the_notices(
    api: Api, staff: Visitor, reader: Visitor, request_id: str
) -> None:
    assert await sent(reader, request_id) is None
    assert await copied(reader) == []
    done = await staff.act("copy", requestId=request_id, to=[await me(reader)])
    assert done["status"] == "PENDING"
    seen = await sent(reader, request_id)
    [copy] = seen["copies"]
    assert copy["to"]["person"]["name"] != copy["by"]["name"] == "郭晓燕"
    assert await copied(reader) == [seen["number"]]
    [notice] = await told(reader)
    assert notice["code"] == "COPIED_TO_YOU"
    assert seen["number"] in notice["sentence"]
    assert "事假" in notice["sentence"]
    counts = {
        each["box"]: each["count"] for each in await reader.one("{ boxCounts { box count } }")
    }
    assert counts == {"MINE": 0, "TO_DECIDE": 0, "HANDLED": 0, "COPIED": 1, "UNIT": 0}
    assert await recorded(api, "copied", request_id) == [HOME]


async def test_a_copy_to_a_seat_is_for_whoever_holds_it(
    api: Api, staff: Visitor, request_id: str
) -> None:
    clerk = await api.person(f"office_clerk@{HOME}")
    other = await api.person(f"section_chief_2@{HOME}")
    assert await sent(other, request_id) is None
    await staff.act("copy", requestId=request_id, to=[await seat_of(other)])
    [copy] = (await sent(other, request_id))["copies"]
    assert copy["to"]["person"] is None
    assert copy["to"]["seat"]["role"] == "section_chief"
    assert await codes(other) == ["COPIED_TO_YOU"]
    assert await copied(clerk) == []


async def test_nobody_gets_a_copy_twice(
    api: Api, staff: Visitor, reader: Visitor, request_id: str
) -> None:
    to = await me(reader)
    await staff.act("copy", requestId=request_id, to=[to], key="once")
    before = await api.counts()
    again = await staff.act("copy", requestId=request_id, to=[to], key="once")
    assert again["number"]
    assert await api.counts() == before
    await staff.act("copy", requestId=request_id, to=[to])
    after = await api.counts()
    assert {**after, "answers": before["answers"]} == before
    assert after["answers"] == before["answers"] + 1
    twins = [staff.act("copy", requestId=request_id, to=[await seat_of(reader)]) for _ in range(2)]
    await asyncio.gather(*twins)
    assert len((await sent(staff, request_id))["copies"]) == 2
    assert len(await told(reader)) == 2
    assert len(await copied(reader)) == 1


async def test_whoever_has_a_turn_sends_it_on_and_who_only_reads_does_not(
    api: Api, staff: Visitor, reader: Visitor, request_id: str
) -> None:
    chief = await api.person(f"section_chief@{HOME}")
    third = await me(await api.person(f"section_chief_2@{HOME}"))
    await chief.act("copy", requestId=request_id, to=[await me(reader)])
    stranger = await api.person("staff@science-bureau")
    before = await api.counts()
    for verb in ("copy", "circulate"):
        refusal = await reader.act(verb, requestId=request_id, to=[third])
        assert refusal["code"] == "NOT_YOURS_TO_SEND"
        assert (await stranger.act(verb, requestId=request_id, to=[third]))["code"] == (
            "REQUEST_NOT_FOUND"
        )
    assert await api.counts() == before


@pytest.mark.parametrize("verb", ["copy", "circulate"])
async def test_bad_recipients_are_named_and_nothing_is_half_done(
    api: Api, staff: Visitor, reader: Visitor, request_id: str, verb: str
) -> None:
    good, own = await me(reader), await me(staff)
    abroad = await me(await api.person("staff@science-bureau"))
    seat_abroad = await seat_of(await api.person("section_chief@science-bureau"))
    unknown = [global_id("Person", uuid4()) for _ in range(51)]
    draft = await staff.act("saveDraft", kind="LEAVE_SICK", form={})
    before = await api.counts()

    async def refused(*to: str, request: str = request_id) -> Any:
        return problems(await staff.act(verb, requestId=request, to=list(to)))

    assert await refused() == {("to", "NO_RECIPIENTS")}
    assert await refused(*unknown) == {("to", "TOO_MANY_RECIPIENTS")}
    assert await refused(good, good) == {("to.1", "REPEATED_RECIPIENT")}
    assert await refused(good, own) == {("to.1", "SENT_TO_ONESELF")}
    assert await refused(good, abroad, seat_abroad, unknown[0]) == {
        ("to.1", "UNKNOWN_RECIPIENT"),
        ("to.2", "UNKNOWN_RECIPIENT"),
        ("to.3", "UNKNOWN_RECIPIENT"),
    }
    assert await refused(good, request_id, "nonsense") == {
        ("to.1", "INVALID_ID"),
        ("to.2", "INVALID_ID"),
    }
    assert await refused(good, request="nonsense") == {("requestId", "INVALID_ID")}
    refusal = await staff.act(verb, requestId=draft["id"], to=[good])
    assert refusal["code"] == "NOT_ON_A_DRAFT"
    missing = global_id("Request", uuid4())
    assert (await staff.act(verb, requestId=missing, to=[good]))["code"] == "REQUEST_NOT_FOUND"
    assert await api.counts() == before


async def test_the_box_of_copies_runs_as_many_statements_for_many_as_for_one(
    api: Api, staff: Visitor, reader: Visitor, request_id: str
) -> None:
    to = [await me(reader)]
    await staff.act("copy", requestId=request_id, to=to)
    ran = []
    for day in SIX_DAYS[1:]:
        await reader.one(COPIED)
        api.statements.clear()
        await reader.one(COPIED)
        ran.append(len(api.statements))
        more = await staff.submit("leave.personal", leave(day))
        await staff.act("circulate", requestId=more["id"], to=to)
    assert set(ran) == {6}, "viewer, page, steps, seats, copies, circulations"
