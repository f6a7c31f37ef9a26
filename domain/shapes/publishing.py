"""Publishing: by which clause a statement is published, to whom, how long, and of which period."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from domain.shapes.cadences import Cadence, Period, period_at
from domain.shapes.clocks import Span
from domain.shapes.points import Window
from domain.values.choices import Choice

DAY = timedelta(days=1)


class Reach(Choice):
    """Who reads a board: those whom lines let see the statement, the office, or everybody."""

    NAMED = "named", "限定: whoever may see the statement."
    OFFICE = "office", "本单位: whoever holds a seat here."
    EVERYBODY = "everybody", "对外: other institutions too."


@dataclass(frozen=True)
class Publishing:
    """By which clause the office publishes a statement `id`, to whom, and for how long if said.

    Where a clause wants it approved first, it is by a request of the kind `approved_by`.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("cadence", "record", "duty", "procedure")
    id: str
    clause: str
    reach: Reach
    lasts: Span | None
    approved_by: str = ""


def duty_of(written: bool, cadence: Cadence, told: Period) -> Period | None:
    """The period in which it is a duty to tell of one.

    What is counted is told of the period before; of its own where that is due at its end, and so
    is what somebody writes.
    """
    if written or isinstance(cadence.at, Window):
        return told
    return period_at(cadence, told.last + DAY)


def may_be_told(written: bool, cadence: Cadence | None, told: Period, today: date) -> bool:
    """Whether a period is over, or so far that its clause wants it told; the written is of now."""
    if written:
        return told.first <= today
    at_its_end = cadence is not None and isinstance(cadence.at, Window) and told.opens <= today
    return told.last < today or at_its_end


def latest_told(written: bool, cadence: Cadence, today: date) -> Period | None:
    """The last period that may be told; none of what follows events."""
    now = period_at(cadence, today)
    if now is None or may_be_told(written, cadence, now, today):
        return now
    return period_at(cadence, now.first - DAY)
