"""Discipline: a review of what somebody is held to account for, in the time that a clause gives.

Regulations: 党务公开责任追究办法.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from domain.approval.procedure import Circumstances, Form, Procedure, asked, explanation
from domain.records.rules import happened
from domain.vocabulary import FactValue


class PenaltyReview(Form):
    """责任追究复核: why whoever is held to account asks for it, and when they were told."""

    explanation: str = explanation()
    noticed_on: date | None = asked("收到处理通知日期", "Told of it in writing on", default=None)


def _since_notice(form: PenaltyReview, known: Circumstances) -> Mapping[str, FactValue]:
    if form.noticed_on is None or form.noticed_on > known.today:
        return {}
    return {"days_since_notice": Decimal((known.today - form.noticed_on).days)}


PROCEDURES: tuple[Procedure[Any], ...] = (
    Procedure(
        "penalty.review",
        PenaltyReview,
        facts=_since_notice,
        requirements=happened("noticed_on"),
        told_by={"days_since_notice": "noticed_on"},
    ),
)
