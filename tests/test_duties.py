"""Recurring duties: due, done and missed by the rows of an office, recorded by whose they are."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.shapes.cadences import (
    LAST_MISSED,
    Cadence,
    Done,
    DutyState,
    due_between,
    is_late,
    missed_lately,
    period_at,
    reminded_of,
    state_of,
)
from domain.time.calendar import calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from tests.small_shapes import MEASURES, at, shapes

CALENDAR = calendar_of(national_days())


def cadence(every: str, times: str = "1", point: str = "", when: str = "always") -> Cadence:
    line = f"c; ~; 检查; ; {every}; 1; {times}; ; {point}; {when};"
    return shapes(MEASURES, cadences=line).cadences[0]


def done(day: str, *, late: bool = False) -> Done:
    on = date.fromisoformat(day)
    return Done(uuid4(), on, None, late, uuid4(), "张三", "", None, at(f"{day} 10:00"))


def stated(row: Cadence, now: str, *times: Done) -> DutyState:
    period = period_at(row, date(2026, 3, 10))
    assert period is not None
    return state_of(row, period, times, at(now))


def test_a_month_is_to_come_then_due_then_done_or_missed():
    monthly = cadence("month")
    assert stated(monthly, "2026-02-28 10:00") is DutyState.UPCOMING
    assert stated(monthly, "2026-03-31 23:59") is DutyState.DUE
    assert stated(monthly, "2026-04-01 00:00") is DutyState.MISSED
    assert stated(monthly, "2026-04-01 00:00", done("2026-03-31")) is DutyState.DONE
    assert stated(monthly, "2026-05-01 00:00", done("2026-04-02", late=True)) is (
        DutyState.DONE_LATE
    )


def test_what_is_owed_twice_is_not_done_by_once():
    twice = cadence("month", "2")
    assert stated(twice, "2026-04-02 00:00", done("2026-03-05")) is DutyState.MISSED
    both = done("2026-03-05"), done("2026-04-01", late=True)
    assert stated(twice, "2026-04-02 00:00", *both) is DutyState.DONE_LATE


def test_what_a_clause_leaves_to_choice_or_to_the_case_is_never_missed():
    assert stated(cadence("month", "0"), "2026-05-01 00:00") is DutyState.OPTIONAL
    some = cadence("month", when="filed = true")
    assert stated(some, "2026-05-01 00:00") is DutyState.OPTIONAL
    assert stated(some, "2026-05-01 00:00", done("2026-03-05")) is DutyState.DONE


def test_a_year_without_records_is_told_of_in_its_last_two_periods_only():
    now, since = at("2026-03-10 00:10"), date(2025, 1, 1)
    daily = [period.first for period in missed_lately(cadence("day"), since, now, CALENDAR)]
    assert daily == [date(2026, 3, 9), date(2026, 3, 8)]
    working = missed_lately(cadence("workday"), since, now, CALENDAR)
    assert [period.first for period in working] == [date(2026, 3, 9), date(2026, 3, 6)]
    yearly = missed_lately(cadence("year"), since, now, CALENDAR)
    assert [period.first for period in yearly] == [date(2025, 1, 1)]


def test_nothing_is_missed_that_was_due_before_the_rows_were_known():
    now = at("2026-03-10 00:10")
    known = missed_lately(cadence("month"), date(2026, 2, 1), now, CALENDAR)
    assert [period.first for period in known] == [date(2026, 2, 1)]
    assert list(missed_lately(cadence("month"), date(2026, 3, 1), now, CALENDAR)) == []
    assert list(missed_lately(cadence("month", "0"), date(2020, 1, 1), now, CALENDAR)) == []


@given(
    st.sampled_from(["day", "workday", "week", "month", "quarter", "half_year", "year"]),
    st.dates(date(2024, 1, 1), date(2026, 12, 31)),
)
def test_what_is_missed_lately_is_over_in_order_and_seldom(every: str, today: date):
    now = datetime.combine(today, datetime.min.time(), OFFICE_TIME) + timedelta(minutes=10)
    found = list(missed_lately(cadence(every), date(2020, 1, 1), now, CALENDAR))
    assert len(found) == LAST_MISSED
    assert all(period.due < today for period in found)
    assert found[0].first > found[1].first


def test_a_reminder_comes_the_working_day_before_and_not_for_what_is_daily():
    monthly = cadence("month")
    # The 31st of May 2026 is a Sunday: the Friday before is the last working day.
    assert reminded_of(monthly, at("2026-05-28 00:10"), CALENDAR) is None
    reminded = reminded_of(monthly, at("2026-05-29 00:10"), CALENDAR)
    assert reminded is not None
    assert reminded.due == date(2026, 5, 31)
    assert reminded_of(cadence("workday"), at("2026-05-29 00:10"), CALENDAR) is None
    tenth = cadence("month", point="day 10")
    assert reminded_of(tenth, at("2026-03-09 00:10"), CALENDAR) is not None
    assert reminded_of(tenth, at("2026-03-11 00:10"), CALENDAR) is None


def test_what_is_due_in_a_stretch_is_counted_by_its_due_day():
    tenth = cadence("month", point="day 10")
    found = due_between(tenth, date(2026, 3, 11), date(2026, 5, 10), CALENDAR)
    assert [period.due for period in found] == [date(2026, 4, 10), date(2026, 5, 10)]


@pytest.mark.parametrize(
    ("day", "today", "expected"),
    [
        ("2026-03-10", "2026-03-10", False),
        ("2026-03-31", "2026-04-01", True),
        ("2026-04-05", "2026-04-05", True),
    ],
)
def test_a_record_after_the_due_day_is_late(day: str, today: str, *, expected: bool):
    monthly = cadence("month")
    period = period_at(monthly, date(2026, 3, 10))
    assert period is not None
    days = date.fromisoformat(day), date.fromisoformat(today)
    assert is_late(monthly, period, days[0], 0, days[1]) is expected


def test_nothing_is_recorded_for_the_future_or_before_the_period_or_too_often():
    monthly = cadence("month")
    period = period_at(monthly, date(2026, 3, 10))
    assert period is not None
    for day, code in (
        (date(2026, 3, 12), "IN_THE_FUTURE"),
        (date(2026, 2, 28), "DUTY_BEFORE_PERIOD"),
    ):
        with pytest.raises(Refused) as refused:
            is_late(monthly, period, day, 0, date(2026, 3, 11))
        assert refused.value.problems[0].code == code
    [once] = shapes(MEASURES, cadences="c; ~; 会; ; month; 1; 1; 2; ; always;").cadences
    with pytest.raises(Refused) as refused:
        is_late(once, period, date(2026, 3, 11), 2, date(2026, 3, 11))
    assert refused.value.code == "DUTY_DONE_ENOUGH"
