"""The books on vehicles and drivers: their tables, what is entered, who keeps each."""

from domain.areas.vehicles import books, incidents, repairs, statements, tables, trips

REGISTERS = (*books.REGISTERS, *incidents.REGISTERS)
STATEMENTS = statements.STATEMENTS
KEPT = {
    "vehicle.archive": tables.vehicles,
    "vehicle.trip": trips.trips,
    "vehicle.repair_order": repairs.repair_orders,
}
"""What clauses call a register, and is a thing or a case."""
