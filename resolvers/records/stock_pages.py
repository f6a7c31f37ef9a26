"""Stock read: what there is of each item on a day, what people hold, what counts left open."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain import STOCKS
from domain.errors import at_fault
from domain.records.lines import read_row
from domain.records.stock import Stock
from domain.time.moments import is_near
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.listing import Listed
from resolvers.records import stock_rows
from resolvers.records.acts import clauses_of
from resolvers.records.allowed import may_one
from resolvers.records.pages import own, page

SIGHT = (Act.KEEP, Act.CONFIRM, Act.TAKE, Act.SEE)
"""The acts of which any lets somebody see what a register says."""


async def levels(
    context: Context, stock: Stock, on: date, size: int, after: tuple[str, UUID] | None
) -> tuple[list[Listed[Mapping[str, Any]]], bool]:
    """What there is of each item by what happened until a day, by name; whether more follow.

    Raises:
        Refused: the day is too far away.

    """
    if not is_near(on, context.today):
        raise at_fault("DATE_TOO_FAR", "on")
    read = partial(read_row, stock.thing.fields)
    return await page(
        partial(own, context), stock_rows.levels(stock), {"on": on}, size, after, read
    )


async def held_by(context: Context, person: UUID) -> list[tuple[Stock, Mapping[str, Any]]]:
    """What somebody holds and has signed for: their own, or by a line that lets one see it."""
    own, found = person == context.viewer.person.id, []
    for stock in await kept_here(context):
        if own or await _sees(context, stock.thing.name):
            found += [(stock, row) for row in await holdings(context, stock, person)]
    return found


async def holdings(context: Context, stock: Stock, person: UUID) -> list[Mapping[str, Any]]:
    """What somebody holds of a stock."""
    rows = await context.rows(stock_rows.held(stock), person=person)
    return list(rows)


async def differences(context: Context) -> list[tuple[Stock, Mapping[str, Any]]]:
    """What counts found too much or too little, of which nobody has decided, the first first."""
    found = []
    for stock in await kept_here(context):
        of = (stock.counts.name, stock.settlements.name)
        if any([await _sees(context, name) for name in of]):
            rows = await context.rows(stock_rows.differences(stock))
            found += [(stock, row) for row in rows]
    return found


async def kept_here(context: Context) -> list[Stock]:
    """The stocks that clauses of the office ask for."""
    living = await context.rulebook()
    return [each for each in STOCKS if clauses_of(living, each.thing.name)]


async def _sees(context: Context, name: str) -> bool:
    acts = context.services.vocabulary.objects[name].acts
    return await may_one(context, name, (act for act in SIGHT if act in acts))
