"""Quotas: how much a clause allows or demands, of what and for what."""

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


@dataclass(frozen=True)
class Quota:
    """`limit` is None where the text elides it; `excess` says what then."""

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


def is_above(quota: Quota, measures: Measures) -> bool:
    return quota.limit is not None and number(measures, quota.measure) > quota.limit


def beyond(quota: Quota, measures: Measures, path: tuple[str, ...]) -> Problem:
    """The problem that it is to be beyond a limit, and what the clause says of it then."""
    code = "ABOVE_QUOTA" if is_above(quota, measures) else "BELOW_QUOTA"
    limit = quantity(quota.limit or Decimal(0), quota.unit)
    then = f"（{quota.excess}）" if quota.excess else ""
    return Problem(code, path, quota.clause, {"limit": Label(f"{limit.zh}{then}", limit.en)})


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
