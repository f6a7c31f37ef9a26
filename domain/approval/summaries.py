"""Summaries that several areas give of their requests: one line in both languages."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.approval.procedure import Summary
from domain.vocabulary import FactValue

LONGEST = 40

Summarise = Callable[[Any, Mapping[str, FactValue]], Summary]


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def of_text(zh: str, en: str) -> Summarise:
    """What is asked for, by what its explanation says: 车辆维修:刹车异响."""

    def summary(form: Any, _: Mapping[str, FactValue]) -> Summary:
        said = shortened(form.explanation)
        return Summary(f"{zh}:{said}", f"{en}: {said}")

    return summary
