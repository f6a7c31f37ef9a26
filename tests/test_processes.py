"""Several processes serve on one port, sharing nothing but the database."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import httpx
import psutil

from resolvers.running import postgres
from resolvers.running.postgres_process import lives
from tests.test_serve import Serving, served
from tests.waiting import PATIENCE, soon

SIGN_IN = """mutation { signIn(input: {account: "staff@hrss-bureau", password: "guiju"}) {
  ... on SignedIn { token } } }"""


def several(database: postgres.Database, data_dir: Path) -> AbstractContextManager[Serving]:
    return served(GUIJU_DATABASE_URL=database.app_url, DATA_DIR=str(data_dir), GUIJU_PROCESSES="2")


def serving(server: Serving) -> list[psutil.Process]:
    """The processes that serve, beside the one that watches them."""
    started = psutil.Process(server.process.pid).children()
    return [each for each in started if "spawn_main" in " ".join(_command(each))]


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


def ask(server: Serving, query: str, token: str = "") -> Any:
    """Over a connection of its own, which any process may take."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    answer = httpx.post(server.address, json={"query": query}, headers=headers, timeout=PATIENCE)
    return answer.json()["data"]


def test_one_that_dies_is_replaced_and_the_signed_in_notice_nothing(
    demo_offices: postgres.Database, data_dir: Path
) -> None:
    with several(demo_offices, data_dir) as server:
        token = ask(server, SIGN_IN)["signIn"]["token"]
        first, second = serving(server)
        for each, other in ((first, second), (second, first)):
            each.suspend()
            assert ask(server, "{ viewer { name } }", token)["viewer"]["name"], other
            each.resume()
        first.kill()
        soon(lambda: first not in serving(server) and len(serving(server)) == 2)
        assert second in serving(server)
        assert ask(server, "{ viewer { name } }", token)["viewer"]["name"]
        running = serving(server)
        server.process.terminate()
        assert server.process.wait(PATIENCE) == 0
    assert not any(lives(each.pid) for each in running)


def test_none_of_them_outlives_the_one_that_watches(
    demo_offices: postgres.Database, data_dir: Path
) -> None:
    with several(demo_offices, data_dir) as server:
        running = serving(server)
        assert len(running) == 2
        server.process.kill()
        soon(lambda: not any(lives(each.pid) for each in running))
