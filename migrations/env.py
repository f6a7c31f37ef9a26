"""What alembic runs: the tables as the domain declares them, against a given connection."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

import domain  # noqa: F401  # the areas declare their tables when they are imported
from domain.tables import metadata
from migrations.upgrade import engine, is_ours
from migrations.walls import written


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=is_ours,
        process_revision_directives=written,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_alone() -> None:
    """For `alembic revision --autogenerate`, against the owner's database."""
    async with engine(os.environ["GUIJU_OWNER_DATABASE_URL"]).connect() as connection:
        await connection.run_sync(run)


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_alone())
