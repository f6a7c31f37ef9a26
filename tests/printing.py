"""A request's form as somebody prints it: the page that its link opens."""

from uuid import uuid4

from tests.office import REFUSAL, Visitor

PRINT = f"""mutation ($input: PrintRequestInput!) {{ printRequest(input: $input) {{ __typename
  ... on ExportedFile {{ link name sha256 }} ... on Refusal {{ {REFUSAL} }} }} }}"""


async def page(visitor: Visitor, request: str) -> str:
    """The page as text; nothing of it is left behind."""
    given = {"requestId": request, "idempotencyKey": str(uuid4())}
    file = await visitor.one(PRINT, {"input": given})
    assert file["__typename"] == "ExportedFile", file
    got = await visitor.api.client.get(file["link"])
    assert got.status_code == 200, got.text
    await visitor.api.empty("exports")
    return str(got.text)
