"""The database: a pool of asyncpg connections and one way to run a transaction on it.

Statements are SQL with `:name` parameters or SQLAlchemy Core, compiled once and run on asyncpg.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson
from sqlalchemy import ClauseElement, text
from sqlalchemy.dialects.postgresql import asyncpg as dialect

from domain.errors import Refused
from resolvers.ground.discretion import discreet
from resolvers.ground.patience import ENDLESS, Patience

INSTITUTION = re.compile(r"\*|[a-z][a-z0-9-]{0,62}")
DIALECT = dialect.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]

# Small statements gain nothing from compiling, and many people share few cores.
SERVED = {"application_name": "guiju", "jit": "off", "max_parallel_workers_per_gather": "0"}
POOLED = {"statement_cache_size": 0, "server_settings": {"application_name": "guiju"}}
"""Behind a pooler the next transaction is another connection's: nothing of this one outlives it."""
PLANNED_ONCE = "set local plan_cache_mode = force_generic_plan"
"""A statement is planned once a connection: a plan anew costs more than what a page or act runs."""
LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
)
NOT_REACHED = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
ENDS_WITHIN = 2.0
"""Seconds for connections to be given back, or for a database to say what it has ended."""


class StoreUnavailable(Exception):
    """The database is away; whether a commit that it was asked for came through is not known."""


@dataclass(frozen=True)
class Statement:
    """SQL with numbered parameters, the names that they are given by, and the class of its rows."""

    sql: str
    names: tuple[str, ...]
    record: type[asyncpg.Record] | None = None


def statement(query: ClauseElement | str) -> Statement:
    """Compile a statement. In text, `:name` is a parameter and casts are written `cast(x as t)`."""
    clause = text(query) if isinstance(query, str) else query
    compiled = clause.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    return Statement(str(compiled), tuple(compiled.positiontup or ()))  # type: ignore[attr-defined]


class Transaction:
    """One database transaction. Sibling fields share it, so its statements take turns.

    `acted` is the seat in which its act is done: the ledger names it.
    """

    def __init__(
        self,
        connection: Any,
        observe: Callable[[str], None] | None,
        institution: str,
        patience: Patience = ENDLESS,
    ) -> None:
        self.institution = institution
        self.acted: Mapping[str, Any] = {}
        self._connection = connection
        self._observe = observe
        self._turn = asyncio.Lock()
        self._patience = patience
        self._spoke = asyncio.get_running_loop().time()

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

    async def each(self, run: Statement, **values: Any) -> AsyncIterator[asyncpg.Record]:
        """Row after row, where memory should not hold them all."""
        async with self._turn:
            given = [values[name] for name in run.names]
            with reached(self._connection):
                async for row in self._connection.cursor(run.sql, *given, prefetch=1000):
                    yield row

    async def act_as(self, institution: str) -> None:
        """See and write another institution's rows for the rest of the transaction."""
        async with self._turn:
            await self._set(institution)

    async def _set(self, institution: str) -> None:
        if institution != self.institution:
            code = _code(institution)
            with reached(self._connection):
                await self._connection.execute(f"set local guiju.institution = '{code}'")
            self.institution = institution

    async def _fetch(self, run: Statement, values: Mapping[str, Any]) -> list[asyncpg.Record]:
        if self._observe:
            self._observe(run.sql)
        given = [values[name] for name in run.names]
        with reached(self._connection), self.impatient():
            found: list[asyncpg.Record] = await self._connection.fetch(
                run.sql, *given, record_class=run.record
            )
        return found

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Say in a code what the database ended because it took too long.

        Raises:
            Refused: TIMED_OUT, or OVERTAKEN where others held what this waited for.

        """
        clock = asyncio.get_running_loop().time
        silent = clock() - self._spoke
        try:
            yield
        except asyncpg.QueryCanceledError:
            raise Refused("TIMED_OUT") from None
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            raise Refused("OVERTAKEN") from None
        except (asyncpg.InterfaceError, asyncpg.PostgresConnectionError):
            # The driver says that the connection has gone, never why.
            if 0 < self._patience.idle <= silent:
                raise Refused("TIMED_OUT") from None
            raise
        finally:
            self._spoke = clock()


class Database:
    """The pool. `observe` is told every statement: tests count them."""

    def __init__(
        self, pool: asyncpg.Pool, patience: Patience = ENDLESS, each_time: Mapping[str, str] = {}
    ) -> None:
        self.pool = pool
        self.patience = patience
        self._each_time = "".join(f"; set local {name} = '{to}'" for name, to in each_time.items())
        self.observe: Callable[[str], None] | None = None

    @classmethod
    async def connect(
        cls, url: str, *, most: int = 10, patience: Patience = ENDLESS, pooled: bool = False
    ) -> "Database":
        """A pool at this address; `pooled` where a pooler hands out connections by transaction."""
        settings = SERVED | patience.settings
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=most,
            # The server ends what takes too long; where it is silent, we do.
            command_timeout=patience.statement + ENDS_WITHIN if patience.statement else None,
            init=_prepare,
            reset=_leave_as_it_is,
            **(POOLED if pooled else {"server_settings": settings}),
        )
        return cls(pool, patience, settings if pooled else {})

    async def close(self) -> None:
        try:
            async with asyncio.timeout(ENDS_WITHIN):
                await self.pool.close()
        except TimeoutError:
            self.pool.terminate()

    @asynccontextmanager
    async def transaction(
        self, institution: str, *, read_only: bool = False
    ) -> AsyncIterator[Transaction]:
        """Commit when the block ends, roll back when it raises. Rows are those of `institution`.

        Raises:
            StoreUnavailable: the database cannot be reached, or was lost on the way.
            Refused: BUSY where no connection came free; as `Transaction.impatient` says.

        """
        code = _code(institution)
        async with AsyncExitStack() as stack:
            try:
                waiting = self.pool.acquire(timeout=self.patience.pool)
                connection = await stack.enter_async_context(waiting)
            except TimeoutError:
                raise Refused("BUSY") from None
            except NOT_REACHED as error:
                raise StoreUnavailable(repr(error)) from error
            mode = "read only" if read_only else "read write"
            begin = f"begin {mode}; {PLANNED_ONCE}; set local guiju.institution = '{code}'"
            with reached(connection):
                await connection.execute(begin + self._each_time)
            transaction = Transaction(connection, self.observe, institution, self.patience)
            try:
                yield transaction
            except BaseException:
                await _rolled_back(connection)
                raise
            with reached(connection), transaction.impatient():
                await connection.execute("commit")


@contextmanager
def reached(connection: Any) -> Iterator[None]:
    """Tell a database that is away from a statement that it refuses.

    Raises:
        StoreUnavailable: it was lost, is shutting down or recovering.
        Refused: STORAGE_FULL, its disk has no room left.

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
        discreet(error)
        raise


async def _rolled_back(connection: Any) -> None:
    """Undo the transaction; a connection that cannot is given up, and its transaction with it."""
    try:
        async with asyncio.timeout(ENDS_WITHIN):
            await connection.execute("rollback")
    except NOT_REACHED:
        with suppress(asyncpg.InterfaceError):
            connection.terminate()


def _gone(connection: Any) -> bool:
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:
        return True  # the pool has taken it back already


def _code(institution: str) -> str:
    if not INSTITUTION.fullmatch(institution):
        raise ValueError(f"not an institution's code: {institution!r}")
    return institution


async def _prepare(connection: Any) -> None:
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


async def _leave_as_it_is(_: Any) -> None:
    """Every transaction sets what it needs and ends: there is nothing to reset."""
