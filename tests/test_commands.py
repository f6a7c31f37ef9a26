"""What an operator got wrong is said in one sentence by every command, and nothing is made."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from resolvers.running import postgres
from resolvers.running.settings import EXPECTED
from tests.processes import ran
from tests.waiting import until

READING = (
    ("verify-ledger",),
    ("work",),
    ("matrix", "--institution", "hrss-bureau", "--stored"),
)
OWNERS = (("migrate",), ("demo",))
EVERY = (("serve",), *READING, *OWNERS)


def said(*words: str, **environment: str) -> str:
    """The only line in which a command tells why it does nothing."""
    inherited = {name: value for name, value in os.environ.items() if name not in EXPECTED}
    ended, told = ran(words, inherited | {"PORT": "0"} | environment)
    assert ended in {1, 2}, (ended, told)
    [line] = told.splitlines()
    return line


@pytest.fixture(scope="module")
def database_of_nobody(owner_url: str) -> Iterator[str]:
    """A database without tables, and two roles: a stranger, and one that needs a password."""
    superuser = owner_url.replace(postgres.OWNER, "postgres")
    rules = Path(asyncio.run(on(superuser, "show hba_file")))
    before = rules.read_text()
    rules.write_text(f"local all locked scram-sha-256\n{before}")
    made = (
        "create role locked login password 'right'",
        "create role stranger login",
        "create database empty owner guiju_owner",
        "select pg_reload_conf()",
    )
    read = asyncio.run(on(superuser, "select pg_conf_load_time()"))
    asyncio.run(on(superuser, *made))

    async def read_again() -> bool:
        return bool(await on(superuser, "select pg_conf_load_time()") > read)

    # Who comes next is judged by what the server has read, a moment after it was told to.
    asyncio.run(until(read_again))
    yield owner_url.partition("host=")[2]
    rules.write_text(before)
    undone = ("drop database empty", "drop role stranger", "drop role locked")
    asyncio.run(on(superuser, *undone, "select pg_reload_conf()"))


async def on(url: str, *statements: str) -> Any:
    """What the last of these statements answers."""
    connection = await asyncpg.connect(url)
    try:
        return [await connection.fetchval(each) for each in statements][-1]
    finally:
        await connection.close()


@pytest.mark.parametrize("words", READING)
def test_a_command_that_only_reads_makes_no_database(tmp_path: Path, words: tuple[str, ...]):
    place = tmp_path / "mistaken"
    assert f"There is no database in {place}" in said(*words, DATA_DIR=str(place))
    assert not place.exists()


def test_a_directory_without_a_cluster_is_left_as_it_was(tmp_path: Path):
    (tmp_path / "something").touch()
    assert "There is no database" in said("verify-ledger", DATA_DIR=str(tmp_path))
    assert [each.name for each in tmp_path.iterdir()] == ["something"]


@pytest.mark.parametrize("words", EVERY)
def test_a_database_that_does_not_answer_is_said(tmp_path: Path, words: tuple[str, ...]):
    away = f"postgresql://guiju@/guiju?host={tmp_path}"
    place = tmp_path / "data"
    told = said(*words, DATA_DIR=str(place), GUIJU_DATABASE_URL=away, GUIJU_OWNER_DATABASE_URL=away)
    assert "No such file or directory" in told
    assert not place.exists()


@pytest.mark.parametrize("words", [("serve",), *READING])
def test_a_database_without_tables_is_said(
    database_of_nobody: str, tmp_path: Path, words: tuple[str, ...]
):
    url = f"postgresql://guiju@/empty?host={database_of_nobody}"
    told = said(*words, DATA_DIR=str(tmp_path), GUIJU_DATABASE_URL=url)
    assert "not those of this version" in told


@pytest.mark.parametrize("words", [("serve",), ("verify-ledger",)])
@pytest.mark.parametrize(
    ("account", "reason"),
    [
        ("locked:wrong", "password authentication failed"),
        ("unheard-of", "does not exist"),
        ("stranger", "permission denied"),
    ],
)
def test_an_account_that_may_not_is_said_without_its_password(
    database_of_nobody: str, tmp_path: Path, words: tuple[str, ...], account: str, reason: str
):
    url = f"postgresql://{account}@/guiju?host={database_of_nobody}"
    told = said(*words, DATA_DIR=str(tmp_path), GUIJU_DATABASE_URL=url)
    assert reason in told
    assert "wrong" not in told


@pytest.mark.parametrize("words", OWNERS)
def test_what_only_the_owner_may_asks_for_its_address(tmp_path: Path, words: tuple[str, ...]):
    url = f"postgresql://guiju@/guiju?host={tmp_path}"
    assert "GUIJU_OWNER_DATABASE_URL" in said(*words, GUIJU_DATABASE_URL=url)


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path):
    words = ("matrix", "--institution", "hrss-bureau", "--output", str(tmp_path / "no" / "file"))
    assert "No such file or directory" in said(*words)
