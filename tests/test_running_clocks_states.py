"""A clock of working days under any sequence of acts, beside a count of its days one by one."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.conditions.language import ALWAYS
from domain.errors import Refused
from domain.shapes.clocks import Clock, Direction, Unit
from domain.shapes.running import (
    GOING,
    Longer,
    Pause,
    Running,
    State,
    cancel,
    expire,
    extend,
    pause,
    recounted,
    resume,
    start,
    stop,
)
from domain.time.calendar import Calendar, CalendarDay, calendar_of, national_days
from domain.time.moments import OFFICE_TIME

NATIONAL = national_days()


def owed(count: int) -> Clock:
    return Clock(
        *("answer", "complaints/5", "受理", "答复", Decimal(count), None, Unit.WORKDAY),
        *(Direction.AFTER, None, "", ALWAYS, ""),
    )


class ClockMachine(RuleBasedStateMachine):
    """`budget` are the working days granted; days that it stood still use none of them up."""

    clock: Running
    now: datetime
    calendar: Calendar

    @initialize(count=st.integers(1, 15), begins=st.dates(date(2025, 1, 1), date(2026, 6, 1)))
    def begin(self, count: int, begins: date) -> None:
        self.calendar = calendar_of(NATIONAL)
        self.now = datetime.combine(begins, datetime.min.time(), OFFICE_TIME) + timedelta(hours=9)
        self.clock = start(owed(count), self.now, self.calendar)
        self.begins, self.budget = begins, count
        self.still: set[date] = set()
        self.pauses: list[tuple[date, date]] = []
        self.own: list[CalendarDay] = []

    @rule(hours=st.integers(1, 120))
    def time_goes_by(self, hours: int) -> None:
        before = self.now.date()
        self.now += timedelta(hours=hours)
        if self.clock.state is State.PAUSED:
            days = (self.now.date() - before).days
            self.still |= {before + timedelta(days=each) for each in range(1, days + 1)}
        was = self.clock
        self.clock = expire(self.clock, self.now)
        ran_out = was.state is State.RUNNING and was.due_at <= self.now
        assert (self.clock is not was) == ran_out

    @rule()
    def it_is_paused(self) -> None:
        runs = self.clock.state is State.RUNNING and self.clock.due_at > self.now
        try:
            self.clock = pause(self.clock, self.now)
        except Refused:
            assert not runs
        else:
            assert runs

    @rule()
    def it_is_resumed(self) -> None:
        stands = self.clock.state is State.PAUSED
        try:
            self.clock = resume(self.clock, self.now, self.calendar)
        except Refused:
            assert not stands
        else:
            assert stands
            stood = self.clock.moves[-1]
            assert isinstance(stood, Pause)
            self.pauses.append((stood.since.date(), stood.until.date()))

    @precondition(lambda self: self.clock.state in GOING)
    @rule(count=st.integers(1, 10))
    def it_is_extended(self, count: int) -> None:
        try:
            self.clock = extend(self.clock, Longer(Decimal(count)), self.now, self.calendar)
        except Refused:
            # It stands still past its due moment, or a correction has just brought that forward.
            assert self.clock.due_at <= self.now or self.clock.state is State.PAUSED
        else:
            self.budget += count

    @precondition(lambda self: self.clock.state in GOING)
    @rule(days=st.integers(-5, 30), working=st.booleans())
    def the_calendar_is_corrected(self, days: int, *, working: bool) -> None:
        day = self.now.date() + timedelta(days=days)
        self.own.append(CalendarDay(day, working, "调整", institution="hrss-bureau"))
        self.calendar = calendar_of([*NATIONAL, *self.own])
        self.clock = recounted(self.clock, self.calendar)

    @rule(withdrawn=st.booleans())
    def it_ends(self, *, withdrawn: bool) -> None:
        if self.now.hour % 4:  # most clocks go on
            return
        was = self.clock
        self.clock = (cancel if withdrawn else stop)(was, self.now)
        if was.state not in GOING:
            assert (self.clock.state, self.clock.due_at) == (was.state, was.due_at)

    @invariant()
    def it_is_due_when_the_days_are_used_up(self) -> None:
        if self.clock.state is not State.RUNNING:
            return
        day, left = self.begins, self.budget
        while left:
            day += timedelta(days=1)
            left -= self.calendar.is_workday(day) and day not in self.still
        for since, until in self.pauses:
            # What was left of the last day when it was paused is left when it goes on.
            day = until if since == day else day
        assert self.clock.due_at.date() == day, (self.begins, self.budget, self.pauses)

    @invariant()
    def it_says_the_same_when_it_is_counted_anew(self) -> None:
        if self.clock.state in GOING:
            assert recounted(self.clock, self.calendar) == self.clock


TestClockMachine = ClockMachine.TestCase
TestClockMachine.settings = settings(max_examples=80, stateful_step_count=30)
