"""The parts that the statement that keeps a request is put together of."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Table


class Part(StrEnum):
    """What a statement does besides keeping the request, its line and its steps."""

    NEW = "new"
    REWRITTEN = "rewritten"
    NUMBERED = "numbered"
    STEPS = "steps"
    LEFT = "left"
    ENTERED = "entered"
    WORDED = "worded"
    HANDLED = "handled"
    CONCERNING = "concerning"
    ANSWERED = "answered"
    AWAY = "away"
    BOOKED = "booked"
    ENDED = "ended"
    LONGER = "longer"
    BACK = "back"
    CLOCKS_SEEN = "clocks_seen"
    CLOCKS_CHANGED = "clocks_changed"
    CLOCKS_BEGUN = "clocks_begun"
    CLOCKS_TOLD = "clocks_told"
    WOKEN = "woken"
    COUNTED = "counted"


MOVING = frozenset(
    {"status", "version", "round", "marks", "step_institutions", "closed_at", "completed_at"}
)
"""The columns of a request that acts change; the others stand as they were submitted."""
FIXED = frozenset({"institution_id", "id", "request_id"})


def columns(of: Table, prefix: str = "") -> str:
    return ", ".join(prefix + column.name for column in of.columns if not column.computed)


def changes(of: Table, source: str = "excluded", only: frozenset[str] | None = None) -> str:
    told = [each for each in of.columns if not (each.primary_key or each.computed)]
    names = [each.name for each in told if each.name not in FIXED]
    return ", ".join(f"{name} = {source}.{name}" for name in names if only is None or name in only)


def populated(table: str, name: str) -> str:
    return f"jsonb_populate_recordset(cast(null as {table}), :{name}) g"


def named(ctes: Iterable[str]) -> str:
    return "".join(f", {each}" for each in ctes)
