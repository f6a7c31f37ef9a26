"""Stock served: what moves an item takes turns at it, and nothing is taken that is not there."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain import STOCKS
from domain.approval.procedure import Form
from domain.errors import Problem, Refused, at_fault
from domain.records.registers import Register
from domain.records.rules import day_of
from domain.records.stock import FOLLOWED, ITEM, Stock
from domain.records.things import Keeping, Thing
from domain.shapes.cadences import Cadence, Period, period_at
from resolvers.ground.context import Context
from resolvers.records import stock_rows
from resolvers.records.acts import clauses_of, kept_by
from resolvers.records.pages import own
from resolvers.records.register_rows import one as one_line
from resolvers.records.register_rows import record_of
from resolvers.records.sight import rows_seen
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import duty_rows
from resolvers.time.duties_done import Shown, fulfil, take_back

Line = Mapping[str, Any]
OF_BOOK = {book.name: each for each in STOCKS for book in each.registers}
OF_THING = {each.thing.name: each for each in STOCKS}


@dataclass(frozen=True)
class Items:
    """Items of a stock that a line moves, held until the transaction ends."""

    stock: Stock
    every: Sequence[UUID]
    book: str


async def of_item(context: Context, register: Register, entry: Form) -> Form:
    """An entry with what the card of its item tells: the served columns that bear its names."""
    stock, item = OF_BOOK.get(register.name), getattr(entry, ITEM, None)
    card = await _card(context, stock, item) if stock and item else None
    if stock is None or card is None:
        return entry
    served = {each.name: each.type for each in register.fields if each.served}
    told = {n: k(card[n]) for n, k in served.items() if card.get(n) is not None and n != "id"}
    return replace(entry, **told)


async def unknown_item(context: Context, register: Register, entry: Form) -> list[Problem]:
    """That there is no such item, where a line is of one."""
    stock, item = OF_BOOK.get(register.name), getattr(entry, ITEM, None)
    if stock is None or item is None or await _card(context, stock, item):
        return []
    clause = kept_by(await context.rulebook(), register.name)
    return [Problem("NOT_FOUND_HERE", ("input", "itemId"), clause)]


async def _card(context: Context, stock: Stock, item: UUID) -> Mapping[str, Any] | None:
    found: Mapping[str, Any] | None = await context.row(stock_rows.item(stock), id=item)
    return found


async def hold_items(
    context: Context, register: Register, line: Line, corrected: Line | None
) -> Items | None:
    """Let nobody else move the items of a line, and of the one it corrects, until all is done.

    Raises: Refused: there is no such item any more, or a count was decided on.
    """
    stock = OF_BOOK.get(register.name)
    if stock is None:
        return None
    items = sorted({each[ITEM] for each in (line, corrected) if each})
    await _hold(context, stock, items)
    count = corrected["id"] if corrected and register is stock.counts else None
    if count and await context.value(stock_rows.settled(stock), count=count):
        raise Refused("COUNT_SETTLED")
    if not line["void"]:
        card = await _card(context, stock, line[ITEM])
        if card is not None and card["state"] == Keeping.ENDED:
            raise Refused("THING_NOT_THERE")
    return Items(stock, items, register.name)


async def _hold(context: Context, stock: Stock, items: Sequence[UUID]) -> None:
    for item in items:
        of = f"{context.viewer.institution}:{stock.thing.name}:{item}"
        await context.one_at_a_time(of)


async def must_be_there(context: Context, items: Items | None) -> None:
    """Raises: Refused: more was taken than there was that day, in the store or with somebody."""
    if items is None:
        return
    for item in items.every:
        found = await context.row(stock_rows.short(items.stock), item=item)
        if found is None:
            continue
        clause = kept_by(await context.rulebook(), items.book)
        details = {"clause": clause, "lacking": found["lacking"], "day": found["day"]}
        if found["holder"] is None:
            raise at_fault("NOT_SO_MANY", "input", "quantity", **details)
        raise at_fault("HOLDS_NOT_SO_MANY", "input", "quantity", name=found["name"], **details)


async def must_be_empty(context: Context, thing: Thing, item: UUID) -> None:
    """Raises: Refused: of an item that is to be ended something is left, in the store or held."""
    stock = OF_THING.get(thing.name)
    if stock is None:
        return
    await _hold(context, stock, [item])
    of, given = stock_rows.listing(stock), {"on": context.today, "one": item}
    [level] = await own(context, of.text(given, after=False), size=1, **given)
    left = level["in_store"] + level["held"]
    if left or level["difference"]:
        raise Refused("STILL_IN_STOCK", left=left)


async def counted(context: Context, entry: Any) -> Mapping[str, Any]:
    """What ought to be there on the day of a count, and how much what was found differs."""
    stock = next(each for each in STOCKS if isinstance(entry, each.counts.entry))
    await _hold(context, stock, [entry.item_id])
    expected = await context.value(
        stock_rows.there_on(stock), item=entry.item_id, on=entry.counted_on
    )
    return {"expected": int(expected), "difference": entry.found - int(expected)}


async def decided(context: Context, entry: Any) -> Mapping[str, Any]:
    """Of which item a decision on a count is, and by how much the books follow it.

    Raises: Refused: no such count, one that does not stand, the viewer's own, or no difference.
    """
    stock = next(each for each in STOCKS if isinstance(entry, each.settlements.entry))
    count = await _count(context, stock, entry.count_id)
    await _hold(context, stock, [count[ITEM]])
    # Whoever held the item until now may have struck the count out.
    count = await _count(context, stock, entry.count_id)
    if not count["stands"]:
        raise at_fault("COUNT_NOT_SIGNED", "input", "countId")
    if context.viewer.person.id in (count["recorded_by"], count[stock.counts.signed_by]):
        raise Refused("COUNTED_IT")
    if count["difference"] == 0:
        raise at_fault("NO_DIFFERENCE", "input", "countId")
    follows = count["difference"] if entry.becomes in FOLLOWED else 0
    return {ITEM: count[ITEM], "quantity": follows}


async def _count(context: Context, stock: Stock, line: UUID) -> Mapping[str, Any]:
    seen = record_of(stock.counts), one_line(stock.counts)
    rows = await rows_seen(context, *seen, id=line)
    if not rows:
        raise at_fault("NOT_FOUND_HERE", "input", "countId")
    count: Mapping[str, Any] = rows[0]
    return count


CHECKS = {
    **{each.counts.name: counted for each in STOCKS},
    **{each.settlements.name: decided for each in STOCKS},
}
"""What a stock asks of its counts and of what is decided on them, and what it fills in."""


async def all_counted(context: Context, register: Register, line: Mapping[str, Any]) -> None:
    """The duty of counting is done with the last item that has to be counted.

    That is what the lines of its own clause speak of, or all that is counted here.
    """
    me = context.viewer.person
    async for living, row, _, left in _to_count(context, register, line):
        if not left:
            shown = Shown(me.id, me.name, line["id"])
            await fulfil(context, living, [row], day_of(line[register.day]), shown)


async def not_all_counted(context: Context, register: Register, line: Mapping[str, Any]) -> None:
    """A count that stands no more leaves its item to be counted again."""
    institution = context.viewer.institution
    async for _, row, period, left in _to_count(context, register, line):
        named = {"cadence": row.id, "clause": row.clause, "first": period.first}
        for done in await context.rows(duty_rows.SHOWN, **named) if left else ():
            await take_back(context, institution, done)


async def _to_count(
    context: Context, register: Register, line: Mapping[str, Any]
) -> AsyncIterator[tuple[LivingRulebook, Cadence, Period, bool]]:
    """The rhythms of counting that a count lies in, and whether something is left to count."""
    stock = OF_BOOK.get(register.name)
    if stock is None or register is not stock.counts:
        return
    living = await context.rulebook()
    column, word = stock.used_up
    asked = clauses_of(living, register.name)
    for row in living.shapes.cadences:
        period = period_at(row, day_of(line[register.day])) if row.clause in asked else None
        if period is None:
            continue
        lines = stock_rows.counting(living, stock, {row.clause})
        words = [
            each.value
            for each in type(word)
            if any(of.when.holds({column: each.value}) for of in lines)
        ]
        left = await context.row(
            stock_rows.uncounted(stock), words=words, first=period.first, last=period.last
        )
        yield living, row, period, left is not None
