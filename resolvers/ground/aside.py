"""Work that computes for long, beside the loop that answers everybody else, and stopped in time."""

import asyncio
import ctypes
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import get_ident
from typing import TypeVar

from domain.errors import Refused

Made = TypeVar("Made")
SECONDS = 20.0
"""Less than an idle transaction is waited for."""

ONE_AT_A_TIME = asyncio.Semaphore(1)
MOST_WAITING = 2
"""Of those who hold a connection meanwhile; more would leave none for everybody else."""

waiting: set[object] = set()


class Stopped(BaseException):
    """What a thread is interrupted with; nothing that computes may catch it."""


async def aside(
    work: Callable[[], Made], seconds: float = SECONDS, *, patient: bool = False
) -> Made:
    """What a pure function makes, in a thread of its own; who is `patient` holds no connection.

    Raises: Refused: TAKES_TOO_LONG; the thread has ended. Or too many wait for theirs.
    """
    if not patient and len(waiting) >= MOST_WAITING:
        raise Refused("TOO_MANY_COMPUTE")
    turn = object()
    waiting.update(() if patient else (turn,))
    try:
        return await _alone(work, seconds, turn)
    finally:
        waiting.discard(turn)


async def _alone(work: Callable[[], Made], seconds: float, turn: object) -> Made:
    started: list[int] = []

    def run() -> Made:
        started.append(get_ident())
        return work()

    async with ONE_AT_A_TIME:
        waiting.discard(turn)
        threads = ThreadPoolExecutor(1)
        try:
            made = asyncio.wrap_future(threads.submit(run))
            done, _ = await asyncio.wait((made,), timeout=seconds)
            if not done:
                for thread in started:
                    stop = ctypes.py_object(Stopped)
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), stop)
                with suppress(Stopped):
                    await made
                raise Refused("TAKES_TOO_LONG", seconds=f"{seconds:g}")
            return made.result()
        finally:
            threads.shutdown(wait=False)
