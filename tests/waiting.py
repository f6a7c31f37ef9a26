"""What a test waits for is an event, however slow or quick the machine: never a time."""

import asyncio
import os
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from itertools import count

PATIENCE = 180.0
"""Seconds after which nothing more will happen, on any machine."""
LOOKS_AGAIN = 0.01


def soon(holds: Callable[[], object]) -> None:
    """Wait until this is so; what is asked may not be there yet."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(LOOKS_AGAIN)


async def until(holds: Callable[[], Awaitable[object]]) -> None:
    """Wait until this is so, while everything else in this process goes on."""
    async with asyncio.timeout(PATIENCE):
        while not await holds():
            await asyncio.sleep(LOOKS_AGAIN)


def free_port() -> int:
    """A port that the kernel gives nobody by itself, so that it stays free until it is taken."""
    ports = count(10_000 + os.getpid() % 20_000)
    while True:
        port = next(ports)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
