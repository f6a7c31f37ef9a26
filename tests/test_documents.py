"""What a document may ask, and how GraphQL's own refusals are told: language, code and place."""

import asyncio
import time
from typing import Any

import pytest
from graphql import build_client_schema, get_introspection_query

from schema.running.documents import DOCUMENTS_KEPT, learn, read
from tests.contract import contract
from tests.effort import effort
from tests.nesting import nested
from tests.office import Api, Visitor, leave

PREVIEW = "query ($input: SubmitLeaveSickInput!) { previewLeaveSick(input: $input) { __typename } }"
FOLLOWS = """query ($m: JSON!) { whatFollows(institution: "hrss-bureau", measures: $m) {
  __typename ... on Refusal { problems { code } } } }"""
CHAIN = "".join(f"fragment f{n} on Person {{ ...f{n + 1} ...f{n + 1} }} " for n in range(40))
EACH_OTHER = "".join(
    f"fragment f{n} on Person {{ name {' '.join(f'...f{m}' for m in range(n + 1, 60))} }} "
    for n in range(60)
)
TYPES = "{ fields { type { " * 6 + "name" + " } } }" * 6


def alike(field: str, times: int) -> str:
    return " ".join(f"a{number}: {field}" for number in range(times))


@pytest.mark.parametrize(
    "document",
    [
        "{ " + alike("__schema { types { name } }", 200) + " }",
        "{ " + alike("__typename", 200) + " }",
        "{ ...a } fragment a on Query { " + alike("__typename", 200) + " }",
        "{ __schema { types { " + alike("fields { name }", 600) + " } } }",
        "{ __schema { types " + TYPES + " } }",
        "{ viewer { " + alike("__typename", 4_000) + " } }",
        "{ viewer { " + "name " * 1000 + " } }",
        "{ viewer { " + "a: name a: account " * 200 + " } }",
        "{ viewer { " + " ".join(f"...f{n}" for n in range(300)) + " } }"
        + "".join(f"fragment f{n} on Person {{ name }} " for n in range(300)),
        "{ viewer { ...f0 } } fragment f40 on Person { id } " + CHAIN,
        "{ viewer { ...f0 } } " + EACH_OTHER,
        "{ viewer " + "{ seats { holders " * 7 + "{ id }" + " } }" * 7 + " }",
        "{ viewer { " + "name @skip(if: false) @include(if: true) " * 400 + " } }",
        "{ people(text: \"" + "x" * 2_000_000 + "\") { id } }",
        "{ viewer { id } } # " + "x" * 2_000_000,
        "{ " + alike('duties(from: "2026-01-01", to: "2026-12-31") { __typename }', 30) + " }",
        "{ " + alike("inbox(first: 100) { edges { node { steps { waitingFor { holders { seats {"
        " holders { id } } } } } } } }", 5) + " }",
        "query ($a: Int) { " + alike("inbox(first: $a) { edges { node { steps { waitingFor {"
        " holders { id } } } } } }", 10) + " }",
        "query q0 { viewer { id } } "
        + " ".join(f"query q{n} {{ viewer {{ id }} }}" for n in range(1, 200)),
    ],
)  # fmt: skip
async def test_a_document_that_would_take_long_is_refused_at_once(api: Api, document: str) -> None:
    with effort() as taken:
        answer = await api.ask(document, {})
    assert taken.calls < 400_000
    assert answer.codes
    assert set(answer.codes) <= {"TOO_COMPLEX", "INVALID_GRAPHQL", "INTROSPECTION_ALONE"}


async def test_variables_hold_no_more_values_than_can_be_looked_at(unharmed: Visitor) -> None:
    assert (await unharmed.ask(FOLLOWS, {"m": [0] * 500_000})).codes == ["TOO_MANY_VALUES"]
    with effort() as taken:
        refusal = await unharmed.one(FOLLOWS, {"m": {f"a{number}": 1 for number in range(20_000)}})
    assert len(refusal["problems"]) == 100
    assert taken.calls < 1_500_000


async def test_the_schema_is_told_whole_to_whoever_develops_and_stays_told(api: Api) -> None:
    query = get_introspection_query()
    told = (await api.ask(query)).data
    assert build_client_schema(told).type_map.keys() == contract().type_map.keys()
    assert (await api.ask(query)).data == told


async def test_who_learns_the_schema_lets_nobody_wait(api: Api) -> None:
    learn.cache_clear()
    learning = asyncio.create_task(api.ask(get_introspection_query(descriptions=False)))
    # Who makes it is busy; a machine that has something else to do is not this process's affair.
    longest, asked = 0.0, time.process_time()
    while not learning.done():
        began = time.thread_time()
        await asyncio.sleep(0.001)
        assert (await api.client.get("/healthz")).status_code == 200
        longest = max(longest, time.thread_time() - began)
    assert (await learning).data
    assert longest < (time.process_time() - asked) / 2, "it is made beside everything else"


async def test_an_operation_asks_for_the_schema_once_and_for_nothing_else(api: Api) -> None:
    asked = "__schema { queryType { name } }"
    for beside in (asked, '__type(name: "Query") { name }', "viewer { id }"):
        answer = await api.ask(f"{{ a: {asked} b: {beside} }}")
        assert answer.codes == ["INTROSPECTION_ALONE"]
    assert (await api.ask(f"{{ __typename {asked} }}")).data["__schema"]


async def test_of_several_operations_one_must_be_named(api: Api) -> None:
    query = "query a { __typename } query b { b: __typename }"
    assert (await api.ask(query)).codes == ["OPERATION_NOT_NAMED"]
    body = {"query": query, "operationName": "b"}
    assert (await api.client.post("/graphql", json=body)).json() == {"data": {"b": "Query"}}


def told(answer: Any) -> list[tuple[str, str]]:
    return [
        (".".join(problem["path"]), problem["code"])
        for error in answer.body["errors"]
        for problem in error["extensions"]["problems"]
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"begins": {"date": "2026-02-30", "half": "NOON"}},
         [("input.begins.date", "WRONG_FORMAT"), ("input.begins.half", "UNKNOWN_ENUM_VALUE")]),
        ({"begins": {"date": "0001-01-01", "half": "MORNING"}},
         [("input.begins.date", "OUT_OF_TIME")]),
        ({"begins": {"date": "2026-03-09"}}, [("input.begins.half", "REQUIRED")]),
        ({"begins": None}, [("input.begins", "REQUIRED")]),
        ({"begins": "2026-03-09"}, [("input.begins", "NOT_AN_OBJECT")]),
        ({"days": "1"}, [("input.days", "UNKNOWN_FIELD")]),
        ({"explanation": 5}, [("input.explanation", "WRONG_TYPE")]),
        ({"attachments": [{"upload": "x", "paper": 5}]},
         [("input.attachments.0.paper", "WRONG_TYPE")]),
        ({"attachments": {"paper": "x"}}, [("input.attachments.upload", "REQUIRED")]),
        ({"attachments": nested(3)},
         [("input.attachments.upload", "REQUIRED"), ("input.attachments.a", "UNKNOWN_FIELD")]),
    ],
)  # fmt: skip
async def test_a_variable_that_does_not_fit_is_told_by_its_place_below_the_argument(
    unharmed: Visitor, given: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    whole = {**leave("2026-03-09"), "idempotencyKey": "k", **given}
    answer = await unharmed.ask(PREVIEW.replace("$input", "$any"), {"any": whole})
    assert (answer.codes, told(answer)) == (["INVALID_GRAPHQL"], expected)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ viewer { nope } }", [("viewer.nope", "UNKNOWN_FIELD")]),
        ("{ me: viewer }", [("me", "WRONG_SELECTION")]),
        ("{ requests(box: MIN) { totalCount } }", [("box", "UNKNOWN_ENUM_VALUE")]),
        ("{ requests(first: 1) { totalCount } }", [("box", "REQUIRED")]),
        ("{ requests(box: MINE, of: 1) { totalCount } }", [("of", "UNKNOWN_ARGUMENT")]),
        ('{ requests(box: MINE, from: "x") { totalCount } }', [("from", "WRONG_FORMAT")]),
        ('{ requests(box: MINE, first: "x") { totalCount } }', [("first", "WRONG_TYPE")]),
        ("mutation { signIn(input: {account: 1}) { __typename } }",
         [("input.account", "WRONG_TYPE"), ("input.password", "REQUIRED")]),
        ('mutation { signIn(input: {account: "a", password: "b", x: {y: 1}}) { __typename } }',
         [("input.x", "UNKNOWN_FIELD")]),
        ("{ viewer { ...nobody } }", [("viewer", "AGAINST_GRAPHQL")]),
        ("{ viewer {", [("", "UNREADABLE_DOCUMENT")]),
    ],
)  # fmt: skip
async def test_a_document_that_does_not_fit_is_told_by_code_and_place(
    api: Api, document: str, expected: list[tuple[str, str]]
) -> None:
    answer = await api.ask(document)
    assert (set(answer.codes), told(answer)) == ({"INVALID_GRAPHQL"}, expected)


async def test_what_graphql_refuses_is_said_in_the_viewers_language(api: Api) -> None:
    document = '{ requests(box: MINE, from: "2026-02-30") { totalCount } }'
    for language, sentence in (
        (None, "写法不对，应为 2026-03-02"),
        ("zh-TW", "写法不对，应为 2026-03-02"),
        ("en-GB,en;q=0.9", "Should be written as 2026-03-02"),
    ):
        [error] = (await api.ask(document, language=language)).body["errors"]
        [problem] = error["extensions"]["problems"]
        assert (error["message"], problem["message"]) == (sentence, sentence)


@pytest.mark.parametrize(
    ("field", "path", "code"),
    [
        ("requests(box: MINE, first: 0) { totalCount }", ["first"], "PAGE_SIZE"),
        ("inbox(first: 101) { totalCount }", ["first"], "PAGE_SIZE"),
        ('people(text: "x", first: -1) { id }', ["first"], "PAGE_SIZE"),
        ('people(text: "a\\u0000") { id }', ["text"], "UNREADABLE_TEXT"),
        ('notices(after: "WyIxIiwiMiJd") { totalCount }', ["after"], "INVALID_CURSOR"),
        ('petition(id: "x") { id }', ["id"], "INVALID_ID"),
        ('clauses(institution: "moon") { totalCount }', ["institution"], "OTHER_INSTITUTION"),
        ('requests(box: MINE, from: "2026-03-10", to: "2026-03-09") { totalCount }',
         ["to"], "END_BEFORE_START"),
        ('petitions(filter: {from: "2026-03-10", to: "2026-03-09"}) { edges { cursor } }',
         ["filter", "to"], "END_BEFORE_START"),
        ('vehicleRefuellings(from: "2026-03-10", to: "2026-03-09") { edges { cursor } }',
         ["to"], "END_BEFORE_START"),
    ],
)  # fmt: skip
async def test_a_query_that_is_refused_says_which_argument_and_why(
    unharmed: Visitor, field: str, path: list[str], code: str
) -> None:
    answer = await unharmed.ask(f"{{ {field} }}")
    [error] = answer.body["errors"]
    [problem] = error["extensions"]["problems"]
    assert (problem["path"], problem["code"]) == (path, code)
    assert problem["message"]
    assert error["extensions"]["code"] in {"INVALID_INPUT", code}


async def test_one_field_under_five_hundred_aliases_is_answered_under_each(
    unharmed: Visitor,
) -> None:
    viewer = await unharmed.one(f"{{ viewer {{ {alike('name', 500)} }} }}")
    assert viewer.keys() == {f"a{number}" for number in range(500)}
    assert len(set(viewer.values())) == 1


async def test_a_flood_of_documents_leaves_no_more_of_them_than_a_few(unharmed: Visitor) -> None:
    for number in range(3 * DOCUMENTS_KEPT):
        assert await unharmed.one(f"{{ viewer {{ a{number}: name }} }}")
    assert read.cache_info().currsize <= DOCUMENTS_KEPT
