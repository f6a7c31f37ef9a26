"""Sheets of hygiene as an inspector writes them and strikes them out."""

from typing import Any
from uuid import uuid4

from schema.ground.ids import global_id
from tests.office import REFUSAL, Api, Visitor
from tests.register_examples import marks

HERE, THERE = "construction-bureau", "hrss-bureau"
LINE = f"__typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }}"


async def unit(office: Api, code: str, at: str = HERE) -> str:
    names = {
        "construction": "建设科",
        "urban": "城管科",
        "root": "区建设局",
        "insurance": "社会保险科",
    }
    found = "select id from units where institution_id = $1 and name = $2"
    return global_id("Unit", await office.value(found, at, names[code]))


async def check(
    visitor: Visitor, of: str, day: str, points: str, *, at: str = HERE, **more: Any
) -> Any:
    given = {"unitId": of, "checkedOn": day, "marks": marks(at, "hygiene.check", points)}
    given |= {"jointly": True, **more}
    answer = await visitor.one(
        "mutation ($input: RecordHygieneCheckInput!) { recordHygieneCheck(input: $input)"
        f" {{ {LINE} }} }}",
        {"input": {"idempotencyKey": str(uuid4()), **given}},
    )
    return answer.get("lineId", answer)


async def strike_out(visitor: Visitor, line: str) -> None:
    struck = await visitor.one(
        f"mutation ($input: StrikeOutLineInput!) {{ strikeOutLine(input: $input) {{ {LINE} }} }}",
        {"input": {"lineId": line, "reason": "登记有误", "idempotencyKey": str(uuid4())}},
    )
    assert struck["__typename"] == "LineEntered", struck
