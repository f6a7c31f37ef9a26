"""Official vehicles in the API: what is asked for, the archive, trips, registers and statements."""

from typing import Any

import strawberry
from strawberry.tools import merge_types

from domain import vehicles, vehicles_upkeep
from domain.vehicle_registers import REGISTERS
from resolvers import registers
from resolvers.vehicle_drivers import CHECKS
from schema import (
    vehicle_acts,
    vehicle_archive,
    vehicle_drivers,
    vehicle_statements,
    vehicle_trips,
)
from schema.fields import Info, mutation
from schema.ids import global_id
from schema.kinds import words_of
from schema.registers import Books, LineEntered, LineResult, StrikeOutLineInput
from schema.submissions import Area

area = Area((*vehicles.PROCEDURES, *vehicles_upkeep.PROCEDURES))
READ = {
    register.name: "drivers.read" if register.name.startswith("driver.") else "vehicles.read"
    for register in REGISTERS
}
books = Books(REGISTERS, READ, "registers.keep", CHECKS)


async def strike_out_vehicle_line(info: Info, input: StrikeOutLineInput) -> LineEntered:
    """Let a line of a register on vehicles or drivers count no more; it stays to be seen."""
    register, line = books.register_of(input.line_id)
    struck = await registers.strike_out(info.context, register, line, input.reason)
    return LineEntered(line_id=global_id(words_of(register.name), struck))


async def replay(_: Info, answer: Any) -> LineEntered:
    return LineEntered(line_id=global_id(words_of(answer["register"]), answer["line"]))


@strawberry.type
class Striking:
    strike_out_vehicle_line = mutation(
        strike_out_vehicle_line, LineResult, permission="registers.keep", replay=replay
    )


Query = merge_types(
    "Query",
    (
        *(area.Query, vehicle_archive.Query, vehicle_trips.Query, vehicle_statements.Query),
        *(vehicle_drivers.Query, books.Query),
    ),
)
Mutation = merge_types(
    "Mutation",
    (
        *(area.Mutation, vehicle_archive.Mutation, vehicle_acts.Mutation),
        *(vehicle_statements.Mutation, books.Mutation, Striking),
    ),
)
