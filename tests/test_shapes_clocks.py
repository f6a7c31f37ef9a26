from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refused
from domain.shapes.clocks import Clock, Direction, Unit, term
from domain.shapes.points import months_later, point_of
from domain.time.moments import OFFICE_TIME
from tests.small_shapes import CALENDAR, at, shapes

CLOCK_LINE = "c; ~; 收到; 答复; {within}; {least}; {unit}; {direction}; {at}; {rollover}; always; "
DAYS = st.dates(date(2010, 1, 1), date(2025, 12, 31))


def clock(
    within: object = "",
    unit: str = "",
    *,
    least: object = "",
    direction: str = "after",
    at: str = "",
    rollover: str = "",
) -> Clock:
    line = CLOCK_LINE.format(
        within=within, least=least, unit=unit, direction=direction, at=at, rollover=rollover
    )
    [one] = shapes(clocks=line).clocks
    return one


@pytest.mark.parametrize(
    ("within", "unit", "start", "due"),
    [
        (30, "minute", "2026-03-02 23:50", "2026-03-03 00:20"),
        (24, "hour", "2026-09-30 20:00", "2026-10-01 20:00"),
        (1.5, "hour", "2026-03-02 09:00", "2026-03-02 10:30"),
        (0, "day", "2026-03-02 09:00", "2026-03-02 23:59:59"),
        (25, "day", "2026-09-01 00:00", "2026-09-26 23:59:59"),
        (10, "day", "2026-03-02 09:00", "2026-03-12 23:59:59"),
        # the National Day holiday of 2026 and the Saturday worked for it, the 10th
        (2, "workday", "2026-09-30 17:00", "2026-10-09 23:59:59"),
        (5, "workday", "2026-09-29 10:00", "2026-10-12 23:59:59"),
        (1, "workday", "2026-09-18 10:00", "2026-09-20 23:59:59"),
        (1, "workday", "2026-02-13 10:00", "2026-02-14 23:59:59"),
        (1, "month", "2026-01-31 10:00", "2026-02-28 23:59:59"),
        (1, "month", "2028-01-31 10:00", "2028-02-29 23:59:59"),
        (1, "year", "2024-02-29 10:00", "2025-02-28 23:59:59"),
    ],
)
def test_a_clock_counts_from_the_day_after_its_start_to_the_end_of_its_last_day(
    within, unit, start, due
):
    assert term(clock(within, unit), at(start), CALENDAR).due == at(due)


@pytest.mark.parametrize(
    ("within", "least", "unit", "due", "not_before"),
    [
        (3, "", "day", "2026-03-06 23:59:59", None),
        (10, 7, "day", "2026-03-02 23:59:59", "2026-02-27 23:59:59"),
        ("", 1, "day", "2026-03-08 23:59:59", None),
        (12, "", "hour", "2026-03-08 21:00", None),
        (2, "", "workday", "2026-03-05 23:59:59", None),
    ],
)
def test_a_clock_before_an_event_counts_backwards(within, least, unit, due, not_before):
    found = term(
        clock(within, unit, least=least, direction="before"), at("2026-03-09 09:00"), CALENDAR
    )
    assert found.due == at(due)
    assert found.not_before == (at(not_before) if not_before else None)


def test_a_range_is_due_at_its_outer_limit_and_not_before_its_lower_one():
    found = term(clock(10, "day", least=7), at("2026-03-02 09:00"), CALENDAR)
    assert found.due == at("2026-03-12 23:59:59")
    assert found.not_before == at("2026-03-09 23:59:59")


@pytest.mark.parametrize(
    ("point", "start", "due"),
    [
        ("day 25", "2026-03-02 09:00", "2026-03-25 23:59:59"),
        ("day 25", "2026-03-25 09:00", "2026-03-25 23:59:59"),
        ("day 25", "2026-03-26 09:00", "2026-04-25 23:59:59"),
        ("day 31", "2026-02-03 09:00", "2026-02-28 23:59:59"),
        ("month-end", "2026-02-28 09:00", "2026-02-28 23:59:59"),
        ("quarter-end", "2026-02-28 09:00", "2026-03-31 23:59:59"),
        ("half-year-end", "2026-03-28 09:00", "2026-06-30 23:59:59"),
        ("12-31", "2026-03-28 09:00", "2026-12-31 23:59:59"),
        ("02-29", "2026-03-28 09:00", "2027-02-28 23:59:59"),
        ("weekday 5", "2026-03-02 09:00", "2026-03-06 23:59:59"),
        ("time 17:00", "2026-03-02 09:00", "2026-03-02 17:00"),
        ("time 17:00", "2026-03-02 17:01", "2026-03-03 17:00"),
    ],
)
def test_a_point_is_the_next_such_moment_at_or_after_the_start(point, start, due):
    assert term(clock(at=point), at(start), CALENDAR).due == at(due)


@pytest.mark.parametrize(
    ("within", "unit", "point", "due"),
    [
        (1, "month", "day 5", "2026-04-05 23:59:59"),
        (1, "year", "month-end", "2027-01-31 23:59:59"),
        (1, "day", "time 17:00", "2026-03-03 17:00"),
    ],
)
def test_a_point_with_a_count_lies_in_the_period_so_far_away(within, unit, point, due):
    assert term(clock(within, unit, at=point), at("2026-03-02 18:00"), CALENDAR).due == at(due)


def test_a_clock_rolls_over_to_the_next_working_day_only_where_the_text_says_so():
    start = at("2026-09-24 09:00")
    assert term(clock(7, "day"), start, CALENDAR).due == at("2026-10-01 23:59:59")
    rolled = term(clock(7, "day", rollover="next_workday"), start, CALENDAR)
    assert rolled.due == at("2026-10-08 23:59:59")


@pytest.mark.parametrize(
    ("start", "unit", "provisional"),
    [
        ("2026-03-02 09:00", "workday", False),
        ("2026-12-30 09:00", "workday", True),
        ("2026-12-30 09:00", "day", False),
    ],
)
def test_a_count_over_a_year_that_is_not_announced_is_provisional(start, unit, provisional):
    assert term(clock(5, unit), at(start), CALENDAR).provisional is provisional


def test_a_clock_without_a_term_is_refused_and_never_guessed():
    with pytest.raises(Refused, match="OPEN_TERM"):
        term(clock(), at("2026-03-02 09:00"), CALENDAR)
    with pytest.raises(Refused, match="OPEN_TERM"):
        term(clock(least=7, unit="day"), at("2026-03-02 09:00"), CALENDAR)


@pytest.mark.parametrize("unit", ["workday", "day", "year"])
def test_what_lies_outside_every_calendar_is_refused(unit):
    with pytest.raises(Refused, match="OUTSIDE_CALENDAR"):
        term(clock(9000000, unit), at("2026-03-02 09:00"), CALENDAR)


def test_a_start_in_another_zone_is_counted_in_office_time():
    start = datetime.fromisoformat("2026-03-02T20:00:00+00:00")
    assert term(clock(1, "day"), start, CALENDAR).due == at("2026-03-04 23:59:59")


@given(
    DAYS,
    st.sampled_from([unit for unit in Unit if unit not in (Unit.HOUR, Unit.MINUTE)]),
    st.integers(0, 60),
    st.integers(0, 10),
    st.integers(0, 10),
)
def test_clocks_are_monotone_in_their_start_and_in_their_length(day, unit, count, later, longer):
    def due(start: date, within: int) -> datetime:
        moment = datetime.combine(start, time(9), OFFICE_TIME)
        return term(replace(ONE_DAY, within=Decimal(within), unit=unit), moment, CALENDAR).due

    assert due(day, count) <= due(day + timedelta(days=later), count)
    assert due(day, count) <= due(day, count + longer)


@given(DAYS, st.integers(1, 200))
def test_a_clock_of_working_days_runs_back_to_the_working_day_that_started_it(day, count):
    workday = CALENDAR.add_workdays(day, 1)
    start = datetime.combine(workday, time(9), OFFICE_TIME)
    forward = replace(ONE_DAY, within=Decimal(count), unit=Unit.WORKDAY)
    due = term(forward, start, CALENDAR).due
    assert CALENDAR.is_workday(due.date())
    assert CALENDAR.workdays_between(workday, due.date()) == count + 1
    backward = replace(forward, direction=Direction.BEFORE)
    assert term(backward, due, CALENDAR).due.date() == workday


@given(DAYS, st.integers(0, 120))
def test_months_never_skip_a_month(day, count):
    found = months_later(day, count)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == count
    assert found.day <= day.day


@pytest.mark.parametrize("text", ["", "day 0", "day 32", "13-01", "time 24:00", "weekday 8", "天"])
def test_what_names_no_point_is_no_point(text):
    assert point_of(text) is None


ONE_DAY = clock(1, "day")
