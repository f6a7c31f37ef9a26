"""Debts on an account: which of them are paid off, by name or by age."""

from collections.abc import Sequence
from uuid import UUID

from domain.records.accounts import ZERO, Item


def paid_off(items: Sequence[Item]) -> list[UUID]:
    """The debts of which nothing is left: what names one pays that first, then the oldest."""
    oldest = sorted(items, key=lambda each: each.day)
    debts = {each.source: -each.amount for each in oldest if each.amount < 0}
    for each in sorted(items, key=lambda each: each.against is None):
        left = max(each.amount, ZERO)
        for debt in sorted(debts, key=lambda debt: debt != each.against):
            used = min(left, debts[debt])
            debts[debt], left = debts[debt] - used, left - used
    return [debt for debt, left in debts.items() if not left]
