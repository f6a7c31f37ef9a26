"""Time-outs: each ends in a code, changes nothing, and leaves the server able to go on."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from itertools import product
from pathlib import Path

import pytest

from domain.errors import Refused
from resolvers.ground.database import Database, statement
from resolvers.ground.patience import Patience
from resolvers.running import postgres
from resolvers.running.postgres_process import lives
from tests.office import Api, emptied, leave, opened
from tests.test_serve import Serving, served
from tests.waiting import PATIENCE, soon

SHORT = 2.0
"""Longer than anything takes that need not wait, on a slow machine too."""
REQUESTS = "{ requests(box: MINE) { edges { node { number } } } }"
ONE = statement("select 1")
WHO = statement("select pg_backend_pid()")


@pytest.fixture
async def hasty(demo_offices: postgres.Database) -> AsyncIterator[Api]:
    """The demo offices, served with little patience."""
    async with opened(demo_offices, lock_timeout=SHORT, pool_timeout=SHORT) as api:
        await emptied(api)
        yield api


async def test_a_lock_that_others_hold_is_told_and_nothing_is_changed(hasty: Api) -> None:
    staff = await hasty.person("staff@hrss-bureau")
    before = await hasty.counts()
    async with hasty.superuser.transaction():
        await hasty.run("lock table requests in access exclusive mode")
        assert (await staff.ask(REQUESTS)).codes == ["OVERTAKEN"]
        refused = await staff.submit("leave.sick", leave("2026-03-09"))
        assert refused["code"] == "OVERTAKEN"
    assert await hasty.counts() == before
    assert (await staff.submit("leave.sick", leave("2026-03-09")))["status"] == "PENDING"
    assert hasty.logged == []


async def test_a_statement_that_takes_too_long_is_stopped(demo_offices: postgres.Database) -> None:
    async with opened(demo_offices, statement_timeout=SHORT) as api:
        await emptied(api)
        staff = await api.person("staff@hrss-bureau")
        async with api.superuser.transaction():
            await api.run("lock table requests in access exclusive mode")
            assert (await staff.ask(REQUESTS)).codes == ["TIMED_OUT"]
            refused = await staff.submit("leave.sick", leave("2026-03-09"))
            assert refused["code"] == "TIMED_OUT"
        assert (await staff.ask(REQUESTS)).data["requests"]["edges"] == []
        assert api.logged == []


async def test_a_pool_without_a_free_connection_is_told(hasty: Api) -> None:
    staff, pool = await hasty.person("staff@hrss-bureau"), hasty.services.database.pool
    async with AsyncExitStack() as held:
        for _ in range(pool.get_max_size()):
            await held.enter_async_context(pool.acquire())
        assert (await staff.ask(REQUESTS)).codes == ["BUSY"]
        refused = await staff.submit("leave.sick", leave("2026-03-09"))
        assert refused["code"] == "BUSY"
        assert (await hasty.client.get("/readyz")).status_code == 503
        assert (await hasty.client.get("/healthz")).status_code == 200
    assert (await staff.ask(REQUESTS)).data["requests"]["edges"] == []
    assert (await hasty.client.get("/readyz")).status_code == 200
    assert hasty.logged == []


async def test_a_transaction_that_is_silent_too_long_is_ended(app_url: str) -> None:
    database = await Database.connect(app_url, most=1, patience=Patience(idle=1))

    async def silent(heard: int, *, afterwards: bool) -> None:
        async with database.transaction("hrss-bureau") as transaction:
            number = await transaction.value(WHO)
            soon(lambda: not lives(number))
            # The driver has read nothing of its end, its reason, or all.
            for _ in range(heard):
                await asyncio.sleep(0)
            if afterwards:
                await transaction.value(ONE)

    for heard, afterwards in product((0, 2, 4), (True, False)):
        with pytest.raises(Refused, match="TIMED_OUT"):
            await silent(heard, afterwards=afterwards)
    async with database.transaction("hrss-bureau") as transaction:
        assert await transaction.value(ONE) == 1
    await database.close()


def test_without_patience_said_the_database_waits_for_ever() -> None:
    assert set(Patience().settings.values()) == {"0"}
    assert Patience(1.5, 0.1, 30).settings["statement_timeout"] == "1500"


@pytest.fixture
def server(app_url: str, data_dir: Path) -> Iterator[Serving]:
    of = {"GUIJU_DATABASE_URL": app_url, "DATA_DIR": str(data_dir), "GUIJU_WORKER": "off"}
    with served(GUIJU_CLIENT_TIMEOUT=str(SHORT), **of) as server:
        yield server


def dial(server: Serving, sent: bytes) -> socket.socket:
    host, port = server.address.split("/")[2].split(":")
    line = socket.create_connection((host, int(port)), timeout=PATIENCE)
    line.sendall(sent)
    return line


def answer(line: socket.socket) -> tuple[int, str]:
    """The status and the code that come before the server hangs up."""
    heard = b""
    with line:
        while more := line.recv(65536):
            heard += more
    head, _, body = heard.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)["errors"][0]["extensions"]["code"]


def heard(server: Serving) -> socket.socket:
    """A client that has begun a request, which the server reads already."""
    line = dial(server, HEAD + b"expect: 100-continue\r\n" + BODY)
    assert line.recv(100).startswith(b"HTTP/1.1 100")
    return line


HEAD = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
BODY = b'content-length: 100\r\n\r\n{"query": '
WHOLE = HEAD + b"content-length: 27\r\n\r\n" + b'{"query": "{ __typename }"}'


def test_slow_clients_are_told_and_those_who_leave_are_one_line_in_the_log(server: Serving) -> None:
    kept = dial(server, WHOLE)
    assert kept.recv(65536).startswith(b"HTTP/1.1 200")
    kept.sendall(HEAD[:40])
    for slow in (kept, dial(server, HEAD), dial(server, HEAD + BODY)):
        assert answer(slow) == (408, "CLIENT_TOO_SLOW")
    with dial(server, b"") as silent:
        assert silent.recv(100) == b""
    for _ in range(3):
        heard(server).close()
        reset = heard(server)
        reset.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        reset.close()
    assert server.says("/healthz") == 200
    server.process.terminate()
    assert server.process.wait(PATIENCE) == 0
    said = server.process.stderr.read()
    assert "Traceback" not in said
    left = [line for line in said.splitlines() if "client_left" in line]
    assert len(left) == 6
    assert max(map(len, left)) < 200


def test_a_client_that_writes_all_before_it_listens_hears_that_it_is_too_much(
    server: Serving,
) -> None:
    sent = HEAD + b"content-length: 12000000\r\n\r\n" + b" " * 12_000_000
    assert answer(dial(server, sent)) == (413, "REQUEST_TOO_LARGE")
