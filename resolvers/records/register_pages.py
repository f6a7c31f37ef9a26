"""Registers read: a page of lines by their day, and one line; whoever may not see all sees own."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from domain.errors import Refused
from domain.records.lines import read_row
from domain.records.registers import Register
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.listing import Listed
from resolvers.records.pages import page
from resolvers.records.register_rows import listing, one, record_of
from resolvers.records.sight import rows_seen

Line = Mapping[str, Any]


async def line_of(context: Context, register: Register, line: UUID) -> Line:
    """One line as it was written, and whether it still counts.

    Raises:
        Refused: no such line, or none that the viewer may see.

    """
    rows = await rows_seen(context, record_of(register), one(register), id=line)
    if not rows:
        raise Refused("LINE_NOT_FOUND")
    return read_row(register.fields, rows[0])


async def lines(
    context: Context,
    register: Register,
    first_day: date | None,
    last_day: date | None,
    size: int,
    after: tuple[Any, UUID] | None,
) -> tuple[list[Listed[Line]], bool]:
    """Lines that happened between two days, the newest first; whether more follow."""
    given = {
        "since": first_day and _beginning(register, first_day),
        "until": last_day and _beginning(register, last_day + timedelta(days=1)),
    }
    run, read = partial(rows_seen, context, record_of(register)), partial(read_row, register.fields)
    return await page(run, listing(register), given, size, after, read)


def _beginning(register: Register, day: date) -> Any:
    """When a day begins, as the register's column tells it."""
    return datetime.combine(day, time(), OFFICE_TIME) if register.is_timed else day
