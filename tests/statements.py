"""What tests of statements need: a preview, publishing what it showed, and the board."""

from typing import Any
from uuid import uuid4

from tests.office import REFUSAL, Visitor

SHOWN = """id statement cadence title from to columns { name label typed } content text reach
  standing papers { name } until digest replaces publishedBy withdrawnBecause clause { cite }
  allowedActions { act allowed }"""


async def preview(visitor: Visitor, **given: Any) -> Any:
    return await visitor.one(
        "query ($input: PublicationInput!) { publicationPreview(input: $input) { __typename"
        " ... on PublicationPreview { title from to reach columns { name typed } content text"
        f" digest }} ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": given},
    )


async def publish(
    visitor: Visitor, digest: str | None = None, key: str | None = None, **given: Any
) -> Any:
    """Publish what a preview showed: the publication, or the refusal of either."""
    if digest is None:
        shown = await preview(visitor, **given)
        if "digest" not in shown:
            return shown
        digest = shown["digest"]
    answer = await visitor.one(
        "mutation ($input: PublishStatementInput!) { publishStatement(input: $input) { __typename"
        f" ... on StatementPublished {{ publication {{ {SHOWN} }} }}"
        f" ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": {**given, "digest": digest, "idempotencyKey": key or str(uuid4())}},
    )
    return answer.get("publication", answer)


async def withdraw(visitor: Visitor, publication: Any, reason: str = "数字有误") -> Any:
    given = {
        "publicationId": publication["id"], "reason": reason, "idempotencyKey": str(uuid4()),
    }  # fmt: skip
    answer = await visitor.one(
        "mutation ($input: WithdrawPublicationInput!) { withdrawPublication(input: $input)"
        f" {{ __typename ... on PublicationWithdrawn {{ publication {{ {SHOWN} }} }}"
        f" ... on Refusal {{ {REFUSAL} }} }} }}",
        {"input": given},
    )
    return answer.get("publication", answer)


async def board(visitor: Visitor, arguments: str = "") -> list[Any]:
    """What is on the board: `arguments` as the query has them."""
    told = f"({arguments})" if arguments else ""
    found = await visitor.one(f"{{ board{told} {{ edges {{ node {{ {SHOWN} }} }} }} }}")
    return [edge["node"] for edge in found["edges"]]
