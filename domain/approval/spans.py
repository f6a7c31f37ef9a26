"""Something wanted from one time to another: a car, a room."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from domain.approval.procedure import (
    Circumstances,
    Form,
    Procedure,
    Requirement,
    asked,
    explanation,
    near,
)
from domain.office.booking import Booking
from domain.time.journeys import between, leaves_working_hours, touches_a_day_off
from domain.time.moments import Period
from domain.vocabulary import FactValue


class Span(Form):
    """From when to when, and what for."""

    begins: datetime = asked("开始", "Begins")
    ends: datetime = asked("结束", "Ends")
    explanation: str = explanation()


S = TypeVar("S", bound=Span)


def span_facts(form: Span, known: Circumstances) -> Mapping[str, FactValue]:
    """How long it is, and whether outside working hours, by the office's calendar."""
    period = between(form.begins, form.ends)
    return {
        "days": time_taken(period),
        "hours": Decimal((form.ends - form.begins) // timedelta(microseconds=1)) / 3_600_000_000,
        "off_hours": leaves_working_hours(period, known.calendar),
        "on_holiday": touches_a_day_off(period, known.calendar),
    }


def time_taken(period: Period) -> Decimal:
    """Days: each day and night is one, and so are eight hours of what is left, or more."""
    whole, rest = divmod(period.ends - period.begins, timedelta(days=1))
    part = min(Decimal(rest // timedelta(minutes=1)) / 480, Decimal(1))
    return whole + part.quantize(Decimal("0.0001"))


def in_order(form: Span, _: Circumstances) -> bool:
    return form.begins < form.ends


def for_a_time(
    kind: str,
    form: type[S],
    thing: str,
    longest: tuple[timedelta, str] | None = None,
    *more: Requirement[Any],
    about: Callable[[S], str] = lambda form: form.explanation,
) -> Procedure[S]:
    """A kind that wants the thing of a field for a time, held from submission on.

    `longest` is how long it may be had at most, and the code of what is longer.
    """

    def books(form: S) -> Booking | None:
        wanted = getattr(form, thing)
        if wanted is None or form.begins >= form.ends:
            return None
        return Booking(wanted, between(form.begins, form.ends))

    sound: list[Requirement[Any]] = [
        Requirement("END_BEFORE_START", ("ends",), in_order),
        near("begins", lambda form: form.begins.date()),
    ]
    if longest:
        most, code = longest
        details = {"days": most.days}
        sound.append(
            Requirement(code, ("ends",), lambda f, _: f.ends - f.begins <= most, details=details)
        )
    return Procedure(
        kind=kind,
        form=form,
        facts=span_facts,
        requirements=(*sound, *more),
        books=books,
        about=about,
        spans=lambda form: between(form.begins, form.ends),
    )
