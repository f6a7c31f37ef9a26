"""Outings: away from the office for hours or days, official or private, and out of the city.

Hours are exact. Days count the half-days of working time that an outing touches, half a day each.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from domain.approval.procedure import (
    Circumstances,
    Form,
    Procedure,
    Requirement,
    Summary,
    asked,
    explanation,
    near,
)
from domain.areas.attendance import reports
from domain.time.calendar import Calendar
from domain.time.journeys import Destination
from domain.time.moments import HALF, Period, half_day_of, last_half_day_of, office_local
from domain.time.wording import days_between, quantity
from domain.vocabulary import FactValue

LONGEST = timedelta(days=31)


class Outing(Form):
    """Out of the office from one time to another, to a named place."""

    departs: datetime = asked("离开时间", "Departs")
    returns: datetime = asked("返回时间", "Returns")
    going_to: str = asked("去向", "Going to", longest=200)
    explanation: str = explanation()


class BusinessTrip(Outing):
    """A journey on official business 因公出差."""

    destination: Destination = asked("前往范围", "Destination")


T = TypeVar("T", bound=Outing)


def period(form: Outing) -> Period:
    """The outing in the office's own time."""
    return Period(office_local(form.departs), office_local(form.returns))


def hours(form: Outing) -> Decimal:
    """Elapsed hours, exact to the microsecond."""
    return Decimal((form.returns - form.departs) // timedelta(microseconds=1)) / 3_600_000_000


def days(form: Outing, calendar: Calendar) -> Decimal:
    """Half a day for each half-day of working time that the outing touches."""
    away = period(form)
    return HALF * calendar.half_days(half_day_of(away.begins), last_half_day_of(away))


def touches_a_day_off(form: Outing, calendar: Calendar) -> bool:
    """Whether any day of the outing is a rest day or a holiday."""
    away = period(form)
    first, last = away.begins.date(), last_half_day_of(away).date
    return calendar.workdays_between(first, last) <= (last - first).days


def _is_sound(form: Outing, known: Circumstances) -> bool:
    return all(requirement.holds(form, known) for requirement in SOUND)


def _where_sound(holds: Callable[[Outing, Calendar], bool]) -> Callable[[Any, Circumstances], bool]:
    """A predicate that is asked only of times that make sense; otherwise another code says so."""
    return lambda form, known: not _is_sound(form, known) or holds(form, known.calendar)


SOUND: tuple[Requirement[Any], ...] = (
    Requirement(
        "RETURN_BEFORE_DEPARTURE", ("returns",), lambda form, _: form.departs < form.returns
    ),
    near("departs", lambda form: form.departs.date()),
    Requirement(
        "OUTING_TOO_LONG",
        ("returns",),
        lambda form, _: form.returns - form.departs <= LONGEST,
        details={"days": LONGEST.days},
    ),
)
IN_WORKING_TIME: Requirement[Any] = Requirement(
    "NOTHING_TO_COUNT", ("departs",), _where_sound(lambda form, calendar: days(form, calendar) > 0)
)
ON_A_DAY_OFF: Requirement[Any] = Requirement(
    "NOT_ON_A_DAY_OFF", ("departs",), _where_sound(touches_a_day_off)
)


def _outing(
    kind: str,
    zh: str,
    en: str,
    form: type[T],
    *,
    facts: Callable[[T, Calendar], Mapping[str, FactValue]],
    requirements: tuple[Requirement[Any], ...] = (),
    is_absence: bool = True,
) -> Procedure[T]:
    def all_facts(form: T, known: Circumstances) -> Mapping[str, FactValue]:
        return {"days": days(form, known.calendar), **facts(form, known.calendar)}

    def summary(form: T, facts: Mapping[str, FactValue]) -> Summary:
        away = period(form)
        first, last = away.begins.date(), last_half_day_of(away).date
        span = days_between(first, last)
        if first == last:
            length = quantity(hours(form), "hour")
            times = f"{away.begins:%H:%M}", f"{away.ends:%H:%M}"
            return Summary(
                f"{zh} {length.zh}，{span.zh} {times[0]}至{times[1]}",
                f"{en}, {length.en}, {span.en} {times[0]} to {times[1]}",
            )
        if not is_absence:
            return Summary(f"{zh}，{span.zh}", f"{en}, {span.en}")
        length = quantity(Decimal(facts["days"]), "day")
        return Summary(f"{zh} {length.zh}，{span.zh}", f"{en}, {length.en}, {span.en}")

    return Procedure(
        kind=kind,
        form=form,
        facts=all_facts,
        summary=summary,
        requirements=SOUND + requirements,
        occupies=period if is_absence else None,
    )


PROCEDURES: tuple[Procedure[Any], ...] = (
    _outing(
        "outing.official",
        "因公外出",
        "Official outing",
        Outing,
        facts=lambda form, _: {"hours": hours(form), "purpose": "official"},
        requirements=(IN_WORKING_TIME,),
    ),
    _outing(
        "outing.private",
        "因私外出",
        "Private outing",
        Outing,
        facts=lambda form, _: {"hours": hours(form), "purpose": "private"},
        requirements=(IN_WORKING_TIME,),
    ),
    # A permission to travel on days off, which may well fall into a leave: nobody is away for it.
    _outing(
        "outing.out_of_city",
        "节假日出市",
        "Leaving the city on a day off",
        Outing,
        facts=lambda form, calendar: {
            "destination": Destination.OUT_OF_CITY.value,
            "on_holiday": touches_a_day_off(form, calendar),
        },
        requirements=(ON_A_DAY_OFF,),
        is_absence=False,
    ),
    _outing(
        "outing.business_trip",
        "因公出差",
        "Business trip",
        BusinessTrip,
        facts=lambda form, _: {"destination": form.destination.value},
    ),
    *reports.PROCEDURES,
)
