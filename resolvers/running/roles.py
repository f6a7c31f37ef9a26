"""Which role a database is served with: never one for whom the walls do not stand."""

from dataclasses import dataclass

import asyncpg
import sqlalchemy.exc

OLDEST = 150000
PATIENCE = 10
NO_ANSWER = (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError)
NO_ANSWER_WRAPPED = (*NO_ANSWER, sqlalchemy.exc.DBAPIError)

QUESTION = """
SELECT current_user::text AS name,
       role.rolsuper OR role.rolbypassrls AS above_the_walls,
       EXISTS (SELECT FROM pg_class AS relation
                WHERE relation.relnamespace = 'public'::regnamespace
                  AND relation.relkind IN ('r', 'p')
                  AND pg_has_role(relation.relowner, 'MEMBER')) AS owns_tables,
       current_setting('server_version_num')::int AS version,
       current_setting('server_version') AS version_name,
       current_setting('server_encoding') AS encoding
  FROM pg_roles AS role WHERE role.rolname = current_user
"""


class Unfit(Exception):
    """This database, or this role, must not be served: a sentence for the operator."""


@dataclass(frozen=True)
class Role:
    name: str
    owns_tables: bool


async def serving_role(url: str) -> Role:
    """The role of this address, if row-level security binds it and the server is new enough."""
    try:
        connection = await asyncpg.connect(url, timeout=PATIENCE, statement_cache_size=0)
    except NO_ANSWER as error:
        raise Unfit(f"The database of GUIJU_DATABASE_URL does not answer: {why(error)}.") from None
    try:
        # A pooler that shares connections by transaction keeps this one to its end.
        async with connection.transaction():
            found = await connection.fetchrow(QUESTION)
    finally:
        await connection.close()
    if found["version"] < OLDEST:
        raise Unfit(f"PostgreSQL 15 or later is needed, this is {found['version_name']}.")
    if found["encoding"] != "UTF8":
        raise Unfit(f"The database must be encoded in UTF8, not in {found['encoding']}.")
    if found["above_the_walls"]:
        raise Unfit(
            f"The role {found['name']!r} of GUIJU_DATABASE_URL is a superuser or bypasses "
            "row-level security: no wall between institutions would hold. Name a plain role."
        )
    return Role(found["name"], found["owns_tables"])


async def refuse_an_owner(url: str) -> None:
    """Asked once the tables stand: whoever owns them could take their walls down."""
    role = await serving_role(url)
    if role.owns_tables:
        raise Unfit(
            f"The role {role.name!r} of GUIJU_DATABASE_URL owns tables: it could change the "
            "ledger. Name another role there, and the owner in GUIJU_OWNER_DATABASE_URL."
        )


def why(error: BaseException) -> str:
    """What a database, or the way to it, complains of: a line without the names of our classes."""
    if isinstance(error, sqlalchemy.exc.DBAPIError) and error.orig is not None:
        error = error.orig.__cause__ or error.orig
    lines = str(error).splitlines()
    return lines[0].rstrip(".") if lines else "it took too long"
