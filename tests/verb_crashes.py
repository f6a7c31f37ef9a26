"""A server that dies in the middle of an act: before any statement, or around the commit."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

AT_COMMIT, ANSWER_LOST = "before the commit", "after the commit"


class Crash(Exception):
    """The process is gone: nothing more of this act reaches the database."""


@dataclass
class Fate:
    """When the server dies: before the statement of that number, or around the commit."""

    dies: int | str | None = None
    told: int = 0
    dead: bool = False
    statements: list[str] = field(default_factory=list)

    def next_act(self, dies: int | str | None) -> None:
        self.dies, self.told, self.dead = dies, 0, False
        self.statements.clear()

    def before(self, sql: str, *, commits: bool) -> None:
        self.told += 1
        self.statements.append(sql)
        at_commit = commits and self.dies is not None and self.dies != ANSWER_LOST
        if self.dead or self.told == self.dies or at_commit:
            self.dead = True
            raise Crash(sql[:80])

    def after(self, *, commits: bool) -> None:
        if commits and self.dies == ANSWER_LOST:
            self.dead = True
            raise Crash("the answer is lost")


class Connection:
    """A connection of the pool, as long as the server lives."""

    def __init__(self, connection: Any, fate: Fate) -> None:
        self._connection, self._fate = connection, fate

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def execute(self, sql: str, *values: Any) -> Any:
        if sql == "rollback":
            return await self._connection.execute(sql)
        return await self._run(self._connection.execute, sql, *values)

    async def fetch(self, sql: str, *values: Any, **read_as: Any) -> Any:
        return await self._run(self._connection.fetch, sql, *values, **read_as)

    async def fetchrow(self, sql: str, *values: Any) -> Any:
        return await self._run(self._connection.fetchrow, sql, *values)

    async def fetchval(self, sql: str, *values: Any) -> Any:
        return await self._run(self._connection.fetchval, sql, *values)

    async def executemany(self, sql: str, *values: Any) -> Any:
        return await self._run(self._connection.executemany, sql, *values)

    async def _run(self, runs: Any, sql: str, *values: Any, **read_as: Any) -> Any:
        # An act may be kept by one statement that is a transaction by itself.
        alone = "ledger_append" in sql and not self._connection.is_in_transaction()
        commits = sql == "commit" or alone
        try:
            self._fate.before(sql, commits=commits)
        except Crash:
            # What PostgreSQL does by itself for a client that is gone.
            await self._connection.execute("rollback")
            raise
        answer = await runs(sql, *values, **read_as)
        self._fate.after(commits=commits)
        return answer


class Pool:
    """The pool of a server that may die."""

    def __init__(self, pool: Any, fate: Fate) -> None:
        self._pool, self._fate = pool, fate

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)

    @asynccontextmanager
    async def acquire(self, **how: Any) -> AsyncIterator[Connection]:
        async with self._pool.acquire(**how) as connection:
            yield Connection(connection, self._fate)
