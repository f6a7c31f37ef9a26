"""Pages of what is declared: a list walks the index of its order, narrowed as it says."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.listing import Found, Slice

compiled = cache(statement)
Run = Callable[..., Awaitable[list[Any]]]
"""Asks a text with its values: of the office's own rows, or of those that the viewer may see."""


@dataclass(frozen=True)
class Listing:
    """What a list selects, the columns of its order with their SQL, the conditions by name."""

    name: str
    select: str
    order: Mapping[str, str]
    narrowed: Mapping[str, str]
    down: bool = False

    def text(self, given: Mapping[str, Any], *, after: bool) -> str:
        """The statement of a page that holds the conditions in use and no others."""
        key, way = ", ".join(self.order.values()), "<" if self.down else ">"
        conditions = [self.narrowed[each] for each in sorted(given) if each in self.narrowed]
        conditions += [f"({key}) {way} (:after_at, :after_id)"] if after else []
        order = ", ".join(f"{each} desc" if self.down else each for each in self.order.values())
        where = "".join(f" and {each}" for each in conditions)
        return f"{self.select}{where} order by {order} limit :size"


async def own(context: Context, text: str, **values: Any) -> list[Any]:
    return await context.rows(compiled(text), **values)


async def listed(
    run: Run, of: Listing, given: Mapping[str, Any], page: Slice, read: Callable[[Any], Any]
) -> Found[Any]:
    """A page narrowed by what is given and not None."""
    values = {name: value for name, value in given.items() if value is not None}
    rows = await run(of.text(values, after=page.after is not None), **page.values(), **values)
    return await page.read(of.name, rows, tuple(of.order), read)
