"""What is counted from lines is proposed, told, decided by a seat of the clause, and reviewed."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from schema.ground.ids import global_id
from tests.fleet import person_id
from tests.office import REFUSAL, Api, Visitor, cites, problems

HERE = "construction-bureau"
SHOWN = """id label type amount unit day lines counted { measure value } judged state may decidedBy
  steps { turn by text } clause { regulation cite }"""
LINE = f"__typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }}"
KEPT = f"__typename ... on ConsequenceKept {{ consequence {{ {SHOWN} }} }}"


@pytest.fixture
async def office(api: Api) -> Api:
    await api.empty("sign_ins", "occurrences", "consequence_turns")
    return api


async def enter(visitor: Visitor, what: str, day: str = "2026-03-02", **more: Any) -> Any:
    person = await person_id(visitor, f"staff@{HERE}")
    given = {"personId": person, "happenedOn": day, "what": what, **more}
    answer = await visitor.one(
        "mutation ($input: RecordOccurrenceInput!) { recordOccurrence(input: $input)"
        f" {{ {LINE} }} }}",
        {"input": {**given, "idempotencyKey": str(uuid4())}},
    )
    return answer.get("lineId", answer)


async def strike_out(visitor: Visitor, line: str) -> None:
    struck = await visitor.one(
        f"mutation ($input: StrikeOutLineInput!) {{ strikeOutLine(input: $input) {{ {LINE} }} }}",
        {"input": {"lineId": line, "reason": "登记有误", "idempotencyKey": str(uuid4())}},
    )
    assert struck["__typename"] == "LineEntered", struck


async def proposed(visitor: Visitor, state: str = "PROPOSED", of: str = "attendance") -> list[Any]:
    found = await visitor.one(f"{{ consequences {{ {SHOWN} }} }}")
    return [e for e in found if e["state"] == state and e["clause"]["regulation"] == of]


async def act(visitor: Visitor, name: str, of: Any, **given: Any) -> Any:
    answers = name.startswith(("state", "object"))
    word = "AnswerConsequence" if answers else name[0].upper() + name[1:]
    answer = await visitor.one(
        f"mutation ($input: {word}Input!) {{ {name}(input: $input)"
        f" {{ {KEPT} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"consequenceId": of["id"], "idempotencyKey": str(uuid4()), **given}},
    )
    return answer.get("consequence", answer)


async def test_what_lines_lead_to_is_proposed_told_decided_objected_to_and_reviewed(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    staff = await office.person(f"staff@{HERE}")
    director = await office.person(f"office_director@{HERE}")
    lines = [await enter(clerk, "absent_half_day"), await enter(clerk, "absent_half_day")]
    [mine] = await proposed(staff)
    assert (mine["type"], mine["amount"], mine["unit"]) == ("deduct_bonus", "100", "yuan")
    assert mine["counted"] == [{"measure": "absent_half_days", "value": "2"}]
    assert set(mine["lines"]) == set(lines)
    assert cites([mine["clause"]]) == ["attendance/三(二)1"]
    notices = await staff.one("{ notices { edges { node { code } } } }")
    assert {edge["node"]["code"] for edge in notices["edges"]} == {"CONSEQUENCE_PROPOSED"}
    assert mine["may"] == ["STATE"]
    stated = await act(staff, "stateOnConsequence", mine, text="当天去了医院")
    assert [step["turn"] for step in stated["steps"]] == ["TOLD", "STATED"]
    before = await office.counts()
    refused = await act(staff, "decideConsequence", mine, outcome="IMPOSE")
    assert refused["code"] == "OWN_RECORD"
    assert (await act(clerk, "stateOnConsequence", mine, text="x"))["code"] in (
        "CONSEQUENCE_NOT_FOUND",
        "NOT_ABOUT_YOU",
    )
    assert await office.counts() == before
    imposed = await act(director, "decideConsequence", mine, outcome="IMPOSE")
    assert (imposed["state"], imposed["decidedBy"]) == ("IMPOSED", ["office_director"])
    again = await act(director, "decideConsequence", mine, outcome="IMPOSE")
    assert again["code"] == "CONSEQUENCE_PAST_THAT"
    objected = await act(staff, "objectToConsequence", mine, text="登记的日期不对")
    assert objected["state"] == "OBJECTED"
    own = await act(director, "decideConsequence", mine, outcome="REVOKE", text="查实")
    assert own["code"] == "OWN_REVIEW"


async def test_a_struck_out_line_takes_the_proposal_back(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    director = await office.person(f"office_director@{HERE}")
    first = await enter(clerk, "meeting_absence")
    [alone] = await proposed(director)
    assert alone["amount"] == "50"
    await enter(clerk, "meeting_absence", "2026-02-27")
    assert {each["amount"] for each in await proposed(director)} == {"50"}
    await strike_out(clerk, first)
    [left] = await proposed(director)
    assert (left["day"], left["amount"]) == ("2026-02-27", "50")
    gone = await act(director, "decideConsequence", alone, outcome="IMPOSE")
    assert gone["code"] == "CONSEQUENCE_PAST_THAT"
    every = await director.one(f"{{ consequences(lapsed: true) {{ {SHOWN} }} }}")
    assert [each["state"] for each in every if each["id"] == alone["id"]] == ["LAPSED"]


async def test_who_decides_finds_theirs_among_those_of_others(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    await enter(clerk, "games")
    chief = await office.person(f"section_chief@{HERE}")
    assert await proposed(chief) == []
    director = await office.person(f"office_director@{HERE}")
    found = await director.one(f"{{ consequences(first: 1) {{ {SHOWN} }} }}")
    assert [each["decidedBy"] for each in found] == [["office_director"]]


async def test_no_month_costs_more_than_the_whole_bonus(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    director = await office.person(f"office_director@{HERE}")
    left = "{ consequences { of left } }"
    for what, rest in (("absent_half_day", "50"), ("exam_failed", "0"), ("study_late", "0")):
        await enter(clerk, what)
        assert {each["left"] for each in await director.one(left)} == {rest}
    staff = await office.person(f"staff@{HERE}")
    assert {each["of"] for each in await staff.one(left)} == {"当月考勤奖"}
    assert {each["left"] for each in await clerk.one(left)} <= {None}, "not for who keeps a line"
    taken = [
        (await act(director, "decideConsequence", each, outcome="IMPOSE"))["amount"]
        for each in await proposed(director)
    ]
    assert sum(map(int, taken)) == 100


async def test_only_what_the_clauses_speak_of_is_entered_and_by_their_seats(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    chief = await office.person(f"section_chief@{HERE}")
    staff = await office.person(f"staff@{HERE}")
    before = await office.counts()
    assert problems(await enter(clerk, "late")) == {("what", "NOT_SPOKEN_OF")}
    assert problems(await enter(clerk, "games", "2026-03-03")) == {
        ("happenedOn", "NOT_YET_HAPPENED")
    }
    assert problems(await enter(clerk, "games", personId=None)) == {("personId", "NOBODY_NAMED")}
    assert (await enter(chief, "misreport"))["code"] == "NOT_A_KEEPER"
    assert (await enter(staff, "games"))["code"] == "NOT_A_KEEPER"
    assert await office.counts() == before
    assert isinstance(await enter(chief, "games"), str)


async def test_two_who_decide_at_once_leave_one_decision(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    director = await office.person(f"office_director@{HERE}")
    await enter(clerk, "games")
    [one] = await proposed(director)
    answers = await asyncio.gather(
        act(director, "decideConsequence", one, outcome="IMPOSE"),
        act(director, "decideConsequence", one, outcome="DROP", text="情节轻微"),
    )
    assert sorted("code" in each for each in answers) == [False, True]
    turns = "select count(*) from consequence_turns where turn in ('imposed', 'dropped')"
    assert await office.value(turns) == 1


async def test_whoever_answers_for_several_loses_no_more_than_the_whole(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    chief = await office.person(f"section_chief@{HERE}")
    director = await office.person(f"office_director@{HERE}")
    rows = await office.rows(
        "select distinct a.person_id from appointments a join seats s on s.id = a.seat_id"
        " join units u on u.id = s.unit_id"
        " where u.name = '建设科' and s.role = 'staff' and s.institution_id = $1 limit 3",
        HERE,
    )
    for row in rows:
        await enter(clerk, "study_absence", personId=global_id("Person", row["person_id"]))
    theirs = await proposed(chief)
    assert [each["amount"] for each in theirs] == ["50"] * 3
    assert {each["id"] for each in theirs} <= {each["id"] for each in await proposed(director)}
    taken = [
        (await act(director, "decideConsequence", each, outcome="IMPOSE"))["amount"]
        for each in theirs
    ]
    assert sum(map(int, taken)) == 100


async def test_what_was_decided_is_carried_out_by_whom_the_clause_names_in_its_month(office: Api):
    clerk = await office.person(f"office_clerk@{HERE}")
    staff = await office.person(f"staff@{HERE}")
    leader = await office.person(f"director@{HERE}")
    await enter(clerk, "duty_room_dirty")
    shown = f"{{ consequences(toCarryOut: true) {{ {SHOWN} carriedOutBy carriedOutOn }} }}"
    finance = await office.person(f"finance_section@{HERE}")
    assert await finance.one(f"{{ consequences {{ {SHOWN} }} }}") == [], "not before it is decided"
    [one] = [e for e in await leader.one(f"{{ consequences {{ {SHOWN} }} }}") if e["may"]]
    early = await act(finance, "carryOutConsequence", one, carriedOutOn="2026-03-03")
    assert early["code"] == "CONSEQUENCE_NOT_FOUND"
    await act(leader, "decideConsequence", one, outcome="IMPOSE")
    [owed] = await finance.one(shown)
    assert (owed["may"], owed["carriedOutOn"]) == (["CARRY_OUT"], None)
    assert owed["carriedOutBy"] == ["office_clerk", "finance_section"]
    clocks = "{ clocks(first: 50) { nodes: edges { node { clause { cite } dueAt state } } } }"
    due = [e["node"] for e in (await finance.one(clocks))["nodes"]]
    assert ("2026-03-31", "RUNNING") in {
        (e["dueAt"][:10], e["state"]) for e in due if e["clause"]["cite"] == "四(三)"
    }
    before = await office.counts()
    for who, day, code in (
        (leader, "2026-03-02", "OTHERS_CARRY_OUT"),
        (staff, "2026-03-02", "OWN_RECORD"),
        (finance, "2026-03-01", "INVALID_INPUT"),
        (finance, "2099-01-01", "INVALID_INPUT"),
    ):
        refused = await act(who, "carryOutConsequence", one, carriedOutOn=day)
        assert refused["code"] == code, day
    assert await office.counts() == before
    done = await act(finance, "carryOutConsequence", one, carriedOutOn="2026-03-02", text="工资")
    assert [each["turn"] for each in done["steps"]] == ["TOLD", "IMPOSED", "CARRIED_OUT"]
    assert await finance.one(shown) == []
    again = await act(finance, "carryOutConsequence", one, carriedOutOn="2026-03-02")
    assert again["code"] == "CONSEQUENCE_PAST_THAT"
    told = await staff.one("{ notices { edges { node { code } } } }")
    assert "CONSEQUENCE_CARRIED_OUT" in {edge["node"]["code"] for edge in told["edges"]}
    objected = await act(staff, "objectToConsequence", one, text="当日已打扫")
    assert objected["state"] == "OBJECTED"
    other = await office.person(f"deputy_in_charge@{HERE}")
    told = "{ notices { edges { node { code } } } }"
    assert "CONSEQUENCE_TO_GIVE_BACK" not in str(await finance.one(told))
    revoked = await act(other, "decideConsequence", one, outcome="REVOKE", text="当日确已打扫")
    assert revoked["state"] == "REVOKED"
    assert "CONSEQUENCE_TO_GIVE_BACK" in str(await finance.one(told)), "what was taken goes back"
    [owed] = await finance.one(shown)
    assert owed["may"] == ["GIVE_BACK"]
    back = {"givenBackOn": "2026-03-02", "text": "随当月工资退还"}
    assert (await act(leader, "giveBackConsequence", one, **back))["code"] == "OTHERS_CARRY_OUT"
    given = await act(finance, "giveBackConsequence", one, **back)
    assert given["steps"][-1]["turn"] == "GIVEN_BACK"
    assert await finance.one(shown) == []
    again = await act(finance, "giveBackConsequence", one, **back)
    assert again["code"] == "CONSEQUENCE_PAST_THAT"
    assert "CONSEQUENCE_GIVEN_BACK" in str(await staff.one(told))


async def test_the_party_committee_decides_only_after_the_personnel_section_looked_into_it(office):
    office.now = office.now.replace(month=12)
    branch, group, section = [
        await office.person(f"{role}@{HERE}")
        for role in ("branch_secretary", "party_group", "personnel_section")
    ]
    for day in ("2026-06-30", "2026-11-30"):
        assert isinstance(await enter(branch, "last_in_half_year", day), str)
    bonus = next(
        e for e in await proposed(group, of="last-place-elimination") if e["amount"] == "100"
    )
    before = await office.counts()
    early = await act(group, "decideConsequence", bonus, outcome="IMPOSE")
    assert (early["code"], cites([early["clause"]])) == (
        "LOOKED_INTO_FIRST",
        ["last-place-elimination/四2-4"],
    )
    alone = await act(section, "decideConsequence", bonus, outcome="IMPOSE")
    assert (alone["code"], await office.counts()) == ("OTHERS_DECIDE", before)
    await act(section, "decideConsequence", bonus, outcome="HEAR", text="考察属实")
    done = await act(group, "decideConsequence", bonus, outcome="IMPOSE")
    assert done["state"] == "IMPOSED", done
