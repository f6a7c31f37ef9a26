"""An embedded PostgreSQL that is kept running: started, watched, and started again when it dies."""

import os
import re
import shutil
import stat
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from resolvers.running.postgres_account import INSTALLATION, Account, Unavailable
from resolvers.running.postgres_process import Postmaster, clear, postmaster, stop

log = structlog.get_logger()

PORT = "5432"
PATIENCE = 600.0
"""Seconds for a start: after a crash PostgreSQL first does again what its log holds."""
LOOKS_AGAIN = 0.01
LOOKS_EVERY = 0.2
SHORTEST_WAIT, LONGEST_WAIT = 0.2, 30.0
"""Seconds before a server that died is started again, doubled each time it dies soon after."""
STEADY = 60.0
LONGEST_SOCKET = 107
"""What the kernel's socket address holds."""
IN_USE = "shared memory block"
"""PostgreSQL's words for a server that was killed and whose last processes still write."""


class Stopped(Exception):
    """A signal ended the start."""


@dataclass
class Server:
    """The server of one cluster; `ended` says that it is wanted no more."""

    runner: Account
    place: Path
    settings: dict[str, str]
    ended: threading.Event
    child: subprocess.Popen[bytes] | None = None
    watching: threading.Thread | None = field(default=None, repr=False)

    @property
    def cluster(self) -> Path:
        return self.place / "postgres"

    @property
    def log(self) -> Path:
        return self.place / "postgres.log"

    def up(self) -> Postmaster:
        """Start it unless it runs, and wait until it accepts connections.

        Raises: Stopped: it is wanted no more; Unavailable: it does not start, and PostgreSQL says
        why.
        """
        if self.child is not None and self.child.poll() is not None:
            self.child = None
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.ended.is_set():
                raise Stopped
            there = postmaster(self.cluster)
            if there is not None and there.status == "ready":
                return there
            if there is None and (self.child is None or self.child.poll() is not None):
                if self.child is not None and IN_USE not in self._said():
                    break
                self.child = self._start()
            self.ended.wait(LOOKS_AGAIN)
        raise Unavailable(f"PostgreSQL did not start on {self.cluster}. {self._said()}")

    def watch(self) -> None:
        """From now on start it again whenever it dies."""
        self.watching = threading.Thread(target=self._watch, name="postgres", daemon=True)
        self.watching.start()

    def stop(self) -> None:
        self.ended.set()
        if self.watching is not None:
            self.watching.join()
        there = postmaster(self.cluster)
        if there is not None:
            stop(there.number)
        if self.child is not None:
            if self.child.poll() is None:
                stop(self.child.pid)
            self.child.wait()
        sockets = self.place / "sockets"
        if sockets.is_symlink():
            shutil.rmtree(sockets.readlink(), ignore_errors=True)

    def _watch(self) -> None:
        wait, since = SHORTEST_WAIT, time.monotonic()
        while not self.ended.wait(LOOKS_EVERY):
            if self._lives():
                continue
            if time.monotonic() - since > STEADY:
                wait = SHORTEST_WAIT
            log.error("database_died", cluster=str(self.cluster), again_in=wait)
            self.ended.wait(wait)
            wait = min(wait * 2, LONGEST_WAIT)
            try:
                self.up()
            except Stopped:
                return
            except (Unavailable, OSError) as error:
                log.warning("database_not_started", why=str(error), again_in=wait)
            else:
                log.warning("database_started_again", cluster=str(self.cluster))
                since = time.monotonic()

    def _lives(self) -> bool:
        if self.child is not None:
            return self.child.poll() is None
        return postmaster(self.cluster) is not None

    def _start(self) -> subprocess.Popen[bytes]:
        must_be_ours(self.cluster)
        sockets = self._sockets()
        clear(self.cluster, sockets)
        settings = self.settings | {"port": PORT, "unix_socket_directories": str(sockets)}
        if self.log.exists():
            self.log.replace(self.place / "postgres.log.1")
        with self.log.open("wb") as output:
            child: subprocess.Popen[bytes] = subprocess.Popen(
                [str(self.runner.programs / "postgres"), "-D", str(self.cluster)]
                + [part for name, value in settings.items() for part in ("-c", f"{name}={value}")],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                **self.runner.surroundings(),
            )  # fmt: skip
        return child

    def _sockets(self) -> Path:
        """A private directory whose name a socket's address, and PostgreSQL's list, can hold.

        It stays the same while the data lasts, so that whoever joined finds the next server there.
        """
        directory = self.place / "sockets"
        link = directory.is_symlink()
        if not _holds_sockets(directory):
            if link and self._is_private(directory.readlink()):
                return directory.readlink()
            # Short whatever TMPDIR says, and private: mkdtemp lets nobody else in.
            target = Path(tempfile.mkdtemp(prefix="guiju-", dir="/tmp"))
            _remove(directory)
            directory.symlink_to(self.runner.own(target))
            return target
        if link:
            directory.unlink()
        return self.runner.own(directory)

    def _is_private(self, directory: Path) -> bool:
        """Whether the name is free, and taken now, or still a directory of our account alone."""
        try:
            directory.mkdir(mode=0o700)
        except FileExistsError:
            found = directory.lstat()
            mine = os.geteuid() if self.runner.user is None else self.runner.user
            return stat.S_ISDIR(found.st_mode) and (found.st_uid, found.st_mode & 0o77) == (mine, 0)
        self.runner.own(directory)
        return True

    def _said(self) -> str:
        """The end of what PostgreSQL wrote into its log."""
        return self.log.read_text(errors="replace")[-2000:].strip() if self.log.exists() else ""


def _remove(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    else:
        shutil.rmtree(path, ignore_errors=True)


def must_be_ours(cluster: Path) -> None:
    """Raises: Unavailable: this is no cluster, or one of another version of PostgreSQL."""
    try:
        made_by = (cluster / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise Unavailable(f"{cluster} is no database of PostgreSQL: it lacks PG_VERSION.") from None
    if not INSTALLATION.endswith(made_by):
        raise Unavailable(
            f"{cluster} was made by PostgreSQL {made_by}, which this version does not bring along: "
            "dump it there and restore it into a new data directory."
        )


def _holds_sockets(directory: Path) -> bool:
    plain = re.fullmatch(r"[\w./-]+", str(directory), re.ASCII)
    return bool(plain) and len(os.fsencode(f"{directory}/.s.PGSQL.{PORT}")) <= LONGEST_SOCKET
