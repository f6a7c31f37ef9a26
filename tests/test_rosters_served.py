"""A roster through the API: drawn, settled, taken over on a ground, handed over, and broken."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from schema.ground.ids import global_id, read_id
from tests.duty import (
    cleared,
    draft,
    found,
    free_for,
    on_duty,
    person_of,
    replace,
    settle,
    shown,
)
from tests.fleet import person_id
from tests.office import REFUSAL, Api, Visitor, problems
from tests.office import leave as leave_of

HERE, SCIENCE = "construction-bureau", "science-bureau"
LINE = f"__typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }}"


@pytest.fixture
async def office(api: Api) -> Api:
    return await cleared(api)


async def enter(visitor: Visitor, word: str, **given: Any) -> Any:
    return await visitor.one(
        f"mutation ($input: Record{word}Input!) {{ record{word}(input: $input) {{ {LINE} }} }}",
        {"input": {**given, "idempotencyKey": str(uuid4())}},
    )


async def sign(visitor: Visitor, line: str) -> Any:
    return await visitor.one(
        f"mutation ($input: SignLineInput!) {{ signLine(input: $input) {{ {LINE} }} }}",
        {"input": {"lineId": line, "idempotencyKey": str(uuid4())}},
    )


async def settled(office: Api, institution: str = HERE) -> tuple[Visitor, Any]:
    clerk = await office.person(f"office_clerk@{institution}")
    head = await office.person(f"office_director@{institution}")
    done = await settle(head, await draft(clerk))
    assert done["__typename"] == "RosterKept", done
    return clerk, done


async def test_a_month_is_drawn_by_the_office_settled_by_its_head_and_told(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    head = await office.person(f"office_director@{HERE}")
    staff = await office.person(f"staff@{HERE}")
    before = await office.counts()
    assert (await draft(staff))["code"] == "NOT_YOURS_TO_DRAW"
    assert await office.counts() == before
    drew = await draft(clerk, key="drawn")
    assert await draft(clerk, key="drawn") == drew
    assert (await draft(clerk))["version"] == 2
    assert await shown(staff) is None, "a draft is for who draws or settles it"
    roster = await shown(clerk)
    assert (roster["state"], roster["version"], len(roster["turns"])) == ("DRAFT", 2, 30 + 42 + 9)
    assert all(turn["personId"] for turn in roster["turns"])
    drawn = {"rosterId": roster["id"], "version": 2}
    assert (await settle(clerk, drawn))["code"] == "NOT_YOURS_TO_SETTLE"
    assert (await settle(head, drew))["code"] == "CHANGED_MEANWHILE"
    done = await settle(head, drawn, key="settled")
    assert await settle(head, drawn, key="settled") == done
    assert (await settle(head, done))["code"] == "ROSTER_SETTLED"
    assert (await draft(clerk))["code"] == "ROSTER_SETTLED"
    roster = await shown(staff)
    assert (roster["state"], bool(roster["settledBy"])) == ("SETTLED", True)
    leader, officer = await on_duty(staff, "2026-04-02T03:00:00+08:00")
    assert (leader["post"], officer["post"], officer["day"]) == (
        *("duty_leader", "duty_officer"), "2026-04-01",
    )  # fmt: skip
    told = await (await person_of(office, officer)).one(
        "{ notices { edges { node { code sentence } } } }"
    )
    assert "ON_DUTY" in {edge["node"]["code"] for edge in told["edges"]}
    events = await office.rows("select event from ledger where event like 'roster_%'")
    assert [each["event"] for each in events[-3:]] == [
        *("roster_drawn", "roster_drawn", "roster_settled"),
    ]


async def test_who_is_exempt_is_neither_drawn_nor_settled_nor_put_on_duty(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    head = await office.person(f"office_director@{HERE}")
    roster = await draft(clerk)
    late = found(await shown(clerk), "2026-04-16", "workday_night")
    who = await person_of(office, late)
    await office.run(
        "update people set facts = facts || '{\"gender\": \"male\", \"born\": \"1976-04-15\"}'"
        " where account = $1", who.account
    )  # fmt: skip
    before = await office.counts()
    refused = await settle(head, roster)
    assert problems(refused) == {("rosterId", "EXEMPT_FROM_DUTY")}
    assert refused["problems"][0]["clause"]["cite"] == "二(一)"
    refused = await replace(clerk, roster, late, late["personId"])
    assert problems(refused) == {("toId", "EXEMPT_FROM_DUTY")}
    assert await office.counts() == before
    roster = await draft(clerk)
    theirs = [t["day"] for t in (await shown(clerk))["turns"] if t["personId"] == late["personId"]]
    await office.run("update people set facts = facts - 'born' where account = $1", who.account)
    assert all(day < "2026-04-15" for day in theirs)
    assert (await settle(head, roster))["__typename"] == "RosterKept"


async def test_a_hole_is_listed_and_refused_unless_told_why(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    head = await office.person(f"office_director@{HERE}")
    roster = await draft(clerk)
    await office.run("update roster_slots set person_id = null where day = '2026-04-11'")
    refused = await settle(head, roster)
    assert problems(refused) == {("why", "ROSTER_HOLE")}
    assert len(refused["problems"]) == 2
    assert "2026-04-11" in refused["problems"][0]["message"]
    assert (await settle(head, roster, why="全局外出培训"))["__typename"] == "RosterKept"
    roster = await shown(clerk)
    hole = next(
        turn for turn in roster["turns"] if turn["day"] == "2026-04-11" and not turn["personId"]
    )
    assert roster["why"] == "全局外出培训"
    officer = next(
        t for t in roster["turns"] if t["id"] != hole["id"] and t["post"] == hole["post"]
    )
    filled = await replace(clerk, roster, hole, officer["personId"])
    assert filled["__typename"] == "RosterKept", filled
    assert [each["ground"] for each in (await shown(clerk))["changes"]] == ["VACANT"]


async def test_a_month_that_is_over_or_no_month_is_not_drawn(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    elsewhere = await office.person("office_clerk@service-centre")
    for month, code in (
        ("2026-02-01", "MONTH_OVER"),
        ("2026-04-02", "NOT_A_FIRST_DAY"),
        ("2036-04-01", "DATE_TOO_FAR"),
    ):
        assert problems(await draft(clerk, month)) == {("month", code)}
    assert (await draft(elsewhere))["code"] == "NOT_YOURS_TO_DRAW"
    assert (await draft(clerk, "2026-03-01"))["__typename"] == "RosterKept"
    turns = (await shown(clerk, "2026-03-01"))["turns"]
    assert turns[0]["ends"] > "2026-03-02T01:00:00+00:00", "what is over is not drawn"


async def test_a_turn_of_a_settled_roster_is_taken_over_on_a_ground_alone(office: Api):
    clerk, done = await settled(office)
    roster = await shown(clerk)
    turn = found(roster, "2026-04-14", "workday_night")
    to = await free_for(office, HERE, roster["turns"], turn["day"])
    staff = await office.person(f"staff@{HERE}")
    before = await office.counts()
    assert (await replace(clerk, done, turn, to))["code"] == "NO_GROUND_TO_REPLACE"
    chief = await person_id(clerk, f"director@{HERE}")
    refused = await replace(clerk, done, turn, chief)
    assert problems(refused) == {("toId", "NOT_OF_THE_ROSTER")}
    assert (await replace(staff, done, turn, to))["code"] == "NOT_YOURS_TO_DRAW"
    assert await office.counts() == before
    who = await person_of(office, turn)
    asked = await who.submit("leave.personal", leave_of("2026-04-14", "2026-04-14"))
    assert asked.get("status") in ("SUBMITTED", "PENDING", "IN_PROGRESS", "RUNNING"), asked
    answers = await asyncio.gather(*(replace(clerk, done, turn, to) for _ in range(2)))
    told = sorted(each.get("code", "kept") for each in answers)
    assert told == ["CHANGED_MEANWHILE", "kept"]
    now = await shown(clerk)
    assert [each["ground"] for each in now["changes"]] == ["AWAY"]
    assert next(t for t in now["turns"] if t["id"] == turn["id"])["personId"] == to
    office.now = office.now.replace(month=4, day=16)
    assert (await replace(clerk, {"version": now["version"]}, turn, to))["code"] == "TURN_OVER"


async def test_another_office_sees_and_touches_nothing(office: Api):
    clerk, done = await settled(office)
    turn = (await shown(clerk))["turns"][0]
    other = await office.person("office_clerk@hrss-bureau")
    before = await office.counts()
    assert await shown(other) is None
    assert await on_duty(other, "2026-04-02T03:00:00+08:00") == []
    refused = await replace(other, done, turn, turn["personId"])
    assert problems(refused) == {("turnId", "ROSTER_NOT_FOUND")}
    assert problems(await settle(other, done)) == {("rosterId", "ROSTER_NOT_FOUND")}
    assert await office.counts() == before


async def test_one_hands_over_and_the_next_signs_and_a_late_one_faces_a_consequence(office: Api):
    clerk, _ = await settled(office)
    roster = await shown(clerk)
    night, noon = (
        found(roster, "2026-04-13", "workday_night"),
        found(roster, "2026-04-14", "workday_noon"),
    )
    outgoing, incoming = await person_of(office, night), await person_of(office, noon)
    office.now = office.now.replace(month=4, day=14, hour=8, minute=5)
    given = {"at": "2026-04-14T07:55:00+08:00", "toId": noon["personId"]}
    safe = {"safetyRound": "门窗已锁,灯、水已关"}
    before = await office.counts()
    assert problems(await enter(outgoing, "DutyHandover", **given)) == {("safetyRound", "REQUIRED")}
    assert (await enter(incoming, "DutyHandover", **given, **safe))["code"] == "NOT_A_KEEPER"
    other = {**given, "toId": await person_id(clerk, f"office_director@{HERE}")}
    refused = await enter(outgoing, "DutyHandover", **other, **safe)
    assert problems(refused) == {("toId", "NOT_NEXT_ON_DUTY")}
    assert await office.counts() == before
    line = (await enter(outgoing, "DutyHandover", **given, **safe))["lineId"]
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
    shown_to = "{ consequences { label state amount lines clause { cite } } }"
    mine = await incoming.one(shown_to)
    assert {(each["state"], each["clause"]["cite"]) for each in mine} == {("PROPOSED", "四(一)")}
    assert all(each["lines"] == [late["lineId"]] for each in mine)


async def stands(visitor: Visitor) -> list[bool]:
    page = await visitor.one("{ dutyHandovers { edges { node { stands } } } }")
    return [edge["node"]["stands"] for edge in page["edges"]]


async def test_the_log_is_kept_by_whoever_is_on_duty_and_what_is_urgent_is_reported(office: Api):
    clerk, _ = await settled(office)
    roster = await shown(clerk)
    on, off = (found(roster, day, "workday_night") for day in ("2026-04-13", "2026-04-16"))
    officer, another = await person_of(office, on), await person_of(office, off)
    office.now = office.now.replace(month=4, day=14, hour=7)
    given = {"at": "2026-04-14T02:10:00+08:00", "matter": "INCIDENT", "content": "水管爆裂"}
    before = await office.counts()
    assert (await enter(another, "DutyEntry", **given))["code"] == "NOT_A_KEEPER"
    unreported = await enter(officer, "DutyEntry", **given, urgent=True)
    assert problems(unreported) == {("reportedTo", "URGENT_NOT_REPORTED")}
    assert unreported["problems"][0]["clause"]["cite"] == "二(四)"
    assert await office.counts() == before
    told = await enter(officer, "DutyEntry", **given, urgent=True, reportedTo="带班领导、局长")
    assert told["__typename"] == "LineEntered", told


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
    assert problems(await settle(clerk, roster)) == {("requestId", "APPROVAL_NEEDED")}
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
    given = {"day": "2026-04-05", "document": "区委办值班通知"}
    await enter(clerk, "OrderedDutyDay", **given)
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
    before = await office.counts()
    unapproved = await replace(clerk, done, turn, to, requestId=mine["id"])
    assert problems(unapproved) == {("requestId", "APPROVAL_NEEDED")}
    assert await office.counts() == before
    for each in (theirs, wrong, mine):
        await through(office, each)
    for each in (theirs, wrong):
        refused = await replace(clerk, done, turn, to, requestId=each["id"])
        assert problems(refused) & {("requestId", "APPROVAL_OF_ANOTHER"), ("toId", "AWAY_THAT_DAY")}
    third = await free_for(office, SCIENCE, [{**turn, "personId": to}, turn], "2026-04-05")
    swapped = await replace(clerk, done, turn, third, requestId=mine["id"], key="swap")
    assert swapped["__typename"] == "RosterKept", swapped
    assert await replace(clerk, done, turn, third, requestId=mine["id"], key="swap") == swapped
    assert [each["ground"] for each in (await shown(clerk))["changes"]] == ["SWAPPED"]


async def swap(visitor: Visitor, day: str) -> Any:
    """A request to be let off a turn, in the first of the seats."""
    seat = await visitor.api.value(
        "select a.seat_id from appointments a join accounts c on c.person_id = a.person_id"
        " where c.account = $1 order by a.seat_id limit 1",
        visitor.account,
    )
    given = {"dutyNight": day, "explanation": "家中有事", "asSeat": global_id("Seat", seat)}
    return await visitor.submit("leave.duty_swap", given)


async def account_of(office: Api, person: str) -> str:
    key = read_id(person)[1]
    return str(await office.value("select account from people where id = $1::uuid", key))


async def through(office: Api, request: Any) -> None:
    """Every turn of a request is taken by whoever it waits for."""
    assert request["__typename"] != "Refusal", request
    for step in request["steps"]:
        for seat in step["waitingFor"] or []:
            holder = await office.person(seat["holders"][0]["account"])
            await holder.decide(step["id"])
    key = read_id(request["id"])[1]
    for _ in range(5):
        rows = await office.rows(
            "select s.id, a.account from steps s join appointments h on h.seat_id = any(s.seats)"
            " join people a on a.id = h.person_id"
            " where s.request_id = $1::uuid and s.status = 'open' limit 1", key,
        )  # fmt: skip
        if not rows:
            return
        holder = await office.person(rows[0]["account"])
        await holder.agree()
