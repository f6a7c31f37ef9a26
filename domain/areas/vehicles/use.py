"""Official vehicles: their use in and outside working hours, for private affairs, and lending."""

from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from domain.approval.procedure import Circumstances, Procedure, Requirement, asked, referring
from domain.approval.spans import Span, for_a_time, in_order
from domain.areas.vehicles.fleet import VEHICLE
from domain.time.journeys import Destination, Purpose, Urgency, between, leaves_working_hours


class Use(Span):
    """A vehicle from one time to another."""

    destination: Destination | None = asked("前往范围", "Destination", default=None)
    going_to: str = asked("用车地点", "Place", default="", longest=200)
    vehicle_id: UUID | None = referring("车辆", "Vehicle", VEHICLE, default=None)


class Trip(Use):
    """A trip in an official vehicle."""

    people: int | None = asked("人数", "People", default=None)
    purpose: Purpose | None = asked("用途", "Purpose", default=Purpose.OFFICIAL)


class Dispatch(Trip):
    """公务用车; an official trip."""

    urgency: Urgency | None = asked("紧急程度", "Urgency", default=Urgency.NORMAL)
    special_case: bool | None = asked("特殊情况", "Special case", default=None)
    family_planning: bool = asked("计划生育用车", "For family planning", default=False)


class PrivateUse(Trip):
    """私人用车; private use of a vehicle."""

    purpose: Purpose | None = asked("用途", "Purpose", default=Purpose.PRIVATE)
    major: bool | None = asked("重大事项", "Major matter", default=None)


class OffHours(Trip):
    """工作时间外用车; a vehicle outside working hours."""

    urgency: Urgency | None = asked("紧急程度", "Urgency", default=None)
    major: bool | None = asked("重大事项", "Major matter", default=None)


class Lending(Use):
    """外借车辆; a vehicle lent to somebody outside."""

    borrower: str = asked("借用单位", "Borrower", default="", longest=200)


U = TypeVar("U", bound=Use)


def _outside_hours(form: Use, known: Circumstances) -> bool:
    period = between(form.begins, form.ends)
    return not in_order(form, known) or leaves_working_hours(period, known.calendar)


def _use(kind: str, form: type[U], *more: Requirement[Any], days: int = 31) -> Procedure[U]:
    longest = timedelta(days), "VEHICLE_AWAY_TOO_LONG"
    return for_a_time(
        kind,
        form,
        "vehicle_id",
        longest,
        *more,
        about=lambda form: form.going_to or form.explanation,
    )


PROCEDURES: tuple[Procedure[Any], ...] = (
    _use("vehicle.dispatch", Dispatch),
    _use("vehicle.private_use", PrivateUse),
    _use(
        "vehicle.off_hours",
        OffHours,
        Requirement("WITHIN_WORKING_HOURS", ("begins",), _outside_hours),
    ),
    _use("vehicle.lend", Lending, days=731),
)
KINDS = {procedure.form: procedure.kind for procedure in PROCEDURES}
