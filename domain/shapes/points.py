"""Points and months that a clause names: the 25th, the last Friday, a month's end, five o'clock."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

POINT = re.compile(
    r"day (?P<day>[1-9]|[12]\d|3[01])|(?P<last>last )?weekday (?P<weekday>[1-7])"
    r"|(?P<end>month|quarter|half-year)-end|(?P<month>0[1-9]|1[0-2])-(?P<of_month>0[1-9]|[12]\d|3[01])"
    r"|time (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)"
)
ROLLS = " or next workday"
"""What a day is followed by that moves to the next working day where it is none."""
BY = "by "
"""What a day is led by that is the last on which it may be done, where a text says 一般."""
WINDOW = re.compile(r"month (?P<month>0[1-9]|1[0-2])|last-month")
MONTHS_UNTIL_END = {"month": 1, "quarter": 3, "half-year": 6}
LAST_SECOND = time(23, 59, 59)
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Point:
    """`day 25`, `weekday 5`, `last weekday 5`, `month-end`, `12-31` or `time 17:00`.

    Days beyond a month clamp; the last weekday is that of a month.
    """

    text: str
    day: int = 0
    weekday: int = 0
    last: bool = False
    month: int = 0
    every: int = 0
    at: time | None = None
    rolls: bool = False

    @property
    def alone(self) -> bool:
        """Whether it names the one day of a week, not the last."""
        return bool(self.weekday) and not self.text.startswith(BY)

    def falls_on(self, day: date) -> bool:
        length = monthrange(day.year, day.month)[1]
        if self.weekday:
            of_last_week = not self.last or day.day + DAYS_A_WEEK > length
            return day.isoweekday() == self.weekday and of_last_week
        if self.every:
            return day.day == length and day.month % self.every == 0
        if self.day:
            return day.day == min(self.day, length) and self.month in (0, day.month)
        return True

    def nearest(self, start: datetime, step: int = 1) -> datetime:
        """The first such moment at or after the start; with step -1 the last at or before it.

        A point without a time of day is the end of its day.
        """
        for day in (start.date() + timedelta(days=step * each) for each in range(368)):
            moment = datetime.combine(day, self.at or LAST_SECOND, start.tzinfo)
            in_reach = self.at is None or (moment - start) * step >= timedelta(0)
            if in_reach and self.falls_on(day):
                return moment
        raise LookupError(self.text)


@dataclass(frozen=True)
class Window:
    """The month of a period in which it is to be done: `month 07`, or `last-month` without one."""

    text: str
    month: int = 0

    def within(self, last: date) -> tuple[date, date]:
        """The first and the last day of the month, in the period that ends then."""
        first = last.replace(day=1, month=self.month or last.month)
        return first, months_later(first, 1) - timedelta(days=1)


def point_of(text: str) -> Point | None:
    """The point that a text names, if it names one."""
    match = POINT.fullmatch(text.removesuffix(ROLLS).removeprefix(BY))
    if match is None:
        return None
    found = match.groupdict()
    if found["hour"]:
        return Point(text, at=time(int(found["hour"]), int(found["minute"])))
    return Point(
        text,
        day=int(found["day"] or found["of_month"] or 0),
        weekday=int(found["weekday"] or 0),
        last=bool(found["last"]),
        month=int(found["month"] or 0),
        every=MONTHS_UNTIL_END.get(found["end"] or "", 0),
        rolls=text.endswith(ROLLS),
    )


def window_of(text: str) -> Window | None:
    """The month that a text names, if it names one."""
    match = WINDOW.fullmatch(text)
    return Window(text, int(match["month"] or 0)) if match else None


def end_of(day: date, like: datetime) -> datetime:
    """The last second of a day, for what is due on it is in time until then."""
    return datetime.combine(day, LAST_SECOND, like.tzinfo)


def months_later(day: date, count: int) -> date:
    """The same day of a later or earlier month, or its last day where it has no such day."""
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def complete_months(since: date, day: date) -> int:
    """The complete months from one day to a later one."""
    months = (day.year - since.year) * 12 + day.month - since.month
    return months - (months_later(since, months) > day)
