"""The openness of an office as its people keep it: cases begun and taken on, lines, decisions."""

from typing import Any
from uuid import uuid4

from schema.ground.ids import global_id
from tests.office import REFUSAL, Api, Visitor, cites

LINE = f"__typename ... on LineEntered {{ lineId }} ... on Refusal {{ {REFUSAL} }}"
SHOWN = "id label state may clause { cite }"
KEPT = f"__typename ... on ConsequenceKept {{ consequence {{ {SHOWN} }} }}"


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
