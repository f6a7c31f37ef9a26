"""Rooms: had by one meeting at a time, as large as they are, cleaned by the week and after use."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.balances import person_of
from tests.fleet import record
from tests.office import Api, Visitor, cites, problems
from tests.sheets import strike_out
from tests.small_shapes import at
from tests.test_duties_of_units import states
from tests.test_duties_served import nodes

HERE = "hrss-bureau"
WEEK = ("打扫会议室", "2026-05-17")


@pytest.fixture
async def rooms(api: Api) -> dict[str, str]:
    await api.empty("room_cleanings", "bookings")
    api.now = at("2026-05-11 09:00")
    clerk = await api.person(f"office_clerk@{HERE}")
    found = await clerk.one("{ rooms { edges { node { id name } } } }")
    return {edge["node"]["name"]: edge["node"]["id"] for edge in found["edges"]}


def meeting(room: str, hours: tuple[str, str], **more: Any) -> dict[str, Any]:
    begins, ends = (f"2026-05-12T{hour}:00+08:00" for hour in hours)
    given = {"begins": begins, "ends": ends, "explanation": "科务会", "roomId": room}
    return {**given, "people": 8, **more}


async def test_a_room_is_had_by_one_meeting_at_a_time_and_by_no_more_than_it_seats(
    api: Api, rooms: dict[str, str]
) -> None:
    staff, chief = [await api.person(f"{role}@{HERE}") for role in ("staff", "section_chief")]
    small = rooms["小会议室"]
    await staff.submit("room.booking", meeting(small, ("14:00", "16:00")))
    before = await api.counts()
    late = await chief.submit("room.booking", meeting(small, ("14:30", "15:00")))
    assert late["code"] == "ALREADY_BOOKED"
    crowd = await chief.submit("room.booking", meeting(small, ("16:00", "17:00"), people=13))
    assert problems(crowd) == {("roomId", "ROOM_TOO_SMALL")}
    assert await api.counts() == before
    after = await chief.submit("room.booking", meeting(small, ("16:00", "17:00")))
    assert after["status"] == "PENDING"


async def running(visitor: Visitor) -> list[str]:
    found = await visitor.one(
        "{ clocks(first: 100) { edges { node { action state clause { cite } } } } }"
    )
    clocks = [edge["node"] for edge in found["edges"]]
    return [each["state"] for each in clocks if each["action"] == "清理会议室"]


async def test_each_room_is_cleaned_once_a_week_and_after_each_meeting(
    api: Api, rooms: dict[str, str]
) -> None:
    staff, clerk, cleaner = [
        await api.person(f"{role}@{HERE}") for role in ("staff", "office_clerk", "cleaner")
    ]
    small = rooms["小会议室"]
    request = await staff.submit("room.booking", meeting(small, ("14:00", "16:00")))
    assert (await clerk.agree())["status"] == "APPROVED"
    assert await states(cleaner, *WEEK) == dict.fromkeys(rooms, "DUE")
    api.now = at("2026-05-12 16:10")
    await api.clocks()
    assert await running(cleaner) == ["RUNNING"]
    done = {"roomId": small, "cleanedAt": "2026-05-12T16:05:00+08:00", "requestId": request["id"]}
    assert (await record(staff, "RoomCleaning", **done))["code"] == "NOT_A_KEEPER"
    line = await record(cleaner, "RoomCleaning", **done)
    assert await running(cleaner) == ["DONE"]
    assert await states(cleaner, *WEEK) == {**dict.fromkeys(rooms, "DUE"), "小会议室": "DONE"}
    await strike_out(cleaner, line)
    assert await states(cleaner, *WEEK) == dict.fromkeys(rooms, "DUE")
    assert await running(cleaner) == ["RUNNING"]
    assert isinstance(await record(cleaner, "RoomCleaning", **done), str)
    api.now = at("2026-05-18 09:00")
    left = {**dict.fromkeys(rooms, "MISSED"), "小会议室": "DONE"}
    assert await states(cleaner, *WEEK) == left
    owed = await nodes(clerk, **{"from": WEEK[1], "to": WEEK[1]})
    of = {each["unit"]: each["role"] for each in owed if WEEK[0] in each["activity"]}
    named = dict.fromkeys(rooms, "cleaner")
    assert of == {**named, "仲裁厅": "", "信访接待室": ""}, "the table names nobody for these"


async def test_a_room_is_asked_for_before_the_meeting_begins_however_shortly(api: Api, rooms: Any):
    staff = await api.person(f"staff@{HERE}")
    asked = meeting(rooms["小会议室"], ("14:00", "16:00"))
    moment = datetime.fromisoformat(asked["begins"])
    api.now = moment + timedelta(minutes=75)
    before = await api.counts()
    late = await staff.submit("room.booking", asked)
    assert problems(late) == {("begins", "ASKED_TOO_LATE")}
    assert cites([late["problems"][0]["clause"]]) == ["meeting-rooms/1"]
    assert await api.counts() == before
    api.now = moment - timedelta(minutes=10)
    assert "id" in await staff.submit("room.booking", asked)


async def test_a_room_that_was_granted_is_given_up_before_the_meeting_and_not_after(
    api: Api, rooms: Any
):
    staff, chief = [await api.person(f"{role}@{HERE}") for role in ("staff", "section_chief")]
    clerk = await api.person(f"office_clerk@{HERE}")
    wanted = meeting(rooms["小会议室"], ("14:00", "16:00"))
    for given_up in (True, False):
        asked = await staff.submit("room.booking", wanted)
        await clerk.agree()
        assert (await chief.submit("room.booking", wanted))["code"] == "ALREADY_BOOKED"
        if given_up:
            ended = await staff.act("withdraw", requestId=asked["id"])
            assert ended["status"] == "WITHDRAWN"
            assert await running(await api.person(f"cleaner@{HERE}")) != ["RUNNING"]
    api.now = datetime.fromisoformat(wanted["begins"])
    before = await api.counts()
    late = await staff.act("withdraw", requestId=asked["id"])
    assert late["code"] == "REQUEST_ENDED"
    assert await api.counts() == before


async def test_what_is_forbidden_at_meetings_is_entered_and_costs_nothing(api: Api):
    clerk = await api.person(f"office_clerk@{HERE}")
    said = {"happenedOn": "2026-02-27", "personId": await person_of(api, f"staff@{HERE}")}
    for what in ("meeting_call", "smoked_in_public"):
        assert isinstance(await record(clerk, "Occurrence", what=what, **said), str)
    assert {each["amount"] for each in await clerk.one("{ consequences { amount } }")} == {None}
