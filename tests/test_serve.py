import dataclasses
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import IO

import psutil
import pytest

from migrations.standing import pending
from resolvers.running import postgres
from resolvers.running.postgres_account import account
from resolvers.running.postgres_process import family, lives
from resolvers.running.roles import Unfit, refuse_an_owner, serving_role
from resolvers.running.settings import CHECKOUT, EXPECTED, read
from schema.running.preparing import bring_up_to_date
from tests.waiting import PATIENCE

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@dataclasses.dataclass
class Serving:
    process: subprocess.Popen[str]
    address: str

    def says(self, path: str) -> int:
        url = self.address.replace("/graphql", path)
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return answer.status


class Heard:
    """What a process says, read as it says it: a pipe that nobody reads fills, and it waits."""

    def __init__(self, pipe: IO[str]) -> None:
        self.said = ""
        self.reader = Thread(target=self._hear, args=(pipe,), daemon=True)
        self.reader.start()

    def _hear(self, pipe: IO[str]) -> None:
        with pipe:
            for line in pipe:
                self.said += line

    def read(self) -> str:
        """All that was said until the end of the process."""
        self.reader.join(PATIENCE)
        return self.said

    def close(self) -> None:
        """The reader closes it, once the process says no more."""


def command(**environment: str) -> subprocess.Popen[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in EXPECTED}
    process = subprocess.Popen(
        [sys.executable, "-m", "schema", "serve"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=CHECKOUT,
        env=inherited | {"PORT": "0"} | environment,
    )  # fmt: skip
    process.stderr = Heard(process.stderr)
    return process


@contextmanager
def served(**environment: str) -> Iterator[Serving]:
    with command(**environment) as process:
        try:
            for line in process.stdout:
                if ready := re.search(r"is ready.*(http://\S+)", line):
                    yield Serving(process, ready[1])
                    break
            else:
                raise AssertionError(process.stderr.read())
        finally:
            end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Kill it with what it started, or a database would work on in a directory that is gone."""
    with suppress(psutil.NoSuchProcess):
        for each in reversed(family(psutil.Process(process.pid))):
            with suppress(psutil.NoSuchProcess):
                each.kill()


def database_of(data_dir: Path) -> psutil.Process:
    file = data_dir / "postgres" / "postmaster.pid"
    return psutil.Process(int(file.read_text().splitlines()[0]))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_server_and_its_database(prepared, number):
    with served(DATA_DIR=str(prepared)) as server:
        assert server.says("/healthz") == 200
        database = database_of(prepared)
        server.process.send_signal(number)
        assert server.process.wait(PATIENCE) == 0
    assert not lives(database.pid)
    assert not (prepared / "postgres" / "postmaster.pid").exists()


def test_a_signal_during_the_start_leaves_nothing_running(data_dir):
    with command(DATA_DIR=str(data_dir)) as process:
        assert "Starting PostgreSQL" in process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 130
        assert "Traceback" not in process.stderr.read()
    assert not (data_dir / "postgres" / "postmaster.pid").exists()


def test_a_new_database_is_prepared_apart_and_a_signal_meanwhile_leaves_nothing_running(data_dir):
    with command(DATA_DIR=str(data_dir)) as process:
        try:
            assert any("Preparing the tables" in line for line in process.stdout)
            begun = family(psutil.Process(process.pid))
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 130
            assert not [each for each in begun if lives(each.pid)]
        finally:
            end(process)


def test_a_port_in_use_is_said_before_anything_starts(data_dir):
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        command(DATA_DIR=str(data_dir), PORT=str(taken.getsockname()[1])) as process,
    ):
        said = process.stderr.read()
    assert process.returncode == 1
    assert "Address already in use" in said
    assert "Traceback" not in said
    assert not any(data_dir.iterdir())


def test_a_malformed_setting_ends_with_code_2_and_its_sentence(data_dir):
    with command(DATA_DIR=str(data_dir), PORT="eighty") as process:
        assert process.stderr.read() == (
            "PORT must be a whole number from 0 to 65535, not 'eighty'.\n"
        )
    assert process.returncode == 2


async def test_a_superuser_is_not_served(owner_url):
    with pytest.raises(Unfit, match="superuser"):
        await serving_role(owner_url.replace(postgres.OWNER, "postgres"))


async def test_the_owner_of_the_tables_is_not_served(owner_url, app_url):
    with pytest.raises(Unfit, match="owns tables"):
        await refuse_an_owner(owner_url)
    await refuse_an_owner(app_url)


async def test_a_database_that_does_not_answer_is_said_in_a_sentence(tmp_path):
    with pytest.raises(Unfit, match="does not answer"):
        await serving_role(f"postgresql://guiju@/guiju?host={tmp_path}")


async def test_a_migrated_database_has_nothing_pending_for_the_app(app_url):
    assert not await pending(app_url)


@pytest.fixture(scope="module")
def debian(tmp_path_factory) -> Iterator[dict[str, str]]:
    """A server as an office may have one: Debian's own, with two roles and an empty database."""
    if not DEBIAN:
        pytest.skip("Debian's PostgreSQL server is not installed")
    runner = dataclasses.replace(account(), programs=DEBIAN[-1])
    place = runner.own(Path(f"/tmp/guiju-debian-{os.getpid()}"))
    options = f"-c listen_addresses='' -c unix_socket_directories={place}"
    connection = (f"--host={place}", "--username=postgres", "--set=ON_ERROR_STOP=1", "--quiet")
    runner.run("initdb", f"--pgdata={place}/data", "--username=postgres", "--auth=trust",
               "--encoding=UTF8", "--locale=C", "--no-sync")  # fmt: skip
    runner.run("pg_ctl", "start", f"--pgdata={place}/data", f"--log={place}/log",
               f"--options={options}", "--wait")  # fmt: skip
    try:
        runner.run("psql", *connection, text="CREATE ROLE office LOGIN; CREATE ROLE clerk LOGIN;")
        runner.run("psql", *connection, text="CREATE DATABASE office OWNER office;")
        yield {
            "GUIJU_DATABASE_URL": f"postgresql://clerk@/office?host={place}",
            "GUIJU_OWNER_DATABASE_URL": f"postgresql://office@/office?host={place}",
        }
    finally:
        runner.run("pg_ctl", "stop", f"--pgdata={place}/data", "--mode=fast")
        subprocess.run(["rm", "-r", place], check=True)


def chosen(addresses: dict[str, str], *names: str):
    return read(**{name: addresses[name] for name in names})


async def test_debians_server_is_refused_unmigrated_then_migrated_by_its_owner_then_served(
    debian, data_dir
):
    app_alone = chosen(debian, "GUIJU_DATABASE_URL")
    with pytest.raises(Unfit, match="not those of this version"):
        await bring_up_to_date(app_alone, None)
    both = chosen(debian, "GUIJU_DATABASE_URL", "GUIJU_OWNER_DATABASE_URL")
    await bring_up_to_date(both, both.owner_database_url)
    await bring_up_to_date(app_alone, None)
    with pytest.raises(Unfit, match="owns tables"):
        await bring_up_to_date(read(GUIJU_DATABASE_URL=both.owner_database_url), None)
    alone = {"GUIJU_DATABASE_URL": debian["GUIJU_DATABASE_URL"]}
    with served(DATA_DIR=str(data_dir), **alone) as server:
        assert server.says("/healthz") == 200
        server.process.terminate()
        assert server.process.wait(PATIENCE) == 0
    assert not (data_dir / "postgres").exists()
