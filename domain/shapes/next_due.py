"""By when what recurs is due next, told as the end of a clock is."""

from datetime import datetime, time

from domain.shapes.cadences import MONTHS, OF_DAYS, Cadence, due_at, due_between
from domain.shapes.clocks import Term
from domain.shapes.points import Point, Window, months_later
from domain.time.calendar import Calendar, outside
from domain.time.moments import OFFICE_TIME


def next_term(cadence: Cadence, since: datetime, calendar: Calendar) -> Term:
    """The first end of a period from then on; what follows events has none.

    Raises: Refused: the calendar does not reach so far.
    """
    since = since.astimezone(OFFICE_TIME)
    day, months = since.date(), 2 * MONTHS.get(cadence.every, 1) * (cadence.interval or 1)
    try:
        coming = due_between(cadence, day, months_later(day, months), calendar)
        period = next(each for each in coming if due_at(cadence, each, since) >= since)
    except (OverflowError, ValueError):
        raise outside() from None
    opens = None
    if isinstance(cadence.at, Window):
        opens = datetime.combine(period.opens, time(), since.tzinfo)
    by_workdays = cadence.every in OF_DAYS or (isinstance(cadence.at, Point) and cadence.at.rolls)
    provisional = by_workdays and calendar.is_provisional(day, period.due)
    return Term(due_at(cadence, period, since), opens, provisional)
