"""One of several processes: the application that it serves, and when it ends."""

import asyncio
import multiprocessing
import os
import signal

from starlette.types import ASGIApp

from resolvers.running import memory


def served() -> ASGIApp:
    """The application; whoever started this process says when it ends, or ends itself."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    if parent := multiprocessing.parent_process():
        asyncio.get_running_loop().add_reader(parent.sentinel, _follow, parent.sentinel)
    memory.begin()
    from schema.app import served as application

    return application()


def _follow(sentinel: int) -> None:
    """The one that watches has died: nobody else would end this one."""
    asyncio.get_running_loop().remove_reader(sentinel)
    os.kill(os.getpid(), signal.SIGTERM)
