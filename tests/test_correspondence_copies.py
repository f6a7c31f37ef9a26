"""Copies and circulations: who sees a request from then on, and who has read it when."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from schema.ids import global_id, read_id
from tests.office import PAPER, SIX_DAYS, Api, Visitor, leave, problems

HOME = "hrss-bureau"
SENT = """query ($id: ID!) { node(id: $id) { ... on Request { number
  copies { to { person { name } seat { role holders { name } } } by { name } at }
  circulations { id by { name } note at endedAt
    readers { to { person { name } seat { role } } readAt readBy { name } } } } } }"""
COPIED = """{ requests(box: COPIED) { totalCount
  edges { node { number copies { at } circulations { id } } } } }"""
NOTICES = "{ notices { unreadCount edges { node { code sentence request { number } } } } }"


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


async def me(visitor: Visitor) -> str:
    return str((await visitor.one("{ viewer { id } }"))["id"])


async def seat_of(visitor: Visitor) -> str:
    return str((await visitor.one("{ viewer { seats { id } } }"))["seats"][0]["id"])


async def sent(visitor: Visitor, request_id: str) -> Any:
    return await visitor.one(SENT, {"id": request_id})


async def copied(visitor: Visitor) -> list[str]:
    found = await visitor.one(COPIED)
    assert found["totalCount"] == len(found["edges"])
    return [edge["node"]["number"] for edge in found["edges"]]


async def told(visitor: Visitor) -> list[tuple[str, str]]:
    edges = (await visitor.one(NOTICES))["edges"]
    return [(edge["node"]["code"], edge["node"]["sentence"]) for edge in edges]


async def recorded(api: Api, event: str, request_id: str) -> list[str]:
    """The institutions in whose ledger such an act on the request stands."""
    sql = "select institution_id from ledger where event = $1 and request = $2 order by seq"
    return [row[0] for row in await api.rows(sql, event, read_id(request_id)[1])]


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
    [(code, sentence)] = await told(reader)
    assert code == "COPIED_TO_YOU"
    assert seen["number"] in sentence
    assert "事假" in sentence
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
    assert [code for code, _ in await told(other)] == ["COPIED_TO_YOU"]
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


async def test_a_circulation_shows_everybody_in_sight_who_has_read_it_when(
    api: Api, staff: Visitor, reader: Visitor, request_id: str
) -> None:
    chief, second = [
        await api.person(f"{role}@{HOME}") for role in ("section_chief", "section_chief_2")
    ]
    to = [await me(reader), await seat_of(second)]
    await chief.act("circulate", requestId=request_id, to=to, note=" 请阅 ")
    assert [code for code, _ in await told(reader)] == ["CIRCULATED_TO_YOU"]
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
    assert {answer["__typename"] for answer in answers} == {"LeavePersonalRequest"}
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
    home, above = "household-registration", "county-police-bureau"
    applicant = await api.person(f"staff_2@{home}")
    names = ("出生证", "户口簿", "身份证")
    form = {
        "explanation": "出生证所载日期与户口簿不一致",
        "attachments": [{**PAPER, "name": name} for name in names],
    }
    request = await applicant.submit("household.birth_date", form)
    for role in ("area_officer_2", "police_station_chief_2"):
        await (await api.person(f"{role}@{home}")).agree()
    county = await api.person(f"county_bureau_deputy@{above}")
    colleague = await api.person(f"staff@{above}")
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
        assert await recorded(api, event, request["id"]) == [home]
    home_id = await me(await api.person(f"staff@{home}"))
    refusal = await county.act("copy", requestId=request["id"], to=[home_id])
    assert problems(refusal) == {("to.0", "UNKNOWN_RECIPIENT")}


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
    assert set(ran) == {5}, "viewer, page, total, copies, circulations"
