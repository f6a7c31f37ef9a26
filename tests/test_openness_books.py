"""Openness, what follows: who is to answer is heard first, what is missing or late is listed."""

from typing import Any
from uuid import uuid4

from schema.ground.ids import global_id
from tests.office import REFUSAL, Api, Visitor, cites, problems
from tests.openness import (
    BOARD,
    BUREAU,
    CENTRE,
    KEPT,
    MATTER,
    SCIENCE,
    at,
    begin,
    consequences,
    decide,
    enter,
    hall_of,
    list_item,
    office,
    take,
)
from tests.register_examples import marks

__all__ = ["office"]


async def answer(visitor: Visitor, name: str, of: Any, text: str) -> Any:
    given = {"consequenceId": of["id"], "text": text, "idempotencyKey": str(uuid4())}
    told = await visitor.one(
        f"mutation ($input: AnswerConsequenceInput!) {{ {name}OnConsequence(input: $input)"
        f" {{ {KEPT} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": given},
    )
    return told.get("consequence", told)


async def test_who_is_to_answer_is_heard_first_and_told_in_writing_and_reports_what_was_put_right(
    office: Api,
):
    office.now = at(3, 3)
    clerk, group, person = [
        await office.person(f"{role}@{CENTRE}")
        for role in ("openness_office", "party_group", "hall_director")
    ]
    sheet = {"unitId": await hall_of(office), "checkedOn": "2026-03-02", "mendBy": "2026-03-13"}
    sheet |= {"marks": marks(CENTRE, "openness.check", kept=False), "falseOpenness": True}
    await enter(clerk, "OpennessCheck", **sheet)
    found = await consequences(clerk)
    mine = next(each for each in found if each["label"] == "追究科室负责人责任")
    before = await office.counts()
    unheard = await decide(clerk, mine, "IMPOSE", text="通报批评")
    assert (unheard["code"], cites([unheard["clause"]])) == (
        "HEAR_FIRST",
        ["party-openness-accountability/七(七)"],
    )
    assert await office.counts() == before
    heard = await decide(clerk, mine, "HEAR", text="调取公开栏照片；本人称系设备故障")
    assert "IMPOSE" in heard["may"]
    oral = await decide(clerk, mine, "IMPOSE")
    assert problems(oral) == {("text", "REQUIRED")}
    assert (await decide(clerk, mine, "IMPOSE", text="书面通知：通报批评"))["state"] == "IMPOSED"
    assert (await answer(clerk, "report", mine, "已改"))["code"] == "NOT_ABOUT_YOU"
    [told] = [each for each in await consequences(person) if each["id"] == mine["id"]]
    assert told["may"] == ["OBJECT", "REPORT"]
    await answer(person, "report", mine, "公开栏已更换，内容已补齐")
    codes = "{ notices { edges { node { code } } } }"
    for reader in (clerk, group):
        got = [each["node"]["code"] for each in (await reader.one(codes))["edges"]]
        assert "CONSEQUENCE_REPORTED" in got, reader.account


async def test_what_a_circular_wants_corrected_runs_until_its_day_and_the_section_reports_it(
    office: Api,
):
    await office.empty("openness_corrections")
    office.now = at(3, 3)
    clerk, chief, other = [
        await office.person(f"{role}@{BUREAU}")
        for role in ("openness_office", "section_chief", "section_chief_2")
    ]
    unit = """select s.unit_id from accounts c
      join appointments a on (a.institution_id, a.person_id) = (c.institution_id, c.person_id)
      join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
      where c.account = $1 and s.role = 'section_chief'"""
    mine = global_id("Unit", await office.value(unit, chief.account))
    told = {"toldOn": "2026-03-02", "unitId": mine, "said": "公开不及时"}
    named = {"opennessVerdict": "TO_CORRECT", "correctBy": "2026-03-16"}
    circular = await enter(clerk, "OpennessCircular", **told, **named)
    await enter(clerk, "OpennessCircular", **{**told, "opennessVerdict": "PRAISED"})
    runs = "select state, due_at at time zone 'Asia/Shanghai' from clocks where clock = $1"
    [row] = await office.rows(runs, "circular-correction")
    assert (row[0], f"{row[1]:%m-%d %H:%M}") == ("running", "03-16 23:59")
    done = {"circularId": circular, "correctedOn": "2026-03-03", "said": "已补"}
    before = await office.counts()
    foreign = await enter(other, "OpennessCorrection", **done)
    assert problems(foreign) == {("circularId", "NOT_FOUND_HERE")}
    assert await office.counts() == before
    assert isinstance(await enter(chief, "OpennessCorrection", **done), str)
    assert [each[0] for each in await office.rows(runs, "circular-correction")] == ["done"]


async def test_what_a_text_wants_public_and_does_not_hang_is_listed_by_its_clause(office: Api):
    clerk = await office.person(f"office_clerk@{SCIENCE}")
    lacking = "{ opennessItemsLacking { opennessContent entered clause { regulation cite } } }"

    async def lacks() -> dict[str, bool]:
        found = await clerk.one(lacking)
        assert {*cites([each["clause"] for each in found])} <= {"government-openness/2"}
        return {each["opennessContent"]: each["entered"] for each in found}

    wanted = ("POWERS", "BASIS", "PROCEDURE", "PROMISES")
    assert await lacks() == dict.fromkeys(wanted, False)
    for content in wanted[:2]:
        item = await list_item(clerk, opennessContent=content)
        assert (await lacks())[content] is True
        told = {**MATTER, "title": content, "audience": "PUBLIC", "itemId": item}
        case = await begin(clerk, "Matter", **told)
        await take(clerk, "Matter", case, "publish", **BOARD, shownUntil="2026-03-04")
    assert set(await lacks()) == {"PROCEDURE", "PROMISES"}
    office.now = at(3, 5)
    assert set(await lacks()) == {*wanted}, "its time on the board is over"


async def test_what_assessors_say_stays_open_until_it_is_put_right_and_they_are_told(office: Api):
    clerk = await office.person(f"office_clerk@{SCIENCE}")
    said = {"receivedOn": "2026-03-02", "content": "窗口排队太长", "source": "评议员座谈会"}
    case = await begin(clerk, "Suggestion", **said, opinionKind="PROBLEM")
    before = await office.counts()
    early = await take(clerk, "Suggestion", case, "answer", answered="已告知")
    assert early["code"] == "CASE_NOT_READY"
    assert await office.counts() == before
    case = await take(clerk, "Suggestion", case, "solve", solved="增开窗口")
    case = await take(clerk, "Suggestion", case, "answer", answered="已告知评议员")
    assert (case["state"], case["clocks"]) == ("answered", [])
