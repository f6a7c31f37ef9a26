"""The database: a pool of asyncpg connections and one way to run a transaction on it.

Statements are SQL with `:name` parameters, compiled once and run on asyncpg.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import asyncpg as dialect

from domain.errors import Refused
from resolvers.ground.connections import (
    ENDED,
    ENDS_WITHIN,
    KEPT,
    NOT_REACHED,
    POOLED,
    SERVED,
    Connection,
    Judged,
    StoreUnavailable,
    code,
    leave_as_it_is,
    prepare,
    reached,
)
from resolvers.ground.patience import ENDLESS, Patience

DIALECT = dialect.dialect(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Statement:
    """SQL with numbered parameters, the names that they are given by, and the class of its rows."""

    sql: str
    names: tuple[str, ...]
    record: type[asyncpg.Record] | None = None


def statement(query: str) -> Statement:
    """Compile a statement: `:name` is a parameter, and casts are written `cast(x as t)`."""
    compiled = text(query).compile(dialect=DIALECT)
    return Statement(str(compiled), tuple(compiled.positiontup or ()))


@dataclass(eq=False, repr=False)
class Transaction:
    """One database transaction. Sibling fields share it, so its statements take turns.

    `acted` is the seat in which its act is done: the ledger names it. The epochs it was `judged` by
    must hold once it holds the chain. What it still `begins` with is said before the first
    statement that may lock or write.
    """

    _connection: Any
    _observe: Callable[[str], None] | None
    institution: str
    _patience: Patience = ENDLESS
    _begins: str = ""
    _reads: bool = False
    acted: Mapping[str, Any] = field(default_factory=dict, init=False)
    judged: Judged | None = field(default=None, init=False)
    _marked: Judged | None = field(default=None, init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)
    _kept: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._spoke = asyncio.get_running_loop().time()

    async def begin(self) -> None:
        """Say what it begins with, once.

        Raises: RuntimeError: its act is kept already, so what follows could be kept without it.
        """
        if self._kept:
            raise RuntimeError("the transaction has ended with its act")
        if begins := self._begins:
            self._begins = ""
            await self._execute(begins)

    async def end(self) -> None:
        """Commit, where it began; to read, what failed was told field by field.

        Raises: RuntimeError: a statement had failed and nobody was told, so all of it is undone.
        """
        if not self._begins:
            with reached(self._connection), self.impatient():
                said = await self._connection.execute("commit")
            if said == "ROLLBACK" and not self._reads:
                raise RuntimeError("a statement of the transaction had failed")

    async def undo(self) -> None:
        """Undo it, where it began; a connection that cannot is given up, and all it did with it."""
        if self._begins:
            return
        try:
            async with asyncio.timeout(ENDS_WITHIN):
                await self._connection.execute("rollback")
        except NOT_REACHED:
            with suppress(asyncpg.InterfaceError):
                self._connection.terminate()

    async def rows(self, run: Statement, **values: Any) -> list[asyncpg.Record]:
        async with self._turn:
            await self.begin()
            return await self._fetch(run, values)

    async def glance(self, run: Statement, **values: Any) -> list[asyncpg.Record]:
        """What a statement says that locks and writes nothing: it needs no transaction yet."""
        async with self._turn:
            await self._speak()
            return await self._fetch(run, values)

    async def keep(self, run: Statement, **values: Any) -> list[asyncpg.Record]:
        """What the statement says that keeps an act and is its last.

        Where nothing began it is a transaction by itself: no lock outlasts it on the network.
        """
        async with self._turn:
            await self._speak()
            found = await self._fetch(run, values)
            self._kept = bool(self._begins)
            return found

    async def _speak(self) -> None:
        """Show the institution's rows to a statement by itself."""
        if self._begins:
            with reached(self._connection):
                await self._connection.speak_for(self.institution)

    async def rows_of(
        self, institution: str, run: Statement, /, **values: Any
    ) -> list[asyncpg.Record]:
        """What another institution would be told, while sibling fields wait."""
        async with self._turn:
            home = self.institution
            await self.begin()
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
            await self.begin()
            given = [values[name] for name in run.names]
            with reached(self._connection):
                async for row in self._connection.cursor(run.sql, *given, prefetch=1000):
                    yield row

    async def mark(self, *, undo: bool = False) -> None:
        """Remember this place, or undo what was done since it was remembered."""
        await self.do(f"{'rollback to ' if undo else ''}savepoint marked")
        self._marked = self.judged = self._marked if undo else self.judged

    async def do(self, command: str) -> None:
        """A command that says nothing: `savepoint here`."""
        async with self._turn:
            await self.begin()
            await self._execute(command)

    async def act_as(self, institution: str) -> None:
        """See and write another institution's rows for the rest of the transaction."""
        async with self._turn:
            await self.begin()
            await self._set(institution)

    async def _set(self, institution: str) -> None:
        if institution != self.institution:
            await self._execute(f"set local guiju.institution = '{code(institution)}'")
            self.institution = institution

    async def _execute(self, command: str) -> None:
        with reached(self._connection):
            await self._connection.execute(command)

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

        Raises: Refused: TIMED_OUT, or OVERTAKEN where others held what this waited for.
        """
        # What was asked before was answered later, so the database's own clock began no sooner.
        before, self._spoke = self._spoke, asyncio.get_running_loop().time()
        try:
            yield
        except asyncpg.QueryCanceledError:
            raise Refused("TIMED_OUT") from None
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            raise Refused("OVERTAKEN") from None
        except (asyncpg.InterfaceError, *ENDED):
            # The driver says that the connection has gone, never why.
            if 0 < self._patience.idle <= self._spoke - before:
                raise Refused("TIMED_OUT") from None
            raise


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
            # An idle connection costs less than a timer each time that one comes back.
            max_inactive_connection_lifetime=0,
            # The server ends what takes too long; where it is silent, we do.
            command_timeout=patience.statement + ENDS_WITHIN if patience.statement else None,
            init=prepare,
            reset=leave_as_it_is,
            connection_class=Connection,
            **(POOLED if pooled else {"server_settings": settings, **KEPT}),
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

        It begins with the first statement that needs it; behind a pooler, and to read, at once.

        Raises: StoreUnavailable: the database cannot be reached, or was lost on the way; Refused:
        BUSY where no connection came free; as `Transaction.impatient` says.
        """
        mode = "read only" if read_only else "read write"
        whose = f"set local guiju.institution = '{code(institution)}'"
        begins = f"begin {mode}; {whose}{self._each_time}"
        acquiring = self.pool.acquire(timeout=self.patience.pool)
        try:
            connection = await acquiring.__aenter__()
        except TimeoutError:
            raise Refused("BUSY") from None
        except NOT_REACHED as error:
            raise StoreUnavailable(repr(error)) from error
        try:
            transaction = Transaction(
                connection, self.observe, institution, self.patience, begins, read_only
            )
            if read_only or self._each_time:
                await transaction.begin()
            try:
                yield transaction
            except BaseException:
                await transaction.undo()
                raise
            await transaction.end()
        finally:
            await acquiring.__aexit__(None, None, None)
