"""The time that a request is for, as its form says it, and what is known once that has come."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from domain.approval.procedure import Form
from domain.time.moments import OFFICE_TIME, Moment

AHEAD = "submitted_ahead"
"""That a request is handed in before the time that it is for begins."""
BEGUN, OVER = "time_begun", "time_over"
"""Facts: that the time that a request is for has come, that it is past."""


def starts_of(form: Form) -> datetime | None:
    """When what a form asks for begins, as it says itself."""
    begins = getattr(form, "begins", None)
    return _moment(begins.begins if isinstance(begins, Moment) else begins)


def ends_of(form: Form) -> datetime | None:
    """When what a form asks for is over, as it says itself."""
    ends = getattr(form, "ends", None)
    if isinstance(ends, date) and not isinstance(ends, datetime):
        ends += timedelta(days=1)
    return _moment(ends.ends if isinstance(ends, Moment) else ends)


def come(form: Form, now: datetime) -> Iterator[tuple[str, bool]]:
    """Whether its time has come and is past; nothing where it tells no such time."""
    for fact, at in ((BEGUN, starts_of(form)), (OVER, ends_of(form))):
        if at:
            yield fact, at <= now


def _moment(told: datetime | date | None) -> datetime | None:
    if told is None or isinstance(told, datetime):
        return told.replace(tzinfo=told.tzinfo or OFFICE_TIME) if told else None
    return datetime.combine(told, time.min, OFFICE_TIME)
