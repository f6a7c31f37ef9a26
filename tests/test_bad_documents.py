"""Bodies and documents that are no question: refused unread, or before anything is run."""

import json
from typing import Any

import pytest

from policies.messages import MESSAGES
from schema.running.bodies import LARGEST_BODY
from tests.nesting import nested
from tests.office import INBOX, Visitor

A = "2026-03-09"
DRAFT = """mutation ($input: SaveDraftInput!) { saveDraft(input: $input) { __typename
  ... on Refusal { code problems { path code } } } }"""


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{nonsense", b"null", b"5", b'"x"', b"[]", b'[{"query": "{ viewer { id } }"}]'),
        *(b"{}", b'{"query": 5}', b'{"query": null}', b'{"query": ["x"]}', b"\xff\xfe\x00"),
        *(b'{"query": "{ viewer { id } }", "variables": "x"}', b'{"query": "\\ud800"}'),
        *(b'{"query": "{ viewer { id } }", "variables": [1]}', b'{"query": "{}", "x": NaN}'),
        b'{"query": "{ viewer { id } }", "operationName": "other"}',
        b'{"query": "{ viewer { id } }", "operationName": {}}',
        b'{"query": "{ viewer { id } }", "variables": {"x": "\\udfff"}}',
        b'{"query": "{ viewer { id } }", "variables": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001,
    ],
)
async def test_a_body_that_is_no_question_is_refused(unharmed: Visitor, body: bytes) -> None:
    answer = await unharmed.api.post(body, authorization=f"Bearer {unharmed.token}")
    assert (answer.status, answer.codes) == (400, ["INVALID_HTTP"])
    assert answer.body["errors"][0]["message"] in {
        MESSAGES[code].zh for code in ("NOT_JSON", "NOT_ONE_CALL", "NO_QUERY", "UNKNOWN_OPERATION")
    }


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"query": "query a { __typename }", "operationName": "b"}, "UNKNOWN_OPERATION"),
        ({"query": "query a { __typename }", "operationName": ""}, "UNKNOWN_OPERATION"),
        ({"query": "fragment f on Query { __typename }"}, "NO_OPERATION"),
        ({"query": ""}, "NO_QUERY"),
        ({"variables": {}}, "NO_QUERY"),
        ({"query": 5}, "NOT_ONE_CALL"),
        ({"query": "{ __typename }", "variables": []}, "NOT_ONE_CALL"),
        ([{"query": "{ __typename }"}], "NOT_ONE_CALL"),
    ],
)
async def test_why_a_request_is_no_question_is_told_in_the_language_of_the_reader(
    unharmed: Visitor, sent: Any, code: str
) -> None:
    for language, message in (("zh-CN", MESSAGES[code].zh), ("en", MESSAGES[code].en)):
        answer = await unharmed.api.post(json.dumps(sent).encode(), **{"accept-language": language})
        assert (answer.status, answer.codes) == (400, ["INVALID_HTTP"])
        assert answer.body["errors"][0]["message"] == message


async def test_ten_megabytes_are_refused_before_they_are_read(unharmed: Visitor) -> None:
    text = json.dumps({"query": INBOX, "variables": {"explanation": "病" * 3_500_000}})
    answer = await unharmed.api.post(text.encode(), authorization=f"Bearer {unharmed.token}")
    assert (answer.status, answer.codes) == (413, ["REQUEST_TOO_LARGE"])
    assert str(LARGEST_BODY) in answer.body["errors"][0]["message"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ";;", ""])
async def test_only_json_is_read(unharmed: Visitor, kind: str) -> None:
    body = {"content-type": kind, "authorization": f"Bearer {unharmed.token}"}
    answer = await unharmed.api.post(b'{"query": "{ viewer { id } }"}', **body)
    assert (answer.status, answer.codes) == (400, ["INVALID_HTTP"])


@pytest.mark.parametrize(
    ("document", "code"),
    [
        *(("{", "INVALID_GRAPHQL"), ("{ nope }", "INVALID_GRAPHQL"), (" ", "INVALID_GRAPHQL")),
        ("{ inbox" + "{ edges" * 3000 + "}" * 3001, "INVALID_GRAPHQL"),
        ("{ kinds(institution: " + "[" * 5000 + "]" * 5000 + ") { label } }", "INVALID_GRAPHQL"),
        ("{ viewer { " + "name " * 20_000 + "} }", "INVALID_GRAPHQL"),
        ("{ viewer " + "@skip(if: false)" * 500 + " { name } }", "INVALID_GRAPHQL"),
        ("{ viewer { ...nobody } }", "INVALID_GRAPHQL"),
        ("{ viewer { ...a } } fragment a on Person { ...a }", "INVALID_GRAPHQL"),
        ('{ node(id: "\\uD800") { id } }', "INVALID_GRAPHQL"),
        ('{ node(id: "\\u0000") { id } }', "INVALID_INPUT"),
        ("{ " + " ".join(f"a{n}: viewer {{ id }}" for n in range(31)) + "}", "TOO_COMPLEX"),
        ("{ viewer { " + "id " * 2000 + "} }", "TOO_COMPLEX"),
        (
            "{ viewer { ...f0 } } fragment f40 on Person { id }"
            + "".join(f"fragment f{n} on Person {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40)),
            "TOO_COMPLEX",
        ),
        (
            "{ ...q } fragment q on Query { "
            + " ".join(f"a{n}: viewer {{ id }}" for n in range(31))
            + "}",
            "TOO_COMPLEX",
        ),
        ("{ viewer " + "{ seats { holders " * 8 + "{ id }" + "} }" * 8 + "}", "TOO_COMPLEX"),
    ],
)
async def test_a_document_that_asks_for_too_much_is_not_run(
    unharmed: Visitor, document: str, code: str
) -> None:
    answer = await unharmed.ask(document)
    assert answer.status == 200
    assert code in answer.codes
    assert "INTERNAL" not in answer.codes


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (nested(30), "TOO_DEEP"),
        (nested(600), "TOO_DEEP"),
        ([], "NOT_AN_OBJECT"),
        ("x", "NOT_AN_OBJECT"),
        ({"explanation": 10**30}, "WRONG_TYPE"),
        ({"explanation": {"a": 1}}, "WRONG_TYPE"),
        ({"begins": A}, "NOT_AN_OBJECT"),
        ({"a\x00b": 1}, "UNREADABLE_TEXT"),
        ({"unknown": 1}, "UNKNOWN_FIELD"),
        ({f"field{number}": 1 for number in range(20_000)}, "UNKNOWN_FIELD"),
    ],
)
async def test_a_draft_holds_what_its_form_knows(unharmed: Visitor, form: Any, code: str) -> None:
    given = {"kind": "LEAVE_SICK", "form": form, "idempotencyKey": "k"}
    refusal = await unharmed.one(DRAFT, {"input": given})
    assert {each["code"] for each in refusal["problems"]} == {code}


async def test_numbers_beyond_every_bound_in_a_document_are_refused(unharmed: Visitor) -> None:
    for number in ("9" * 400, "1e999"):
        refusal = await unharmed.one(
            'mutation { saveDraft(input: {kind: LEAVE_SICK, idempotencyKey: "k",'
            f" form: {{explanation: {number}}}}}) {{ ... on Refusal {{ problems {{ code }} }} }} }}"
        )
        assert refusal["problems"] == [{"code": "WRONG_TYPE"}]
