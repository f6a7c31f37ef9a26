"""Quotas: how much a clause allows or demands, of what and for what."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from domain.conditions.language import Condition
from domain.errors import Problem
from domain.shapes.asking import Measures, number
from domain.time.wording import quantity
from domain.vocabulary import Label


class Bound(StrEnum):
    MAX = "max"
    MIN = "min"
    EXACT = "exact"


COUNTED = ":counted"


@dataclass(frozen=True)
class Quota:
    """`limit` is None where the text elides it; `excess` says what then.

    What goes beyond it is refused, or `counted` as something else where the subject ends so.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("quota",)
    id: str
    clause: str
    subject: str
    measure: str
    limit: Decimal | None
    unit: str
    per: str
    bound: Bound
    when: Condition
    excess: str

    @property
    def of(self) -> str:
        return self.subject.removesuffix(COUNTED)

    @property
    def counted(self) -> bool:
        return self.subject.endswith(COUNTED)


def is_above(quota: Quota, measures: Measures) -> bool:
    return quota.limit is not None and number(measures, quota.measure) > quota.limit


def beyond(quota: Quota, measures: Measures, path: tuple[str, ...]) -> Problem:
    """The problem that it is to be beyond a limit, and what the clause says of it then."""
    code = "ABOVE_QUOTA" if is_above(quota, measures) else "BELOW_QUOTA"
    limit = quantity(quota.limit or Decimal(0), quota.unit)
    then = f"（{quota.excess}）" if quota.excess else ""
    return Problem(code, path, quota.clause, {"limit": Label(f"{limit.zh}{then}", limit.en)})


def counted_beyond(
    quotas: Iterable[Quota], of: str, measure: str, measures: Measures, taken: Decimal
) -> Decimal:
    """How much of what was taken last goes beyond a limit, and is counted as something else."""
    over = [
        number(measures, measure) - each.limit
        for each in quotas
        if each.counted and (each.of, each.measure) == (of, measure) and each.limit is not None
        if measure in measures and each.when.holds(measures)
    ]
    return min(max([*over, Decimal(0)]), taken)


def is_kept(quota: Quota, measures: Measures) -> bool | None:
    """Whether the measure stays on the right side of its limit, which itself is allowed."""
    value = number(measures, quota.measure)
    if quota.limit is None:
        return None
    match quota.bound:
        case Bound.MAX:
            return value <= quota.limit
        case Bound.MIN:
            return value >= quota.limit
        case Bound.EXACT:
            return value == quota.limit
