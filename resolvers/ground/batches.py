"""What many items of one answer need: read for all of them in one statement, worked out once."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from resolvers.ground.context import Context
from resolvers.ground.database import Statement, Transaction
from resolvers.ground.listing import Listed, read_each

K = TypeVar("K")
V = TypeVar("V")
Load = Callable[[Context, Transaction, list[K]], Awaitable[Mapping[K, V]]]


async def batched(context: Context, load: Load[K, V], key: K, *, after_write: bool) -> V | None:
    """What `load` finds for this key, together with its siblings' keys.

    `after_write`: the answer of a mutation, whose own transaction is over.
    """

    async def together(keys: list[K]) -> list[V | None]:
        if after_write:
            database = context.services.database
            async with database.transaction(context.viewer.institution, read_only=True) as reading:
                found = await load(context, reading, keys)
        else:
            found = await load(context, context.transaction, keys)
        return [found.get(each) for each in keys]

    if load not in context.loaders:
        # Nothing is kept: a later mutation of the same operation may have changed it.
        context.loaders[load] = DataLoader(load_fn=together, cache=False)
    value: V | None = await context.loaders[load].load(key)
    return value


Requests = list[tuple[str, UUID]]
"""Requests, each named with its institution."""


def on_requests(
    run: Statement, table: str, *key: str, read: Callable[[Context, Any], Any] = lambda _, row: row
) -> Callable[
    [Context, Transaction, Requests], Awaitable[dict[tuple[str, UUID], list[Listed[Any]]]]
]:
    """Loads what a statement finds of requests, office by office; its key begins with theirs."""

    async def load(
        context: Context, reading: Transaction, keys: Requests
    ) -> dict[tuple[str, UUID], list[Listed[Any]]]:
        ids: dict[str, list[UUID]] = defaultdict(list)
        found: dict[tuple[str, UUID], list[Listed[Any]]] = defaultdict(list)
        for home, request in keys:
            ids[home].append(request)
        for home, requests in ids.items():
            of = {"institution": home, "ids": requests, "today": context.today}
            rows = await reading.rows_of(home, run, **of)
            for each in await read_each(table, rows, key, partial(read, context)):
                found[home, each.key[0]].append(each)
        return found

    return load


def once(context: Context, key: Hashable, work: Callable[[], V]) -> V:
    """What rows of one page that are alike come to, worked out for the first of them."""
    found: V | None = context.loaders.get(key)
    if found is None:
        found = context.loaders[key] = work()
    return found
