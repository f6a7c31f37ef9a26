"""Accounts in the API: what somebody has left of something, with the entries that make it up."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import strawberry

from domain import REGISTERS
from domain.messages import say
from domain.records.accounts import Item, Move
from resolvers.records import account_pages
from resolvers.records.account_pages import Shown
from schema.ground.fields import Info, query
from schema.ground.ids import Id, global_id
from schema.ground.mirrors import enum_of
from schema.ground.rows import Words, told
from schema.records.actions import ALLOWED, LivingAction, actions
from schema.rules.clauses import Clause

AccountMove: Any = enum_of(Move, "AccountMove")
WORDS = {each.name: each.reference.word for each in REGISTERS}


@strawberry.type
class AccountLine:
    """An entry of an account; it stands, and what was wrong is made up for by another."""

    day: Annotated[date, "From when on it counts."]
    move: Annotated[AccountMove, "OPENED, GRANTED, CREDITED, DEBITED or LAPSED."]
    of: Annotated[str, "What moved it: a kind of request, a register."]
    source: Annotated[
        strawberry.ID | None, "The request or the line; null of what recurs or lapses."
    ]
    amount: Annotated[Decimal, "How much; what is taken is below zero."]
    until: Annotated[date | None, "The last day on which it may be used."]
    clause: Annotated[Clause, "The clause behind it."]


@strawberry.type
class AccountLapse:
    """What lapses of an account if nobody takes it."""

    after: Annotated[date, "The last day on which it may be used."]
    amount: Annotated[Decimal, "How much of it is left."]


@strawberry.type
class Account:
    """What a person has left of something on a day, or owes."""

    name: Annotated[str, "leave.annual_days …"]
    label: Annotated[str, "What people call it."]
    unit: Annotated[str, "day, hour, yuan …"]
    opened_on: Annotated[date | None, "Since when; null before it is opened."]
    bound: Annotated[bool, "Whether nobody may take more than is left."]
    balance: Annotated[
        Decimal, "What is left by what is on record; below zero more was taken, or is owed."
    ]
    reserved: Annotated[Decimal, "What requests on their way would take."]
    available: Annotated[Decimal, "What may still be taken that day."]
    lapsing: Annotated[list[AccountLapse], "What lapses, the first first."]
    lines: Annotated[list[AccountLine], "What makes it up, by day."]
    allowed_actions: Annotated[list[LivingAction], ALLOWED]


async def accounts(
    info: Info,
    person: Annotated[UUID | None, Id("Person"), "Whose; one's own when absent."] = None,
    on: date | None = None,
) -> list[Account]:
    """What somebody has left of each account that the office keeps and the viewer may see."""
    whom = person or info.context.viewer.person.id
    found = await account_pages.accounts(info.context, whom, on or info.context.today)
    return [await _account(info, each) for each in found]


async def _account(info: Info, shown: Shown) -> Account:
    account, balance = shown.whose.account, shown.balance
    may = actions(info, account.name)
    return Account(
        name=account.name,
        label=say(info.context.language, shown.label),
        unit=account.unit,
        opened_on=shown.opened,
        bound=shown.bound,
        balance=balance.total,
        reserved=balance.reserved,
        available=balance.room,
        lapsing=[AccountLapse(after=day, amount=amount) for day, amount in shown.lapsing],
        lines=[_line(shown, each) for each in shown.lines],
        allowed_actions=may if isinstance(may, list) else await may,
    )


def _line(shown: Shown, item: Item) -> AccountLine:
    moved = item.move in (Move.CREDITED, Move.DEBITED, Move.OPENED)
    word = WORDS.get(item.of, "Request")
    source = global_id(word, item.source) if moved else None
    return told(AccountLine, item, Words(shown.whose.living), source=source)


FIELDS = (query(accounts, "accounts"),)
