"""Clocks that run: started by an event, paused, extended, stopped, and expired when time is up.

Pure: what was becomes what is. The moments of a clock are counted anew from its start and its
moves, so that a corrected calendar gives the same answer as if it had always been right.
"""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from domain.errors import Refused, at_fault
from domain.shapes.clocks import (
    EXACT,
    Clock,
    Direction,
    Unit,
    day_later,
    is_provisional,
    later,
    rolled,
    term,
)
from domain.time.calendar import Calendar, outside
from domain.time.moments import OFFICE_TIME
from domain.values.choices import Choice

WARNED_AT = time(9)
"""Warnings that are counted in days come when the office opens."""


class State(Choice):
    """How a clock stands."""

    RUNNING = "running", "计时中: time goes by."
    PAUSED = "paused", "中止: it stands still, and what it stood still is given back."
    DONE = "done", "已办: what was owed is done."
    EXPIRED = "expired", "逾期: its time is up."
    CANCELLED = "cancelled", "已取消: nothing is owed any more."


GOING = frozenset({State.RUNNING, State.PAUSED})


@dataclass(frozen=True)
class Pause:
    """A stretch in which the clock stood still."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Longer:
    """So many more of the clock's own units."""

    by: Decimal


@dataclass(frozen=True)
class Until:
    """A due moment that was granted by its date."""

    due: datetime


Move = Pause | Longer | Until


@dataclass(frozen=True)
class Running:
    """A clock since it was started; `moves` are what moved its due moment, in their order."""

    clock: Clock
    started_at: datetime
    due_at: datetime
    not_before: datetime | None
    warn_at: datetime | None
    provisional: bool
    moves: tuple[Move, ...] = ()
    state: State = State.RUNNING
    paused_at: datetime | None = None
    warned_at: datetime | None = None
    ended_at: datetime | None = None
    done_at: datetime | None = None

    @property
    def extended_until(self) -> datetime | None:
        """Until when it was extended at least once."""
        moves = self.moves[1:] if self.clock.is_open else self.moves
        return self.due_at if any(not isinstance(move, Pause) for move in moves) else None


def start(clock: Clock, at: datetime, calendar: Calendar, until: datetime | None = None) -> Running:
    """Start a clock; one whose term the text leaves open runs `until` the moment that is named.

    Raises: Refused: the text gives no outer limit, or the calendar does not reach so far.
    """
    moves = (Until(until),) if until else ()
    if moves:
        return recounted(
            Running(clock, at, at, None, None, provisional=False, moves=moves), calendar
        )
    first = term(clock, at, calendar)
    started = Running(clock, at, first.due, first.not_before, None, first.provisional)
    return replace(started, warn_at=_warning(started, first.due, calendar))


def pause(running: Running, now: datetime) -> Running:
    """Let it stand still from now on.

    Raises: Refused: it has ended, its time is up, or it stands still already.
    """
    must_go_on(running, now)
    if running.state is State.PAUSED:
        raise Refused("CLOCK_PAUSED")
    return replace(running, state=State.PAUSED, paused_at=now)


def resume(running: Running, now: datetime, calendar: Calendar) -> Running:
    """Let it go on: what it stood still is given back in its own unit.

    Raises: Refused: it does not stand still.
    """
    must_go_on(running, now)
    if running.paused_at is None:
        raise Refused("CLOCK_NOT_PAUSED")
    stood = Pause(running.paused_at, now)
    going = replace(running, state=State.RUNNING, paused_at=None, moves=(*running.moves, stood))
    return recounted(going, calendar)


def extend(running: Running, longer: Longer | Until, now: datetime, calendar: Calendar) -> Running:
    """Put the due moment off.

    Raises: Refused: it has ended, or the new moment is no later, or later than the text allows.
    """
    must_go_on(running, now)
    extended = recounted(replace(running, moves=(*running.moves, longer)), calendar)
    if extended.due_at <= running.due_at or extended.due_at <= now:
        raise at_fault("EXTENSION_TOO_SHORT", "input", due=_said(running.due_at))
    limit = _longest(running, calendar)
    if limit is not None and extended.due_at > limit:
        path = ("input", "until" if isinstance(longer, Until) else "count")
        clause = running.clock.clause
        raise at_fault("EXTENSION_TOO_LONG", *path, clause=clause, due=_said(limit))
    return extended


def stop(running: Running, now: datetime) -> Running:
    """What was owed is done; a clock that ran out stays expired and says when it was done."""
    if running.state in GOING:
        return replace(running, state=State.DONE, paused_at=None, ended_at=now, done_at=now)
    if running.state is State.EXPIRED and running.done_at is None:
        return replace(running, done_at=now)
    return running


def reopen(running: Running) -> Running:
    """What was taken for done was not: it runs on, until its time is up."""
    if running.state is State.DONE:
        return replace(running, state=State.RUNNING, ended_at=None, done_at=None)
    return replace(running, done_at=None)


def restart(running: Running, at: datetime, now: datetime, calendar: Calendar) -> Running:
    """It had started at another moment; what ran out too early for that runs again.

    Raises: Refused: the calendar does not reach so far.
    """
    again = recounted(replace(running, started_at=at), calendar)
    if again.state is State.EXPIRED and again.done_at is None and again.due_at > now:
        return replace(again, state=State.RUNNING, ended_at=None)
    return again


def cancel(running: Running, now: datetime) -> Running:
    """Nothing is owed any more."""
    if running.state not in GOING:
        return running
    return replace(running, state=State.CANCELLED, paused_at=None, ended_at=now)


def expire(running: Running, now: datetime) -> Running:
    """Time is up, if it runs and is due by now; otherwise nothing happens."""
    if running.state is not State.RUNNING or running.due_at > now:
        return running
    return replace(running, state=State.EXPIRED, ended_at=now)


def recounted(running: Running, calendar: Calendar) -> Running:
    """Its moments, counted anew from its start and its moves.

    Raises: Refused: the calendar does not reach so far.
    """
    named = running.clock.is_open and running.moves
    first = None if named else term(running.clock, running.started_at, calendar)
    due = first.due if first else running.started_at
    for move in running.moves:
        due = moved(running.clock, due, move, calendar)
    warn_at = _warning(running, due, calendar)
    again = warn_at is not None and running.warned_at is not None and warn_at > running.warned_at
    return replace(
        running,
        due_at=due,
        not_before=first.not_before if first else None,
        warn_at=warn_at,
        warned_at=None if again else running.warned_at,
        provisional=is_provisional(running.clock, running.started_at, due, calendar),
    )


def moved(clock: Clock, due: datetime, move: Move, calendar: Calendar) -> datetime:
    """Where a move puts a due moment."""
    unit = clock.unit if clock.unit and clock.at is None else Unit.DAY
    try:
        match move:
            case Until():
                return move.due.astimezone(OFFICE_TIME)
            case Longer():
                return rolled(clock, _put_off(due, move.by, unit, calendar), calendar)
        since, until = (each.astimezone(OFFICE_TIME) for each in (move.since, move.until))
        if due < since:
            return due
        if unit in EXACT:
            return due + (until - since)
        days = (until.date() - since.date()).days
        if unit is not Unit.WORKDAY:
            return rolled(clock, _put_off(due, Decimal(days), Unit.DAY, calendar), calendar)
        days = calendar.workdays_between(since.date() + timedelta(days=1), until.date())
        later_due = _put_off(due, Decimal(days), Unit.WORKDAY, calendar)
        # What is left of the last day is left of the day on which it goes on.
        return max(rolled(clock, later_due, calendar), datetime.combine(until, due.timetz()))
    except (OverflowError, ValueError):
        raise outside() from None


def must_go_on(running: Running, now: datetime) -> None:
    """Raises: Refused where the clock has ended, or is about to since its time is up."""
    if running.state not in GOING:
        raise Refused("CLOCK_ENDED", clause=running.clock.clause)
    if running.state is State.RUNNING and running.due_at <= now:
        raise Refused("CLOCK_ENDED", clause=running.clock.clause)


def _put_off(due: datetime, count: Decimal, unit: Unit, calendar: Calendar) -> datetime:
    if unit in EXACT:
        return later(due, count, unit, calendar)
    day = day_later(due.date(), int(count), unit, calendar)
    return datetime.combine(day, due.timetz())


def _warning(running: Running, due: datetime, calendar: Calendar) -> datetime | None:
    """When to warn; not at all where that would be before the clock has started.

    One that counts backwards is known before the moment that it counts from.
    """
    warn, backwards = running.clock.warn, running.clock.direction is Direction.BEFORE
    if warn is None:
        return None
    if warn.unit in EXACT:
        at = later(due, -warn.count, warn.unit, calendar)
    else:
        day = day_later(due.date(), -int(warn.count), warn.unit, calendar)
        at = datetime.combine(day, WARNED_AT, due.tzinfo)
    return at if backwards or at > running.started_at else None


def _longest(running: Running, calendar: Calendar) -> datetime | None:
    """The latest that the text allows: its own longest term, with the pauses given back."""
    clock = running.clock
    if clock.longest is None:
        return None
    due = term(replace(clock, within=clock.longest, least=None), running.started_at, calendar).due
    for move in running.moves:
        if isinstance(move, Pause):
            due = moved(clock, due, move, calendar)
    return due


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}"
