"""The word roster, served: drawn, settled and taken over by whom the rows name, and no other."""

import asyncio

import pytest

from schema.ground.ids import global_id
from tests.duty import (
    cleared,
    draft,
    found,
    free_for,
    on_duty,
    person_of,
    replace,
    settle,
    settled,
    shown,
    through,
)
from tests.fleet import person_id
from tests.office import Api, problems
from tests.office import leave as leave_of

HERE = "construction-bureau"


@pytest.fixture
async def office(api: Api) -> Api:
    return await cleared(api)


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
    events = await office.rows(
        "select event from ledger where institution_id = $1 and event like 'roster_%' order by seq",
        HERE,
    )
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
    clerk, done = await settled(office, HERE)
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
    assert [each["ground"] for each in now["changes"]] == ["UNABLE"]
    assert next(t for t in now["turns"] if t["id"] == turn["id"])["personId"] == to
    office.now = office.now.replace(month=4, day=16)
    assert (await replace(clerk, {"version": now["version"]}, turn, to))["code"] == "TURN_OVER"


async def test_another_office_sees_and_touches_nothing(office: Api):
    clerk, done = await settled(office, HERE)
    turn = (await shown(clerk))["turns"][0]
    other = await office.person("office_clerk@hrss-bureau")
    before = await office.counts()
    assert await shown(other) is None
    assert await on_duty(other, "2026-04-02T03:00:00+08:00") == []
    refused = await replace(other, done, turn, turn["personId"])
    assert problems(refused) == {("turnId", "ROSTER_NOT_FOUND")}
    assert problems(await settle(other, done)) == {("rosterId", "ROSTER_NOT_FOUND")}
    assert await office.counts() == before


async def test_who_is_let_off_by_the_bureaus_meeting_is_put_on_duty_no_more(office: Api):
    clerk, done = await settled(office, HERE)
    turns = (await shown(clerk))["turns"]
    turn = found({"turns": turns}, "2026-04-14", "workday_night")
    to = await free_for(office, HERE, turns, turn["day"])
    who = await person_of(office, turn)
    seat = await office.value(
        "select a.seat_id from appointments a join accounts c on c.person_id = a.person_id"
        " where c.account = $1 order by a.seat_id limit 1",
        who.account,
    )
    form = {"explanation": "身体原因", "special": True, "asSeat": global_id("Seat", seat)}
    over = await who.submit("duty.exemption", {**form, "until": "2026-03-01"})
    assert problems(over) == {("until", "END_BEFORE_START")}
    asked = await who.submit("duty.exemption", {**form, "until": "2026-05-31"})
    before = await office.counts()
    assert (await replace(clerk, done, turn, to))["code"] == "NO_GROUND_TO_REPLACE"
    assert await office.counts() == before
    await through(office, asked)
    assert (await replace(clerk, done, turn, to))["__typename"] == "RosterKept"
    drawn = await draft(clerk, "2026-05-01")
    assert drawn["__typename"] == "RosterKept", drawn
    later = (await shown(clerk, "2026-05-01"))["turns"]
    assert turn["personId"] not in {each["personId"] for each in later}
    await draft(clerk, "2026-06-01")
    again = (await shown(clerk, "2026-06-01"))["turns"]
    assert turn["personId"] in {each["personId"] for each in again}
