"""The registers on vehicles and drivers, which clauses ask for each, and who keeps it."""

from collections.abc import Mapping
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
from domain.records.registers import Register
from domain.time.moments import office_local

CONSTRUCTION, HRSS = "construction-bureau", "hrss-bureau"
CENTRE, TOWNSHIP = "service-centre", "township-government"
OFFICE = ("office_clerk", "office_director", "fleet_manager")


def _happened(field: str) -> tuple[Requirement[Form], Requirement[Form]]:
    """What is on record has happened, and within the time that anybody still enters."""

    def day(form: Form) -> date:
        at = getattr(form, field)
        return office_local(at).date() if isinstance(at, datetime) else at

    def holds(form: Form, known: Circumstances) -> bool:
        at = getattr(form, field)
        return bool(at <= (known.now if isinstance(at, datetime) else known.today))

    return near(field, day), Requirement("NOT_YET_HAPPENED", (field,), holds)


def _by(**cites: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    names = {"construction": CONSTRUCTION, "hrss": HRSS, "centre": CENTRE, "township": TOWNSHIP}
    return {names[name]: clauses for name, clauses in cites.items()}


REGISTERS: tuple[Register, ...] = (
    Register(
        "vehicle.archive", tables.vehicles, "车辆管理档案", "Archive of vehicles",
        _by(
            construction=("vehicles/二", "vehicles/八"),
            hrss=("vehicles/三、1", "vehicles/三、2", "vehicles/一、5"),
            centre=("vehicles/公车管理 6",),
            township=("vehicles/五、2",),
        ),
    ),
    Register(
        "vehicle.trip", tables.vehicle_trips, "派车单", "Slips of trips",
        _by(
            construction=("vehicles/四",),
            hrss=(
                *("vehicles/附1 派車單", "vehicles/附1 派車單 備註", "vehicles/一、4"),
                "vehicles/四、2",
            ),
            centre=("vehicles/公车管理 1",),
            township=("vehicles/五、1",),
        ),
    ),
    Register(
        "vehicle.repair_order", tables.vehicle_repair_orders, "车辆维修申请表", "Repair orders",
        _by(construction=("vehicles/七",), centre=("vehicles/公车管理 8",)),
    ),
    Register(
        "vehicle.refuelling", tables.vehicle_refuellings, "车辆加油登记表", "Refuelling register",
        _by(
            construction=("vehicles/六",),
            hrss=("vehicles/一、3", "vehicles/附2 車輛加油登記表"),
            centre=("vehicles/公车管理 9",),
            township=("vehicles/五、3",),
        ),
        entry=Refuelling,
        kept_by=(*OFFICE, "fuel_clerk", "driver"),
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
        _by(
            construction=("vehicles/七",),
            hrss=("vehicles/附3 車輛維修情況登記表",),
            centre=("vehicles/公车管理 8",),
            township=("vehicles/五、3",),
        ),
        entry=RepairLine,
        kept_by=(*OFFICE, "driver"),
        requirements=_happened("repaired_on"),
    ),
    Register(
        "vehicle.mileage", tables.vehicle_mileages, "行驶里程登记", "Mileage register",
        _by(construction=("vehicles/六",), hrss=("vehicles/一、3",)),
        entry=Mileage,
        kept_by=(*OFFICE, "fuel_clerk", "driver"),
        requirements=_happened("read_at"),
    ),
    Register(
        "vehicle.parking_check", tables.vehicle_parking_checks, "定点停车抽查", "Parking checks",
        _by(
            construction=("vehicles/八", "vehicles/十(1)"),
            hrss=("vehicles/一、5",),
            centre=("vehicles/公车管理 6",),
            township=("vehicles/五、2",),
        ),
        entry=ParkingCheck,
        kept_by=OFFICE,
        requirements=_happened("checked_at"),
    ),
    Register(
        "vehicle.sealing", tables.vehicle_sealings, "节假日封存", "Sealed vehicles and their keys",
        _by(construction=("vehicles/八",)),
        entry=Sealing,
        kept_by=OFFICE,
        requirements=(
            near("last_day", lambda form: form.last_day),
            Requirement(
                "END_BEFORE_START", ("last_day",), lambda form, _: form.first_day <= form.last_day
            ),
        ),
    ),
    Register(
        "driver.incident", tables.driver_incidents, "司机事件登记", "Incidents of drivers",
        _by(
            construction=tuple(f"vehicles/十{part}" for part in ("", "(1)", "(2)", "(3)", "(4)")),
            hrss=("vehicles/二、1", "vehicles/二、2", "vehicles/二、3"),
            centre=("vehicles/公车管理 2", "vehicles/公车管理 5", "vehicles/公车管理 7"),
            township=("vehicles/五、1", "vehicles/五、2"),
        ),
        entry=Incident,
        kept_by=(*OFFICE, "discipline_head"),
        requirements=_happened("happened_at"),
    ),
    Register(
        "driver.liability", tables.driver_liabilities, "事故责任认定", "Shares in the cost",
        _by(construction=("vehicles/十(2)",)),
        entry=Liability,
        kept_by=("director", "deputy_in_charge", "office_director"),
    ),
    Register(
        "driver.appraisal", tables.driver_appraisals, "驾驶员月度考核", "Appraisals of drivers",
        _by(construction=("vehicles/九", "vehicles/十")),
        entry=Appraisal,
        kept_by=OFFICE,
        requirements=(
            Requirement("NOT_A_FIRST_DAY", ("month",), lambda form, _: form.month.day == 1),
            *_happened("month"),
        ),
    ),
    Register(
        "vehicle.hire", tables.vehicle_hires, "租车登记", "Register of hired cars",
        _by(centre=("finance/九",)),
    ),
    Register(
        "vehicle.publication", tables.vehicle_publications, "车辆情况公布", "What was published",
        _by(
            construction=("vehicles/六", "vehicles/七", "vehicles/八"),
            hrss=("vehicles/附4 每季度局車輛用油情況",),
            centre=("vehicles/公车管理 8、9", "finance/九"),
        ),
    ),
)  # fmt: skip
"""The books of the area, in the order of a vehicle's life."""
