"""One process that serves by itself: it uses one processor, and ends what it started."""

import asyncio
from collections.abc import Callable
from socket import socket

import uvicorn

from resolvers.running.settings import Settings
from schema.app import create, settled
from schema.running.opening import uvicorn_settings
from schema.running.stopping import Stop


async def serving(
    settings: Settings, listening: socket, stop: Stop, ready: Callable[[], None]
) -> None:
    """Serve until told to stop."""
    server = uvicorn.Server(uvicorn.Config(settled(create(settings)), **uvicorn_settings(settings)))
    # The watchdog hears too; uvicorn's own ear would hear for it alone.
    server.handle_exit = stop.heard  # type: ignore[method-assign, assignment]
    stop.act = lambda: setattr(server, "should_exit", True)
    # From here on the server ends itself: an end of this task that was asked for comes before.
    await asyncio.sleep(0)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    # uvicorn offers a flag, not an event.
    while not server.started and not running.done():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    if server.started:
        ready()
    await running
