"""Edges of a page: a row that cannot be shown has an edge too, which says so."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import wraps
from inspect import iscoroutine, iscoroutinefunction
from types import SimpleNamespace
from typing import Any, TypeVar

import strawberry

from domain.errors import Refused
from resolvers.ground.listing import UNREADABLE, Found, Listed, Slice, note, noted
from schema.ground.connections import Cursors, PageInfo, page_info, page_size
from schema.ground.errors import sentence
from schema.ground.fields import Info
from schema.ground.mirrors import shaped

V = TypeVar("V")
Lacking = Callable[[Info], Any]
CODE = "ROW_UNREADABLE"


def lenient(table: str, read: Any, lacking: Lacking) -> Any:
    """A resolver of one part of a row: `lacking` stands for it where it cannot be read."""
    if iscoroutinefunction(read):

        @wraps(read)
        async def later(root: Any, info: Info) -> Any:
            with noted(table, root.id):
                return await read(root, info)
            return lacking(info)

        return later

    @wraps(read)
    def at_once(root: Any, info: Info) -> Any:
        try:
            return read(root, info)
        except UNREADABLE as error:
            note(table, root.id, error)
        return lacking(info)

    return at_once


def come_to(work: Coroutine[Any, Any, V]) -> V:
    """What a coroutine comes to that waits for nothing."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    raise RuntimeError("it waits for something")


def nothing(_: Info) -> list[Any]:
    return []


def unreadable_field() -> Any:
    return strawberry.field(
        default=None, description="Why there is no node: what is stored cannot be shown."
    )


def unreadable(info: Info) -> str:
    """What stands in the place of what cannot be shown."""
    return sentence(CODE, {}, info.context.language)


@dataclass(frozen=True)
class Pages:
    """How a list is told page by page: as a connection of edges, which its cursors lead through."""

    edge: Any
    connection: Any
    cursors: Cursors

    def page(self, first: int | None, after: str | None) -> Slice:
        """The page that these arguments of a query ask for."""
        return Slice(page_size(first), self.cursors.read(after))

    async def told(
        self,
        info: Info,
        page: Slice,
        found: Found[Any],
        show: Callable[[Any], Any] = lambda row: SimpleNamespace(**row),
        **counted: int,
    ) -> Any:
        """The connection of a page: each row with its node, or with why there is none."""
        listed, more = found
        edges = []
        for each in listed:
            node = await shown(self.edge.__name__, each, show)
            why = unreadable(info) if node is None else None
            edges.append(self.edge(cursor=self.cursors.after(*each.key), node=node, unreadable=why))
        lies = page_info([each.cursor for each in edges], more=more, after=page.after)
        return self.connection(edges=edges, page_info=lies, **counted)


def pages(word: str, node: Any, cursors: Cursors, of: tuple[str, str, str], **counts: str) -> Pages:
    """The pages of a list of nodes; `of` says what an edge, its node and a page are.

    `counts` are what a page counts besides, each with its meaning.
    """
    edge, what, page = of
    fields = (
        ("cursor", str, strawberry.field(description="Continue after it.")),
        ("node", node | None, strawberry.field(description=what)),
        ("unreadable", str | None, unreadable_field()),
    )
    made = shaped(f"{word}Edge", fields, edge)
    listed = (
        ("edges", list[made], strawberry.field(description="The page.")),  # type: ignore[valid-type]
        ("page_info", PageInfo, strawberry.field(description="Where it lies.")),
    )
    counted = ((name, int, strawberry.field(description=told)) for name, told in counts.items())
    return Pages(made, shaped(f"{word}Connection", (*listed, *counted), page), cursors)


async def in_place(name: str, listed: Listed[Any], show: Callable[[Any], Any]) -> Any:
    """A row of a plain list, or the refusal that stands in its place, null there and told why."""
    node = await shown(name, listed, show)
    return Refused(CODE) if node is None else node


async def shown(name: str, listed: Listed[Any], show: Callable[[Any], Any]) -> Any:
    """What a row looks like; nothing where it cannot be shown."""
    node = None
    if listed.item is not None:
        with noted(name, listed.key[-1]):
            made = show(listed.item)
            node = await made if iscoroutine(made) else made
    return node
