"""The worker: takes jobs from the queue when their time has come, and does each at least once.

What a job does looks at the rows again and takes effect once; so a worker may be killed at any
moment, and several may run beside each other.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import asyncpg
import orjson
import structlog
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job
from pgqueuer.domain.types import Channel

from domain.tables import NATIONAL
from domain.time.moments import OFFICE_TIME
from resolvers.ground.database import statement
from resolvers.rules import replaying
from resolvers.rules.replaying import REPLAY
from resolvers.running import push
from resolvers.running.jobs import NAMES
from resolvers.running.services import Services
from resolvers.time import clock_jobs, duty_jobs, sweeps
from resolvers.time.clock_rows import DUE, WARN
from resolvers.time.duty_jobs import DAILY

logger = structlog.get_logger()

HANDLERS: Mapping[str, Callable[[Services, Mapping[str, Any]], Awaitable[None]]] = {
    WARN: clock_jobs.warn,
    DUE: clock_jobs.end,
    DAILY: duty_jobs.daily,
    REPLAY: replaying.run,
    sweeps.LEFT: sweeps.left,
}

LOOKS_EVERY = timedelta(seconds=5)
GIVEN_UP_AFTER = timedelta(seconds=10)
"""A job whose worker has not been heard of for so long is another's to do."""

TRIES_AGAIN_AFTER = timedelta(seconds=20)
SHORTEST_WAIT, LONGEST_WAIT = 0.5, 8.0
"""Seconds before a lost database is asked for again: doubled each time, up to the longest."""

OF_THE_WORKER = {"application_name": "guiju", "guiju.institution": NATIONAL}
"""The queue shows each institution its own jobs, and the worker all of them."""
PATIENCE, ENDS_WITHIN = 10.0, 2.0
"""Seconds for a connection to be made, and for jobs in hand to end."""

ENDLESS = 2**31
AT_ONCE = 4
"""Jobs that one worker does side by side, each with a connection of the pool."""

DUE_NOW = statement("""
  select id, entrypoint, payload from pgqueuer
  where status = 'queued' and entrypoint = any(cast(:ours as text[]))
    and cast(cast(convert_from(payload, 'UTF8') as jsonb) ->> 'at' as timestamptz) <= :now
  order by cast(cast(convert_from(payload, 'UTF8') as jsonb) ->> 'at' as timestamptz), id
  limit 1""")
DONE = statement("delete from pgqueuer where id = :id")


async def run_due(services: Services) -> int:
    """Do everything that is due by our clock, one after the other; how many jobs that were."""
    await duty_jobs.seed(services)
    count = 0
    while True:
        now = services.now()
        async with services.database.transaction(NATIONAL) as transaction:
            job = await transaction.row(DUE_NOW, ours=list(HANDLERS), now=now)
        if job is None:
            return count
        await _handle(services, job["entrypoint"], job["payload"])
        async with services.database.transaction(NATIONAL) as transaction:
            await transaction.rows(DONE, id=job["id"])
        count += 1


async def work(services: Services, url: str, stop: asyncio.Event) -> None:
    """Do what comes due until told to stop; what is in hand then has a moment to end."""
    working = {
        asyncio.create_task(_work(services, url, stop)),
        asyncio.create_task(push.run(services, stop)),
    }
    try:
        await stop.wait()
        await asyncio.wait(working, timeout=ENDS_WITHIN)
    finally:
        for each in working:
            each.cancel()
        await asyncio.wait(working, timeout=ENDS_WITHIN)


async def _work(services: Services, url: str, stop: asyncio.Event) -> None:
    """Go on whatever becomes of the database meanwhile."""
    wait = SHORTEST_WAIT
    while not stop.is_set():
        try:
            connection = await asyncpg.connect(url, timeout=PATIENCE, server_settings=OF_THE_WORKER)
            try:
                await duty_jobs.seed(services, afresh=True)
                wait = SHORTEST_WAIT
                await _serve_queue(services, connection, stop)
            finally:
                connection.terminate()
        except Exception as error:  # noqa: BLE001  # clocks go on, whatever was wrong for a moment
            logger.warning("worker_interrupted", why=repr(error), again_in=wait)
            await _wait(stop, wait)
            wait = min(wait * 2, LONGEST_WAIT)


async def _serve_queue(services: Services, connection: Any, stop: asyncio.Event) -> None:
    queries = Queries(
        AsyncpgDriver(connection),
        qbe=QueryBuilderEnvironment(NAMES),
        qbq=QueryQueueBuilder(NAMES),
        qbs=QuerySchedulerBuilder(NAMES),
    )
    manager = QueueManager(queries, Channel(NAMES.channel))
    manager.shutdown = stop
    for name in HANDLERS:
        manager.entrypoint(name, executor_factory=_patient)(partial(_take, services))
    await manager.run(
        batch_size=AT_ONCE // 2,
        max_concurrent_tasks=AT_ONCE,
        dequeue_timeout=LOOKS_EVERY,
        heartbeat_timeout=GIVEN_UP_AFTER,
        shutdown_on_listener_failure=True,
    )


async def _take(services: Services, job: Job) -> None:
    early = await _handle(services, job.entrypoint, job.payload or b"{}")
    if early is not None:
        raise RetryRequested(delay=early, reason="its moment has not come")


async def _handle(services: Services, entrypoint: str, payload: bytes) -> timedelta | None:
    """Do a job; how long it must wait where our clock is behind the database's."""
    about = orjson.loads(payload)
    early = datetime.fromisoformat(about["at"]) - services.now().astimezone(OFFICE_TIME)
    if early > timedelta(0):
        return early
    await HANDLERS[entrypoint](services, about)
    return None


def _patient(parameters: Any) -> DatabaseRetryEntrypointExecutor:
    """A job that fails is tried again and again: none is ever given up."""
    return DatabaseRetryEntrypointExecutor(
        parameters=parameters,
        max_attempts=ENDLESS,
        initial_delay=TRIES_AGAIN_AFTER,
        max_delay=TRIES_AGAIN_AFTER,
        backoff_multiplier=1.0,
    )


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)
