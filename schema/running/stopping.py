"""Stopping: what a signal asks for is done in order, and by force where that takes too long."""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from resolvers.running import postgres

LONGEST = 30.0
"""Seconds from a signal until nothing of ours runs any more, whatever hangs."""


class Stop:
    """Hears the signals from now on. `act` is what the running loop does then: end this task.

    `asked` is for what waits outside the loop. A second signal asks for nothing more.
    """

    def __init__(self, data_dir: Path) -> None:
        self.asked = threading.Event()
        task = asyncio.current_task()
        self.act: Callable[[], object] = task.cancel if task else lambda: None
        self._data_dir = data_dir
        self._loop = asyncio.get_running_loop()
        # nohup wants the server to outlive its terminal.
        outlives = signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
        self._numbers = (signal.SIGINT, signal.SIGTERM, *(() if outlives else (signal.SIGHUP,)))
        self.listen()

    def listen(self) -> None:
        """Hear the signals, whoever heard them before."""
        for number in self._numbers:
            signal.signal(number, self.heard)

    def heard(self, *_: object) -> None:
        if self.asked.is_set():
            return
        self.asked.set()
        watchdog = threading.Timer(LONGEST, self._by_force)
        watchdog.daemon = True
        watchdog.start()
        with suppress(RuntimeError):
            # The loop may be closed already.
            self._loop.call_soon_threadsafe(self._obey)

    def _obey(self) -> None:
        self.act()

    def _by_force(self) -> None:
        """Nothing here may wait for anything: no lock, no loop, no buffer."""
        said = f"It did not stop within {LONGEST:.0f} seconds and was ended by force.\n"
        with suppress(OSError):
            os.write(sys.__stderr__.fileno() if sys.__stderr__ else 2, said.encode())
        try:
            postgres.abandon(self._data_dir)
        finally:
            os._exit(1)
