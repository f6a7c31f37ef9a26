"""Ladders: which recorded facts lead to which penalties or rewards, for whom and how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from domain.rules.conditions import Condition
from domain.shapes.asking import Measures, number
from domain.vocabulary import Label

TYPES = (
    *("fine", "deduct_bonus", "deduct_score", "warning", "criticism", "public_criticism", "talk"),
    *("dismissal", "transfer", "disciplinary", "bonus", "score", "other"),
)


@dataclass(frozen=True)
class Rung:
    """One consequence. Lines of one id come together; of one `choice` letter only one is taken.

    The amount is given `per` a measure, for the part of it that lies `beyond`.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("penalty", "reward")
    id: str
    clause: str
    trigger: str
    when: Condition
    type: str
    amount: Decimal | None
    unit: str
    of: str
    whom: str
    per: str
    beyond: Decimal | None
    choice: str
    label: Label


@dataclass(frozen=True)
class Consequence:
    """What a rung comes to. `is_open`: it has a unit, but the text or the facts give no figure."""

    rung: Rung
    amount: Decimal | None

    @property
    def is_open(self) -> bool:
        return self.amount is None and bool(self.rung.unit or self.rung.per)


def consequences(rungs: Iterable[Rung], measures: Measures) -> tuple[Consequence, ...]:
    """What rungs that speak come to; one whose amount comes to nothing falls away.

    Raises:
        Refused: a measure that an amount is multiplied by is not stated.

    """
    found = (Consequence(rung, amount_of(rung, measures)) for rung in rungs)
    return tuple(each for each in found if not each.rung.per or each.amount != 0)


def amount_of(rung: Rung, measures: Measures) -> Decimal | None:
    if rung.amount is None or not rung.per:
        return rung.amount
    times = number(measures, rung.per) - (rung.beyond or 0)
    return rung.amount * max(times, Decimal(0))


def what_follows(rungs: Iterable[Rung], measures: Measures) -> tuple[Consequence, ...]:
    """What these facts lead to, whichever the clause; amounts that they do not tell stay open.

    A rung that asks for no fact is told by its trigger alone, so it does not follow from any.
    """
    named = [rung for rung in rungs if rung.when.regions and rung.when.holds(measures)]
    told = [rung for rung in named if not rung.per or rung.per in measures]
    known = {id(each.rung): each for each in consequences(told, measures)}
    untold = {id(rung): Consequence(rung, None) for rung in named if rung not in told}
    both = known | untold
    return tuple(both[id(rung)] for rung in named if id(rung) in both)
