"""The database: a pool of asyncpg connections and one way to run a transaction on it.

Statements are written once as SQL with `:name` parameters or built with SQLAlchemy Core, compiled
once, and run on asyncpg directly.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson
from sqlalchemy import ClauseElement, text
from sqlalchemy.dialects.postgresql import asyncpg as dialect

INSTITUTION = re.compile(r"\*|[a-z][a-z0-9-]{0,62}")
DIALECT = dialect.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Statement:
    """SQL with numbered parameters, and the names that they are given by."""

    sql: str
    names: tuple[str, ...]


def statement(query: ClauseElement | str) -> Statement:
    """Compile a statement. In text, `:name` is a parameter and casts are written `cast(x as t)`."""
    clause = text(query) if isinstance(query, str) else query
    compiled = clause.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    return Statement(str(compiled), tuple(compiled.positiontup or ()))  # type: ignore[attr-defined]


class Transaction:
    """One database transaction. Sibling fields share it, so its statements take turns."""

    def __init__(
        self, connection: Any, observe: Callable[[str], None] | None, institution: str
    ) -> None:
        self.institution = institution
        self._connection = connection
        self._observe = observe
        self._turn = asyncio.Lock()

    async def rows(self, run: Statement, **values: Any) -> list[asyncpg.Record]:
        async with self._turn:
            return await self._fetch(run, values)

    async def rows_of(
        self, institution: str, run: Statement, /, **values: Any
    ) -> list[asyncpg.Record]:
        """What another institution would be told, while sibling fields wait."""
        async with self._turn:
            home = self.institution
            await self._set(institution)
            found = await self._fetch(run, values)
            await self._set(home)
            return found

    async def row(self, run: Statement, **values: Any) -> asyncpg.Record | None:
        found = await self.rows(run, **values)
        return found[0] if found else None

    async def value(self, run: Statement, **values: Any) -> Any:
        found = await self.row(run, **values)
        return found[0] if found else None

    async def act_as(self, institution: str) -> None:
        """See and write another institution's rows for the rest of the transaction."""
        async with self._turn:
            await self._set(institution)

    async def _set(self, institution: str) -> None:
        if institution != self.institution:
            await self._connection.execute(f"set local guiju.institution = '{_code(institution)}'")
            self.institution = institution

    async def _fetch(self, run: Statement, values: Mapping[str, Any]) -> list[asyncpg.Record]:
        if self._observe:
            self._observe(run.sql)
        given = [values[name] for name in run.names]
        found: list[asyncpg.Record] = await self._connection.fetch(run.sql, *given)
        return found


class Database:
    """The pool. `observe` is told every statement: tests count them."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool
        self.observe: Callable[[str], None] | None = None

    @classmethod
    async def connect(cls, url: str, *, most: int = 10) -> "Database":
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=most,
            init=_prepare,
            reset=_leave_as_it_is,
            server_settings={"jit": "off", "application_name": "guiju"},
        )
        return cls(pool)

    async def close(self) -> None:
        await self.pool.close()

    @asynccontextmanager
    async def transaction(
        self, institution: str, *, read_only: bool = False
    ) -> AsyncIterator[Transaction]:
        """Commit when the block ends, roll back when it raises. Rows are those of `institution`."""
        async with self.pool.acquire() as connection:
            mode = "read only" if read_only else "read write"
            await connection.execute(
                f"begin {mode}; set local guiju.institution = '{_code(institution)}'"
            )
            try:
                yield Transaction(connection, self.observe, institution)
            except BaseException:
                await connection.execute("rollback")
                raise
            await connection.execute("commit")


def _code(institution: str) -> str:
    if not INSTITUTION.fullmatch(institution):
        raise ValueError(f"not an institution's code: {institution!r}")
    return institution


async def _prepare(connection: Any) -> None:
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
    # the driver's UUID is a subclass, which orjson leaves to us
    return orjson.dumps(value, default=str)


async def _leave_as_it_is(connection: Any) -> None:
    """Every transaction sets what it needs and ends: there is nothing to reset."""
