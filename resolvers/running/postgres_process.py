"""The server process of an embedded PostgreSQL: found, waited for, stopped, and cleared away."""

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

LOOKS_AGAIN = 0.01
ENDS_ITSELF = 2.0
"""Seconds in which the rest of a killed server is left to notice it."""
FAST, IMMEDIATE, KILLED = 8.0, 3.0, 3.0
"""Seconds for a stop that writes all out, for one that leaves it to the next start, and to die."""


@dataclass(frozen=True)
class Postmaster:
    """What PostgreSQL says of itself in its `postmaster.pid`."""

    number: int
    sockets: Path
    status: str


def postmaster(cluster: Path) -> Postmaster | None:
    """The server that works on this cluster, also one left by a process that was killed."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
        number = int(lines[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    if not _serves(number, cluster):
        return None
    if len(lines) < 8:
        return Postmaster(number, Path(), "starting")
    return Postmaster(number, Path(lines[4]), lines[7].strip())


def clear(cluster: Path, sockets: Path) -> None:
    """Remove what a killed server left, so that the next one may start."""
    _end(_left_behind(cluster), [(signal.SIGTERM, ENDS_ITSELF)])
    file = cluster / "postmaster.pid"
    with suppress(FileNotFoundError):
        lines = file.read_text().splitlines()
        if len(lines) < 8:
            file.unlink()
        else:
            # Its number may be another program's by now. PostgreSQL passes over its parent's, and
            # still looks whether anybody uses the memory that the file names.
            file.write_text("\n".join([str(os.getpid()), *lines[1:], ""]))
    for left in sockets.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)


def stop(number: int) -> None:
    """End a server, kindly if it listens; nothing of it runs afterwards."""
    with suppress(psutil.NoSuchProcess):
        server = psutil.Process(number)
        _end([server], [(signal.SIGINT, FAST), (signal.SIGQUIT, IMMEDIATE)])


def lives(number: int) -> bool:
    try:
        return bool(psutil.Process(number).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _end(processes: list[psutil.Process], kindly: list[tuple[signal.Signals, float]]) -> None:
    """Ask so, one way after the other, and kill those that do not listen, with their children."""
    for number, patience in kindly:
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)
        if _gone(processes, patience):
            return
    stubborn = [each for process in processes for each in family(process)]
    for process in stubborn:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    _gone(stubborn, KILLED)


def family(process: psutil.Process) -> list[psutil.Process]:
    """A process and all that descend from it."""
    with suppress(psutil.NoSuchProcess):
        return [*process.children(recursive=True), process]
    return []


def _gone(processes: list[psutil.Process], patience: float) -> bool:
    until = time.monotonic() + patience
    while any(lives(each.pid) for each in processes):
        if time.monotonic() > until:
            return False
        time.sleep(LOOKS_AGAIN)
    return True


def _serves(number: int, cluster: Path) -> bool:
    """Whether that process is the server of this cluster, and no corpse that nobody has buried."""
    try:
        command = psutil.Process(number).cmdline()
    except (psutil.AccessDenied, psutil.ZombieProcess, psutil.NoSuchProcess):
        return False
    if not command or not command[0].endswith("postgres"):
        return False
    return cluster.resolve() in (Path(each).resolve() for each in command[1:])


def _left_behind(cluster: Path) -> list[psutil.Process]:
    """What still works on a cluster whose server was killed, as far as we may see it."""
    found = []
    for process in psutil.process_iter(["name"]):
        if process.info["name"] == "postgres":
            with suppress(psutil.Error, OSError):
                if Path(process.cwd()) == cluster.resolve():
                    found.append(process)
    return found
