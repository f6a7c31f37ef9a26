"""Half-days, and durations as exact counts of them, so that none is rounded into another tier.

The halves abut at noon, so a leave leaves no gap between one half-day and the next.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_DOWN, Decimal

from domain.values.choices import Choice
from domain.vocabulary import Label

OFFICE_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China keeps one time and no summer time, so a fixed offset says all."""

HALF = Decimal("0.5")
NOON = time(12)
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""What can be named at all: whatever is counted from there stays within the calendar."""

REACH_DAYS = 731
"""Two years with a leap day: no request reaches further from today, back or ahead."""


class HalfOfDay(Choice):
    """The halves abut at noon: the morning begins at 00:00, the afternoon ends at 24:00."""

    MORNING = "morning", "上午; morning"
    AFTERNOON = "afternoon", "下午; afternoon"


HALF_LABELS = {
    HalfOfDay.MORNING: Label("上午", "morning"),
    HalfOfDay.AFTERNOON: Label("下午", "afternoon"),
}


@dataclass(frozen=True)
class Period:
    """Office-local time from `begins` up to, not including, `ends`."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Moment:
    """A half-day of one date."""

    date: date
    half: HalfOfDay

    @property
    def index(self) -> int:
        """Half-days since the first of the calendar; consecutive halves differ by one."""
        return self.date.toordinal() * 2 + (self.half is HalfOfDay.AFTERNOON)

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.date, NOON if self.half is HalfOfDay.AFTERNOON else time())

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(hours=12)


Span = tuple[Moment, Moment]
"""The first half-day and the last, both included."""


def half_day_of(moment: datetime) -> Moment:
    """The half-day that an office-local time falls in."""
    half = HalfOfDay.AFTERNOON if moment.time() >= NOON else HalfOfDay.MORNING
    return Moment(moment.date(), half)


def last_half_day_of(period: Period) -> Moment:
    """The last half-day that a period reaches into; its end itself is outside."""
    return half_day_of(period.ends - timedelta.resolution)


def office_local(moment: datetime) -> datetime:
    """What the clock on the office's wall shows, without an offset."""
    return moment.astimezone(OFFICE_TIME).replace(tzinfo=None)


def is_sayable(day: date) -> bool:
    return EARLIEST <= day <= LATEST


def is_near(day: date, today: date) -> bool:
    return abs((day - today).days) <= REACH_DAYS


def period_of(begins: Moment, ends: Moment) -> Period:
    """From the beginning of the first half-day to the end of the last."""
    return Period(begins.begins, ends.ends)


def all_days(begins: Moment, ends: Moment) -> Decimal:
    """Calendar days: rest days and holidays count."""
    return max(ends.index - begins.index + 1, 0) * HALF


def months(begins: Moment, ends: Moment) -> Decimal:
    """Whole months, and the rest as a fraction of the month that it falls in.

    A month runs to the same date of the next, or to its last day where there is none. Cut, not
    rounded, to 0.01: no leave ever counts as six months before the sixth is full.
    """
    end = max(ends.index + 1, begins.index)
    last = date.fromordinal(end // 2)
    whole = 12 * (last.year - begins.date.year) + last.month - begins.date.month
    if _months_later(begins, whole) > end:
        whole -= 1
    full = _months_later(begins, whole)
    rest = Decimal(end - full) / (_months_later(begins, whole + 1) - full)
    return (whole + rest).quantize(Decimal("0.01"), ROUND_DOWN)


def _months_later(begins: Moment, count: int) -> int:
    years, month = divmod(begins.date.month - 1 + count, 12)
    year, month = begins.date.year + years, month + 1
    day = min(begins.date.day, monthrange(year, month)[1])
    return Moment(date(year, month, day), begins.half).index


def months_touched(begins: Moment, ends: Moment) -> Iterator[Span]:
    """Every calendar month that a span touches."""
    first = begins.date.year * 12 + begins.date.month - 1
    last = ends.date.year * 12 + ends.date.month - 1
    for year, month in (divmod(at, 12) for at in range(first, last + 1)):
        length = monthrange(year, month + 1)[1]
        yield _whole(date(year, month + 1, 1), date(year, month + 1, length))


def years_touched(begins: Moment, ends: Moment) -> Iterator[Span]:
    """Every calendar year that a span touches."""
    for year in range(begins.date.year, ends.date.year + 1):
        yield _whole(date(year, 1, 1), date(year, 12, 31))


def _whole(first: date, last: date) -> Span:
    return Moment(first, HalfOfDay.MORNING), Moment(last, HalfOfDay.AFTERNOON)
