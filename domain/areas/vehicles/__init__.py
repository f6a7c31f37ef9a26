"""The books on vehicles and drivers: their tables, what is entered, who keeps each."""

from domain.areas.vehicles import books, fleet, incidents, repairs, statements, trips

REGISTERS = (*books.REGISTERS, *incidents.REGISTERS)
THINGS = fleet.THINGS
HOLDS = (repairs.HOLDS, trips.HOLDS)
STATEMENTS = statements.STATEMENTS
