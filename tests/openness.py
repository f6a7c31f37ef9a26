"""The openness of an office as its people keep it: cases begun and taken on, lines, decisions."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from domain.time.moments import OFFICE_TIME
from schema.ground.ids import global_id
from tests.office import REFUSAL, Api, Visitor, cites
from tests.papers import file

LINE = f"__typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }}"
CENTRE, BUREAU, SCIENCE = "service-centre", "construction-bureau", "science-bureau"
ASKED = {
    "receivedOn": "2026-04-29",
    "written": True,
    "applicantName": "李敏",
    "identity": "中心党支部党员",
    "content": "2025年党费收支明细",
    "grounds": "了解党费使用情况",
    "formPaper": "党务信息公开申请表-李敏.pdf",
}
NOTICE = file("延期告知书.pdf")
OPINION = {"opinion": "可以公开", "involvesSecret": False, "underDeliberation": False}
ANSWER = {
    "answer": "全部公开",
    "answerScope": "申请人",
    "answerWay": "书面",
    "answerTime": "2026年5月13日",
}
MATTER = {"title": "事项", "content": "内容", "settledOn": "2026-03-02", "onBoard": True}
BOUND = {**MATTER, "audience": "PUBLIC", "opennessBoundBody": True}
BOARD = {"board": "一楼公开栏"}
DONE = "select string_agg(cadence, ' ') from cadence_records where cadence like 'openness-%'"
SHOWN = "id label amount day state may clause { cite }"
KEPT = f"__typename ... on ConsequenceKept {{ consequence {{ {SHOWN} }} }}"


@pytest.fixture
async def office(api: Api) -> Api:
    """The demo offices with nothing listed, checked, told, imposed or published."""
    await api.empty(
        *("openness_items", "openness_checks", "openness_appraisals", "openness_circulars"),
        *("check_marks", "mend_turns", "consequence_turns", "publications"),
    )
    return api


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=OFFICE_TIME)


async def run(visitor: Visitor, name: str, of: str, given: dict[str, Any]) -> Any:
    """A case after a mutation, or the refusal."""
    word = name[0].upper() + name[1:]
    shown = "id version state clocks { action dueAt state clause { cite } }"
    answer = await visitor.one(
        f"mutation ($input: {word}Input!) {{ {name}(input: $input) {{ __typename"
        f" ... on {of}Taken {{ {of[0].lower()}{of[1:]} {{ {shown} }} }}"
        f" ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"idempotencyKey": str(uuid4()), **given}},
    )
    return answer.get(of[0].lower() + of[1:], answer)


async def begin(visitor: Visitor, of: str, **said: Any) -> Any:
    return await run(visitor, f"beginOpenness{of}", f"Openness{of}", said)


async def take(visitor: Visitor, of: str, case: Any, event: str, **said: Any) -> Any:
    given = {"caseId": case["id"], "expectedVersion": case["version"], **said}
    return await run(visitor, f"{event}Openness{of}", f"Openness{of}", given)


async def walk(visitor: Visitor, of: str, case: Any, *steps: tuple[str, dict[str, Any]]) -> Any:
    """The case after these stages, each of which goes through."""
    for event, said in steps:
        case = await take(visitor, of, case, event, **said)
        assert "code" not in case, case
    return case


async def enter(visitor: Visitor, word: str, **said: Any) -> Any:
    answer = await visitor.one(
        f"mutation ($input: Record{word}Input!) {{ record{word}(input: $input) {{ {LINE} }} }}",
        {"input": {"idempotencyKey": str(uuid4()), **said}},
    )
    return answer.get("lineId", answer)


async def list_item(visitor: Visitor, **said: Any) -> Any:
    of = "select id from units where institution_id = $1 order by id limit 1"
    unit = await visitor.api.value(of, visitor.account.partition("@")[2])
    item = {"opennessWay": "FIXED", "opennessScope": "ORDINARY", "audience": "PUBLIC"}
    item |= {"onBoard": True, "responsibleUnitId": global_id("Unit", unit)}
    answer = await visitor.one(
        "mutation ($input: AddOpennessItemInput!) { addOpennessItem(input: $input) { __typename"
        f" ... on ThingKept {{ thingId }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"idempotencyKey": str(uuid4()), "name": str(uuid4()), **item, **said}},
    )
    return answer.get("thingId", answer)


def due(case: Any) -> list[tuple[str, str, str]]:
    told = sorted(case["clocks"], key=lambda each: each["clause"]["cite"])
    return [(each["clause"]["cite"], each["dueAt"][:16], each["state"]) for each in told]


def clauses(refusal: Any) -> set[str]:
    assert refusal["__typename"] == "Refusal", refusal
    return {*cites([each["clause"] for each in refusal["problems"] if each["clause"]])}


async def approved(office: Api, kind: str, by: tuple[str, ...], at: str, **said: Any) -> str:
    """The id of a request that these agreed to one after the other."""
    asking = await office.person(f"section_chief@{at}")
    request = await asking.submit(kind, {"explanation": "公开", "major": True, **said})
    for role in by:
        assert (await (await office.person(f"{role}@{at}")).agree())["__typename"], request
    return str(request["id"])


async def on_board(visitor: Visitor) -> int:
    """How much hangs on the board of the visitor's office, for them to read."""
    return len((await visitor.one("{ board { edges { node { title } } } }"))["edges"])


async def consequences(visitor: Visitor) -> list[Any]:
    found: list[Any] = await visitor.one(f"{{ consequences {{ {SHOWN} }} }}")
    return found


async def decide(visitor: Visitor, of: Any, outcome: str = "", **said: Any) -> Any:
    """A consequence decided on, or objected to where no outcome is named."""
    name, word = "objectToConsequence", "AnswerConsequenceInput"
    if outcome:
        name, word, said = (
            "decideConsequence",
            "DecideConsequenceInput",
            {**said, "outcome": outcome},
        )
    answer = await visitor.one(
        f"mutation ($input: {word}!) {{ {name}(input: $input)"
        f" {{ {KEPT} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {"consequenceId": of["id"], "idempotencyKey": str(uuid4()), **said}},
    )
    return answer.get("consequence", answer)


async def hall_of(office: Api) -> str:
    unit = """select s.unit_id from accounts c
      join appointments a on (a.institution_id, a.person_id) = (c.institution_id, c.person_id)
      join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
      where c.account = $1 and s.role = 'section_chief'"""
    return global_id("Unit", await office.value(unit, f"hall_director@{CENTRE}"))
