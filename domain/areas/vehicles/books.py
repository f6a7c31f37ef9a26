"""The registers on vehicles and drivers, in the order of a vehicle's life."""

from datetime import date, datetime

from domain.approval.procedure import Circumstances, Form, Requirement
from domain.approval.requirements import near
from domain.areas.vehicles import tables
from domain.areas.vehicles.entries import (
    Appraisal,
    Incident,
    Liability,
    Mileage,
    ParkingCheck,
    Refuelling,
    RepairLine,
    Sealing,
)
from domain.areas.vehicles.repairs import repair_orders
from domain.areas.vehicles.trips import trips
from domain.records.registers import Register
from domain.time.moments import office_local


def _happened(field: str) -> tuple[Requirement[Form], Requirement[Form]]:
    """What is on record has happened, and within the time that anybody still enters."""

    def day(form: Form) -> date:
        at = getattr(form, field)
        return office_local(at).date() if isinstance(at, datetime) else at

    def holds(form: Form, known: Circumstances) -> bool:
        at = getattr(form, field)
        return bool(at <= (known.now if isinstance(at, datetime) else known.today))

    return near(field, day), Requirement("NOT_YET_HAPPENED", (field,), holds)


REGISTERS: tuple[Register, ...] = (
    Register(
        "vehicle.archive", tables.vehicles, "车辆管理档案", "Archive of vehicles",
    ),
    Register(
        "vehicle.trip", trips, "派车单", "Slips of trips",
    ),
    Register(
        "vehicle.repair_order", repair_orders, "车辆维修申请表", "Repair orders",
    ),
    Register(
        "vehicle.refuelling", tables.vehicle_refuellings, "车辆加油登记表", "Refuelling register",
        entry=Refuelling,
        asked_when={"cash_reason": "cash"},
        requirements=(
            *_happened("refuelled_at"),
            Requirement(
                "ODOMETER_RUNS_BACK",
                ("odometer_to",),
                lambda form, _: form.odometer_from <= form.odometer_to,
            ),
        ),
    ),
    Register(
        "vehicle.repair_line", tables.vehicle_repairs, "车辆维修情况登记表", "Repair register",
        entry=RepairLine,
        requirements=_happened("repaired_on"),
    ),
    Register(
        "vehicle.mileage", tables.vehicle_mileages, "行驶里程登记", "Mileage register",
        entry=Mileage,
        requirements=_happened("read_at"),
    ),
    Register(
        "vehicle.parking_check", tables.vehicle_parking_checks, "定点停车抽查", "Parking checks",
        entry=ParkingCheck,
        requirements=_happened("checked_at"),
    ),
    Register(
        "vehicle.sealing", tables.vehicle_sealings, "节假日封存", "Sealed vehicles and their keys",
        entry=Sealing,
        requirements=(
            near("last_day", lambda form: form.last_day),
            Requirement(
                "END_BEFORE_START", ("last_day",), lambda form, _: form.first_day <= form.last_day
            ),
        ),
    ),
    Register(
        "driver.incident", tables.driver_incidents, "司机事件登记", "Incidents of drivers",
        entry=Incident,
        requirements=_happened("happened_at"),
    ),
    Register(
        "driver.liability", tables.driver_liabilities, "事故责任认定", "Shares in the cost",
        entry=Liability,
    ),
    Register(
        "driver.appraisal", tables.driver_appraisals, "驾驶员月度考核", "Appraisals of drivers",
        entry=Appraisal,
        requirements=(
            Requirement("NOT_A_FIRST_DAY", ("month",), lambda form, _: form.month.day == 1),
            *_happened("month"),
        ),
    ),
    Register(
        "vehicle.hire_line", tables.vehicle_hires, "租车登记", "Register of hired cars",
    ),
    Register(
        "vehicle.publication", tables.vehicle_publications, "车辆情况公布", "What was published",
    ),
)  # fmt: skip
"""The books of the area, in the order of a vehicle's life."""
