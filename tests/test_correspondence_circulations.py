"""Circulations: a request sent round, and who has read it when."""

import asyncio
from uuid import uuid4

import pytest

from schema.ground.ids import global_id
from tests.correspondence import (
    COUNTY,
    HOME,
    NOTICES,
    STATION,
    at_the_county,
    codes,
    copied,
    me,
    recorded,
    seat_of,
    sent,
)
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


async def test_a_circulation_shows_everybody_in_sight_who_has_read_it_when(
    api: Api, staff: Visitor, reader: Visitor, request_id: str
) -> None:
    chief, second = [
        await api.person(f"{role}@{HOME}") for role in ("section_chief", "section_chief_2")
    ]
    to = [await me(reader), await seat_of(second)]
    await chief.act("circulate", requestId=request_id, to=to, note=" 请阅 ")
    assert await codes(reader) == ["CIRCULATED_TO_YOU"]
    assert len(await copied(reader)) == len(await copied(second)) == 1
    [circulation] = (await sent(staff, request_id))["circulations"]
    assert circulation["note"] == "请阅"
    assert [each["readAt"] for each in circulation["readers"]] == [None, None]
    await api.wait(minutes=30)
    await second.act("acknowledge", circulationId=circulation["id"], key="once")
    for visitor in (staff, chief, reader):
        [found] = (await sent(visitor, request_id))["circulations"]
        person, seat = found["readers"]
        assert person["readAt"] is None
        assert person["to"]["person"]["name"]
        assert seat["to"]["seat"]["role"] == "section_chief"
        assert (seat["readAt"], bool(seat["readBy"]["name"])) == ("2026-03-02T09:30:00+08:00", True)
    assert (await second.one(NOTICES))["unreadCount"] == 0
    assert (await reader.one(NOTICES))["unreadCount"] == 1
    before = await api.counts()
    await second.act("acknowledge", circulationId=circulation["id"], key="once")
    assert await api.counts() == before
    await second.act("acknowledge", circulationId=circulation["id"])
    assert {**await api.counts(), "answers": 0} == {**before, "answers": 0}
    assert (await sent(staff, request_id))["copies"] == []


async def test_two_who_read_at_one_moment_leave_one_receipt(
    api: Api, staff: Visitor, reader: Visitor, request_id: str
) -> None:
    await staff.act("circulate", requestId=request_id, to=[await me(reader)])
    [circulation] = (await sent(staff, request_id))["circulations"]
    answers = await asyncio.gather(
        *(reader.act("acknowledge", circulationId=circulation["id"]) for _ in range(4))
    )
    assert {answer["__typename"] for answer in answers} == {"Request"}
    assert await recorded(api, "acknowledged", request_id) == [HOME]


async def test_an_ended_circulation_is_no_longer_read_and_stays_in_sight(
    api: Api, staff: Visitor, reader: Visitor, request_id: str
) -> None:
    await staff.act("circulate", requestId=request_id, to=[await me(reader)])
    [circulation] = (await sent(staff, request_id))["circulations"]
    given = {"circulationId": circulation["id"]}
    assert (await reader.act("endCirculation", **given))["code"] == "NOT_YOUR_CIRCULATION"
    await staff.act("endCirculation", **given)
    before = await api.counts()
    assert (await staff.act("endCirculation", **given))["code"] == "CIRCULATION_ENDED"
    assert (await reader.act("acknowledge", **given))["code"] == "CIRCULATION_ENDED"
    assert await api.counts() == before
    [ended] = (await sent(reader, request_id))["circulations"]
    assert ended["endedAt"] == "2026-03-02T09:00:00+08:00"
    await staff.act("circulate", requestId=request_id, to=[await me(reader)])
    assert len((await sent(reader, request_id))["circulations"]) == 2


async def test_what_is_not_one_s_to_read_is_refused(
    api: Api, staff: Visitor, reader: Visitor, request_id: str
) -> None:
    chief, third = [
        await api.person(f"{role}@{HOME}") for role in ("section_chief", "section_chief_2")
    ]
    await staff.act("circulate", requestId=request_id, to=[await me(reader)])
    [circulation] = (await sent(staff, request_id))["circulations"]
    given = {"circulationId": circulation["id"]}
    abroad = await api.person("staff@science-bureau")
    before = await api.counts()
    assert (await chief.act("acknowledge", **given))["code"] == "NOT_A_READER"
    for verb in ("acknowledge", "endCirculation"):
        assert (await third.act(verb, **given))["code"] == "CIRCULATION_NOT_FOUND"
        assert (await abroad.act(verb, **given))["code"] == "CIRCULATION_NOT_FOUND"
        missing = {"circulationId": global_id("Circulation", uuid4())}
        assert (await staff.act(verb, **missing))["code"] == "CIRCULATION_NOT_FOUND"
        wrong = await staff.act(verb, circulationId=request_id)
        assert problems(wrong) == {("circulationId", "INVALID_ID")}
    again = await staff.act(
        "circulate", requestId=request_id, to=[await me(third), await me(reader)]
    )
    assert problems(again) == {("to.1", "STILL_TO_READ")}
    long = await staff.act("circulate", requestId=request_id, to=[await me(third)], note="长" * 501)
    assert problems(long) == {("note", "TOO_LONG")}
    assert await api.counts() == before


async def test_a_superior_sends_on_to_its_own_people_and_the_applicant_sees_to_whom(
    api: Api,
) -> None:
    applicant = await api.person(f"staff_2@{STATION}")
    request = await at_the_county(api, applicant)
    county = await api.person(f"county_bureau_deputy@{COUNTY}")
    colleague = await api.person(f"staff@{COUNTY}")
    assert await sent(colleague, request["id"]) is None
    to = [await me(colleague)]
    done = await county.act("circulate", requestId=request["id"], to=to, key="once")
    assert done["number"] == request["number"]
    assert await county.act("circulate", requestId=request["id"], to=to, key="once") == done
    [circulation] = (await sent(applicant, request["id"]))["circulations"]
    [reads] = circulation["readers"]
    assert reads["to"]["person"]["name"]
    await colleague.act("acknowledge", circulationId=circulation["id"])
    [circulation] = (await sent(applicant, request["id"]))["circulations"]
    assert circulation["readers"][0]["readBy"]
    assert await copied(colleague) == [request["number"]]
    for event in ("circulated", "acknowledged"):
        assert await recorded(api, event, request["id"]) == [STATION]
    home_id = await me(await api.person(f"staff@{STATION}"))
    refusal = await county.act("copy", requestId=request["id"], to=[home_id])
    assert problems(refusal) == {("to.0", "UNKNOWN_RECIPIENT")}


@pytest.mark.parametrize("verb", ["copy", "circulate"])
async def test_a_complaint_is_not_sent_to_whom_it_complains_of(api: Api, verb: str) -> None:
    clerk, other, chief, third = [
        await api.person(f"{role}@science-bureau")
        for role in ("staff", "staff_2", "section_chief_2", "section_chief")
    ]
    complaint = {
        "explanation": "办事人员未按程序办理",
        "complaintForm": "PHONE",
        "complainantName": "王女士",
    }
    for about in (other, chief):
        made = await clerk.submit(
            "complaint.case", {**complaint, "complainedPersonId": await me(about)}
        )
        to = await (me if about is other else seat_of)(about)
        given = {"requestId": made["id"], "to": [await me(third), to]}
        before = await api.counts()
        assert problems(await clerk.act(verb, **given)) == {("to.1", "CONCERNS_THEM")}
        assert await api.counts() == before
