"""The worker: killed, doubled or cut off from the database, each clock takes effect once."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest

from resolvers.running import worker
from resolvers.running.services import opened
from resolvers.running.settings import CHECKOUT, Settings
from tests.clock_office import complain
from tests.office import SECRET, Api
from tests.waiting import PATIENCE, until


async def overdue(api: Api, many: int = 1) -> None:
    """So many complaints whose terms ran out long ago, by any clock on the wall."""
    for _ in range(many):
        await complain(api)
    await api.run("update pgqueuer set execute_after = now() - interval '1 second'")


def ended(api: Api, many: int) -> Callable[[], Awaitable[bool]]:
    async def all_ended() -> bool:
        expired = "select count(*) from clocks where state = 'expired'"
        jobs = "select count(*) from pgqueuer where entrypoint like 'clock%'"
        return await api.value(expired) == many and await api.value(jobs) == 0

    return all_ended


async def must_have_fired_once(api: Api, many: int) -> None:
    told = "select count(*) from notices where code = 'CLOCK_EXPLAIN'"
    assert await api.value(told) == many
    changed = "select count(*) from clock_changes where what = 'expired'"
    assert await api.value(changed) == many


@asynccontextmanager
async def at_work(app_url: str, many: int = 1) -> AsyncIterator[None]:
    """So many workers in this process, by the clock on the wall."""
    settings = Settings(database_url=app_url, given_token_secret=SECRET)  # type: ignore[call-arg, arg-type]
    stop = asyncio.Event()
    async with opened(settings) as services:
        working = [asyncio.create_task(worker.work(services, app_url, stop)) for _ in range(many)]
        try:
            yield
        finally:
            stop.set()
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*working)


async def test_two_workers_at_once_do_each_thing_once(api: Api, app_url: str):
    await overdue(api, 25)
    async with at_work(app_url, 2):
        await until(ended(api, 25))
    await must_have_fired_once(api, 25)


async def test_what_is_enqueued_while_a_worker_waits_is_done_at_once(api: Api, app_url: str):
    async with at_work(app_url):
        await overdue(api)
        await until(ended(api, 1))
    await must_have_fired_once(api, 1)


async def test_a_job_before_its_moment_by_our_clock_waits_for_it(
    api: Api, app_url: str, monkeypatch: pytest.MonkeyPatch
):
    await overdue(api)
    monkeypatch.setattr(worker, "LOOKS_EVERY", timedelta(seconds=0.2))
    settings = Settings(database_url=app_url, given_token_secret=SECRET)  # type: ignore[call-arg, arg-type]
    stop = asyncio.Event()
    async with opened(settings, now=lambda: api.now) as services:
        working = asyncio.create_task(worker.work(services, app_url, stop))

        async def put_off() -> bool:
            waits = """select count(*) from pgqueuer
                       where entrypoint like 'clock%' and attempts > 0"""
            return bool(await api.value(waits) == 2)

        await until(put_off)
        assert await api.value("select state from clocks") == "running"
        stop.set()
        await working
    await api.wait(days=30)
    await api.clocks()
    assert await api.value("select state from clocks") == "expired"


async def test_a_worker_that_loses_its_connections_comes_back(api: Api, app_url: str):
    async with at_work(app_url):
        await overdue(api)
        await until(ended(api, 1))
        cut = """select count(pg_terminate_backend(pid)) from pg_stat_activity
                 where application_name = 'guiju' and usename <> 'postgres'"""
        assert await api.value(cut) > 0

        async def complained() -> bool:
            with suppress(Exception):
                await overdue(api)
                return True
            return False

        # The API of the tests was cut off too: its pool makes new connections.
        await until(complained)
        await until(ended(api, 2))
    await must_have_fired_once(api, 2)
    assert {entry["event"] for entry in api.logged} <= {"worker_interrupted", "head_signed"}
    api.logged.clear()


async def test_what_a_killed_worker_had_begun_is_done_by_the_next(
    api: Api, app_url: str, monkeypatch: pytest.MonkeyPatch
):
    await overdue(api)
    settings = {
        "GUIJU_DATABASE_URL": app_url,
        "GUIJU_TOKEN_SECRET": SECRET,
        "PYTHONPATH": str(CHECKOUT),
    }
    locked = api.superuser.transaction()
    await locked.start()
    # Whoever looks at the clock waits here, with its job in hand.
    await api.run("select * from clocks for update")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schema", "work"),
        cwd=CHECKOUT,
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
    )
    try:

        async def in_hand() -> bool:
            picked = """select count(*) from pgqueuer
                        where status = 'picked' and entrypoint = 'clock_due'"""
            return bool(await api.value(picked))

        await until(in_hand)
    finally:
        process.send_signal(signal.SIGKILL)
        await process.wait()
        await locked.rollback()
    assert await api.value("select state from clocks") == "running"
    monkeypatch.setattr(worker, "GIVEN_UP_AFTER", timedelta(seconds=1))
    async with at_work(app_url):
        await until(ended(api, 1))
    await must_have_fired_once(api, 1)


async def test_the_command_stops_when_it_is_told_to(api: Api, app_url: str):
    await overdue(api)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schema", "work"),
        cwd=CHECKOUT,
        env={**os.environ, "GUIJU_DATABASE_URL": app_url, "GUIJU_TOKEN_SECRET": SECRET},
        stdout=asyncio.subprocess.PIPE,
    )
    await until(ended(api, 1))
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(PATIENCE):
        out, _ = await process.communicate()
    assert process.returncode == 0
    assert out.decode().splitlines() == ["The worker is ready.", "Stopped."]
    await must_have_fired_once(api, 1)
