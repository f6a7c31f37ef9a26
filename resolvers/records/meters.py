"""A reading runs on from what the registers last show."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from domain import REGISTERS
from domain.errors import at_fault
from domain.records.lines import stands
from domain.records.registers import Register
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.requests.words import camel


async def must_run_on(
    context: Context, register: Register, entry: Any, corrects: UUID | None
) -> None:
    """Raises: Refused: the meter showed more before."""
    reading = register.reading
    if reading is None:
        return
    of: Mapping[str, Any] = {"of": getattr(entry, reading.of), "at": getattr(entry, register.day)}
    last = await context.value(_last(reading.meter), **of, but=corrects)
    if last is not None and getattr(entry, reading.shows) < last:
        raise at_fault(reading.code, "input", camel(reading.shows))


@cache
def _last(meter: str) -> Statement:
    """The most that lines show that stand until a moment, but for the one that is corrected."""
    parts = " union all ".join(
        f"""select t.{each.reading.shows} as shown from {each.lines} t
            where t.institution_id = :institution and t.{each.reading.of} = :of
              and t.{each.day} <= :at and t.id is distinct from cast(:but as uuid)
              and {stands(each.table, "t")}"""
        for each in REGISTERS
        if each.reading and each.reading.meter == meter
    )
    return statement(f"select max(read.shown) from ({parts}) read")
