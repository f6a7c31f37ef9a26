"""Upkeep of official vehicles: repair, fuel, and the hire of others, entered when approved."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.approval import procedure
from domain.approval.procedure import Form, Procedure, asked, explanation, referring
from domain.areas.vehicles.books import HIRES, HiredCar
from domain.areas.vehicles.fleet import VEHICLE
from domain.time.journeys import Purpose
from domain.values.bounds import LITRES

SETTLING = {"reimbursement.general": procedure.Settles("vehicle.repair", "NO_APPROVED_REPAIR")}
"""What pays for a repair names the approved request for it."""


class HireZone(StrEnum):
    """Where a hired car goes."""

    URBAN = "urban"
    HEXI = "hexi"
    HEDONG = "hedong"
    ELSEWHERE = "elsewhere"


class Hire(Form):
    """租用车辆; a vehicle hired for one trip."""

    explanation: str = explanation()
    amount: Decimal | None = asked("金额", "Amount", default=None)
    purpose: Purpose | None = asked("用途", "Purpose", default=Purpose.OFFICIAL)
    hire_zone: HireZone | None = asked("租车区域", "Hire zone", default=None)
    hired_on: date | None = asked("用车日期", "Day of the trip", default=None)


class Repair(Form):
    """车辆维修; a repair, or equipment for a vehicle, proposed by its driver."""

    explanation: str = asked("车辆故障", "Faults", longest=2000)
    amount: Decimal | None = asked("金额", "Amount", default=None)
    vehicle_id: UUID | None = referring("车辆", "Vehicle", VEHICLE, default=None)
    scope: str = asked("维修范围", "Scope of the repair", default="", longest=2000)
    related_scope: str = asked("连带维修范围", "Related repairs", default="", longest=2000)


class Fuel(Form):
    """加油; fuel for a vehicle."""

    explanation: str = explanation()
    amount: Decimal | None = asked("金额", "Amount", default=None)
    vehicle_id: UUID | None = referring("车辆", "Vehicle", VEHICLE, default=None)
    litres: Decimal | None = asked("加油数量", "Litres", default=None, bounds=LITRES)


def enter_hire(form: Hire, approved: procedure.Approved) -> Sequence[procedure.Record]:
    """The line of an approved hire in the office's register."""
    line = HiredCar(
        request_id=approved.request,
        number=approved.number,
        hired_on=form.hired_on or approved.now.date(),
        zone=form.hire_zone or "",
        amount=form.amount or Decimal(0),
        section=approved.unit_name,
        user_name=approved.applicant_name,
        purpose=form.explanation,
    )
    return (HIRES.line(line, approved),)


PROCEDURES: tuple[Procedure[Any], ...] = (
    Procedure("vehicle.hire", Hire, on_approval=enter_hire),
    Procedure("vehicle.repair", Repair),
    Procedure("vehicle.fuel_over_quota", Fuel),
    Procedure("vehicle.refuel", Fuel),
)
