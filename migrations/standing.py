"""Whether a database has the tables of this version, told without the slow code that migrates."""

import ast
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg

from migrations.grants import grants

REVISION = re.compile(r"^(revision|down_revision)\b[^=\n]*= *(.+)$", re.MULTILINE)
ONE_AT_A_TIME = 0x6775696A75
"""Servers that start together take turns by this advisory lock."""

TAKE_TURNS = f"select pg_advisory_xact_lock({ONE_AT_A_TIME})"
MADE = "select to_regclass('alembic_version') is not null"
APPLIED = "select version_num from alembic_version"
TABLES = """
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
"""


async def bring_up_to_date(owner_url: str, app_role: str) -> None:
    """Upgrade as the owner where the tables are not of this version; grant the rights anew.

    Raises:
        OtherRevision: the tables were made by a version that this one cannot follow.

    """
    async with _connected(owner_url) as connection, connection.transaction():
        await connection.execute(TAKE_TURNS)
        if not await _is_behind(connection):
            tables = [row[0] for row in await connection.fetch(TABLES)]
            await connection.execute("; ".join(grants(app_role, tables)))
            return
    from migrations.upgrade import migrate

    await migrate(owner_url, app_role)


async def pending(url: str) -> bool:
    """Whether the tables are not (or not only) those that this version of the code knows."""
    async with _connected(url) as connection, connection.transaction():
        return await _is_behind(connection)


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Any]:
    # Nothing outlives a transaction: there may be a pooler between.
    connection = await asyncpg.connect(url, statement_cache_size=0)
    try:
        yield connection
    finally:
        await connection.close()


async def _is_behind(connection: Any) -> bool:
    if not await connection.fetchval(MADE):
        return True
    return {row[0] for row in await connection.fetch(APPLIED)} != heads()


def known() -> set[str]:
    """The revisions that this version of the code can begin from."""
    return _revisions()[0]


def heads() -> set[str]:
    """The newest of them."""
    revisions, followed = _revisions()
    return revisions - followed


def _revisions() -> tuple[set[str], set[str]]:
    """Every revision of this version, and those that another follows, read off their files."""
    revisions, followed = set[str](), set[str]()
    for path in (Path(__file__).parent / "versions").glob("*.py"):
        stated = {
            name: ast.literal_eval(value)
            for name, value in REVISION.findall(path.read_text(encoding="utf-8"))
        }
        before = stated["down_revision"] or ()
        revisions.add(stated["revision"])
        followed.update([before] if isinstance(before, str) else before)
    return revisions, followed
