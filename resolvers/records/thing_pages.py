"""Things read: a page of them by name, one of them, and what was done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.records.things import Keeping, Thing
from resolvers.ground.context import Context
from resolvers.ground.listing import Listed, read_each
from resolvers.records.thing_rows import MOVES, one, page
from resolvers.records.things import read_value


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
    given: dict[str, Any] = {}
    if wanted.state:
        given["state"] = wanted.state.value
    if wanted.holder:
        given["holder"] = wanted.holder
    narrowed = {*given}
    if wanted.overdue:
        given["today"] = context.today
        narrowed.add("overdue")
    if after:
        given |= {"after_name": after[0], "after_id": after[1]}
        narrowed.add("after")
    rows = await context.rows(page(thing, frozenset(narrowed)), size=size + 1, **given)

    def read(row: Mapping[str, Any]) -> Mapping[str, Any]:
        kinds = {each.name: each.type for each in thing.fields}
        return {n: read_value(kinds[n], value) if n in kinds else value for n, value in row.items()}

    found = await read_each(thing.cards, rows[:size], (thing.named_by, "id"), read)
    return found, len(rows) > size


async def history(context: Context, key: UUID) -> list[Mapping[str, Any]]:
    """What was done with a thing, the latest first."""
    return [dict(row) for row in await context.rows(MOVES, id=key)]


async def thing_of(context: Context, thing: Thing, key: UUID) -> Mapping[str, Any] | None:
    """One thing as it is now."""
    row = await context.row(one(thing), id=key)
    kinds = {each.name: each.type for each in thing.fields}
    if row is None:
        return None
    return {n: read_value(kinds[n], value) if n in kinds else value for n, value in row.items()}
