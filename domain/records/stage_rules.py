"""What stages of cases ask of a record in the same words."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.approval.procedure import Form, asked
from domain.records.cases import Rule, Stage, Turn
from domain.records.stage_forms import fill
from domain.time.moments import office_local

Holds = Callable[[Turn[Any]], bool]
REMARK = ("text", str | None, asked("说明", "What is said", default=None, longest=2000))


def remarked(record: type) -> Callable[..., Stage]:
    """How stages of a record are declared in which something may be said besides.

    Each cannot do without the columns `required`, takes those that it `may` fill in, and notes
    what is asked `also`; the rest is the stage's own.
    """

    def stage(
        *required: str, may: tuple[str, ...] = (), also: tuple[Any, ...] = (), **more: Any
    ) -> Stage:
        return Stage(fill(record, *may, required=required, also=(*also, REMARK)), **more)

    return stage


def days_of_notice(stage: Stage, given: Form, today: date) -> dict[str, Decimal]:
    """How far off the day is that a stage gives notice of, for the path."""
    day = getattr(given, stage.notice, None) if stage.notice else None
    return {} if day is None else {"notice_days": Decimal((day - today).days)}


def some(*columns: str) -> Holds:
    """One of these was filled in before."""
    return lambda turn: any(getattr(turn.before, name) for name in columns)


def not_today(column: str) -> Holds:
    """This was not done on the same day before."""

    def holds(turn: Turn[Any]) -> bool:
        last = getattr(turn.before, column)
        return not last or office_local(last).date() != office_local(turn.now).date()

    return holds


def not_ahead(column: str) -> Holds:
    """A day or moment that has come, or is left out."""

    def holds(turn: Turn[Any]) -> bool:
        at = getattr(turn.after, column)
        now = turn.now if isinstance(at, datetime) else office_local(turn.now).date()
        return at is None or bool(at <= now)

    return holds


def done(*columns: str) -> tuple[Rule[Any], ...]:
    """Of what is on record as done the day or moment has come."""
    return tuple(Rule("NOT_YET_HAPPENED", (each,), not_ahead(each)) for each in columns)


def rising(first: str, second: str) -> Holds:
    """The second is no less than the first, where both are told."""

    def holds(turn: Turn[Any]) -> bool:
        one, other = getattr(turn.after, first), getattr(turn.after, second)
        return one is None or other is None or bool(one <= other)

    return holds
