"""Served through PgBouncer in transaction mode, as Debian ships it, everything is as without it."""

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import parse_qs, urlsplit

import asyncpg
import pytest

from resolvers.running import postgres
from resolvers.running.postgres_account import account
from resolvers.running.settings import Malformed, read
from resolvers.running.worker import _work
from schema.running.preparing import bring_up_to_date
from tests.office import Api, emptied, leave, opened
from tests.waiting import until

PROGRAM = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin")
CONFIGURED = """[databases]
* = host={server} port=5432
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {place}
auth_type = trust
auth_file = {place}/users
pool_mode = transaction
default_pool_size = 3
logfile = {place}/log
"""
PEOPLE = ("staff@hrss-bureau", "staff_2@hrss-bureau", "staff@science-bureau")
OF_THE_SESSION = """
select current_setting('guiju.institution', true), current_setting('statement_timeout'),
  (select count(*) from pg_prepared_statements)"""


@pytest.fixture(scope="module")
def bounced(demo_offices: postgres.Database) -> Iterator[postgres.Database]:
    """The demo offices, whose serving role goes through three connections that all share."""
    if PROGRAM is None:
        pytest.skip("Debian's pgbouncer is not installed")
    runner = account()
    place = runner.own(Path(mkdtemp(prefix="guiju-bouncer-", dir="/tmp")))
    [server] = parse_qs(urlsplit(demo_offices.app_url).query)["host"]
    (place / "ini").write_text(CONFIGURED.format(server=server, place=place))
    (place / "users").write_text(f'"{postgres.APP}" ""\n')
    for file in ("ini", "users"):
        (place / file).chmod(0o644)
    with subprocess.Popen([PROGRAM, "-q", place / "ini"], **runner.surroundings()) as process:
        try:
            url = demo_offices.app_url.replace(server, str(place)).replace("5432", "6432")
            asyncio.run(until(lambda: answers(url)))
            yield replace(demo_offices, app_url=url)
        finally:
            process.terminate()
    shutil.rmtree(place)


async def answers(url: str) -> bool:
    with suppress(OSError, asyncpg.PostgresError):
        await (await asyncpg.connect(url, statement_cache_size=0)).close()
        return True
    return False


@pytest.fixture
async def through(
    bounced: postgres.Database, demo_offices: postgres.Database
) -> AsyncIterator[Api]:
    direct = {"direct_database_url": demo_offices.app_url, "pgbouncer": True}
    async with opened(bounced, **direct) as api:
        await emptied(api)
        yield api
        assert api.unexpected == []


async def test_who_share_connections_see_their_own_office_alone(through: Api) -> None:
    people = [await through.person(each) for each in PEOPLE]
    for day in ("2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"):
        made = await asyncio.gather(
            *(each.submit("leave.sick", leave(day)) for each in people[:2]),
            *(each.one("{ viewer { account } }") for each in people * 5),
        )
        assert [each["status"] for each in made[:2]] == ["PENDING", "PENDING"]
        assert [each["account"] for each in made[2:]] == [*PEOPLE] * 5
    lists = "{ requests(box: MINE) { totalCount } }"
    counted = await asyncio.gather(*(each.one(lists) for each in people))
    assert [each["totalCount"] for each in counted] == [4, 4, 0]
    chief = await through.person("section_chief@hrss-bureau")
    step = (await chief.inbox())[0]["step"]["id"]
    assert (await chief.decide(step))["status"] == "PENDING"
    assert await through.clocks() >= 0


async def test_nothing_of_a_transaction_stays_on_a_shared_connection(
    through: Api, bounced: postgres.Database
) -> None:
    staff = await through.person(PEOPLE[0])
    assert (await staff.submit("leave.sick", leave("2026-03-09")))["status"] == "PENDING"
    connections = [await asyncpg.connect(bounced.app_url, statement_cache_size=0) for _ in range(3)]
    opened_at_once = [each.transaction() for each in connections]
    for each in opened_at_once:
        await each.start()
    found = [tuple(await each.fetchrow(OF_THE_SESSION)) for each in connections]
    assert {(home or "", limit, prepared) for home, limit, prepared in found} == {("", "0", 0)}
    for connection in connections:
        await connection.close()


async def test_it_starts_behind_one_and_the_worker_goes_past_it(
    through: Api, bounced: postgres.Database, demo_offices: postgres.Database
) -> None:
    settings = read(
        GUIJU_DATABASE_URL=bounced.app_url,
        GUIJU_DIRECT_DATABASE_URL=demo_offices.app_url,
        GUIJU_PGBOUNCER="true",
    )
    for _ in range(3):
        await bring_up_to_date(settings, None)
    staff = await through.person(PEOPLE[0])
    assert (await staff.submit("leave.sick", leave("2026-03-09")))["status"] == "PENDING"
    stop = asyncio.Event()
    working = asyncio.create_task(
        _work(through.services, str(settings.directly.database_url), stop)
    )
    done = "select count(*) from pgqueuer_log where status = 'successful'"
    await until(lambda: through.value(done))
    stop.set()
    await working


def test_the_way_past_it_must_be_known() -> None:
    with pytest.raises(Malformed, match="GUIJU_DIRECT_DATABASE_URL"):
        read(GUIJU_DATABASE_URL="postgresql://guiju@/guiju", GUIJU_PGBOUNCER="true")
