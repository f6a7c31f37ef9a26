"""Several processes on one port that share nothing but the database, and one that watches them."""

import asyncio
import os
from collections.abc import Callable
from socket import socket

import uvicorn
from uvicorn.supervisors import Multiprocess

from resolvers.running.roles import Unfit
from resolvers.running.settings import Settings
from schema.running.opening import uvicorn_settings
from schema.running.stopping import Stop

LOOKS_EVERY, SOON = 0.5, 0.05
"""Seconds between two looks at the processes; until all of them serve, more often."""

HUNG_AFTER = 30
"""Seconds that a process may take to say that it lives, on a machine that is busy."""


async def serving(
    settings: Settings, listening: socket, stop: Stop, ready: Callable[[], None]
) -> None:
    """Serve until told to stop; a process that dies is replaced.

    Raises: Unfit: they cannot serve; the first that ended has said why.
    """
    os.environ |= {
        "GUIJU_DATABASE_URL": str(settings.database_url),
        "DATA_DIR": str(settings.data_dir),
    }
    for owners in ("GUIJU_OWNER_DATABASE_URL", "GUIJU_DEMO"):
        os.environ.pop(owners, None)
    supervisor = Multiprocess(
        uvicorn.Config(
            "schema.running.process:served",
            factory=True,
            workers=settings.processes,
            timeout_worker_healthcheck=HUNG_AFTER,
            **uvicorn_settings(settings),
        ),
        [listening],
    )
    stop.listen()  # the supervisor took the signals for itself
    stop.act = supervisor.should_exit.set
    await asyncio.sleep(0)
    await asyncio.to_thread(_watch, supervisor, ready)
    if not stop.asked.is_set():
        raise Unfit("The processes that should serve did not start.")


def _watch(supervisor: Multiprocess, ready: Callable[[], None]) -> None:
    supervisor.init_processes()
    said = False
    while not supervisor.should_exit.wait(LOOKS_EVERY if said else SOON):
        supervisor.keep_subprocess_alive()
        if not said and all(each.is_ready() for each in supervisor.processes):
            ready()
            said = True
    supervisor.terminate_all()
    supervisor.join_all()
