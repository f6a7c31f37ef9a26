"""The database goes away under a server that lives: it is told of, waited for and started again."""

import asyncio
import json
import urllib.error
import urllib.request
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest

from resolvers import demo
from resolvers.running import postgres
from resolvers.running.postgres_account import Unavailable
from resolvers.running.postgres_process import family, lives, postmaster
from tests.conftest import HASTY
from tests.test_serve import Serving, database_of, served
from tests.waiting import PATIENCE, soon, until

PATHS = ("/healthz", "/readyz", "/metrics", "/graphql", "/nowhere")
ASKED = {
    "a query": "{ viewer { name } }",
    "two fields": "{ viewer { name } inbox { edges { node { id } } } }",
    "a mutation": """mutation { submitLeaveSick(input: {
        begins: {date: "2026-03-02", half: MORNING}, ends: {date: "2026-03-02", half: AFTERNOON}
        explanation: "家中有事", idempotencyKey: "once"}) {
        __typename ... on Submitted { request { number } } } }""",
    "signing in": """mutation { signIn(input: {account: "staff@hrss-bureau", password: "guiju"}) {
        __typename ... on SignedIn { token } } }""",
}


class Answered:
    """What a server says, whatever its status."""

    def __init__(self, server: Serving, path: str, query: str = "", token: str = "") -> None:
        headers = {"content-type": "application/json", "authorization": f"Bearer {token}"}
        body = json.dumps({"query": query}).encode() if query else None
        address = server.address.replace("/graphql", path)
        asked = urllib.request.Request(address, body, headers)
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
                self.status, self.headers, self.text = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            self.status, self.headers, self.text = error.code, error.headers, error.read()

    @property
    def said(self) -> Any:
        return json.loads(self.text)

    @property
    def codes(self) -> list[str]:
        return [each["extensions"]["code"] for each in self.said.get("errors", ())]


def ready(server: Serving) -> bool:
    return Answered(server, "/readyz").status == 200


def another(prepared: Path, killed: psutil.Process) -> bool:
    there = postmaster(prepared / "postgres")
    return there is not None and there.number != killed.pid


def token_of(server: Serving) -> str:
    return str(Answered(server, "/graphql", ASKED["signing in"]).said["data"]["signIn"]["token"])


def test_an_embedded_database_that_is_killed_is_started_again_and_everything_goes_on(
    prepared: Path,
) -> None:
    with served(DATA_DIR=str(prepared)) as server:
        for _ in range(2):
            killed = database_of(prepared)
            killed.kill()
            # How long it is away is its own affair: another one is there, and answers.
            soon(partial(another, prepared, killed))
            assert Answered(server, "/healthz").status == 200
            soon(lambda: ready(server))
            assert Answered(server, "/graphql", ASKED["signing in"]).codes == []
        server.process.terminate()
        assert server.process.wait(PATIENCE) == 0
    assert not (prepared / "postgres" / "postmaster.pid").exists()


def test_while_any_other_database_is_away_every_route_says_so_and_afterwards_all_is_well(
    prepared: Path, tmp_path: Path
) -> None:
    with ExitStack() as stack:
        with postgres.running(prepared, **HASTY) as database:
            asyncio.run(demo.load(database.owner_url))
            settings = {"DATA_DIR": str(tmp_path), "GUIJU_DATABASE_URL": database.app_url}
            server = stack.enter_context(served(**settings))
        soon(lambda: not ready(server))
        assert Answered(server, "/readyz").said == {"ready": False, "reason": "STORE_UNAVAILABLE"}
        statuses = {path: Answered(server, path).status for path in PATHS}
        assert statuses["/healthz"] == statuses["/metrics"] == 200
        assert 500 not in statuses.values()
        lost = Answered(server, "/graphql", ASKED["signing in"])
        assert (lost.status, lost.codes) == (503, ["STORE_UNAVAILABLE"])
        assert int(lost.headers["retry-after"]) > 0
        with postgres.running(prepared, **HASTY):
            soon(lambda: ready(server))
            token = token_of(server)
            first = Answered(server, "/graphql", ASKED["a mutation"], token)
            assert first.said["data"]["submitLeaveSick"]["__typename"] == "Submitted"
        for asked in ASKED.values():
            lost = Answered(server, "/graphql", asked, token)
            assert lost.status == 503
            assert set(lost.codes) == {"STORE_UNAVAILABLE"}
        with postgres.running(prepared, **HASTY):
            soon(lambda: ready(server))
            again = Answered(server, "/graphql", ASKED["a mutation"], token)
            assert again.said == first.said
            server.process.terminate()
            assert server.process.wait(PATIENCE) == 0


def test_a_database_that_hangs_is_told_like_one_that_is_away(prepared: Path) -> None:
    with served(DATA_DIR=str(prepared), GUIJU_STATEMENT_TIMEOUT="3") as server:
        frozen = family(database_of(prepared))
        for process in frozen:
            process.suspend()
        try:
            soon(lambda: not ready(server))
            assert Answered(server, "/healthz").status == 200
            lost = Answered(server, "/graphql", ASKED["signing in"])
            busy = lost.status == 200 and lost.said["data"]["signIn"]["__typename"] == "Refusal"
            assert busy or lost.codes == ["STORE_UNAVAILABLE"]
        finally:
            for process in frozen:
                process.resume()
        soon(lambda: ready(server))
        assert Answered(server, "/graphql", ASKED["signing in"]).codes == []


async def test_the_next_start_ends_what_still_works_for_a_database_that_was_killed(
    prepared: Path,
) -> None:
    with postgres.running(prepared, **HASTY) as database:
        busy = await asyncpg.connect(database.app_url)
        number = await busy.fetchval("select pg_backend_pid()")
        endless = asyncio.ensure_future(busy.execute("do $$ begin loop end loop; end $$"))
        asked = await asyncpg.connect(database.app_url)
        await until(lambda: asked.fetchval(WORKS, number))
        killed = database_of(prepared)
        killed.kill()
        await until(lambda: answers(database.app_url))
        assert not lives(number)
        asked.terminate()
        with pytest.raises((asyncpg.PostgresError, OSError)):
            await endless


WORKS = "select state = 'active' from pg_stat_activity where pid = $1"


async def answers(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True


@pytest.mark.parametrize("left", ["", "\n", "no number\n", "4194304\n/gone\n"])
def test_what_a_double_kill_leaves_does_not_hinder_the_next_start(
    prepared: Path, left: str
) -> None:
    with postgres.running(prepared, **HASTY):
        pass
    (prepared / "postgres" / "postmaster.pid").write_text(left)
    sockets = prepared / "sockets"
    # A number that another program has by now.
    (sockets / ".s.PGSQL.5432.lock").write_text(f"{psutil.pids()[0]}\n{prepared}\n0\n5432\n")
    (sockets / ".s.PGSQL.5432").touch()
    with postgres.running(prepared, **HASTY) as database:
        assert asyncio.run(answers(database.app_url))


@pytest.mark.parametrize("broken", ["global/pg_control", "PG_VERSION"])
def test_a_damaged_database_is_said_to_be_so(prepared: Path, broken: str) -> None:
    with postgres.running(prepared, **HASTY):
        pass
    (prepared / "postgres" / broken).unlink()
    with (
        pytest.raises(Unavailable, match=f"(?s)PostgreSQL.*{broken}"),
        postgres.running(prepared, **HASTY),
    ):
        pass
