"""Rounds 评议: which scores make an evaluation, who fixes it, how long it is made public."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from domain.vocabulary import Label


@dataclass(frozen=True)
class Round:
    """A scored evaluation of the sections, so many times a year, by scores of the office.

    `score` adds up marks, `review` weighs the panels; without a score the review is the total.
    `rank` has places and tiers. `above` are the roles that lead a section without belonging to it.
    Without `fixed_by`, a kind of request, whoever keeps the round closes it. Its results are public
    for so many days where the text says.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("scoring", "procedure")
    id: str
    clause: str
    kind: str
    times: int | None
    score: str
    review: str
    rank: str
    above: tuple[str, ...]
    fixed_by: str
    publicity: int | None
    label: Label

    def public_until(self, closed: date) -> date | None:
        """The last day on which results are public; None where the text gives no term."""
        return closed + timedelta(days=self.publicity) if self.publicity else None
