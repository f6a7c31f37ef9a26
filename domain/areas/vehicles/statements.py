"""Statements on vehicles: their use, repairs, parking and hire, counted from the books."""

from domain.areas.vehicles import fleet
from domain.areas.vehicles.books import HIRES, MILEAGES, PARKING_CHECKS, REFUELLINGS, REPAIRS
from domain.areas.vehicles.trips import TRIP
from domain.office.organisation import people
from domain.records import statements as told
from domain.records.sources import By, Cases, Lines
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

USE = told.Statement(
    "vehicle.use",
    by=VEHICLES,
    columns=(
        told.names("drivers", "司机姓名", "Who drove it", DRIVEN, "driver_name"),
        told.number("trips", "次数", "How many trips", DRIVEN),
        told.run(
            *("distance", "公里数", "By its odometer"),
            told.Part(Lines(MILEAGES), ("odometer",)),
            told.Part(FUEL, ("odometer_from", "odometer_to")),
        ),
        told.total("litres", "用油量", "Litres", FUEL, "litres"),
        told.total("fuel_cost", "油费", "What the fuel cost", FUEL, "amount"),
        told.number("refuellings", "加油次数", "How often it was refuelled", FUEL),
        told.number("in_cash", "现金加油次数", "How often in cash", FUEL, {"cash": True}),
        told.total("repair_cost", "维修费", "What repairs cost", REPAIRED, "amount"),
        told.number("repairs", "维修次数", "How many repairs", REPAIRED),
    ),
)
REPAIRING = told.Statement(
    "vehicle.repairs",
    lists=REPAIRS,
    group="plate",
    columns=(
        *told.shows(REPAIRS, "name"),
        told.through(REPAIRS, "plate", "车号", "Plate", "vehicle_id", CARDS.c.plate),
        *told.shows(REPAIRS, "repaired_on", "content", "amount"),
        told.summed(REPAIRS, "total", "合计", "Total of the vehicle", "amount"),
    ),
)
PARKING = told.Statement(
    "vehicle.parking",
    lists=PARKING_CHECKS,
    columns=(
        told.through(PARKING_CHECKS, "plate", "车牌号", "Plate", "vehicle_id", CARDS.c.plate),
        told.through(PARKING_CHECKS, "driver", "驾驶员", "Driver", "driver_id", people.c.name),
        *told.shows(PARKING_CHECKS, "place", "at_fixed_place", "permitted", day="checked_at"),
    ),
)
HIRING = told.Statement(
    "vehicle.hires",
    lists=HIRES,
    columns=(
        *told.shows(
            HIRES, "number", "hired_on", "zone", "section", "user_name", "purpose", "amount"
        ),
        told.summed(HIRES, "total", "合计", "Total", "amount"),
    ),
)
STATEMENTS = (USE, REPAIRING, PARKING, HIRING)
