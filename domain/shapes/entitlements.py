"""Entitlements: how much a clause gives to an account, for what or how often, and until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from domain.conditions.language import Condition
from domain.shapes.asking import Measures
from domain.shapes.count_words import Within
from domain.shapes.counts import period_of
from domain.shapes.points import months_later

RECURRING = (Within.MONTH, Within.QUARTER, Within.HALF_YEAR, Within.YEAR)
"""The periods in which an amount may be given again."""


@dataclass(frozen=True)
class Entitlement:
    """What an account is given: in each period, or for each unit of what is credited `of` a source.

    `carried` is for how many months it may be used beyond its period, or from the day that it was
    credited; None where it does not lapse.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("quota", "approval", "interpretation")
    id: str
    clause: str
    of: str
    account: str
    when: Condition
    amount: Decimal
    per: Within | None
    carried: int | None

    def until(self, day: date) -> date | None:
        """The last day on which what was given on a day may be used."""
        if self.carried is None:
            return None
        if self.per is None:
            return months_later(day, self.carried)
        return end_of_months(period_of(self.per, day)[1], self.carried)


def end_of_months(last: date, months: int) -> date:
    """The day that lies so many months after the last day of a period."""
    return months_later(last + timedelta(days=1), months) - timedelta(days=1)


def entitled(rows: Iterable[Entitlement], known: Measures) -> Entitlement | None:
    """Of the rows that speak of a case the one that gives most."""
    speaking = [row for row in rows if row.when.holds(known)]
    return max(speaking, key=lambda row: row.amount, default=None)
