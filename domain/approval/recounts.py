"""A request whose days are counted anew, since the calendar that it was counted on has changed."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain.approval.request import Request, Status
from domain.approval.rounds import closed
from domain.time.wording import number
from domain.vocabulary import Fact, FactValue, Label

RECOUNTED, BEYOND, BACK = "RECOUNTED", "RECOUNTED_BEYOND", "RECOUNTED_BACK"
"""How a request goes on: as it was or re-routed; though its route would be another; sent back."""

Facts = Mapping[str, FactValue]


def anew(stored: Facts, before: Facts, after: Facts, alone: Facts) -> dict[str, FactValue]:
    """The facts as they are now: only what the calendar changed differs from what was stored.

    `before` and `after` are derived by the old calendar and the new one, `alone` by the new one
    without other absences: a total that counts those moves by the difference, for absences that
    came later were no part of it.
    """
    facts = dict(stored)
    for name, value in after.items():
        known, old = stored.get(name), before.get(name)
        counts_others = alone.get(name) != value
        if counts_others and isinstance(value, Decimal):
            if isinstance(known, Decimal) and isinstance(old, Decimal):
                facts[name] = known + value - old
        else:
            facts[name] = value
    return facts


def said(before: Facts, after: Facts, known: Mapping[str, Fact]) -> Label:
    """What differs, in words: 天数 5 → 4."""
    differing = [name for name in after if before.get(name) != after[name] and name in known]
    parts = [(known[name].label, before.get(name), after[name]) for name in differing]
    return Label(
        "、".join(f"{label.zh} {_shown(old)} → {_shown(new)}" for label, old, new in parts),
        ", ".join(f"{label.en} {_shown(old)} → {_shown(new)}" for label, old, new in parts),
    )


def _shown(value: FactValue | None) -> str:
    return number(value) if isinstance(value, Decimal) else str(value)


def with_mark(request: Request, mark: Mapping[str, Any]) -> Request:
    """The request on its way as before, with what was counted anew kept on it."""
    return replace(request, marks=(*request.marks, mark), version=request.version + 1)


def is_recounted(request: Request) -> bool:
    return any(mark["code"] in {RECOUNTED, BEYOND} for mark in request.marks)


def sent_back(request: Request, mark: Mapping[str, Any]) -> Request:
    """The request returned to its applicant: as counted now it cannot go on."""
    return closed(replace(request, marks=(*request.marks, mark)), Status.RETURNED)
