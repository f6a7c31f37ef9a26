"""Clocks whose start was another than was said, and what was done by mistake."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import given

from domain.shapes.clocks import Unit, moment_of
from domain.shapes.running import Running, State, expire, reopen, restart, start, stop
from tests.small_shapes import CALENDAR, at, shapes
from tests.test_running_clocks import FIVE, MOMENTS, SHARES, of, running, within


@given(running(), SHARES)
def test_what_was_done_by_mistake_runs_as_if_it_had_never_been_stopped(clock: Running, share: int):
    assert reopen(stop(clock, within(clock, share))) == clock
    over = expire(clock, clock.due_at)
    assert reopen(stop(over, clock.due_at + timedelta(days=1))) == over


@given(running(), MOMENTS)
def test_a_corrected_start_gives_what_it_would_have_given_at_once(clock: Running, start_: datetime):
    corrected = restart(clock, start_, clock.started_at, CALENDAR)
    assert corrected == replace(start(clock.clock, start_, CALENDAR), state=corrected.state)


def test_what_ran_out_by_a_wrong_day_runs_again_and_what_is_late_all_the_same_does_not():
    now = at("2026-03-12 10:00")
    over = expire(start(FIVE, at("2026-03-02 10:00"), CALENDAR), now)
    assert over.state is State.EXPIRED
    right = restart(over, at("2026-03-09 10:00"), now, CALENDAR)
    assert (right.state, right.ended_at, right.due_at.day) == (State.RUNNING, None, 16)
    late = restart(over, at("2026-03-03 10:00"), now, CALENDAR)
    assert (late.state, late.ended_at) == (State.EXPIRED, now)
    done = stop(over, now)
    assert restart(done, at("2026-03-09 10:00"), now, CALENDAR).done_at == now


def test_a_day_without_an_hour_counts_hours_from_its_end_and_days_from_itself():
    day = date(2026, 3, 2)
    hours, days = of(24, Unit.HOUR), of(2, Unit.DAY)
    assert start(hours, moment_of(hours, day), CALENDAR).due_at == at("2026-03-03 23:59:59")
    assert start(days, moment_of(days, day), CALENDAR).due_at == at("2026-03-04 23:59:59")
    half = replace(FIVE, within=Decimal("0.5"))
    assert start(half, moment_of(half, day), CALENDAR).due_at == at("2026-03-03 11:59:59")
    [closing] = shapes(clocks="back;~;借出;退回;0;;day;after;time 17:30;;always;").clocks
    assert start(closing, moment_of(closing, day), CALENDAR).due_at == at("2026-03-02 17:30:00")
    assert moment_of(hours, at("2026-03-02 09:10")) == at("2026-03-02 09:10")
