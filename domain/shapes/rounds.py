"""Rounds 评议: which scores make an evaluation, who fixes it, how long it is made public."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from domain.shapes.count_words import Whose
from domain.vocabulary import Label


@dataclass(frozen=True)
class Round:
    """A scored evaluation of the sections or the people, so many times a year, by its scores.

    `whose` it is, of those that the list `scope` of `eligibility.csv` lets in. `score` adds up
    marks, `review` weighs the panels; without a score the review is the total. A measure of `score`
    that stands in `tables` is what another score comes to. On a `sheet` each panel rates line by
    line; `evenly` is the clause by which what has no weight weighs alike. `rank` has places and
    tiers. `above` are the roles that lead a section without belonging to it.
    Without `fixed_by`, a kind of request, whoever keeps the round closes it. Its results are public
    for so many days where the text says.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("scoring", "procedure")
    id: str
    clause: str
    kind: str
    times: int | None
    whose: Whose
    scope: str
    score: str
    review: str
    rank: str
    tables: tuple[tuple[str, str], ...]
    sheet: str
    evenly: str
    above: tuple[str, ...]
    fixed_by: str
    publicity: int | None
    label: Label

    def public_until(self, closed: date) -> date | None:
        """The last day on which results are public; None where the text gives no term."""
        return closed + timedelta(days=self.publicity) if self.publicity else None
