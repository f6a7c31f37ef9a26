"""How the server answers over HTTP, and how little strangers learn of one in production."""

import json
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from resolvers.running import postgres
from resolvers.running.settings import Mode
from tests.office import Api, opened
from tests.test_serve import served

GRAPHQL_RESPONSE = "application/graphql-response+json"
METRICS_TOKEN = "who reads the figures, and nobody else"
INTROSPECTION = "{ __schema { queryType { name } } }"
AUDITS = os.environ.get("GUIJU_GRAPHQL_HTTP")
RUN = """import { serverAudits } from 'graphql-http';
for (const audit of serverAudits({ url: process.argv[2], fetchFn: fetch })) {
  const { status, reason } = await audit.fn();
  console.log(JSON.stringify([status, audit.id, audit.name, reason]));
}"""


async def asked(api: Api, body: object, accept: str | None = GRAPHQL_RESPONSE) -> httpx.Response:
    headers = {"content-type": "application/json", **({"accept": accept} if accept else {})}
    return await api.client.post("/graphql", content=json.dumps(body), headers=headers)


@pytest.fixture(scope="module")
async def production(demo_offices: postgres.Database) -> AsyncIterator[Api]:
    async with opened(demo_offices, mode=Mode.PRODUCTION) as api:
        yield api


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (GRAPHQL_RESPONSE, GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE}; charset=utf-8, application/json; charset=utf-8", GRAPHQL_RESPONSE),
        (f"application/json, {GRAPHQL_RESPONSE}", GRAPHQL_RESPONSE),
        (f"application/json, {GRAPHQL_RESPONSE};q=0.9", "application/json"),
        (f"application/json;q=0.5, {GRAPHQL_RESPONSE};q=0.9", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE};q=0, application/json", "application/json"),
        (f"{GRAPHQL_RESPONSE};q=0", "application/json"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        (None, "application/json"),
    ],
)
async def test_an_answer_has_the_media_type_that_is_accepted(
    api: Api, accept: str | None, media: str
) -> None:
    answer = await asked(api, {"query": "{ __typename }"}, accept)
    assert answer.headers["content-type"] == f"{media}; charset=utf-8"
    assert (answer.status_code, answer.json()) == (200, {"data": {"__typename": "Query"}})


@pytest.mark.parametrize(
    ("preferred", "told"),
    [
        ("en", "Sign in first"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "请先登录"),
        ("en;q=0.3, zh;q=0.9", "请先登录"),
        ("zh;q=0.3, fr, en-GB;q=0.9", "Sign in first"),
        ("zh;q=0, en;q=0.1", "Sign in first"),
        ("en;q=0", "请先登录"),
        ("eng, *", "请先登录"),
    ],
)
async def test_an_answer_is_in_the_language_that_is_preferred(
    api: Api, preferred: str, told: str
) -> None:
    answer = await api.ask("{ viewer { name } }", language=preferred)
    assert answer.body["errors"][0]["message"] == told


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE"])
async def test_a_method_that_is_not_taken_is_told_which_are(api: Api, method: str) -> None:
    answer = await api.client.request(method, "/graphql")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


@pytest.mark.parametrize(
    "body",
    [
        {"query": "{"},
        {"query": "{ nope }"},
        {"query": "query a { __typename } query b { __typename }"},
        {"query": "query ($id: ID!) { node(id: $id) { id } }", "variables": {"id": None}},
        {"query": "query ($id: ID!) { node(id: $id) { id } }"},
        {"query": "{ " + " ".join(f"a{n}: viewer {{ id }}" for n in range(31)) + " }"},
    ],
)
async def test_what_is_never_run_is_400_without_data_where_the_standard_type_is_accepted(
    api: Api, body: object
) -> None:
    standard = await asked(api, body)
    plain = await asked(api, body, "application/json")
    assert (standard.status_code, plain.status_code) == (400, 200)
    assert standard.json() == plain.json()
    assert standard.json().keys() == {"errors"}


async def test_a_field_that_fails_leaves_the_answer_a_success_with_data(api: Api) -> None:
    answer = await asked(api, {"query": "{ a: boxCounts { count } __typename }"})
    assert (answer.status_code, answer.json()["data"]) == (200, None)


@pytest.mark.skipif(AUDITS is None, reason="GUIJU_GRAPHQL_HTTP names no node_modules with it")
@pytest.mark.skipif(shutil.which("node") is None, reason="node is not there")
def test_every_audit_of_graphql_over_http_passes(prepared: Path, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(str(AUDITS))
    (tmp_path / "audits.mjs").write_text(RUN)
    with served(DATA_DIR=str(prepared)) as server:
        told = subprocess.run(
            ["node", "audits.mjs", server.address],
            cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
    results = [json.loads(line) for line in told.stdout.splitlines()]
    assert [result for result in results if result[0] != "ok"] == []
    assert len(results) >= 61


async def test_a_large_answer_is_sent_small_to_whoever_can_read_it(api: Api) -> None:
    body = {"query": "{ __schema { types { name description } } }"}
    answer = await api.client.post("/graphql", json=body, headers={"accept-encoding": "gzip"})
    sent = int(answer.headers["content-length"])
    assert answer.headers["content-encoding"] == "gzip"
    assert sent * 3 < len(answer.content)
    plain = await api.client.post("/graphql", json=body, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content


async def test_pages_of_other_sites_are_let_in_by_a_setting_alone(
    api: Api, demo_offices: postgres.Database
) -> None:
    office = {
        "origin": "https://office.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization, content-type",
    }
    refused = await api.client.options("/graphql", headers=office)
    assert "access-control-allow-origin" not in refused.headers
    named = "https://office.example, http://localhost:3000"
    async with opened(demo_offices, cors_origins=named) as open_to_office:
        allowed = await open_to_office.client.options("/graphql", headers=office)
        assert allowed.status_code == 200
        assert allowed.headers["access-control-allow-origin"] == "https://office.example"
        stranger = {**office, "origin": "https://elsewhere.example"}
        refused = await open_to_office.client.options("/graphql", headers=stranger)
        assert "access-control-allow-origin" not in refused.headers


async def test_production_tells_nobody_what_its_schema_is(production: Api) -> None:
    visitor = await production.person("staff@hrss-bureau")
    for query in (INTROSPECTION, '{ __type(name: "Query") { name } }', f"query a {INTROSPECTION}"):
        assert (await production.ask(query)).codes == ["INTROSPECTION_CLOSED"]
        assert (await visitor.ask(query)).codes == ["INTROSPECTION_CLOSED"]
    assert (await visitor.ask("{ viewer { __typename } }")).data


async def test_production_suggests_no_names(api: Api, production: Api) -> None:
    for query in ("{ vieweer { id } }", "{ requests(bx: MINE) { totalCount } }"):
        assert "Did you mean" in json.dumps((await api.ask(query)).body)
        told = (await production.ask(query, language="en")).body["errors"]
        assert "viewer" not in json.dumps(told).replace("vieweer", "")
        assert {error["extensions"]["code"] for error in told} == {"INVALID_GRAPHQL"}
        assert all(error["extensions"].keys() == {"code", "problems"} for error in told)


async def test_production_answers_no_question_in_an_address(api: Api, production: Api) -> None:
    question = {"query": "{ __typename }"}
    assert (await api.client.get("/graphql", params=question)).status_code == 200
    assert (await production.client.get("/graphql", params=question)).status_code == 400
    page = await production.client.get("/graphql", headers={"accept": "text/html"})
    assert page.status_code == 404


async def test_the_figures_of_production_are_for_those_who_know_the_token(
    api: Api, production: Api, demo_offices: postgres.Database
) -> None:
    assert (await api.client.get("/metrics")).status_code == 200
    assert (await production.client.get("/metrics")).status_code == 404
    async with opened(
        demo_offices, mode=Mode.PRODUCTION, metrics_token=METRICS_TOKEN
    ) as with_figures:
        for headers in ({}, {"authorization": "Bearer"}, {"authorization": "Bearer wrong"}):
            told = await with_figures.client.get("/metrics", headers=headers)
            assert (told.status_code, told.content) == (401, b"")
        known = {"authorization": f"Bearer {METRICS_TOKEN}"}
        told = await with_figures.client.get("/metrics", headers=known)
        assert told.status_code == 200
        assert "python_info" in told.text


@pytest.mark.parametrize("mode", ["development", "production"])
def test_a_server_without_the_demo_offers_neither_its_accounts_nor_a_page_that_is_not_there(
    app_url: str, data_dir: Path, mode: str
) -> None:
    of = {"GUIJU_DATABASE_URL": app_url, "DATA_DIR": str(data_dir), "GUIJU_WORKER": "off"}
    with served(GUIJU_MODE=mode, **of) as server:
        assert server.process.stdout
        said = ""
        while "Ctrl-C" not in said:
            said += server.process.stdout.readline()
        assert "guiju" not in said.replace("graphql", "")
        assert "signIn" not in said
        assert ("browser" in said) == (mode == "development")
        assert "__typename" in said
