"""Turning compiled completion off changes no answer of the served offices."""

import random
import re
from collections import Counter
from dataclasses import replace
from typing import Any

from schema.root import schema
from tests.completion_documents import Document
from tests.office import INBOX, REFUSAL, REQUEST, Api, Visitor, leave

CORE: Any = schema._schema
MANY = 100
ROLES = ("staff", "section_chief", "director", "office_clerk", "policy_admin")
OFTEN = ["inbox", "requests", "node", "people", "boxCounts"]
"""What answers with requests, and all that belongs to them."""
DECIDE = f"""mutation ($input: DecideInput!) {{ decide(input: $input) {{
  ... on Decided {{ request {{ {REQUEST} }} }} ... on Refusal {{ {REFUSAL} }} }} }}"""


class Office:
    """The API asked as it is served, and without compiled completion."""

    def __init__(self, api: Api, people: list[Visitor]) -> None:
        self.api, self.people = api, people
        self.ids: list[str] = []

    async def told(self, who: Visitor, query: str, given: Any, *, compiled: bool) -> bytes:
        self.api.app.state.services = replace(self.api.services, compiled=compiled)
        answer = await self.api.client.post(
            "/graphql",
            json={"query": query, "variables": given},
            headers={"authorization": f"Bearer {who.token}"},
        )
        return answer.content

    async def alike(self, who: Visitor, query: str, given: Any = None) -> bytes:
        """The answer: without, before it is compiled, and after."""
        usual = await self.told(who, query, given, compiled=False)
        for _ in range(2):
            assert await self.told(who, query, given, compiled=True) == usual, query
        self.ids += re.findall(r'"id":"([^"]+)"', usual.decode())
        return usual

    def literal(self, chance: random.Random, scalar: str, name: str) -> str:
        if scalar == "ID":
            return f'"{chance.choice(self.ids)}"'
        said = {
            "institution": '"hrss-bureau"',
            "account": f'"{chance.choice(self.people).account}"',
        }
        return {
            "Int": str(chance.randint(1, 9)),
            "Boolean": chance.choice(("true", "false")),
            "Date": f'"2026-03-{chance.randint(1, 28):02}"',
            "DateTime": '"2026-03-02T09:00:00+08:00"',
            "Decimal": '"1.5"',
            "JSON": "{}",
        }.get(scalar, said.get(name, '"事"'))


def functions() -> Counter[str]:
    """How many selections of each type are compiled now."""
    plans = schema.execution_context_class.plans.kept.values()  # type: ignore[attr-defined]
    made = [plan.functions.items() for each in plans for plan in each.plans.values()]
    return Counter(kind.name for every in made for (kind, _), function in every if function)


async def test_whoever_asks_is_answered_to_the_byte_as_without_it(api: Api) -> None:
    office = Office(api, [await api.person(f"{role}@hrss-bureau") for role in ROLES])
    staff, chief = office.people[:2]
    for number in range(4):
        await staff.submit("leave.sick", leave(f"2026-03-{9 + number:02}"))
    await chief.decide((await chief.inbox())[0]["step"]["id"])
    for who in office.people:
        await office.alike(who, INBOX)
        await office.alike(who, f"{{ requests(box: UNIT) {{ edges {{ node {{ {REQUEST} }} }} }} }}")
        refused = {"input": {"stepId": "none", "decision": "AGREE", "idempotencyKey": "one"}}
        await office.alike(who, DECIDE, refused)
    met: Counter[str] = Counter()
    for seed in range(MANY):
        chance = random.Random(seed)
        made = Document(chance, CORE, office.literal)
        fields = OFTEN if seed % 2 else [*CORE.query_type.fields]
        query = made.text(CORE.query_type, fields, 6 if seed % 2 else 4)
        answer = await office.alike(chance.choice(office.people), query, made.variables)
        met["data" if answer.startswith(b'{"data":{') else "errors"] += 1
        met += functions() if seed % 30 == 0 else Counter()
    assert met["data"] > MANY / 2
    assert min(met[each] for each in ("Request", "Step", "Person", "Clause", "RequestEdge")) > 0, (
        met
    )
