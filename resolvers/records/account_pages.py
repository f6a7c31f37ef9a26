"""A person's accounts as they are on a day: their own, or those that a line lets the viewer see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.errors import at_fault
from domain.records.accounts import Balance, Item, differences, lapsing, recounted
from domain.time.moments import is_near
from domain.vocabulary import Act, Label
from resolvers.ground.context import Context
from resolvers.ground.people import named
from resolvers.records.accounts import Whose, kept_here, posted, told
from resolvers.records.allowed import may_one


@dataclass(frozen=True)
class Shown:
    """An account on a day: its entries, what is due to be posted by then among them."""

    whose: Whose
    label: Label
    opened: date | None
    bound: bool
    balance: Balance
    lines: Sequence[Item]
    lapsing: Sequence[tuple[date, Decimal]]


async def accounts(context: Context, person: UUID, on: date) -> list[Shown]:
    """Those of a person that the office keeps and the viewer may see.

    Raises: Refused: the day is too far away.
    """
    if not is_near(on, context.today):
        raise at_fault("DATE_TOO_FAR", "on")
    living = await context.rulebook()
    if await named(context, person) is None:
        return []
    shown, own = [], person == context.viewer.person.id
    for account in kept_here(living):
        whose = Whose(living, account, person)
        # Whose it is sees it; others who keep it, or by a line.
        if not (own or await may_one(context, account.name, (Act.KEEP, Act.SEE))):
            continue
        known = await told(context, whose, on)
        label = living.vocabulary.objects[account.name].label
        lines = await _lines(context, whose, known.items, on)
        lapses = lapsing((*known.items, *known.reserved), on)
        of = known.opened, known.bound, known.on(on), lines, lapses
        shown.append(Shown(whose, label, *of))
    return shown


async def _lines(
    context: Context, whose: Whose, items: Sequence[Item], on: date
) -> tuple[Item, ...]:
    entries = await posted(context, whose)
    due = differences(entries, recounted(items, on))
    every = sorted((*entries, *due), key=lambda each: each.day)
    return tuple(each for each in every if each.day <= on)
