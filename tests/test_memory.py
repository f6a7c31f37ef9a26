"""What an operation read for its answer goes when the answer has left."""

import gc
from weakref import ref

import pytest

from resolvers.ground.context import Context
from tests.office import PAPER, Api, leave

CLAUSE = "clause { cite decided }"
OF_A_REQUEST = {
    "history": "history { edges { node { event clauses { decided } } } }",
    "clocks": "clocks { state clause { decided } }",
    "comments": "comments { edges { node { text } } }",
    "copies": "copies { at }",
    "circulations": "circulations { note }",
    "steps": f"steps {{ {CLAUSE} }}",
    "actions": "allowedActions { action refusal { code } }",
}
BY_THEMSELVES = {
    "notices": "notices { edges { node { sentence request { number } } } }",
    "regulations": """clauses(institution: "hrss-bureau", first: 20)
      { edges { node { cite decided } } }""",
    "inbox": f"inbox {{ edges {{ node {{ {' '.join(OF_A_REQUEST.values())} }} }} }}",
    "refused": 'node(id: "nothing") { id }',
}
COMMENT = """mutation ($input: CommentInput!) { comment(input: $input) {
  ... on Decided { request { comments { edges { node { text } } } steps { clause { decided } } } }
  ... on Refusal { code } } }"""


@pytest.fixture(scope="module", autouse=True)
def nothing_older() -> None:
    """What was there before is searched no more: it is all that this process ever read."""
    gc.collect()
    gc.freeze()


def contexts() -> list[ref[Context]]:
    """Every operation whose context is still in memory, once what is unreachable has gone."""
    gc.collect()
    return [ref(each) for each in gc.get_objects() if isinstance(each, Context)]


@pytest.mark.parametrize("asked", [*OF_A_REQUEST, *BY_THEMSELVES])
async def test_nothing_of_an_operation_stays_after_its_answer(api: Api, asked: str) -> None:
    staff = await api.person("staff@hrss-bureau")
    chief = await api.person("section_chief@hrss-bureau")
    sick = await staff.submit("leave.sick", leave("2026-03-16", "2026-03-18", attachments=[PAPER]))
    inside = OF_A_REQUEST.get(asked)
    query = f'{{ node(id: "{sick["id"]}") {{ ... on Request {{ {inside} }} }} }}'
    before = len(contexts())
    for visitor in (staff, chief):
        for _ in range(3):
            await visitor.ask(query if inside else f"{{ {BY_THEMSELVES[asked]} }}")
    assert len(contexts()) <= before


async def test_nothing_of_a_mutation_stays_after_its_answer(api: Api) -> None:
    staff = await api.person("staff@hrss-bureau")
    sick = await staff.submit("leave.sick", leave("2026-03-03"))
    before = len(contexts())
    for number in range(3):
        said = {"requestId": sick["id"], "text": "好", "idempotencyKey": str(number)}
        answer = await staff.one(COMMENT, {"input": said})
        assert answer["request"]["comments"]["edges"]
    assert len(contexts()) <= before
