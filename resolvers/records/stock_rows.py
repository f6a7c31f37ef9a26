"""Stock read: what its lines come to, what people hold, what counts left open."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any
from uuid import UUID

from domain import STOCKS
from domain.errors import at_fault
from domain.records.lines import AWAITS, is_open, read_row, stands
from domain.records.stock import ITEM, QUANTITY, STORE, Stock
from domain.rules.rows import ALLOW, RuleRow
from domain.time.moments import is_near
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.derived import derived
from resolvers.ground.listing import Found, Slice
from resolvers.records.acts import clauses_of, rows_of
from resolvers.records.allowed import may_one
from resolvers.records.pages import Listing, listed, own
from resolvers.rules.rulebooks import LivingRulebook


@cache
def _moved(stock: Stock) -> str:
    """Every change of a place: of which item, whose, on which day, by how much, if it has arrived.

    A line that is to be signed for takes from its place at once, and gives to another when signed.
    """
    halves = []
    for flow in stock.moves:
        table = flow.register.table
        done = stands(table, "t") if AWAITS in table.columns else "true"
        for place, sign in flow.places():
            whose = "cast(null as uuid)" if place == STORE else f"t.{place}"
            halves.append(
                f"select t.{ITEM} as item, {whose} as holder, {flow.register.on_day} as day,"
                f" {sign} * t.{QUANTITY} as amount, {done} as done from {table.name} t"
                f" where t.institution_id = :institution and {is_open(table, 't')}"
            )
    return " union all ".join(halves)


@derived
def short(stock: Stock) -> str:
    """Where an item would have been taken that was not there, on the first such day."""
    return f"""with moved as ({_moved(stock)}),
         daily as (select m.holder, m.day, sum(sum(m.amount)) over (
                       partition by m.holder order by m.day) as there
                   from moved m where m.item = :item and (m.done or m.amount < 0)
                   group by m.holder, m.day)
        select d.holder, d.day, -d.there as lacking,
               (select p.name from people p
                where (p.institution_id, p.id) = (:institution, d.holder)) as name
        from daily d where d.there < 0 order by d.day limit 1"""


@derived
def item(stock: Stock) -> str:
    """An item's card."""
    return (
        f"select t.* from {stock.thing.cards} t"
        " where t.institution_id = :institution and t.id = :id"
    )


@derived
def in_use(stock: Stock) -> str:
    """The cards of what is not ended."""
    return (
        f"select t.* from {stock.thing.cards} t"
        " where t.institution_id = :institution and t.state <> 'ended'"
    )


@derived
def there_on(stock: Stock) -> str:
    """How many of an item are in the store by what is done until a day."""
    return f"""select coalesce(sum(m.amount), 0) from ({_moved(stock)}) m
        where m.item = :item and m.holder is null and m.done and m.day <= :on"""


@cache
def _open(stock: Stock) -> str:
    """Counts that found something else, and of which nobody has decided."""
    counts, settlements = stock.counts, stock.settlements
    return (
        f"select c.* from {counts.lines} c where c.institution_id = :institution"
        f" and c.difference <> 0 and {stands(counts.table, 'c')} and not exists"
        f" (select from {settlements.lines} s where s.institution_id = c.institution_id"
        f"  and s.count_id = c.id and {stands(settlements.table, 's')})"
    )


@derived
def unsettled(stock: Stock) -> str:
    return f"""select c.id, c.{ITEM}, t.{stock.thing.named_by} as name, c.{stock.counts.day} as day,
               c.expected, c.found, c.difference
        from ({_open(stock)}) c
        join {stock.thing.cards} t
          on (t.institution_id, t.id) = (c.institution_id, c.{ITEM})
        order by day, c.id"""


@derived
def settled(stock: Stock) -> str:
    """Whether a decision on a count stands."""
    settlements = stock.settlements
    return (
        f"select exists (select from {settlements.lines} s where s.institution_id = :institution"
        f" and s.count_id = :count and {stands(settlements.table, 's')})"
    )


NARROWED = {"one": "t.id = :one", "among": "t.id = any(cast(:among as uuid[]))"}


@cache
def listing(stock: Stock) -> Listing:
    """Items by name, with what there is of each on a day."""
    counts, (column, word) = stock.counts, stock.used_up
    select = f"""with moved as (select * from ({_moved(stock)}) m where m.day <= :on),
             of_item as (
               select m.item,
                      coalesce(sum(m.amount) filter (where m.holder is null and m.done), 0)
                        as in_store,
                      coalesce(-sum(m.amount) filter (
                        where m.holder is null and not m.done and m.amount < 0), 0) as promised,
                      coalesce(sum(m.amount) filter (where m.holder is not null and m.done), 0)
                        as held
               from moved m group by m.item),
             differing as (select c.{ITEM} as item, sum(c.difference) as difference
                           from ({_open(stock)}) c group by c.{ITEM}),
             counted as (select c.{ITEM} as item, max(c.{counts.day}) as day
                         from {counts.lines} c where c.institution_id = :institution
                           and c.{counts.day} <= :on and {stands(counts.table, "c")}
                         group by c.{ITEM})
            select t.*, coalesce(o.in_store, 0) as in_store, coalesce(o.promised, 0) as promised,
                   case when t.{column} = '{word.value}' then 0
                        else coalesce(o.held, 0) end as held,
                   coalesce(d.difference, 0) as difference, c.day as counted_on
            from {stock.thing.cards} t
            left join of_item o on o.item = t.id
            left join differing d on d.item = t.id
            left join counted c on c.item = t.id
            where t.institution_id = :institution"""
    order = {stock.thing.named_by: f"t.{stock.thing.named_by}", "id": "t.id"}
    return Listing(stock.thing.cards, select, order, NARROWED)


@derived
def held(stock: Stock) -> str:
    """What a person holds that is not used up: signed for, and neither returned nor passed on."""
    column, word = stock.used_up
    named = f"t.{stock.thing.named_by}"
    return f"""select t.id as item, {named} as name, sum(m.amount) as quantity
        from ({_moved(stock)}) m
        join {stock.thing.cards} t on t.institution_id = :institution and t.id = m.item
        where m.holder = :person and m.done and t.{column} <> '{word.value}'
        group by t.id, {named} having sum(m.amount) > 0 order by name, t.id"""


@derived
def uncounted(stock: Stock) -> str:
    """What is in use and of these words, and was not counted between two days."""
    counts, (column, _) = stock.counts, stock.used_up
    return f"""select t.id from {stock.thing.cards} t
        where t.institution_id = :institution and t.state <> 'ended'
          and t.{column} = any(cast(:words as text[])) and not exists (
            select from {counts.lines} c where c.institution_id = t.institution_id
              and c.{ITEM} = t.id and c.{counts.day} between :first and :last
              and {stands(counts.table, "c")})
        limit 1"""


SIGHT = (Act.KEEP, Act.CONFIRM, Act.TAKE, Act.SEE)
"""The acts of which any lets somebody see what a register says."""


def counting(living: LivingRulebook, stock: Stock, clauses: Collection[str]) -> Sequence[RuleRow]:
    """The lines of these clauses that say what is counted; all lines where none is theirs."""
    rows = rows_of(living, stock.counts.name, Act.KEEP)
    lines = [each for each in rows if each.effect == ALLOW]
    return [each for each in lines if each.clause in clauses] or lines


async def _to_count(context: Context, stock: Stock) -> list[UUID]:
    """What is in use that the clause by which the office counts speaks of."""
    living = await context.rulebook()
    lines = counting(living, stock, clauses_of(living, stock.counts.name))
    cards = await context.rows(in_use(stock))
    empty = {each.name: Decimal(0) for each in stock.thing.fields if each.type is Decimal}

    def counts(card: Mapping[str, Any]) -> bool:
        facts = empty | {name: value for name, value in card.items() if value is not None}
        return any(each.when.holds(facts) for each in lines)

    return [card["id"] for card in cards if counts(card)]


async def levels(
    context: Context, stock: Stock, on: date, page: Slice, *, to_count: bool = False
) -> Found[Mapping[str, Any]]:
    """What there is of each item by what happened until a day, by name; of all, or `to_count`.

    Raises: Refused: the day is too far away.
    """
    if not is_near(on, context.today):
        raise at_fault("DATE_TOO_FAR", "on")
    read = partial(read_row, stock.thing.fields)
    given = {"on": on, "among": await _to_count(context, stock) if to_count else None}
    return await listed(partial(own, context), listing(stock), given, page, read)


async def held_by(context: Context, person: UUID) -> list[tuple[Stock, Mapping[str, Any]]]:
    """What somebody holds and has signed for: their own, or by a line that lets one see it."""
    own, found = person == context.viewer.person.id, []
    for stock in await kept_here(context):
        if own or await _sees(context, stock.thing.name):
            found += [(stock, row) for row in await context.rows(held(stock), person=person)]
    return found


async def differences(context: Context) -> list[tuple[Stock, Mapping[str, Any]]]:
    """What counts found too much or too little, of which nobody has decided, the first first."""
    found = []
    for stock in await kept_here(context):
        of = (stock.counts.name, stock.settlements.name)
        if any([await _sees(context, name) for name in of]):
            rows = await context.rows(unsettled(stock))
            found += [(stock, row) for row in rows]
    return found


async def kept_here(context: Context) -> list[Stock]:
    """The stocks that clauses of the office ask for."""
    living = await context.rulebook()
    return [each for each in STOCKS if clauses_of(living, each.thing.name)]


async def _sees(context: Context, name: str) -> bool:
    acts = context.services.vocabulary.objects[name].acts
    return await may_one(context, name, (act for act in SIGHT if act in acts))
