"""Things read: a page of them by name, one of them, and what was done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from domain.records.lines import read_row
from domain.records.things import Keeping, Thing
from resolvers.ground.context import Context
from resolvers.ground.listing import Listed
from resolvers.records.pages import own, page
from resolvers.records.thing_rows import MOVES, listing, one


@dataclass(frozen=True)
class Wanted:
    """Which things are asked for."""

    state: Keeping | None = None
    holder: UUID | None = None
    overdue: bool = False


async def things(
    context: Context, thing: Thing, wanted: Wanted, size: int, after: tuple[str, UUID] | None
) -> tuple[list[Listed[Mapping[str, Any]]], bool]:
    """The office's things of a kind, by name; whether more follow."""
    given = {
        "state": wanted.state and wanted.state.value,
        "holder": wanted.holder,
        "today": context.today if wanted.overdue else None,
    }
    read = partial(read_row, thing.fields)
    return await page(partial(own, context), listing(thing), given, size, after, read)


async def history(context: Context, key: UUID) -> list[Mapping[str, Any]]:
    """What was done with a thing, the latest first."""
    return [dict(row) for row in await context.rows(MOVES, id=key)]


async def thing_of(context: Context, thing: Thing, key: UUID) -> Mapping[str, Any] | None:
    """One thing as it is now."""
    row = await context.row(one(thing), id=key)
    return read_row(thing.fields, row) if row else None
