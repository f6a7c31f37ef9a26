"""Where the measurements take place: databases of several lengths, and who asks them."""

import asyncio
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from benchmarks import words
from benchmarks.asking import desk
from benchmarks.book import fill
from benchmarks.stories import LENDER, READER
from migrations.upgrade import migrate
from resolvers.running import postgres
from resolvers.running.postgres_account import account, home
from resolvers.running.postgres_process import postmaster

BUILT_WITH: dict[str, Any] = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off",
    "max_wal_size": "16GB", "wal_level": "minimal", "max_wal_senders": "0",
}  # fmt: skip
"""Nothing is asked of a database while it is built; it serves as it is shipped."""


@dataclass(frozen=True)
class Place:
    """A book of so many requests, and how many seconds it took to build."""

    size: int
    directory: Path
    built: float


@dataclass(frozen=True)
class Stage:
    """A book that is served: its database, and the tokens of those who ask by their role."""

    place: Place
    database: postgres.Database
    server: psutil.Process
    tokens: Mapping[str, str]
    directory: Path

    @property
    def superuser(self) -> str:
        return self.database.owner_url.replace(postgres.OWNER, "postgres")


@contextmanager
def folder() -> Iterator[Path]:
    """A place that is gone afterwards; for root the database is another user's, who passes."""
    with tempfile.TemporaryDirectory(prefix="guiju-bench-") as name:
        directory = Path(name)
        directory.chmod(0o711)
        yield directory


def build(directory: Path, size: int) -> Place:
    begun = time.monotonic()
    directory.mkdir(mode=0o711)
    with postgres.running(directory, **BUILT_WITH) as database:
        asyncio.run(migrate(database.owner_url, postgres.APP))
        asyncio.run(fill(database, size))
    return Place(size, directory, time.monotonic() - begun)


ASKED_BY = (
    *(READER, LENDER, "director", "section_chief", "guo.xiaoyan", "office_clerk"),
    *("fleet_manager", "duty_leader"),
)


@contextmanager
def served(place: Place) -> Iterator[Stage]:
    """The database as it is shipped, and everybody signed in."""
    with postgres.running(place.directory) as database:
        there = postmaster(home(place.directory, account()).resolve() / "postgres")
        if there is None:
            raise RuntimeError("the database has gone")
        asyncio.run(migrate(database.owner_url, postgres.APP))  # a kept book may be older
        words.write(place.directory / "words.json")
        tokens = asyncio.run(signed_in(database.app_url))
        server = psutil.Process(there.number)
        yield Stage(place, database, server, tokens, place.directory)


async def signed_in(url: str) -> dict[str, str]:
    async with desk(url) as office:
        return {role: await office.token(role) for role in ASKED_BY}


async def value(stage: Stage, statement: str) -> Any:
    """One value, seen by the superuser, whom no wall holds back."""
    connection = await asyncpg.connect(stage.superuser)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()
