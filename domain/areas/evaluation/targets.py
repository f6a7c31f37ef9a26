"""Evaluation: the targets that sections propose, and the round that they are evaluated in."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from domain.approval.procedure import (
    Form,
    Procedure,
    Summary,
    asked,
    explanation,
    referring,
)
from domain.records.rounds import RoundKind
from domain.records.rules import ordered
from domain.vocabulary import FactValue


class EvaluationTarget(Form):
    """A business target of the year, as a section proposes it."""

    explanation: str = explanation()
    title: str | None = asked("项目名称", "Title", default=None, longest=200)
    begins: date | None = asked("起始时间", "Begins", default=None)
    ends: date | None = asked("完成时间", "Ends", default=None)
    standard: str | None = asked("完成标准", "Standard of completion", default=None, longest=2000)
    responsible: str | None = asked("责任人", "Responsible", default=None, longest=200)
    letter_id: UUID | None = referring(
        "所调整的责任书", "The letter that it adjusts", "EvaluationLetter", default=None
    )


def _summary(form: EvaluationTarget, _: Mapping[str, FactValue]) -> Summary:
    said = (form.title or form.explanation)[:40]
    return Summary(f"业务目标：{said}", f"Target: {said}")


PROCEDURES: tuple[Procedure[Any], ...] = (
    Procedure(
        kind="evaluation.target",
        form=EvaluationTarget,
        summary=_summary,
        requirements=(ordered("begins", "ends"),),
    ),
)

ROUNDS = (RoundKind("evaluation.round", proposals="evaluation.target"),)
