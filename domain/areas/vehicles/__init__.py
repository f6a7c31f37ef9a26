"""The books on vehicles and drivers: their tables, what is entered, who keeps each."""

from domain.areas.vehicles import books, incidents, tables

REGISTERS = (*books.REGISTERS, *incidents.REGISTERS)
KEPT = {
    "vehicle.archive": tables.vehicles,
    "vehicle.trip": tables.vehicle_trips,
    "vehicle.repair_order": tables.vehicle_repair_orders,
    "vehicle.publication": tables.vehicle_publications,
}
"""What clauses call a register, and is a thing, a case or a statement."""
