"""Connections of the pool: how each is set up, whose rows it shows, and how its loss is told."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson

from domain.errors import Refused

INSTITUTION = re.compile(r"\*|[a-z][a-z0-9-]{0,62}")

# Small statements gain nothing from compiling, and many people share few cores; to plan one anew
# costs more than what a page or an act runs, so each is planned once a connection.
SERVED = {
    "application_name": "guiju",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "plan_cache_mode": "force_generic_plan",
    "random_page_cost": "1.1",  # a long list is walked by its index, never collected and sorted
}
POOLED = {"statement_cache_size": 0, "server_settings": {"application_name": "guiju"}}
"""Behind a pooler the next transaction is another connection's: nothing of this one outlives it."""
KEPT = {"max_cached_statement_lifetime": 0, "statement_cache_size": 400}
"""A statement stays prepared as long as its connection, of those that were run lately."""

# The second: the driver was told of an end that has not come yet.
ENDED = (asyncpg.PostgresConnectionError, asyncpg.InternalClientError)
LOST = (
    OSError,
    *ENDED,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
)
NOT_REACHED = (*LOST, asyncpg.PostgresError, asyncpg.InterfaceError)
ENDS_WITHIN = 2.0
"""Seconds for connections to be given back, or for a database to say what it has ended."""


@dataclass(frozen=True)
class Judged:
    """How often the rules of an office, it and those above it had changed when it judged an act."""

    institution: str
    policy: int
    offices: tuple[int, ...]


class StoreUnavailable(Exception):
    """The database is away; whether a commit that it was asked for came through is not known."""


class Connection(asyncpg.Connection):  # type: ignore[misc]  # the driver is untyped
    """A connection that knows whose rows it shows to a statement by itself."""

    speaks_for = ""

    async def speak_for(self, institution: str) -> None:
        if self.speaks_for != institution:
            self.speaks_for = ""  # whoever is interrupted here does not know whether it was set
            await self.execute(f"set guiju.institution = '{code(institution)}'")
            self.speaks_for = institution


@contextmanager
def reached(connection: Any) -> Iterator[None]:
    """Tell a database that is away from a statement that it refuses.

    Raises: StoreUnavailable: it was lost, is shutting down or recovering; Refused: STORAGE_FULL,
    its disk has no room left.
    """
    try:
        yield
    except asyncpg.QueryCanceledError:
        raise
    except asyncpg.DiskFullError:
        raise Refused("STORAGE_FULL") from None
    except LOST as error:
        raise StoreUnavailable(repr(error)) from error
    except (asyncpg.InterfaceError, asyncpg.PostgresError) as error:
        if isinstance(error, asyncpg.InterfaceError) and _gone(connection):
            raise StoreUnavailable(repr(error)) from error
        _discreet(error)
        raise


def _discreet(error: asyncpg.PostgresError | asyncpg.InterfaceError) -> None:
    """Take out of an error what it quotes; what went wrong, and where, stays."""
    if isinstance(error, asyncpg.PostgresError):
        error.detail = None
    # The driver's own refusal of a value is a ValueError, the server's a DataError.
    if isinstance(error, ValueError | asyncpg.DataError):
        error.args = (str(error).partition(": ")[0],)
        error.__cause__ = None


def _gone(connection: Any) -> bool:
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True  # the pool has taken it back already


def code(institution: str) -> str:
    """An institution's code, which may stand in a statement. Raises: ValueError: it is none."""
    if not INSTITUTION.fullmatch(institution):
        raise ValueError(f"not an institution's code: {institution!r}")
    return institution


async def prepare(connection: Any) -> None:
    # Behind a pooler what is asked and what is answered must be one transaction.
    async with connection.transaction():
        await connection.set_type_codec(
            "jsonb",
            encoder=lambda value: b"\x01" + _json(value),
            decoder=lambda raw: orjson.loads(raw[1:]),
            schema="pg_catalog",
            format="binary",
        )
        await connection.set_type_codec(
            "json", encoder=_json, decoder=orjson.loads, schema="pg_catalog", format="binary"
        )


def _json(value: Any) -> bytes:
    return orjson.dumps(value, default=str)  # the driver's UUID is a subclass


async def leave_as_it_is(_: Any) -> None:
    """Every transaction sets what it needs and ends: there is nothing to reset."""
