"""Statements on vehicles: their use, repairs, parking and hire, counted from the books."""

from domain.areas.vehicles import fleet
from domain.areas.vehicles.books import HIRES, MILEAGES, PARKING_CHECKS, REFUELLINGS, REPAIRS
from domain.areas.vehicles.trips import TRIP
from domain.office.organisation import people
from domain.records.sources import By, Cases, Lines
from domain.records.statements import (
    Part,
    Statement,
    names,
    number,
    run,
    shows,
    summed,
    through,
    total,
)
from domain.vocabulary import Label

CARDS = fleet.VEHICLES.table
VEHICLES = By(
    "vehicle_id",
    Label("车辆", "The vehicle"),
    fleet.VEHICLE,
    ((CARDS.c.plate, Label("车牌号", "Plate")),),
    ends=CARDS.c.retired_on,
)
DRIVEN = Cases(TRIP, day="out_at")
FUEL, REPAIRED = Lines(REFUELLINGS), Lines(REPAIRS)

USE = Statement(
    "vehicle.use",
    by=VEHICLES,
    columns=(
        names("drivers", "司机姓名", "Who drove it", DRIVEN, "driver_name"),
        number("trips", "次数", "How many trips", DRIVEN),
        run(
            *("distance", "公里数", "By its odometer"),
            Part(Lines(MILEAGES), ("odometer",)),
            Part(FUEL, ("odometer_from", "odometer_to")),
        ),
        total("litres", "用油量", "Litres", FUEL, "litres"),
        total("fuel_cost", "油费", "What the fuel cost", FUEL, "amount"),
        number("refuellings", "加油次数", "How often it was refuelled", FUEL),
        number("in_cash", "现金加油次数", "How often in cash", FUEL, {"cash": True}),
        total("repair_cost", "维修费", "What repairs cost", REPAIRED, "amount"),
        number("repairs", "维修次数", "How many repairs", REPAIRED),
    ),
)
REPAIRING = Statement(
    "vehicle.repairs",
    lists=REPAIRS,
    group="plate",
    columns=(
        *shows(REPAIRS, "name"),
        through(REPAIRS, "plate", "车号", "Plate", "vehicle_id", CARDS.c.plate),
        *shows(REPAIRS, "repaired_on", "content", "amount"),
        summed(REPAIRS, "total", "合计", "Total of the vehicle", "amount"),
    ),
)
PARKING = Statement(
    "vehicle.parking",
    lists=PARKING_CHECKS,
    columns=(
        through(PARKING_CHECKS, "plate", "车牌号", "Plate", "vehicle_id", CARDS.c.plate),
        through(PARKING_CHECKS, "driver", "驾驶员", "Driver", "driver_id", people.c.name),
        *shows(PARKING_CHECKS, "place", "at_fixed_place", "permitted", day="checked_at"),
    ),
)
HIRING = Statement(
    "vehicle.hires",
    lists=HIRES,
    columns=(
        *shows(HIRES, "number", "hired_on", "zone", "section", "user_name", "purpose", "amount"),
        summed(HIRES, "total", "合计", "Total", "amount"),
    ),
)
STATEMENTS = (USE, REPAIRING, PARKING, HIRING)
