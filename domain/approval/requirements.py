"""What several areas ask of a form in the same words."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from domain.approval.procedure import Circumstances, Form, Requirement, asked
from domain.time.moments import is_near

F = TypeVar("F", bound=Form)


def explanation() -> Any:
    """The field in which a person says why."""
    return asked("事由", "Explanation", longest=2000)


def near(field: str, day_of: Callable[[F], date]) -> Requirement[F]:
    """The day lies within two years of today."""

    def holds(form: F, known: Circumstances) -> bool:
        return is_near(day_of(form), known.today)

    return Requirement("DATE_TOO_FAR", (field,), holds)
