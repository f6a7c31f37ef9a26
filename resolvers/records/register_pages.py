"""Registers read: a page of lines by their day, and one line; whoever may not see all sees own."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from domain.errors import Refused
from domain.records.registers import Register
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Act
from resolvers.ground.context import Context
from resolvers.ground.listing import Listed, read_each
from resolvers.records.acts import may
from resolvers.records.register_rows import one, page

Line = Mapping[str, Any]


async def line_of(context: Context, register: Register, line: UUID) -> Line:
    """One line as it was written, and whether it still counts.

    Raises:
        Refused: no such line, or none that the viewer may see.

    """
    institution = context.viewer.institution
    row = await context.transaction.row(one(register), institution=institution, id=line)
    if row is None or not (await _sees_all(context, register) or _is_own(context, register, row)):
        raise Refused("LINE_NOT_FOUND")
    return _read(register, row)


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
    if not await _sees_all(context, register):
        given["own"] = context.viewer.person.id
    narrowed = frozenset("after" if each.startswith("after") else each for each in given)
    rows = await context.transaction.rows(
        page(register, narrowed), institution=context.viewer.institution, size=size + 1, **given
    )
    key = (register.day, "id")
    found = await read_each(register.lines, rows[:size], key, partial(_read, register))
    return found, len(rows) > size


async def _sees_all(context: Context, register: Register) -> bool:
    """An open register names nobody who may see it."""
    if Act.SEE not in context.services.vocabulary.objects[register.name].acts:
        return True
    return (await may(context, register.name, Act.SEE)).allowed


def _is_own(context: Context, register: Register, row: Line) -> bool:
    names = ("recorded_by", register.about, register.signed_by)
    return context.viewer.person.id in {row[name] for name in names if name}


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
