"""The embedded PostgreSQL: made on first use, taken over after a crash, stopped with its server."""

import fcntl
import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

from resolvers.running.postgres_account import Account, Unavailable, account, home
from resolvers.running.postgres_process import Postmaster, family, postmaster
from resolvers.running.postgres_server import PORT, Server, Stopped

OWNER, APP, DATABASE = "guiju_owner", "guiju", "guiju"
PATIENCE = 60.0

SETTINGS = {
    "listen_addresses": "",
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


NEVER = threading.Event()


@contextmanager
def running(
    data_dir: Path,
    *,
    join: bool = False,
    make: bool = True,
    ended: threading.Event | None = None,
    **settings: str,
) -> Iterator[Database]:
    """Run the database of a data directory while the block runs, and start it again if it dies.

    With `join`, a database that another server of ours runs is used and left running. Without
    `make`, there must be one. `ended` is set when the start must not go on.

    Raises: Unavailable: it does not start, or there is none; Stopped: `ended` was set before it was
    ready.
    """
    if not make:
        must_exist(data_dir)
    runner = account()
    place = home(data_dir, runner).resolve()
    cluster = place / "postgres"
    try:
        lock = _locked(data_dir / "lock")
    except InUse:
        if not join:
            raise
        yield _database(_joined(cluster, ended or NEVER).sockets)
        return
    with lock:
        server = Server(runner, place, SETTINGS | settings, ended or threading.Event())
        if not cluster.exists():
            _initialise(runner, cluster)
        try:
            sockets = server.up().sockets
            runner.run("psql", *_AS_SUPERUSER, "--host", str(sockets), text=PROVISION)
            server.watch()
            yield _database(sockets)
        finally:
            server.stop()


def must_exist(data_dir: Path) -> None:
    """Raises: Unavailable: no database lies in this directory."""
    try:
        places = (data_dir / "postgres", data_dir / "database" / "postgres")
        if any(place.exists() for place in places):
            return
    except PermissionError:
        raise Unavailable(f"{data_dir} cannot be read by this user.") from None
    raise Unavailable(
        f"There is no database in {data_dir}: give the server's own DATA_DIR, or its "
        "GUIJU_DATABASE_URL; `guiju serve` makes a new one."
    )


def abandon(data_dir: Path) -> None:
    """Kill what this process started, and the database that it runs, whatever they are doing."""
    started = [each for each in family(psutil.Process()) if each.pid != os.getpid()]
    with suppress(OSError, RuntimeError):
        if (data_dir / "lock").read_text() == str(os.getpid()):
            there = postmaster(
                ((data_dir / "database") if (data_dir / "database").exists() else data_dir)
                / "postgres"
            )
            started += family(psutil.Process(there.number)) if there else []
    for process in started:
        with suppress(psutil.NoSuchProcess):
            process.kill()


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
    for left in cluster.parent.glob("postgres.new*"):
        shutil.rmtree(left, ignore_errors=True)
    # A name of its own: what a killed start left may still be writing.
    draft = cluster.with_name(f"postgres.new.{os.getpid()}")
    runner.run(
        "initdb", f"--pgdata={runner.own(draft)}", "--username=postgres", "--auth=trust",
        "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        "--no-instructions", "--set=jit=off",
    )  # fmt: skip
    draft.rename(cluster)


def _joined(cluster: Path, ended: threading.Event) -> Postmaster:
    """The server that another process of ours runs; one that starts is waited for."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        there = postmaster(cluster)
        if there is not None and there.status == "ready":
            return there
        if ended.wait(0.01):
            raise Stopped
    raise Unavailable(f"The server of {cluster} runs, but its PostgreSQL does not answer.")


def _database(sockets: Path) -> Database:
    address = f"{{role}}@/{DATABASE}?host={sockets}&port={PORT}"
    return Database(
        app_url=f"postgresql://{address.format(role=APP)}",
        owner_url=f"postgresql://{address.format(role=OWNER)}",
    )
