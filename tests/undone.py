"""The API on one connection whose acts can be undone, to try many ways on from one state."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from itertools import count
from typing import Any

import asyncpg

from resolvers.ground.connections import code
from resolvers.ground.database import Database
from resolvers.ground.known_people import KnownPeople
from resolvers.time.calendars import Calendars
from tests.office import Api


class Connection:
    """Each transaction of the API is a savepoint of one that is never kept."""

    def __init__(self, connection: Any, names: "count[int]") -> None:
        self._connection, self._names = connection, names
        self._act = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def speak_for(self, institution: str) -> None:
        await self._connection.execute(f"set local guiju.institution = '{code(institution)}'")

    async def execute(self, sql: str) -> Any:
        if sql.startswith("begin "):
            self._act = f"act_{next(self._names)}"
            sql = f"savepoint {self._act}; {sql.partition(';')[2]}"
        elif sql == "commit":
            sql = f"release savepoint {self._act}"
        elif sql == "rollback":
            sql = f"rollback to savepoint {self._act}"
        return await self._connection.execute(sql)

    async def fetch(self, sql: str, *values: Any, **read_as: Any) -> Any:
        if self._act:
            return await self._connection.fetch(sql, *values, **read_as)
        async with self._connection.transaction():
            return await self._connection.fetch(sql, *values, **read_as)


class Pool:
    """Always the same connection."""

    def __init__(self, connection: Any) -> None:
        self._connection, self._names = connection, count()

    @asynccontextmanager
    async def acquire(self, **_: Any) -> AsyncIterator[Connection]:
        yield Connection(self._connection, self._names)


@contextmanager
def served_by(api: Api, connection: asyncpg.Connection) -> Iterator[None]:
    """The API answers from this connection, which is in a transaction."""
    state, services = api.app.state._state, api.services
    state["services"] = replace(
        services,
        database=Database(Pool(connection)),  # type: ignore[arg-type]
        # What they know of acts that are undone is forgotten with them.
        calendars=Calendars(),
        people=KnownPeople(),
    )
    try:
        yield
    finally:
        state["services"] = services
