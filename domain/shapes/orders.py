"""Orders of precedence: which of several that wait a clause puts first."""

from dataclasses import dataclass
from typing import ClassVar

from domain.conditions.language import Condition
from domain.vocabulary import Label


@dataclass(frozen=True)
class Priority:
    """What comes first, at its position; of one position the text says no order."""

    clause_kinds: ClassVar[tuple[str, ...]] = ("procedure", "other")
    id: str
    clause: str
    subject: str
    position: int
    when: Condition
    label: Label
