"""Official vehicles: their use in and outside working hours, for private affairs, and lending."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from domain.approval.procedure import (
    Circumstances,
    Form,
    Procedure,
    Requirement,
    Summary,
    asked,
    referring,
)
from domain.approval.requirements import explanation, near
from domain.approval.summaries import shortened
from domain.areas.vehicles.fleet import VEHICLE
from domain.office.booking import Booking
from domain.time.journeys import (
    Destination,
    Purpose,
    between,
    last_day,
    leaves_working_hours,
    touches_a_day_off,
)
from domain.time.moments import all_days, half_day_of, last_half_day_of
from domain.time.wording import days_between
from domain.vocabulary import FactValue

LONGEST = timedelta(days=31)
LONGEST_LOAN = timedelta(days=731)


class Urgency(StrEnum):
    """How urgent a matter is."""

    NORMAL = "normal"
    URGENT = "urgent"


@dataclass(frozen=True, kw_only=True)
class Use(Form):
    """A vehicle from one time to another."""

    begins: datetime = asked("开始", "Begins")
    ends: datetime = asked("结束", "Ends")
    explanation: str = explanation()
    destination: Destination | None = asked("前往范围", "Destination", default=None)
    going_to: str = asked("用车地点", "Place", default="", longest=200)
    vehicle_id: UUID | None = referring("车辆", "Vehicle", VEHICLE, default=None)


@dataclass(frozen=True, kw_only=True)
class Trip(Use):
    """A trip in an official vehicle."""

    people: int | None = asked("人数", "People", default=None)
    purpose: Purpose | None = asked("用途", "Purpose", default=Purpose.OFFICIAL)


@dataclass(frozen=True, kw_only=True)
class Dispatch(Trip):
    """公务用车; an official trip."""

    urgency: Urgency | None = asked("紧急程度", "Urgency", default=Urgency.NORMAL)
    special_case: bool | None = asked("特殊情况", "Special case", default=None)
    family_planning: bool = asked("计划生育用车", "For family planning", default=False)


@dataclass(frozen=True, kw_only=True)
class PrivateUse(Trip):
    """私人用车; private use of a vehicle."""

    purpose: Purpose | None = asked("用途", "Purpose", default=Purpose.PRIVATE)
    major: bool | None = asked("重大事项", "Major matter", default=None)


@dataclass(frozen=True, kw_only=True)
class OffHours(Trip):
    """工作时间外用车; a vehicle outside working hours."""

    urgency: Urgency | None = asked("紧急程度", "Urgency", default=None)
    major: bool | None = asked("重大事项", "Major matter", default=None)


@dataclass(frozen=True, kw_only=True)
class Lending(Use):
    """外借车辆; a vehicle lent to somebody outside."""

    borrower: str = asked("借用单位", "Borrower", default="", longest=200)


U = TypeVar("U", bound=Use)


def use_facts(form: Use, known: Circumstances) -> Mapping[str, FactValue]:
    """How long a vehicle is away, and whether outside working hours, by the office's calendar."""
    period = between(form.begins, form.ends)
    return {
        "days": all_days(half_day_of(period.begins), last_half_day_of(period)),
        "hours": Decimal((form.ends - form.begins) // timedelta(microseconds=1)) / 3_600_000_000,
        "off_hours": leaves_working_hours(period, known.calendar),
        "on_holiday": touches_a_day_off(period, known.calendar),
    }


def books(form: Use) -> Booking | None:
    """The vehicle that is wished is held from submission on."""
    if form.vehicle_id is None or form.begins >= form.ends:
        return None
    return Booking(form.vehicle_id, between(form.begins, form.ends))


def _in_order(form: Use, _: Circumstances) -> bool:
    return form.begins < form.ends


def _sound(longest: timedelta) -> tuple[Requirement[Any], ...]:
    return (
        Requirement("END_BEFORE_START", ("ends",), _in_order),
        near("begins", lambda form: form.begins.date()),
        Requirement(
            "VEHICLE_AWAY_TOO_LONG",
            ("ends",),
            lambda form, _: form.ends - form.begins <= longest,
            details={"days": longest.days},
        ),
    )


def _outside_hours(form: Use, known: Circumstances) -> bool:
    period = between(form.begins, form.ends)
    return not _in_order(form, known) or leaves_working_hours(period, known.calendar)


def _use(
    kind: str,
    zh: str,
    en: str,
    form: type[U],
    *more: Requirement[Any],
    longest: timedelta = LONGEST,
) -> Procedure[U]:
    def summary(form: U, _: Mapping[str, FactValue]) -> Summary:
        period = between(form.begins, form.ends)
        span = days_between(period.begins.date(), last_day(period))
        times = f"{period.begins:%H:%M}", f"{period.ends:%H:%M}"
        said = shortened(form.going_to or form.explanation)
        return Summary(
            f"{zh},{span.zh} {times[0]}至{times[1]}:{said}",
            f"{en}, {span.en} {times[0]} to {times[1]}: {said}",
        )

    return Procedure(
        kind=kind,
        form=form,
        facts=use_facts,
        summary=summary,
        requirements=(*_sound(longest), *more),
        books=books,
    )


PROCEDURES: tuple[Procedure[Any], ...] = (
    _use("vehicle.dispatch", "公务用车", "Official car", Dispatch),
    _use("vehicle.private_use", "私人用车", "Private use of a car", PrivateUse),
    _use(
        "vehicle.off_hours",
        "工作时间外用车",
        "Car outside working hours",
        OffHours,
        Requirement("WITHIN_WORKING_HOURS", ("begins",), _outside_hours),
    ),
    _use("vehicle.lend", "外借车辆", "Lending a car", Lending, longest=LONGEST_LOAN),
)
KINDS = {procedure.form: procedure.kind for procedure in PROCEDURES}
