"""Cards, things and cases driven through the API, whatever area declares them."""

from typing import Any
from uuid import uuid4

from tests.balances import person_of
from tests.office import REFUSAL, Visitor

KEPT = f"__typename ... on ThingKept {{ thingId version }} ... on Refusal {{ {REFUSAL} }}"


async def add(visitor: Visitor, word: str, **card: Any) -> Any:
    """A thing on a card, or the refusal."""
    return await visitor.one(
        f"mutation ($input: Add{word}Input!) {{ add{word}(input: $input) {{ {KEPT} }} }}",
        {"input": {**card, "idempotencyKey": str(uuid4())}},
    )


async def give(visitor: Visitor, thing: Any, account: str, what: str = "ISSUED") -> Any:
    """A thing in somebody's keeping, or the refusal."""
    moved = {"thingId": thing["thingId"], "expectedVersion": thing["version"], "move": what}
    to = {"toId": await person_of(visitor.api, account), "idempotencyKey": str(uuid4())}
    return await visitor.one(
        f"mutation ($input: MoveThingInput!) {{ moveThing(input: $input) {{ {KEPT} }} }}",
        {"input": {**moved, **to}},
    )


async def take(visitor: Visitor, of: str, event: str, case: Any, **given: Any) -> Any:
    """A case after a stage, or as it begins where there is none yet; or the refusal."""
    name, key = f"{event[0].upper()}{event[1:]}{of}", of[0].lower() + of[1:]
    known = {"caseId": case["id"], "expectedVersion": case["version"]} if case else {}
    answer = await visitor.one(
        f"mutation ($input: {name}Input!) {{ {event}{of}(input: $input) {{ __typename"
        f" ... on {of}Taken {{ {key} {{ id state version }} }}"
        f" ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**known, **given, "idempotencyKey": str(uuid4())}},
    )
    return answer.get(key, answer)
