"""Servers under measurement: each is started alone as a process, asked, weighed and stopped."""

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from benchmarks.load import Question, answer

CHECKOUT = Path(__file__).resolve().parents[1]
PATIENCE = 120.0
ENDS_WITHIN = 15.0


class NotThere(Exception):
    """A contender that cannot be started here."""


def said_last(log: IO[bytes]) -> str:
    return Path(log.name).read_text(encoding="utf-8", errors="replace").strip()[-300:]


@dataclass(frozen=True)
class Contender:
    """A server: how it is started, and what it is asked to see that it has."""

    name: str
    command: tuple[str, ...]
    surroundings: Mapping[str, str]
    alive: Question
    directory: Path = CHECKOUT


@dataclass(frozen=True)
class Used:
    """Processor seconds of a server's processes and of the database's."""

    server: float
    database: float

    def __sub__(self, before: "Used") -> "Used":
        return Used(self.server - before.server, self.database - before.database)


@dataclass(frozen=True)
class Running:
    """A contender that answers, after how many seconds."""

    contender: Contender
    port: int
    process: psutil.Process
    database: psutil.Process
    ready: float

    @property
    def resident(self) -> float:
        """Memory of all its processes, in bytes."""
        return float(sum(each.memory_info().rss for each in family(self.process)))

    def used(self) -> Used:
        return Used(processor(family(self.process)), processor(family(self.database)))


def family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def processor(processes: Iterable[psutil.Process]) -> float:
    """Seconds that these have had a core for; one that has ended in between has none."""
    seconds = 0.0
    for each in processes:
        with suppress(psutil.NoSuchProcess):
            times = each.cpu_times()
            seconds += times.user + times.system
    return seconds


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@asynccontextmanager
async def running(
    contender: Contender, database: psutil.Process, log: IO[bytes]
) -> AsyncIterator[Running]:
    """The contender alone, once it has answered what it is first asked.

    Raises:
        NotThere: it ended, or did not answer in time.

    """
    port, begun = free_port(), time.monotonic()
    started = subprocess.Popen(  # noqa: ASYNC220  # nobody else waits while it starts
        contender.command,
        cwd=contender.directory,
        env={**os.environ, **contender.surroundings, "PORT": str(port)},
        stdout=log,
        stderr=log,
    )
    try:
        while True:
            try:
                await answer(port, contender.alive)
                break
            except (OSError, asyncio.IncompleteReadError) as silent:
                if started.poll() is not None or time.monotonic() - begun > PATIENCE:
                    raise NotThere(f"it does not answer: {said_last(log)}") from silent
                await asyncio.sleep(0.02)
        ready = time.monotonic() - begun
        yield Running(contender, port, psutil.Process(started.pid), database, ready)
    finally:
        started.terminate()
        try:
            started.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()
