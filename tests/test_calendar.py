"""Working days, half-days and months: exact counts, against the plainest way to count them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.time.calendar import (
    FIRST_DAY,
    LAST_DAY,
    CalendarDay,
    DayState,
    calendar_of,
    national_days,
)
from domain.time.moments import (
    HalfOfDay,
    Moment,
    all_days,
    half_day_of,
    last_half_day_of,
    months,
    months_touched,
    office_local,
    period_of,
)

NATIONAL = calendar_of(national_days())
MORNING, AFTERNOON = HalfOfDay.MORNING, HalfOfDay.AFTERNOON

days = st.dates(FIRST_DAY, LAST_DAY)
near_days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
moments = st.builds(Moment, near_days, st.sampled_from(HalfOfDay))


def each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 1, 27), True),
        (date(2025, 1, 26), True),
        (date(2025, 1, 28), False),
        (date(2026, 2, 14), True),
        (date(2026, 2, 16), False),
        (date(2026, 3, 7), False),
        (date(2026, 10, 10), True),
        (date(2027, 1, 1), False),
        (date(2050, 10, 3), False),
    ],
)
def test_holidays_rest_and_moved_weekends_work(day: date, working: bool) -> None:
    assert NATIONAL.is_workday(day) is working


def test_a_year_is_announced_only_when_all_its_rows_are() -> None:
    assert NATIONAL.is_announced(date(2026, 6, 1))
    assert not NATIONAL.is_announced(date(2027, 6, 1))
    assert not NATIONAL.is_announced(date(2003, 6, 1))
    assert not NATIONAL.is_announced(date(2051, 6, 1))


def test_an_office_confirms_a_year_with_rows_of_its_own() -> None:
    own = [
        CalendarDay(row.day, row.working, row.name, DayState.ANNOUNCED, "hrss-bureau")
        for row in national_days()
        if row.day.year == 2027
    ]
    assert calendar_of([*own, *national_days()]).is_announced(date(2027, 6, 1))


def test_an_office_day_overrides_the_national_one_in_any_order() -> None:
    local = CalendarDay(date(2026, 10, 1), True, "本地上班", institution="hrss-bureau")
    for rows in ([local, *national_days()], [*national_days(), local]):
        calendar = calendar_of(rows)
        row = calendar.row(local.day)
        assert calendar.is_workday(local.day)
        assert row is not None
        assert row.name == "本地上班"


def test_every_national_row_has_a_day_of_its_own_within_the_bounds() -> None:
    rows = national_days()
    assert len({row.day for row in rows}) == len(rows)
    assert all(FIRST_DAY <= row.day <= LAST_DAY for row in rows)
    assert {row.day.year for row in rows} == set(range(FIRST_DAY.year, LAST_DAY.year + 1))


@given(near_days, st.integers(0, 90))
def test_counting_agrees_with_looking_at_each_day(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    expected = sum(NATIONAL.is_workday(day) for day in each_day(first, last))
    assert NATIONAL.workdays_between(first, last) == expected


@given(days, days, days)
def test_counts_add_up_and_never_shrink(a: date, b: date, c: date) -> None:
    first, middle, last = sorted((a, b, c))
    head = NATIONAL.workdays_between(first, middle)
    whole = NATIONAL.workdays_between(first, last)
    tail = NATIONAL.workdays_between(middle, last)
    assert head <= whole
    assert head + tail - NATIONAL.is_workday(middle) == whole
    assert NATIONAL.workdays_between(last, first - timedelta(days=1)) == 0


@given(days, st.integers(1, 400))
def test_adding_working_days_lands_on_the_day_that_counting_names(start: date, count: int) -> None:
    try:
        end = NATIONAL.add_workdays(start, count)
    except Refused:
        assert NATIONAL.workdays_between(start + timedelta(days=1), LAST_DAY) < count
    else:
        assert NATIONAL.is_workday(end)
        assert NATIONAL.workdays_between(start + timedelta(days=1), end) == count


@given(days, st.integers(1, 400))
def test_going_back_lands_on_the_day_that_counting_names(start: date, count: int) -> None:
    try:
        end = NATIONAL.add_workdays(start, -count)
    except Refused:
        assert NATIONAL.workdays_between(FIRST_DAY, start - timedelta(days=1)) < count
    else:
        assert NATIONAL.is_workday(end)
        assert NATIONAL.workdays_between(end, start - timedelta(days=1)) == count


@given(near_days, st.integers(1, 400))
def test_going_back_undoes_going_ahead_from_a_working_day(start: date, count: int) -> None:
    workday = NATIONAL.add_workdays(start, 1)
    assert NATIONAL.add_workdays(NATIONAL.add_workdays(workday, count), -count) == workday


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (LAST_DAY, 1),
        (FIRST_DAY, -1),
        (date.min, 5),
        (date.max, -5),
        (date(2026, 1, 5), 10**30),
        (date(2026, 1, 5), -(10**30)),
    ],
)
def test_leaving_the_calendar_is_refused(day: date, count: int) -> None:
    with pytest.raises(Refused, match="OUTSIDE_CALENDAR"):
        NATIONAL.add_workdays(day, count)


def test_counting_absurd_spans_needs_no_time_and_fails_nowhere() -> None:
    assert NATIONAL.workdays_between(date.min, date.max) > 2_600_000
    assert NATIONAL.half_days(Moment(date.min, AFTERNOON), Moment(date.max, MORNING)) > 0
    assert all_days(Moment(date.min, MORNING), Moment(date.max, AFTERNOON)) == 3_652_059


@pytest.mark.parametrize(
    ("begins", "ends", "working", "calendar"),
    [
        ((date(2026, 3, 2), MORNING), (date(2026, 3, 4), MORNING), "2.5", "2.5"),
        ((date(2026, 3, 2), MORNING), (date(2026, 3, 2), MORNING), "0.5", "0.5"),
        ((date(2026, 3, 2), AFTERNOON), (date(2026, 3, 2), AFTERNOON), "0.5", "0.5"),
        ((date(2026, 3, 2), MORNING), (date(2026, 3, 2), AFTERNOON), "1", "1"),
        ((date(2026, 3, 6), AFTERNOON), (date(2026, 3, 9), MORNING), "1", "3"),
        ((date(2026, 3, 7), AFTERNOON), (date(2026, 3, 8), MORNING), "0", "1"),
        ((date(2026, 2, 13), MORNING), (date(2026, 2, 24), AFTERNOON), "3", "12"),
        ((date(2026, 3, 4), MORNING), (date(2026, 3, 2), MORNING), "0", "0"),
        ((date(2026, 3, 2), AFTERNOON), (date(2026, 3, 2), MORNING), "0", "0"),
    ],
)
def test_leave_counts_half_days_from_the_first_to_the_last(
    begins: tuple[date, HalfOfDay], ends: tuple[date, HalfOfDay], working: str, calendar: str
) -> None:
    first, last = Moment(*begins), Moment(*ends)
    assert NATIONAL.working_time(first, last) == Decimal(working)
    assert all_days(first, last) == Decimal(calendar)


@given(moments, st.integers(0, 120))
def test_half_days_agree_with_looking_at_each_half(begins: Moment, length: int) -> None:
    halves = [half_day_of(begins.begins + timedelta(hours=12) * n) for n in range(length + 1)]
    expected = sum(NATIONAL.is_workday(half.date) for half in halves)
    assert NATIONAL.half_days(begins, halves[-1]) == expected
    assert all_days(begins, halves[-1]) * 2 == len(halves)


@given(moments, moments)
def test_a_period_says_the_half_days_that_made_it(a: Moment, b: Moment) -> None:
    begins, ends = sorted((a, b), key=lambda moment: moment.index)
    period = period_of(begins, ends)
    assert (half_day_of(period.begins), last_half_day_of(period)) == (begins, ends)


@given(moments)
def test_half_days_abut(moment: Moment) -> None:
    following = half_day_of(moment.ends)
    assert following.index == moment.index + 1
    assert following.begins == moment.ends


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        ((date(2026, 3, 1), MORNING), (date(2026, 8, 31), AFTERNOON), "6.00"),
        ((date(2026, 3, 1), MORNING), (date(2026, 8, 31), MORNING), "5.98"),
        ((date(2026, 3, 1), AFTERNOON), (date(2026, 9, 1), MORNING), "6.00"),
        ((date(2026, 3, 1), MORNING), (date(2026, 3, 1), MORNING), "0.01"),
        ((date(2026, 2, 1), MORNING), (date(2026, 2, 14), AFTERNOON), "0.50"),
        ((date(2025, 8, 31), MORNING), (date(2026, 2, 27), AFTERNOON), "6.00"),
        ((date(2026, 3, 2), MORNING), (date(2026, 3, 1), MORNING), "0.00"),
        ((date(2024, 2, 29), MORNING), (date(2025, 2, 27), AFTERNOON), "12.00"),
    ],
)
def test_months_are_whole_ones_and_the_rest_as_a_fraction(
    begins: tuple[date, HalfOfDay], ends: tuple[date, HalfOfDay], expected: str
) -> None:
    assert months(Moment(*begins), Moment(*ends)) == Decimal(expected)


@given(moments, moments, moments)
def test_a_longer_leave_never_has_fewer_months(a: Moment, b: Moment, c: Moment) -> None:
    begins, middle, ends = sorted((a, b, c), key=lambda moment: moment.index)
    assert months(begins, middle) <= months(begins, ends)


def test_every_touched_month_is_walked_once() -> None:
    touched = list(
        months_touched(Moment(date(2025, 12, 31), AFTERNOON), Moment(date(2026, 2, 1), MORNING))
    )
    assert [first.date for first, _ in touched] == [
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]
    assert touched[-1][1] == Moment(date(2026, 2, 28), AFTERNOON)


def test_the_office_clock_is_the_one_of_shanghai() -> None:
    moment = datetime.fromisoformat("2026-03-01T23:30:00+00:00")
    assert office_local(moment).isoformat() == "2026-03-02T07:30:00"
