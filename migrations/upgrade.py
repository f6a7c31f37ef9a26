"""Bring a database up to date and grant the role that serves what it needs, in one transaction."""

from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from migrations.grants import QUEUE, grants
from migrations.standing import TAKE_TURNS


class OtherRevision(Exception):
    """The tables were made by a version that this one cannot follow; the text is a sentence."""


def engine(url: str) -> AsyncEngine:
    """SQLAlchemy over asyncpg, which alone reads the address: sockets, TLS and all."""
    return create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(url), poolclass=NullPool
    )


async def migrate(owner_url: str, app_role: str) -> None:
    """Upgrade to the newest revision as the owner and grant `app_role` its rights."""
    async with engine(owner_url).begin() as connection:
        await connection.execute(text(TAKE_TURNS))
        await connection.run_sync(_upgrade)
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        for statement in grants(app_role, tables):
            await connection.execute(text(statement))


def is_ours(name: str | None, kind: str, _: object) -> bool:
    """Whether a table is declared here: those of the queue are its library's."""
    return kind != "table" or not (name or "").startswith(QUEUE)


def _applied(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _upgrade(connection: Connection) -> None:
    config = _config()
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    if unknown := sorted(_applied(connection) - known):
        raise OtherRevision(
            f"The database is at revision {', '.join(unknown)}, which this version does not know:"
            " it is newer than this one, or was made before 0021 and needs the version between."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config
