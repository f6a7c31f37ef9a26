import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import asyncpg
import psutil
import pytest

from resolvers.running import postgres, postgres_account
from resolvers.running.postgres_process import lives
from resolvers.running.settings import CHECKOUT
from tests.conftest import HASTY
from tests.waiting import soon

LEFT_RUNNING = """
import sys, time
from pathlib import Path
from resolvers.running import postgres
with postgres.running(Path(sys.argv[1]), fsync="off"):
    print("running", flush=True)
    time.sleep(60)
"""


only_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root runs the database as somebody else"
)


def number(cluster: Path) -> int:
    return int((cluster / "postmaster.pid").read_text().splitlines()[0])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def stopped(process: psutil.Process) -> bool:
    return not lives(process.pid)


def left_running(data_dir: Path) -> psutil.Process:
    """A database whose server was killed."""
    with subprocess.Popen(
        [sys.executable, "-c", LEFT_RUNNING, data_dir], stdout=subprocess.PIPE, cwd=CHECKOUT
    ) as server:
        assert server.stdout.readline() == b"running\n"
        server.kill()
    return psutil.Process(number(data_dir / "postgres"))


async def ask(url: str, question: str):
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_a_new_data_directory_becomes_a_database_with_an_owner_and_a_plain_role(data_dir):
    with postgres.running(data_dir, **HASTY) as database:
        owns = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
        plain = """SELECT NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)
                     FROM pg_roles WHERE rolname = current_user"""
        assert await ask(database.app_url, owns) == "guiju_owner"
        assert await ask(database.app_url, plain)
        assert await ask(database.owner_url, plain)
        assert await ask(database.app_url, "SHOW server_encoding") == "UTF8"
        assert await ask(database.app_url, "SHOW jit") == "off"
        assert await ask(database.app_url, "SHOW listen_addresses") == ""


async def test_what_was_written_is_there_on_the_next_start(prepared):
    with postgres.running(prepared, **HASTY) as database:
        await ask(database.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
    with postgres.running(prepared, **HASTY) as database:
        assert await ask(database.owner_url, "SELECT answer FROM kept") == 42


def test_nothing_is_left_running_after_an_error(prepared):
    def failing():
        with postgres.running(prepared, **HASTY):
            seen.append(psutil.Process(number(prepared / "postgres")))
            raise ZeroDivisionError

    seen = []
    with pytest.raises(ZeroDivisionError):
        failing()
    assert stopped(seen[0])
    assert not (prepared / "postgres" / "postmaster.pid").exists()


async def test_a_database_that_a_killed_server_left_is_taken_over_and_then_stopped(prepared):
    left = left_running(prepared)
    assert left.is_running()
    with postgres.running(prepared) as database:
        assert number(prepared / "postgres") == left.pid
        assert await ask(database.app_url, "SELECT 1") == 1
    assert stopped(left)


async def test_a_database_that_was_killed_after_its_server_recovers(prepared):
    left = left_running(prepared)
    left.kill()
    soon(lambda: stopped(left))
    with postgres.running(prepared) as database:
        assert await ask(database.app_url, "SELECT 1") == 1


async def test_a_database_that_was_killed_itself_recovers(prepared):
    with postgres.running(prepared) as database:
        await ask(database.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
        psutil.Process(number(prepared / "postgres")).kill()
    with postgres.running(prepared) as database:
        assert await ask(database.owner_url, "SELECT answer FROM kept") == 42


async def test_a_process_number_that_went_to_another_program_does_not_hinder_the_start(prepared):
    with postgres.running(prepared, **HASTY):
        lines = (prepared / "postgres" / "postmaster.pid").read_text().splitlines()
    stale = "\n".join([str(os.getpid()), *lines[1:]])
    (prepared / "postgres" / "postmaster.pid").write_text(stale)
    with postgres.running(prepared, **HASTY) as database:
        assert await ask(database.app_url, "SELECT 1") == 1


async def test_a_second_server_is_refused_and_a_command_joins(prepared):
    with postgres.running(prepared, **HASTY) as database:
        with (
            pytest.raises(postgres.InUse, match=f"process {os.getpid()}"),
            postgres.running(prepared),
        ):
            pass
        with postgres.running(prepared, join=True) as joined:
            assert joined == database
        assert await ask(database.app_url, "SELECT 1") == 1


async def test_a_path_too_long_or_unusual_for_a_socket_still_serves(data_dir):
    unusual = data_dir / "规矩, 100 %" / ("long" * 20)
    with postgres.running(unusual, **HASTY) as database:
        assert await ask(database.app_url, "SELECT 1") == 1
        sockets = Path(database.app_url.partition("host=")[2].partition("&")[0])
        assert sockets.parent == Path("/tmp")
        assert mode(sockets) == 0o700
    assert not os.path.lexists(sockets)


def test_only_the_database_enters_its_files_and_no_other_permission_changes(prepared):
    before = mode(prepared), mode(prepared.parent), prepared.stat().st_uid
    with postgres.running(prepared, **HASTY):
        assert mode(prepared / "postgres") == 0o700
        assert mode(prepared / "sockets") == 0o700
        assert (mode(prepared), mode(prepared.parent), prepared.stat().st_uid) == before


def test_a_data_directory_that_cannot_be_made_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with (
        pytest.raises(postgres_account.Unavailable, match="cannot be made"),
        postgres.running(tmp_path / "file" / "below"),
    ):
        pass


def test_a_failing_start_says_what_postgresql_says(prepared):
    with (
        pytest.raises(postgres_account.Unavailable, match="shared_buffers"),
        postgres.running(prepared, shared_buffers="none at all"),
    ):
        pass


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root has a closed home that PostgreSQL's user cannot enter"
)
async def test_root_with_a_closed_data_directory_keeps_the_database_elsewhere(tmp_path):
    closed = Path(tempfile.mkdtemp(prefix="guiju-closed-"))
    try:
        with postgres.running(closed, **HASTY) as database:
            assert await ask(database.app_url, "SELECT 1") == 1
            place = (closed / "database").resolve()
            assert place.parent == postgres_account.ROOT_HOME
            assert (place / "postgres").stat().st_uid != 0
            assert mode(closed) == 0o700
        with postgres.running(closed, **HASTY):
            assert (closed / "database").resolve() == place
        shutil.rmtree(place)
    finally:
        shutil.rmtree(closed)


@only_root
def test_root_copies_programs_that_lie_in_a_closed_home(data_dir, monkeypatch):
    shipped = postgres_account._shipped()
    closed = Path(tempfile.mkdtemp(prefix="guiju-closed-"))
    package = closed / postgres_account.WHEEL
    (package / postgres_account.INSTALLATION).parent.mkdir()
    (package / postgres_account.INSTALLATION).symlink_to(shipped)
    (closed / f"{postgres_account.WHEEL}.libs").symlink_to(
        shipped.parent.parent / f"{postgres_account.WHEEL}.libs"
    )
    monkeypatch.setattr(postgres_account, "ROOT_HOME", data_dir)
    monkeypatch.setattr(
        postgres_account, "_shipped", lambda: package / postgres_account.INSTALLATION
    )
    try:
        assert postgres_account.account().programs.is_relative_to(data_dir)
        with postgres.running(data_dir / "data", **HASTY):
            command = psutil.Process(number(data_dir / "data" / "postgres")).cmdline()
            assert Path(command[0]).is_relative_to(data_dir)
        assert mode(closed) == 0o700
    finally:
        shutil.rmtree(closed)


def started(data_dir: Path) -> float:
    began = time.monotonic()
    with postgres.running(data_dir):
        return time.monotonic() - began


def initdb(place: Path) -> float:
    """What PostgreSQL alone takes to make a cluster on this machine."""
    runner, began = postgres_account.account(), time.monotonic()
    runner.run("initdb", f"--pgdata={runner.own(place)}", "--username=postgres")
    return time.monotonic() - began


def test_the_database_is_ready_within_its_budget(data_dir):
    first = started(data_dir)
    assert first < 10 or first < 5 * initdb(data_dir / "bare"), "3 s on a quiet machine"
    # Whatever else this machine does comes between one start, not between each of five.
    later = max(3, first / 2)
    assert any(started(data_dir) < later for _ in range(5)), "0.5 s on a quiet machine"
