"""Official vehicles in the API: what is asked for, the archive, trips, registers and statements."""

from typing import Any

import strawberry
from strawberry.tools import merge_types

from domain.areas.vehicles import REGISTERS, upkeep, use
from resolvers.areas.vehicles.drivers import CHECKS
from resolvers.records import registers
from schema.areas.vehicles import archive, drivers, statements, trips
from schema.ground.fields import Info, mutation
from schema.ground.ids import global_id
from schema.records.registers import Books, LineEntered, LineResult, StrikeOutLineInput
from schema.requests.kinds import words_of
from schema.requests.submissions import Area

area = Area((*use.PROCEDURES, *upkeep.PROCEDURES))
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
        *(area.Query, archive.Query, trips.Query, statements.Query),
        *(drivers.Query, books.Query),
    ),
)
Mutation = merge_types(
    "Mutation",
    (
        *(area.Mutation, archive.Mutation, trips.Mutation),
        *(statements.Mutation, books.Mutation, Striking),
    ),
)
