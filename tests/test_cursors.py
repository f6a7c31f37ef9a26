"""Cursors and searches: a list goes on after its own cursor alone, and a letter is a letter."""

import pytest

from tests.contract import contract
from tests.office import Api, leave

PAGED = {
    name: field for name, field in contract().query_type.fields.items() if "after" in field.args
}
NEEDED = {
    "clauses": 'institution: "hrss-bureau", ',
    "requests": "box: MINE, ",
    "audit": "of: OVERRIDES, ",
    "notAcknowledged": 'regulation: "attendance-measures", ',
    "duties": 'from: "2026-03-02", to: "2026-03-31", ',
}


def asked(name: str, after: str) -> str:
    refusal = "__typename ... on Refusal { problems { path code } }"
    answers = str(PAGED[name].type)
    inside = refusal if answers.endswith("Result!") else "pageInfo { endCursor }"
    inside = "id" if answers.startswith("[") else inside  # a plain list goes on after an id
    return f'{{ {name}({NEEDED.get(name, "")}after: "{after}") {{ {inside} }} }}'


async def test_every_list_refuses_the_cursors_of_every_other_and_names_the_argument(
    api: Api,
) -> None:
    visitor = await api.person("director@hrss-bureau")
    await visitor.submit("supplies.requisition", {"explanation": "签字笔"})
    mine = await visitor.one("{ requests(box: MINE) { pageInfo { endCursor } } }")
    law = await visitor.one(
        '{ clauses(institution: "hrss-bureau", first: 3) { pageInfo { endCursor } } }'
    )
    for owner, page in (("requests", mine), ("clauses", law)):
        given = page["pageInfo"]["endCursor"]
        assert "INVALID_CURSOR" not in str((await visitor.ask(asked(owner, given))).body)
        for name in PAGED.keys() - {owner}:
            told = str((await visitor.ask(asked(name, given))).body)
            refused = [code for code in ("INVALID_CURSOR", "INVALID_ID") if code in told]
            assert refused or "NOT_ALLOWED" in told, name
            assert not refused or "['after']" in told


async def test_each_box_has_cursors_of_its_own(api: Api) -> None:
    visitor = await api.person("director@hrss-bureau")
    await visitor.submit("leave.personal", leave("2026-03-09"))
    page = await visitor.one("{ requests(box: MINE) { pageInfo { endCursor } } }")
    after = page["pageInfo"]["endCursor"]
    other = await visitor.ask(f'{{ inbox(after: "{after}") {{ totalCount }} }}')
    assert other.codes == ["INVALID_INPUT"]


async def test_a_list_read_by_pages_holds_each_line_once(api: Api) -> None:
    visitor = await api.person("staff@hrss-bureau")
    seen: list[str] = []
    after, more = "", True
    while more:
        page = await visitor.one(
            f'{{ clauses(institution: "hrss-bureau", first: 7{after})'
            " { totalCount edges { node { id } } pageInfo { hasNextPage endCursor } } }"
        )
        seen += [edge["node"]["id"] for edge in page["edges"]]
        more = page["pageInfo"]["hasNextPage"]
        after = f', after: "{page["pageInfo"]["endCursor"]}"'
    assert len(seen) == len(set(seen)) == page["totalCount"]


@pytest.mark.parametrize(
    ("reader", "field"), [("staff", "requests(box: MINE, {})"), ("deputy_in_charge", "inbox({})")]
)
async def test_a_list_that_grows_while_it_is_read_shows_what_was_there_once(
    api: Api, reader: str, field: str
) -> None:
    staff, visitor = [await api.person(f"{role}@hrss-bureau") for role in ("staff", reader)]

    async def submitted() -> str:
        request = await staff.submit("research.report", {"explanation": "一季度人才工作"})
        return str(request["id"])

    before, seen, after, more = {await submitted() for _ in range(5)}, list[str](), "", True
    while more and len(seen) < 40:
        asked = field.format(f"first: 2{after}")
        page = await visitor.one(
            f"{{ {asked} {{ edges {{ node {{ id }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        )
        seen += [edge["node"]["id"] for edge in page["edges"]]
        more, after = page["pageInfo"]["hasNextPage"], f', after: "{page["pageInfo"]["endCursor"]}"'
        if len(seen) < 10:
            await submitted()
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


@pytest.mark.parametrize("text", ["%", "_", "%%", "\\\\", "_taff", "s%f", "％"])
async def test_no_character_of_a_search_for_people_is_a_pattern(api: Api, text: str) -> None:
    visitor = await api.person("staff@hrss-bureau")
    assert await visitor.one(f'{{ people(text: "{text}", first: 100) {{ name }} }}') == []
    assert await visitor.one('{ people(text: "staff", first: 100) { name } }')
