"""Registers read: a page of lines by their day, and one line; whoever may not see all sees own."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from domain.errors import Refused
from domain.records.registers import Register
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.listing import Listed, read_each
from resolvers.records.register_rows import one, page, record_of
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
    return _read(register, rows[0])


async def lines(
    context: Context,
    register: Register,
    first_day: date | None,
    last_day: date | None,
    size: int,
    after: tuple[Any, UUID] | None,
) -> tuple[list[Listed[Line]], bool]:
    """Lines that happened between two days, the newest first; whether more follow."""
    given: dict[str, Any] = {}
    if first_day:
        given["since"] = _beginning(register, first_day)
    if last_day:
        given["until"] = _beginning(register, last_day + timedelta(days=1))
    if after:
        given |= {"after_day": after[0], "after_id": after[1]}
    narrowed = frozenset("after" if each.startswith("after") else each for each in given)
    text = page(register, narrowed)
    rows = await rows_seen(context, record_of(register), text, size=size + 1, **given)
    key = (register.day, "id")
    found = await read_each(register.lines, rows[:size], key, partial(_read, register))
    return found, len(rows) > size


def _beginning(register: Register, day: date) -> Any:
    """When a day begins, as the register's column tells it."""
    return datetime.combine(day, time(), OFFICE_TIME) if register.is_timed else day


def _read(register: Register, row: Line) -> Line:
    """A row with its enums as enums."""
    enums = {each.name: each.type for each in register.fields if hasattr(each.type, "__members__")}
    return {
        name: enums[name](value) if name in enums and value is not None else value
        for name, value in row.items()
    }
