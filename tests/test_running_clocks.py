"""Clocks that run, purely: what pauses give back, what extensions reach, and when time is up."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.conditions.language import ALWAYS
from domain.errors import Refused
from domain.shapes.clocks import Clock, Direction, Span, Unit, concerned, ends, started_by, too_late
from domain.shapes.running import (
    Longer,
    Running,
    State,
    Until,
    cancel,
    expire,
    extend,
    pause,
    recounted,
    resume,
    start,
    stop,
)
from domain.time.calendar import CalendarDay, calendar_of, national_days
from domain.time.moments import OFFICE_TIME
from tests.small_shapes import CALENDAR, MEASURES, at, shapes

FIVE = Clock(
    *("answer", "complaints/5", "受理", "答复", Decimal(5), None, Unit.WORKDAY),
    *(Direction.AFTER, None, "", ALWAYS, ""),
    starts=("complaint.case.submitted",),
    stops=("complaint.case.answered", "complaint.case.answered_on_spot"),
    warn=Span(Decimal(1), Unit.WORKDAY),
)

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=OFFICE_TIME, microsecond=0)
)
LENGTHS = st.timedeltas(timedelta(0), timedelta(days=40))
COUNTS = st.integers(1, 60)
UNITS = st.sampled_from(Unit)


def of(count: int, unit: Unit, **more: object) -> Clock:
    return replace(FIVE, within=Decimal(count), unit=unit, **more)


SHARES = st.integers(0, 99)


def within(clock: Running, share: int) -> datetime:
    """A moment while the clock runs."""
    return clock.started_at + (clock.due_at - clock.started_at) * share / 100


@st.composite
def running(draw: st.DrawFn, units: st.SearchStrategy[Unit] = UNITS) -> Running:
    count, unit = draw(COUNTS), draw(units)
    assume(not (unit is Unit.YEAR and count > 5))
    return start(of(count, unit), draw(MOMENTS), CALENDAR)


def test_five_working_days_from_the_eve_of_the_national_day_end_after_the_holiday():
    clock = start(FIVE, at("2026-09-29 10:00"), CALENDAR)
    # 30 September, the Saturday of the 10th that is worked, and the 8th, 9th and 12th
    assert clock.due_at == at("2026-10-12 23:59").replace(second=59)
    assert clock.warn_at == at("2026-10-10 09:00")
    assert not clock.provisional
    assert clock.state is State.RUNNING


def test_a_clock_of_a_year_that_is_not_announced_runs_and_says_so():
    clock = start(FIVE, at("2027-03-01 10:00"), CALENDAR)
    assert clock.provisional
    assert clock.due_at.date() == date(2027, 3, 8)
    announced = calendar_of(
        [*national_days(), *(CalendarDay(date(2027, 1, 1), False, "元旦") for _ in range(1))]
    )
    assert recounted(clock, announced).due_at == clock.due_at


def test_a_holiday_that_is_announced_later_moves_what_is_due():
    clock = start(FIVE, at("2027-03-01 10:00"), CALENDAR)
    holiday = CalendarDay(date(2027, 3, 3), False, "放假", institution="hrss-bureau")
    later = recounted(clock, calendar_of([*national_days(), holiday]))
    assert later.due_at.date() == date(2027, 3, 9)
    assert later.started_at == clock.started_at


def test_working_days_that_it_stood_still_are_given_back():
    clock = start(FIVE, at("2026-03-02 10:00"), CALENDAR)
    assert clock.due_at.date() == date(2026, 3, 9)
    stands = pause(clock, at("2026-03-04 16:00"))
    assert stands.state is State.PAUSED
    # The rest of the week and the Monday: Thursday, Friday and Monday come back.
    goes = resume(stands, at("2026-03-09 09:00"), CALENDAR)
    assert goes.due_at.date() == date(2026, 3, 12)
    assert goes.state is State.RUNNING
    assert goes.paused_at is None


def test_hours_are_given_back_to_the_second():
    clock = start(of(24, Unit.HOUR), at("2026-03-06 10:00"), CALENDAR)
    goes = resume(pause(clock, at("2026-03-06 12:00")), at("2026-03-08 12:30"), CALENDAR)
    assert goes.due_at == at("2026-03-09 10:30")


@given(running(), SHARES, LENGTHS)
def test_a_pause_never_brings_a_clock_forward_and_an_empty_one_changes_nothing(clock, into, length):
    since = within(clock, into)
    stands = pause(clock, since)
    assert resume(stands, since, CALENDAR).due_at == clock.due_at
    goes = resume(stands, since + length, CALENDAR)
    assert goes.due_at >= clock.due_at
    assert goes.due_at - clock.due_at <= length + timedelta(days=30)


@given(running(st.just(Unit.WORKDAY)), SHARES, LENGTHS)
def test_as_many_working_days_are_left_after_a_pause_as_before_it(clock, into, length):
    since = within(clock, into)
    until = since + length
    goes = resume(pause(clock, since), until, CALENDAR)
    left = CALENDAR.workdays_between(since.date() + timedelta(1), clock.due_at.date())
    still = CALENDAR.workdays_between(until.date() + timedelta(1), goes.due_at.date())
    assert still == left


@given(running(), SHARES, LENGTHS, LENGTHS)
def test_two_pauses_give_back_what_one_over_both_would(clock, into, first, second):
    since = within(clock, into)
    middle = since + first
    once = resume(pause(clock, since), middle + second, CALENDAR)
    twice = resume(pause(clock, since), middle, CALENDAR)
    assume(twice.due_at > middle)
    twice = resume(pause(twice, middle), middle + second, CALENDAR)
    assert twice.due_at == once.due_at


@given(running(), st.integers(1, 20), SHARES)
def test_counting_anew_by_the_same_calendar_changes_nothing(clock, more, into):
    longer = extend(clock, Longer(Decimal(more)), clock.started_at, CALENDAR)
    assert longer.due_at > clock.due_at
    assert longer.extended_until == longer.due_at
    since = within(longer, into)
    goes = resume(pause(longer, since), since + timedelta(days=3), CALENDAR)
    assert recounted(goes, CALENDAR) == goes


def test_what_is_extended_by_its_date_is_due_then_whatever_was_due():
    clock = start(FIVE, at("2026-03-02 10:00"), CALENDAR)
    longer = extend(clock, Until(at("2026-04-01 23:59")), at("2026-03-03 10:00"), CALENDAR)
    assert longer.due_at == at("2026-04-01 23:59")


def test_an_extension_leads_further_than_the_clock_was_due():
    clock = start(FIVE, at("2026-03-02 10:00"), CALENDAR)
    for no_later in (Until(at("2026-03-09 12:00")), Until(at("2026-03-01 12:00"))):
        with pytest.raises(Refused) as refused:
            extend(clock, no_later, at("2026-03-03 10:00"), CALENDAR)
        assert refused.value.problems[0].code == "EXTENSION_TOO_SHORT"


def test_a_text_that_says_how_far_it_may_be_extended_is_held_to():
    opinion = replace(FIVE, longest=Decimal(10))
    clock = start(opinion, at("2026-03-02 10:00"), CALENDAR)
    now = at("2026-03-03 10:00")
    assert extend(clock, Longer(Decimal(5)), now, CALENDAR).due_at.date() == date(2026, 3, 16)
    with pytest.raises(Refused) as refused:
        extend(clock, Longer(Decimal(6)), now, CALENDAR)
    [problem] = refused.value.problems
    assert (problem.code, problem.clause) == ("EXTENSION_TOO_LONG", opinion.clause)
    goes = resume(pause(clock, now), at("2026-03-05 10:00"), CALENDAR)
    assert extend(goes, Longer(Decimal(5)), at("2026-03-05 10:00"), CALENDAR)


@given(running())
def test_it_expires_when_it_is_due_and_not_a_moment_earlier(clock):
    before = expire(clock, clock.due_at - timedelta(seconds=1))
    assert before is clock
    ended = expire(clock, clock.due_at)
    assert (ended.state, ended.ended_at) == (State.EXPIRED, clock.due_at)
    assert expire(ended, clock.due_at + timedelta(days=1)) is ended


def test_what_has_ended_is_not_paused_extended_or_cancelled():
    clock = start(FIVE, at("2026-03-02 10:00"), CALENDAR)
    late = at("2026-03-10 10:00")
    now = at("2026-03-03 10:00")
    for ended in (expire(clock, late), stop(clock, now), cancel(clock, now)):
        for act in (
            lambda ended=ended: pause(ended, now),
            lambda ended=ended: resume(ended, now, CALENDAR),
            lambda ended=ended: extend(ended, Longer(Decimal(1)), now, CALENDAR),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code == "CLOCK_ENDED"
        assert cancel(ended, late) is ended
    # Time is up even where no worker has said so yet.
    with pytest.raises(Refused) as refused:
        extend(clock, Longer(Decimal(9)), late, CALENDAR)
    assert refused.value.code == "CLOCK_ENDED"


def test_a_paused_clock_does_not_run_out_and_is_not_paused_again():
    stands = pause(start(FIVE, at("2026-03-02 10:00"), CALENDAR), at("2026-03-03 10:00"))
    assert expire(stands, at("2026-06-01 10:00")) is stands
    with pytest.raises(Refused) as refused:
        pause(stands, at("2026-03-04 10:00"))
    assert refused.value.code == "CLOCK_PAUSED"
    with pytest.raises(Refused) as refused:
        resume(start(FIVE, at("2026-03-02 10:00"), CALENDAR), at("2026-03-03 10:00"), CALENDAR)
    assert refused.value.code == "CLOCK_NOT_PAUSED"


def test_what_is_done_after_it_ran_out_stays_expired_and_says_when():
    ended = expire(start(FIVE, at("2026-03-02 10:00"), CALENDAR), at("2026-03-10 00:00"))
    done = stop(ended, at("2026-03-11 10:00"))
    assert (done.state, done.done_at) == (State.EXPIRED, at("2026-03-11 10:00"))
    assert stop(done, at("2026-03-12 10:00")) is done


def test_a_warning_that_would_come_before_the_start_is_not_given():
    assert start(of(1, Unit.WORKDAY), at("2026-03-02 10:00"), CALENDAR).warn_at is None
    hourly = of(24, Unit.HOUR, warn=Span(Decimal(2), Unit.HOUR))
    assert start(hourly, at("2026-03-02 10:00"), CALENDAR).warn_at == at("2026-03-03 08:00")


def test_who_was_warned_is_warned_again_when_it_is_put_off():
    clock = start(FIVE, at("2026-03-02 10:00"), CALENDAR)
    warned = replace(clock, warned_at=clock.warn_at)
    assert recounted(warned, CALENDAR).warned_at == clock.warn_at
    longer = extend(warned, Longer(Decimal(5)), at("2026-03-06 10:00"), CALENDAR)
    assert longer.warned_at is None
    assert longer.warn_at == at("2026-03-13 09:00")


def test_an_event_is_known_by_its_whole_text_and_a_star_stands_for_one_word():
    assert concerned(("leave.*.ends",), ("leave.sick.ends",))
    assert not concerned(("leave.*.ends",), ("leave.ends", "leave.sick.approved"))
    assert not concerned(("complaint.case.answered",), ("complaint.case.answered_on_spot",))
    assert ends(FIVE, ("complaint.case.withdrawn",))
    assert not ends(FIVE, ("complaint.case.archived", "petition.case.withdrawn"))


def test_an_open_term_and_one_whose_condition_does_not_hold_never_start():
    assert started_by([FIVE], ["complaint.case.submitted"], {}) == [FIVE]
    assert started_by([replace(FIVE, within=None)], ["complaint.case.submitted"], {}) == []
    [filed] = shapes(
        MEASURES,
        clocks="c; ~; 收到; 答复; 5; ; day; after; ; ; filed = true; ; case.opened; ; ; ;",
    ).clocks
    assert started_by([filed], ["case.opened"], {}) == []
    assert started_by([filed], ["case.opened"], {"filed": True}) == [filed]


def test_what_had_to_be_asked_half_a_day_before_is_too_late_an_hour_before():
    [half] = shapes(
        MEASURES,
        clocks="c; ~; 用车; 申请; 12; ; hour; before; ; ; filed = false; ; car.trip.begins; ; ; ;",
    ).clocks
    begins, now = at("2026-03-03 09:00"), at("2026-03-03 08:00")
    [(row, owed)] = too_late([half], "car.trip", begins, now, CALENDAR, {})
    assert (row, owed.due) == (half, at("2026-03-02 21:00"))
    early = at("2026-03-02 21:00")
    assert too_late([half], "car.trip", begins, early, CALENDAR, {}) == []
    assert too_late([half], "car.trip", begins, now, CALENDAR, {"filed": True}) == []
    assert too_late([half], "car.other", begins, now, CALENDAR, {}) == []
