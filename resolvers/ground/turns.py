"""Turns at something that only a few may do at once: a crowd in one line holds up no other line."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

Line = deque[asyncio.Future[None]]


class Turns:
    """Places, given out line by line, and by turns to those known and to strangers."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._lanes: dict[bool, OrderedDict[str, Line]] = {
            True: OrderedDict(),
            False: OrderedDict(),
        }
        self._next = True

    @asynccontextmanager
    async def turn(self, line: str, *, known: bool) -> AsyncIterator[None]:
        """Wait for a place at the end of a line, and hold it while the block runs."""
        await self._place(line, self._lanes[known])
        try:
            yield
        finally:
            self._pass_on()

    async def _place(self, line: str, lane: OrderedDict[str, Line]) -> None:
        if self._free:
            self._free -= 1
            return
        called = asyncio.get_running_loop().create_future()
        lane.setdefault(line, deque()).append(called)
        try:
            await called
        except asyncio.CancelledError:
            if not called.cancelled():
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        """Call the first of the next line; the rest of it goes behind the lane's other lines."""
        while lane := self._lanes[self._next] or self._lanes[not self._next]:
            self._next = lane is self._lanes[False]
            line, waiting = lane.popitem(last=False)
            called = waiting.popleft()
            if waiting:
                lane[line] = waiting
            if not called.done():
                called.set_result(None)
                return
        self._free += 1
