"""Rows of a list: one that cannot be read keeps its place in it, and the log says which and why."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from inspect import iscoroutine
from pathlib import Path
from traceback import extract_tb
from typing import Any, Generic, TypeVar
from uuid import UUID

import structlog

from domain.errors import Refused
from domain.time.moments import OFFICE_TIME

V = TypeVar("V")
Key = tuple[Any, ...]
UNREADABLE = (Refused, LookupError, ValueError, TypeError, AttributeError, ArithmeticError)
"""What reading a stored value brings about that the code does not know; never a database gone."""

EARLIEST_KEY = datetime(1900, 1, 1, tzinfo=OFFICE_TIME), UUID(int=0)
LATEST_KEY = datetime(9999, 1, 1, tzinfo=OFFICE_TIME), UUID(int=2**128 - 1)
"""The keys before and after all others, where a list begins: so its index bounds every page."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Listed(Generic[V]):
    """A row of a list: its key there, and what it holds; nothing where it cannot be read."""

    key: Key
    item: V | None


Found = tuple[list[Listed[V]], bool]
"""The rows of a page, and whether more follow."""


@dataclass(frozen=True)
class Slice:
    """What is asked of a list: how many rows, after which key."""

    size: int
    after: Key | None = None

    def values(self, beginning: Key = ()) -> dict[str, Any]:
        """What its statement takes: one row more, which says whether more follow."""
        since = zip(("after_at", "after_id"), self.after or beginning, strict=False)
        return {"size": self.size + 1, **dict(since)}

    async def read(
        self,
        table: str,
        rows: Sequence[Mapping[str, Any]],
        key: tuple[str, ...],
        read: Callable[[Any], Any],
    ) -> Found[Any]:
        """Its rows, each read by itself."""
        return await read_each(table, rows[: self.size], key, read), len(rows) > self.size

    def of(self, listed: list[Listed[V]]) -> Found[V]:
        """The page of what was read, one row more included if there is one."""
        return listed[: self.size], len(listed) > self.size


@contextmanager
def noted(table: str, row: object) -> Iterator[None]:
    """Whatever of a row cannot be read inside is logged, without a word of what is in it."""
    try:
        yield
    except UNREADABLE as error:
        note(table, row, error)


def note(table: str, row: object, error: BaseException) -> None:
    """Log what kept a row from being shown."""
    frame = extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    # A traceback would tell the values: people's words.
    log.error("row_unreadable", table=table, row=str(row), why=type(error).__name__, at=where)


async def read_each(
    table: str, rows: Iterable[Mapping[str, Any]], key: tuple[str, ...], read: Callable[[Any], Any]
) -> list[Listed[Any]]:
    """Every row read by itself; its key is what its columns of these names hold."""
    found = []
    for row in rows:
        item = None
        try:
            held = read(row)
            item = await held if iscoroutine(held) else held
        except UNREADABLE as error:
            note(table, row[key[-1]], error)
        found.append(Listed(tuple([row[name] for name in key]), item))
    return found


def readable(listed: Iterable[Listed[V]]) -> list[V]:
    """What could be read."""
    return [each.item for each in listed if each.item is not None]
