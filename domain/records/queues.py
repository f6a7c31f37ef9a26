"""Queues: cases of a kind that wait for a stage, in the order that the office's rows give."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.records.cases import Case, CaseKind


@dataclass(frozen=True, eq=False)
class Queue:
    """Cases that wait for the stage `before`, in the order that `orders.csv` gives `subject`.

    `name` names it in the API, `word` its types. Of two cases that may go `together` one stage may
    serve both. The column `place` keeps the place from which a case went through it first.
    """

    name: str
    word: str
    kind: CaseKind[Any]
    before: str
    subject: str
    together: Callable[[Case[Any], Case[Any]], bool]
    place: str
