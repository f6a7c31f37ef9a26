"""The books on vehicles and drivers: their tables, what is entered, who keeps each."""

from domain.areas.vehicles import books, incidents, repairs, tables, trips

REGISTERS = (*books.REGISTERS, *incidents.REGISTERS)
KEPT = {
    "vehicle.archive": tables.vehicles,
    "vehicle.trip": trips.trips,
    "vehicle.repair_order": repairs.repair_orders,
    "vehicle.publication": tables.vehicle_publications,
}
"""What clauses call a register, and is a thing, a case or a statement."""
