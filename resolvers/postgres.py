"""The embedded PostgreSQL: made on first use, taken over after a crash, stopped with its server."""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from resolvers.postgres_account import INSTALLATION, Account, Unavailable, account, home

OWNER, APP, DATABASE, PORT = "guiju_owner", "guiju", "guiju", "5432"
PATIENCE = 60.0
LONGEST_SOCKET = 107
"""What the kernel's socket address holds."""

SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "jit": "off",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # A refused statement may hold what a person wrote: it does not belong in a log.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
}

PROVISION = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN
    CREATE ROLE {OWNER} LOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') THEN
    CREATE ROLE {APP} LOGIN;
  END IF;
END $$;
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""


class InUse(Exception):
    """Another server works on this data directory."""


@dataclass(frozen=True)
class Database:
    """A running database: the address of the role that serves and of the one that owns."""

    app_url: str
    owner_url: str


@dataclass(frozen=True)
class Postmaster:
    """What PostgreSQL says of itself in its `postmaster.pid`."""

    number: int
    sockets: Path
    status: str


@contextmanager
def running(data_dir: Path, *, join: bool = False, **settings: str) -> Iterator[Database]:
    """Run the database of a data directory while the block runs.

    With `join`, a database that another server of ours runs is used and left running.
    """
    runner = account()
    place = home(data_dir, runner)
    cluster = place / "postgres"
    try:
        lock = _locked(data_dir / "lock")
    except InUse:
        if not join:
            raise
        yield _database(_ready(cluster).sockets)
        return
    with lock:
        if not cluster.exists():
            _initialise(runner, cluster)
        child = None
        try:
            if not _runs(cluster):
                child = _start(runner, place, SETTINGS | settings)
            sockets = _ready(cluster, child).sockets
            runner.run("psql", *_AS_SUPERUSER, "--host", str(sockets), text=PROVISION)
            yield _database(sockets)
        finally:
            _stop(runner, cluster)
            if child is not None:
                child.wait()


_AS_SUPERUSER = (
    "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", f"--port={PORT}", "--username=postgres",
    "--dbname=postgres",
)  # fmt: skip


def _locked(file: Path) -> IO[str]:
    """Hold the data directory until the file is closed or the process ends, however it ends."""
    try:
        lock = file.open("a+")
    except PermissionError:
        raise Unavailable(f"{file.parent} cannot be written by this user.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        raise InUse(f"Another server (process {holder}) works on {file.parent}.") from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _initialise(runner: Account, cluster: Path) -> None:
    """Make the cluster beside its place, so that one that exists is always complete."""
    draft = cluster.with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    runner.run(
        "initdb", f"--pgdata={runner.own(draft)}", "--username=postgres", "--auth=trust",
        "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        "--no-instructions", "--set=jit=off",
    )  # fmt: skip
    draft.rename(cluster)


def _start(runner: Account, place: Path, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    cluster = place / "postgres"
    made_by = (cluster / "PG_VERSION").read_text().strip()
    if not INSTALLATION.endswith(made_by):
        raise Unavailable(
            f"{cluster} was made by PostgreSQL {made_by}, which this version does not bring along: "
            "dump it there and restore it into a new data directory."
        )
    settings = settings | {"unix_socket_directories": str(_sockets(runner, place))}
    log = place / "postgres.log"
    if log.exists():
        log.replace(place / "postgres.log.1")
    with log.open("wb") as output:
        child: subprocess.Popen[bytes] = subprocess.Popen(
            [str(runner.programs / "postgres"), "-D", str(cluster)]
            + [part for name, value in settings.items() for part in ("-c", f"{name}={value}")],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, **runner.surroundings(),
        )  # fmt: skip
    return child


def _sockets(runner: Account, place: Path) -> Path:
    """A private directory whose name a socket's address, and PostgreSQL's own list, can hold."""
    directory = place / "sockets"
    plain = re.fullmatch(r"[\w./-]+", str(directory), re.ASCII)
    if not plain or len(f"{directory}/.s.PGSQL.{PORT}") > LONGEST_SOCKET:
        # Short whatever TMPDIR says, and private: mkdtemp lets nobody else in.
        directory = Path(tempfile.mkdtemp(prefix="guiju-", dir="/tmp"))
    return runner.own(directory)


def _postmaster(cluster: Path) -> Postmaster | None:
    """The server that works on this cluster, also one left by a process that was killed."""
    file = cluster / "postmaster.pid"
    try:
        lines = file.read_text().splitlines()
        number = int(lines[0])
        command = _command(number)
    except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
        return None
    if not command or not command[0].endswith("postgres") or str(cluster) not in command:
        # After a restart of the machine another program may have that number.
        file.unlink(missing_ok=True)
        return None
    if len(lines) < 8:
        return Postmaster(number, Path(), "starting")
    return Postmaster(number, Path(lines[4]), lines[7].strip())


def _command(number: int) -> list[str]:
    """What a process was called with; nothing for a dead one that nobody has buried."""
    try:
        return list(psutil.Process(number).cmdline())
    except (psutil.AccessDenied, psutil.ZombieProcess):
        return []


def _lives(number: int) -> bool:
    try:
        return bool(psutil.Process(number).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _runs(cluster: Path) -> bool:
    """Whether a server was left running; one that is on its way out is waited for."""
    until = time.monotonic() + PATIENCE
    while (postmaster := _postmaster(cluster)) is not None:
        if postmaster.status != "stopping" or time.monotonic() > until:
            return True
        time.sleep(0.01)
    return False


def _ready(cluster: Path, child: subprocess.Popen[bytes] | None = None) -> Postmaster:
    """Wait until the server accepts connections."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        postmaster = _postmaster(cluster)
        if postmaster is not None and postmaster.status == "ready":
            return postmaster
        if child is not None and child.poll() is not None:
            break
        time.sleep(0.01)
    log = cluster.parent / "postgres.log"
    said = log.read_text(errors="replace")[-2000:].strip() if log.exists() else ""
    raise Unavailable(f"PostgreSQL did not start on {cluster}. {said}")


def _stop(runner: Account, cluster: Path) -> None:
    postmaster = _postmaster(cluster)
    if postmaster is None:
        return
    # pg_ctl itself would wait for a corpse that nobody has buried.
    with suppress(Unavailable):
        runner.run("pg_ctl", "stop", f"--pgdata={cluster}", "--mode=fast", "--no-wait")
    until = time.monotonic() + PATIENCE
    while _lives(postmaster.number):
        if time.monotonic() > until:
            raise Unavailable(f"PostgreSQL (process {postmaster.number}) does not stop.")
        time.sleep(0.01)
    if cluster.parent not in postmaster.sockets.parents and postmaster.sockets.is_absolute():
        shutil.rmtree(postmaster.sockets, ignore_errors=True)


def _database(sockets: Path) -> Database:
    address = f"{{role}}@/{DATABASE}?host={sockets}&port={PORT}"
    return Database(
        app_url=f"postgresql://{address.format(role=APP)}",
        owner_url=f"postgresql://{address.format(role=OWNER)}",
    )
