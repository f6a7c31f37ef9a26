"""The words in which clauses say when: halves of working days, last Fridays, months, closing."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.shapes.cadences import (
    Cadence,
    DutyState,
    Every,
    due_at,
    is_late,
    period_at,
    periods,
    state_of,
)
from domain.shapes.clocks import Clock, term
from domain.shapes.next_due import next_term
from domain.shapes.points import point_of
from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME, HalfOfDay, Moment, half_day_of, office_local
from policies import loading
from policies.lines import Faults
from policies.vocabulary import narrowed
from policies.vocabulary import shipped as shipped_words
from tests.small_shapes import CALENDAR, at, codes, lines, shapes

DAYS = st.dates(date(2010, 1, 1), date(2040, 12, 31))
HALVES = st.builds(Moment, DAYS, st.sampled_from(HalfOfDay))
OF_A_PERIOD = [every for every in Every if every is not Every.EVENT]
ONE_HALF = Decimal("0.5")


def clock(within: str, direction: str) -> Clock:
    line = f"c; ~; 用车; 申请; {within}; ; workday; {direction}; ; ; always; "
    [one] = shapes(clocks=line).clocks
    return one


def cadence(every: str, point: str = "", interval: int = 1) -> Cadence:
    [one] = shapes(cadences=f"c; ~; 检查; ; {every}; {interval}; 1; ; {point}; always;").cadences
    return one


def shipped(institution: str, id: str) -> Cadence | Clock:
    rows = loading.shipped(institution).shapes
    return next(row for row in (*rows.cadences, *rows.clocks) if row.id == id)


# ---- half a working day ----


@pytest.mark.parametrize(
    ("within", "direction", "start", "due"),
    [
        ("0.5", "before", "2026-03-09 09:00", "2026-03-06 23:59:59"),
        ("0.5", "before", "2026-03-09 15:00", "2026-03-09 11:59:59"),
        ("0.5", "before", "2026-03-08 10:00", "2026-03-06 23:59:59"),
        ("1.5", "before", "2026-03-09 15:00", "2026-03-06 11:59:59"),
        ("0.5", "after", "2026-03-06 15:00", "2026-03-09 11:59:59"),
        ("0.5", "after", "2026-03-07 15:00", "2026-03-09 11:59:59"),
        ("0.5", "after", "2026-03-09 09:00", "2026-03-09 23:59:59"),
        ("1", "before", "2026-03-09 15:00", "2026-03-06 23:59:59"),
        # the National Day holiday of 2026 lies between, and the Saturday worked for it
        ("0.5", "before", "2026-10-08 09:00", "2026-09-30 23:59:59"),
        ("1.5", "after", "2026-10-09 15:00", "2026-10-12 11:59:59"),
    ],
)
def test_half_a_working_day_is_a_morning_or_an_afternoon_that_is_worked(
    within, direction, start, due
):
    assert term(clock(within, direction), at(start), CALENDAR).due == at(due)


def worked(calendar: Calendar, half: Moment, count: int) -> Moment:
    """The same by looking at every half-day."""
    step = timedelta(hours=12 if count > 0 else -12)
    moment = half.begins
    while count:
        moment += step
        count -= (1 if count > 0 else -1) * calendar.is_workday(moment.date())
    return half_day_of(moment)


@given(half=HALVES, count=st.integers(-9, 9).filter(bool))
def test_halves_of_working_days_agree_with_looking_at_each(half: Moment, count: int):
    assert CALENDAR.add_half_workdays(half, count) == worked(CALENDAR, half, count)


@given(day=DAYS, hour=st.times(), count=st.integers(1, 8))
def test_whole_working_days_are_never_later_than_the_halves_that_make_them(day, hour, count):
    """Before an event, two halves end no earlier than a whole day does."""
    begins = datetime.combine(day, hour, OFFICE_TIME)
    whole = term(clock(str(count), "before"), begins, CALENDAR).due
    fewer = term(clock(str(count - ONE_HALF), "before"), begins, CALENDAR).due
    assert whole <= fewer < begins
    assert office_local(fewer).time() in (time(11, 59, 59), time(23, 59, 59))


@pytest.mark.parametrize(
    ("within", "unit", "found"),
    [("0.5", "workday", []), ("0.3", "workday", ["within"]), ("0.5", "day", ["within"])],
)
def test_only_working_days_have_halves(within, unit, found):
    line = f"c; ~; 用车; 申请; {within}; ; {unit}; before; ; ; always; "
    assert [column for _, column, _ in codes(clocks=line)] == found


# ---- what is due next ----


@given(
    day=DAYS,
    hour=st.times(),
    row=st.sampled_from(
        [
            *[cadence(every) for every in OF_A_PERIOD],
            *[cadence("week", "weekday 5"), cadence("month", "day 2 or next workday")],
            *[cadence("day", "time 08:00"), cadence("year", "03-31"), cadence("year", "month 07")],
        ]
    ),
)
def test_what_recurs_is_due_next_by_the_first_end_that_is_still_to_come(day, hour, row):
    since = datetime.combine(day, hour, OFFICE_TIME)
    near = periods(row, day - timedelta(days=31), day + timedelta(days=400), CALENDAR)
    ends = [due_at(row, period, since) for period in near]
    assert next_term(row, since, CALENDAR).due == min(end for end in ends if end >= since)


# ---- the last Friday ----


@given(day=DAYS, weekday=st.integers(1, 7))
def test_the_last_such_day_of_a_month_has_no_other_after_it(day: date, weekday: int):
    monthly = cadence("month", f"last weekday {weekday}")
    period = period_at(monthly, day)
    assert period is not None
    assert period.due.isoweekday() == weekday
    assert period.first <= period.due <= period.last < period.due + timedelta(days=7)
    point = point_of(f"last weekday {weekday}")
    assert point is not None
    month = [period.first + timedelta(days=n) for n in range((period.last - period.first).days + 1)]
    assert [day for day in month if point.falls_on(day)] == [period.due]


def test_the_hygiene_day_is_the_last_friday_and_not_the_end_of_the_month():
    row = shipped("hrss-bureau", "hygiene-day")
    due = [period.due for period in periods(row, date(2026, 1, 1), date(2026, 5, 31), CALENDAR)]
    assert [f"{day:%m-%d}" for day in due] == ["01-30", "02-27", "03-27", "04-24", "05-29"]


# ---- the month in which ----


def test_the_last_month_of_a_quarter_opens_the_duty_that_is_due_at_its_end():
    row = shipped("hrss-bureau", "hygiene-inspection")
    period = period_at(row, date(2026, 4, 20))
    assert period is not None
    assert (period.first, period.opens, period.due) == (
        date(2026, 4, 1),
        date(2026, 6, 1),
        date(2026, 6, 30),
    )
    assert state_of(row, period, (), at("2026-05-31 23:00")) is DutyState.UPCOMING
    assert state_of(row, period, (), at("2026-06-01 08:00")) is DutyState.DUE
    assert state_of(row, period, (), at("2026-07-01 00:00")) is DutyState.MISSED
    with pytest.raises(Refused) as refused:
        is_late(row, period, date(2026, 5, 31), 0, date(2026, 6, 2))
    assert refused.value.problems[0].code == "DUTY_BEFORE_PERIOD"
    assert is_late(row, period, date(2026, 6, 1), 0, date(2026, 6, 2)) is False


@given(
    day=DAYS,
    row=st.sampled_from(
        [("quarter", "last-month"), ("half_year", "last-month"), ("year", "last-month"),
         *(("year", f"month {month:02}") for month in range(1, 13))]
    ),
)  # fmt: skip
def test_a_month_of_a_period_is_whole_and_inside_it(day: date, row: tuple[str, str]):
    period = period_at(cadence(*row), day)
    assert period is not None
    assert period.first <= period.opens <= period.due <= period.last
    assert period.opens.day == 1
    assert (period.due + timedelta(days=1)).day == 1
    assert period.opens.replace(day=28) <= period.due < period.opens + timedelta(days=31)


@pytest.mark.parametrize(
    ("every", "point", "found"),
    [
        ("quarter", "last-month", []),
        ("month", "last-month", ["every"]),
        ("quarter", "month 07", ["every"]),
        ("year", "month 13", ["at"]),
        ("month", "last weekday 8", ["at"]),
        ("month", "Last weekday 5", ["at"]),
        ("half_month", "", []),
    ],
)
def test_a_month_is_named_only_where_the_period_has_several(every, point, found):
    line = f"c; ~; 检查; ; {every}; 1; 1; ; {point}; always;"
    assert [column for _, column, _ in codes(cadences=line)] == found


def test_a_clock_names_no_month_and_half_a_month_no_interval():
    line = "c; ~; 用车; 申请; ; ; ; after; last-month; ; always; "
    assert [column for _, column, _ in codes(clocks=line)] == ["at"]
    every = "c; ~; 检查; ; half_month; 2; 1; ; ; always;"
    assert [column for _, column, _ in codes(cadences=every)] == ["interval"]


# ---- what comes back, and on which days ----


@given(day=DAYS, every=st.sampled_from(OF_A_PERIOD))
def test_periods_follow_each_other_without_a_gap(day: date, every: Every):
    row = cadence(every.value)
    period = period_at(row, day)
    assert period is not None
    assert period.first <= day <= period.last
    assert period_at(row, period.first) == period_at(row, period.last) == period
    following = period_at(row, period.last + timedelta(days=1))
    assert following is not None
    assert following.first == period.last + timedelta(days=1)


@given(first=DAYS)
def test_a_day_is_worked_or_off_and_has_its_duties_accordingly(first: date):
    last = first + timedelta(days=40)
    found = {
        every: {period.first for period in periods(cadence(every), first, last, CALENDAR)}
        for every in ("day", "workday", "day_off")
    }
    assert found["workday"] | found["day_off"] == found["day"]
    assert not found["workday"] & found["day_off"]
    assert all(CALENDAR.is_workday(day) for day in found["workday"])


def test_half_a_month_ends_on_the_fifteenth_and_at_the_month_s_end():
    found = periods(cadence("half_month"), date(2026, 2, 1), date(2026, 3, 31), CALENDAR)
    assert [(f"{each.first:%m-%d}", f"{each.last:%m-%d}") for each in found] == [
        ("02-01", "02-15"),
        ("02-16", "02-28"),
        ("03-01", "03-15"),
        ("03-16", "03-31"),
    ]


# ---- the hour at which work ends ----


@pytest.mark.parametrize(
    ("lent", "due"),
    [
        ("2026-03-02 09:00", "2026-03-02 17:00"),
        ("2026-03-02 17:00", "2026-03-02 17:00"),
        ("2026-03-02 18:30", "2026-03-02 23:59:59"),
    ],
)
def test_a_classified_paper_is_back_when_work_ends_and_in_any_case_the_same_day(lent, due):
    row = shipped("service-centre", "classified-return")
    assert term(row, at(lent), CALENDAR).due == at(due)


def test_an_office_whose_texts_give_no_hour_has_no_closing():
    line = "c; ~; 借出; 归还; 0; ; day; after; closing; ; always; "
    assert [column for _, column, _ in codes(clocks=line)] == ["at"]
    assert loading.shipped("hrss-bureau").vocabulary.closes is None


@pytest.mark.parametrize("hour", ["17:00", "25:00", "5 pm", ""])
def test_the_closing_hour_is_a_time_of_day(hour: str):
    faults = Faults()
    words = replace(shipped_words(), facts={})
    found = narrowed(words, lines(f"hours; closes; 下班; Work ends; {hour}"), faults)
    good = hour == "17:00"
    assert found.closes == (time(17) if good else None)
    assert [fault.code for fault in faults.found] == ([] if good else ["WRONG_FORMAT"])
