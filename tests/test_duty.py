"""Duty: handed over by two, logged by whoever is on it, decided and swapped by request."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schema.ground.ids import global_id, read_id
from tests.duty import (
    SAFE,
    account_of,
    cleared,
    draft,
    enter,
    found,
    free_for,
    person_of,
    replace,
    settle,
    settled,
    shown,
    sign,
    through,
)
from tests.fleet import person_id
from tests.office import Api, Visitor, problems

HERE, BUREAU, SCIENCE = "construction-bureau", "hrss-bureau", "science-bureau"
TOWN = "township-government"
KINDS = ("routine", "holiday", "major_task")


@pytest.fixture
async def office(api: Api) -> Api:
    return await cleared(api)


async def test_one_hands_over_and_the_next_signs_and_a_late_one_faces_a_consequence(office: Api):
    clerk, _ = await settled(office, HERE)
    roster = await shown(clerk)
    night, noon = (
        found(roster, "2026-04-13", "workday_night"),
        found(roster, "2026-04-14", "workday_noon"),
    )
    outgoing, incoming = await person_of(office, night), await person_of(office, noon)
    office.now = office.now.replace(month=4, day=14, hour=8, minute=5)
    given = {"at": "2026-04-14T07:55:00+08:00", "toId": noon["personId"]}
    before = await office.counts()
    assert ("safetyRound", "REQUIRED") in problems(await enter(outgoing, "DutyHandover", **given))
    assert (await enter(incoming, "DutyHandover", **given, **SAFE))["code"] == "NOT_A_KEEPER"
    other = {**given, "toId": await person_id(clerk, f"office_director@{HERE}")}
    refused = await enter(outgoing, "DutyHandover", **other, **SAFE)
    assert problems(refused) == {("toId", "NOT_NEXT_ON_DUTY")}
    assert await office.counts() == before
    line = (await enter(outgoing, "DutyHandover", **given, **SAFE))["lineId"]
    assert (await sign(outgoing, line))["code"] == "NOT_YOURS_TO_SIGN"
    assert await stands(outgoing) == [False]
    assert (await sign(incoming, line))["__typename"] == "LineEntered"
    assert (await sign(incoming, line))["code"] == "SIGNED_ALREADY"
    assert await stands(incoming) == [True]
    late = await enter(
        clerk, "Occurrence", personId=noon["personId"], happenedOn="2026-04-14",
        what="duty_late_or_empty",
    )  # fmt: skip
    assert late["__typename"] == "LineEntered", late
    shown_to = "{ consequences { id label state amount lines clause { cite } } }"
    mine = await incoming.one(shown_to)
    assert {(each["state"], each["clause"]["cite"]) for each in mine} == {
        ("PROPOSED", "四(一)"),
        ("PROPOSED", "三(二)2"),
    }
    assert all(each["lines"] == [late["lineId"]] for each in mine)
    whose = [t["personId"] for t in roster["turns"]
             if (t["day"], t["post"]) == ("2026-04-14", "duty_leader")]  # fmt: skip
    leader = await office.person(await account_of(office, whose[0]))
    theirs = await leader.one(
        "{ consequences { id whom answers personId decidedBy may clause { cite } } }"
    )
    [joint] = [each for each in theirs if each["whom"] == "duty_leader"]
    assert (joint["answers"], joint["personId"]) == (whose, noon["personId"])
    assert (joint["decidedBy"], joint["clause"]["cite"]) == (["bureau_leader"], "四(一)")
    assert joint["may"] == ["STATE"], "a leader of the bureau, who does not decide on themselves"
    codes = (await leader.one("{ notices { edges { node { code } } } }"))["edges"]
    assert "CONSEQUENCE_PROPOSED" in {each["node"]["code"] for each in codes}
    assert joint["id"] not in {each["id"] for each in mine}, "it is the leader's to answer"


async def stands(visitor: Visitor) -> list[bool]:
    page = await visitor.one("{ dutyHandovers { edges { node { stands } } } }")
    return [edge["node"]["stands"] for edge in page["edges"]]


@pytest.mark.parametrize(
    ("institution", "shift", "more", "cite"),
    [
        (HERE, "workday_night", {}, "二(四)"),
        (BUREAU, "whole_day", {"handled": "已关阀抢修"}, "四"),
        (TOWN, "routine", {}, "三、2"),
    ],
)
async def test_the_log_is_kept_by_whoever_is_on_duty_and_what_is_urgent_is_reported(
    office: Api, institution: str, shift: str, more: dict[str, str], cite: str
):
    clerk, _ = await settled(office, institution, why="带班领导另行安排")
    roster = await shown(clerk)
    on, off = (found(roster, f"2026-04-{day}", shift) for day in (13, 16))
    officer, another = await person_of(office, on), await person_of(office, off)
    office.now = office.now.replace(month=4, day=14, hour=7)
    given = {"at": "2026-04-14T02:10:00+08:00", "matter": "INCIDENT", "content": "水管爆裂", **more}
    before = await office.counts()
    assert (await enter(another, "DutyEntry", **given))["code"] == "NOT_A_KEEPER"
    unreported = await enter(officer, "DutyEntry", **given, urgent=True)
    assert problems(unreported) == {("reportedTo", "URGENT_NOT_REPORTED")}
    assert unreported["problems"][0]["clause"]["cite"] == cite
    if more:
        bare = await enter(officer, "DutyEntry", **{**given, "handled": ""})
        assert problems(bare) == {("handled", "REQUIRED")}
    assert await office.counts() == before
    told = await enter(officer, "DutyEntry", **given, urgent=True, reportedTo="带班领导、局长")
    assert told["__typename"] == "LineEntered", told


async def test_who_leads_by_the_settled_roster_sees_the_log_meanwhile(office: Api):
    clerk, _ = await settled(office, HERE)
    roster = await shown(clerk)
    standing = await person_id(clerk, f"office_deputy@{HERE}")
    posts = {"duty_leader": [], "duty_officer": []}
    for turn in roster["turns"]:
        posts[turn["post"]] += [turn] if turn["personId"] != standing else []
    lead, *others = posts["duty_leader"]
    other = next(each for each in others if each["personId"] != lead["personId"])
    officer = next(each for each in posts["duty_officer"] if each["day"] == lead["day"])
    at = datetime.fromisoformat(officer["begins"])
    office.now = at + timedelta(hours=1)
    given = {"at": at.isoformat(), "matter": "CALL", "content": "防汛值守"}
    assert (await enter(await person_of(office, officer), "DutyEntry", **given))["lineId"]
    asked = "{ dutyEntries { edges { node { content } } } }"
    told = [
        len((await (await person_of(office, each)).one(asked))["edges"]) for each in (lead, other)
    ]
    assert told == [1, 0]


async def test_whoever_looks_after_the_log_sees_where_nobody_wrote_a_line(office: Api):
    clerk, director = [
        await office.person(f"{role}@{HERE}") for role in ("office_clerk", "office_director")
    ]
    await settle(director, await draft(clerk))
    office.now = office.now.replace(month=4, day=7, hour=7)
    asked = (
        '{ unwrittenLog(of: DUTY_TURNS, from: "2026-04-06", to: "2026-04-06")'
        " { since until turn { post shift person } } }"
    )
    [day] = await director.one(asked)
    assert (day["turn"]["post"], day["turn"]["shift"]) == ("duty_officer", "day_off")
    assert day["turn"]["person"]
    hours = [*range(8, 13), *range(14, 24)]
    for hour in hours:
        line = {"at": f"2026-04-06T{hour:02}:00:00+08:00", "matter": "PATROL", "content": "巡查"}
        assert (await enter(clerk, "DutyEntry", **line))["__typename"] == "LineEntered"
    found = [(each["since"], each["until"]) for each in await director.one(asked)]
    assert found == [
        ("2026-04-06T12:00:00+08:00", "2026-04-06T14:00:00+08:00"),
        ("2026-04-06T23:00:00+08:00", "2026-04-07T07:00:00+08:00"),
    ]
    staff = await office.person(f"staff@{HERE}")
    assert (await staff.ask(asked)).codes == ["NOT_YOURS_TO_SETTLE"]


async def test_everyday_duty_holidays_and_great_tasks_are_each_on_the_roster(office: Api):
    clerk = await office.person(f"office_clerk@{TOWN}")
    task = {"day": "2026-04-15", "document": "镇防汛指挥部通知"}
    assert (await enter(clerk, "OrderedDutyDay", **task))["__typename"] == "LineEntered"
    await draft(clerk)
    turns = (await shown(clerk))["turns"]
    days = {shift: [t["day"][-2:] for t in turns if t["shift"] == shift] for shift in KINDS}
    assert (days["holiday"], days["major_task"], len(days["routine"])) == (
        *(["04", "05", "06"], ["15"], 21),
    )  # fmt: skip


async def test_where_a_clause_asks_a_decision_stands_behind_the_roster(office: Api):
    clerk = await office.person(f"office_clerk@{SCIENCE}")
    director = await office.person(f"director@{SCIENCE}")
    for day in ("2026-04-04", "2026-04-05"):
        given = {"day": day, "document": "区委办值班通知"}
        assert (await enter(clerk, "OrderedDutyDay", **given))["__typename"] == "LineEntered"
    early = await clerk.submit("duty.roster", {"explanation": "四月值班安排"})
    await through(office, early)
    await office.wait(hours=1)
    roster = await draft(clerk)
    turns = (await shown(clerk))["turns"]
    assert [(each["day"], each["post"]) for each in turns] == [
        (day, post)
        for day in ("2026-04-04", "2026-04-05")
        for post in ("duty_leader", "duty_officer")
    ]
    before = await office.counts()
    unasked = await settle(clerk, roster)
    assert problems(unasked) == {("requestId", "APPROVAL_NEEDED")}
    assert unasked["clause"]["cite"] == "二、3(3)"
    refused = await settle(clerk, roster, requestId=early["id"])
    assert problems(refused) == {("requestId", "APPROVAL_OF_ANOTHER_ROSTER")}
    assert await office.counts() == before
    await office.wait(hours=1)
    asked = await clerk.submit("duty.roster", {"explanation": "四月值班安排"})
    waiting = await settle(clerk, roster, requestId=asked["id"])
    assert problems(waiting) == {("requestId", "APPROVAL_NEEDED")}
    await through(office, asked)
    assert (await settle(clerk, roster, requestId=asked["id"]))["__typename"] == "RosterKept"
    settled_one = await shown(director)
    assert (settled_one["state"], settled_one["clause"]["cite"]) == ("SETTLED", "二、3(3)")


async def test_a_swap_rests_on_the_request_of_whoever_is_on_duty_that_day(office: Api):
    clerk = await office.person(f"office_clerk@{SCIENCE}")
    await enter(clerk, "OrderedDutyDay", day="2026-04-05", document="区委办值班通知")
    roster = await draft(clerk)
    asked = await clerk.submit("duty.roster", {"explanation": "四月值班安排"})
    await through(office, asked)
    done = await settle(clerk, roster, requestId=asked["id"])
    turns = (await shown(clerk))["turns"]
    turn = next(each for each in turns if each["post"] == "duty_officer")
    who = await person_of(office, turn)
    to = await free_for(office, SCIENCE, turns, "2026-04-05")
    other = await office.person(await account_of(office, to))
    theirs = await swap(other, "2026-04-05")
    wrong, mine = await swap(who, "2026-04-06"), await swap(who, "2026-04-05")
    leads = next(each for each in turns if each["post"] == "duty_leader")
    assert await asked_of(office, mine) == [read_id(leads["personId"])[1]], "who leads that day"
    assert await asked_of(office, wrong) != [read_id(leads["personId"])[1]]
    before = await office.counts()
    unapproved = await replace(clerk, done, turn, to, requestId=mine["id"])
    assert problems(unapproved) == {("requestId", "APPROVAL_NEEDED")}
    assert await office.counts() == before
    for each in (theirs, wrong, mine):
        await through(office, each)
    assert [each["id"] for each in (await shown(clerk))["turns"] if each["excused"]] == [turn["id"]]
    for each in (theirs, wrong):
        refused = await replace(clerk, done, turn, to, requestId=each["id"])
        assert problems(refused) & {("requestId", "APPROVAL_OF_ANOTHER"), ("toId", "AWAY_THAT_DAY")}
    third = await free_for(office, SCIENCE, [{**turn, "personId": to}, turn], "2026-04-05")
    swapped = await replace(clerk, done, turn, third, requestId=mine["id"], key="swap")
    assert swapped["__typename"] == "RosterKept", swapped
    assert await replace(clerk, done, turn, third, requestId=mine["id"], key="swap") == swapped
    assert [each["ground"] for each in (await shown(clerk))["changes"]] == ["SWAPPED"]
    office.now = office.now.replace(month=4, day=5, hour=20)
    entry = {"at": "2026-04-05T19:00:00+08:00", "matter": "CALL", "content": "防汛电话"}
    assert (await enter(who, "DutyEntry", **entry))["code"] == "NOT_A_KEEPER"
    stands_in = await office.person(await account_of(office, third))
    unreported = await enter(stands_in, "DutyEntry", **entry, urgent=True)
    assert problems(unreported) == {("reportedTo", "URGENT_NOT_REPORTED")}
    assert (await enter(stands_in, "DutyEntry", **entry))["__typename"] == "LineEntered"


async def swap(visitor: Visitor, day: str) -> Any:
    """A request to be let off a turn, in the first of the seats."""
    seat = await visitor.api.value(
        "select a.seat_id from appointments a join accounts c on c.person_id = a.person_id"
        " where c.account = $1 order by a.seat_id limit 1",
        visitor.account,
    )
    given = {"dutyNight": day, "explanation": "家中有事", "asSeat": global_id("Seat", seat)}
    return await visitor.submit("leave.duty_swap", given)


async def asked_of(office: Api, request: Any) -> list[str]:
    """Whose seat, or who, the first step of a request waits for."""
    seats = "select seats from steps where request_id = $1::uuid order by position limit 1"
    return [str(each) for each in await office.value(seats, read_id(request["id"])[1])]


async def test_who_takes_over_later_than_ten_minutes_before_is_told(office: Api):
    clerk, _ = await settled(office, BUREAU, why="带班领导另行安排")
    roster = await shown(clerk)
    officers = [turn for turn in roster["turns"] if turn["post"] == "duty_officer"]
    first, second = officers[9:11]
    due = await office.rows(
        "select due_at, responsible from clocks where subject_id = $1::uuid",
        read_id(second["id"])[1],
    )
    assert [each["due_at"].isoformat() for each in due] == ["2026-04-11T00:20:00+00:00"]
    assert [str(each) for each in due[0]["responsible"]] == [read_id(second["personId"])[1]]
    outgoing, incoming = await person_of(office, first), await person_of(office, second)
    office.now = office.now.replace(month=4, day=11, hour=8, minute=18)
    given = {"at": "2026-04-11T08:18:00+08:00", "toId": second["personId"], "matters": "无"}
    line = (await enter(outgoing, "DutyHandover", **given, room="已打扫"))["lineId"]
    assert await ended(office, second) is False, "nothing is handed over until it is signed for"
    await sign(incoming, line)
    assert await ended(office, second) is True
    assert await ended(office, officers[11]) is False


async def ended(office: Api, turn: Any) -> bool:
    key = read_id(turn["id"])[1]
    return bool(
        await office.value(
            "select ended_at is not null from clocks where subject_id = $1::uuid", key
        )
    )
