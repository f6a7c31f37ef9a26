"""Stock in the API: what there is of each item, what people hold, and what counts left open."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import STOCKS
from domain.records.stock import Stock
from resolvers.records import stock_rows
from schema.ground.connections import Cursors
from schema.ground.edges import pages
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import mirror, read_off
from schema.ground.rows import told

DOOR = "things"
ToCount = Annotated[bool, "Only what the clause by which the office counts speaks of."]


@strawberry.type
class StockHeld:
    """What a person holds of an item: signed for, and neither returned nor handed over."""

    item: Annotated[strawberry.ID, "The item."]
    name: Annotated[str, "What it is called."]
    quantity: Annotated[int, "How many."]


@strawberry.type
class StockDifference:
    """What a count found too much or too little, of which nobody has decided."""

    count: Annotated[strawberry.ID, "The count, to decide on."]
    item: Annotated[strawberry.ID, "The item."]
    name: Annotated[str, "What it is called."]
    day: Annotated[date, "When it was counted."]
    expected: Annotated[int, "How many there ought to have been."]
    found: Annotated[int, "How many were found."]
    difference: Annotated[int, "Too many, or below zero too few."]


async def stock_held(
    info: Info, person: Annotated[UUID | None, Id("Person"), "Whose; one's own when absent."] = None
) -> list[StockHeld]:
    """What somebody holds, to be returned or handed over on leaving."""
    whom = person or info.context.viewer.person.id
    return [
        StockHeld(item=_item(stock, row["item"]), name=row["name"], quantity=int(row["quantity"]))
        for stock, row in await stock_rows.held_by(info.context, whom)
    ]


async def stock_differences(info: Info) -> list[StockDifference]:
    """What counts found too much or too little, and nobody has decided, the first first."""
    return [
        told(
            StockDifference,
            row,
            count=global_id(stock.counts.reference.word, row["id"]),
            item=_item(stock, row["item_id"]),
        )
        for stock, row in await stock_rows.differences(info.context)
    ]


def _item(stock: Stock, key: UUID) -> strawberry.ID:
    return global_id(stock.thing.reference.word, key)


def _page(stock: Stock) -> Any:
    word = f"{stock.thing.reference.word}Level"

    def many(name: str, says: str) -> tuple[str, Any, Any]:
        return read_off(name, int, says, lambda it: int(getattr(it, name)))

    more = (
        read_off("item", strawberry.ID, "The item.", lambda it: _item(stock, it.id)),
        many("in_store", "How many are in the store."),
        many("promised", "Of these, how many wait for a receiver to sign."),
        read_off("available", int, "What is left.", lambda it: int(it.in_store - it.promised)),
        many("held", "How many people hold; none of what is used up."),
        many("difference", "What counts found and nobody has decided; below zero too few."),
        read_off("counted_on", date | None, "Last counted."),
    )
    shown = mirror(stock.thing.card, word, more=more)
    cursors = Cursors(word, (str, UUID))
    lists = pages(word, shown, cursors, ("An item in a page.", "The item.", "A page of items."))

    async def page(
        info: Info,
        on: date | None = None,
        to_count: ToCount = False,
        first: int | None = 50,
        after: str | None = None,
    ) -> Any:
        asked, at = lists.page(first, after), on or info.context.today
        found = await stock_rows.levels(info.context, stock, at, asked, to_count=to_count)
        return await lists.told(info, asked, found)

    title = (stock.thing.card.__doc__ or word).partition(";")[0]
    page.__doc__ = f"{title}: how many there are of each by what happened until a day, by name."
    return query(page, DOOR, lists.connection, name=f"{stock.thing.cards}_in_stock")


FIELDS = (query(stock_held, DOOR), query(stock_differences, DOOR), *map(_page, STOCKS))
