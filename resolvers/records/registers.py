"""Registers served: a line is entered by those who keep the book, read by pages, and stands."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

import asyncpg

from domain.approval.forms import form_fields
from domain.approval.procedure import Circumstances, Form
from domain.approval.soundness import shape_problems
from domain.errors import Problem, Refused, at_fault, invalid
from domain.records.registers import WRITTEN, Register, standing
from domain.vocabulary import Act
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.ground.keeping import remember
from resolvers.ground.listing import Listed, read_each
from resolvers.records.acts import clauses_of, may
from resolvers.records.sight import SEEN, Record, rows_seen
from resolvers.requests.words import camel

Check = Callable[[Context, Any], Awaitable[None]]
"""What an area asks of an entry beside its form: against other lines, or other books."""

REFERRED = re.compile(r"institution_id_(\w+)_fkey$")


async def enter(
    context: Context,
    register: Register,
    entry: Form,
    corrects: UUID | None = None,
    check: Check | None = None,
) -> UUID:
    """Write a line, or the line that corrects another.

    Raises:
        Refused: not a keeper, a form that will not do, or something that is not there.

    """
    await _must_keep(context, register, vars(entry))
    known = Circumstances(context.now, await context.calendar(), rank="", employment="")
    found = shape_problems(entry) or [
        Problem(needed.code, needed.path, needed.clause, needed.details)
        for needed in register.requirements
        if not needed.holds(entry, known)
    ]
    if found:
        at = (replace(each, path=("input", *map(camel, each.path))) for each in found)
        raise invalid(list(at))
    if corrects and await _seen(context, register, corrects) is None:
        raise at_fault("LINE_NOT_FOUND", "input", "corrects")
    if check:
        await check(context, entry)
    await _must_be_filled_in(context, register, entry)
    values = {field.name: _kept(getattr(entry, field.name)) for field in form_fields(type(entry))}
    line = {**values, "corrects": corrects, "void": False, "why": ""}
    return await _write(context, register, line)


async def strike_out(context: Context, register: Register, line: UUID, reason: str) -> UUID:
    """Let a line count no more; it stays to be seen.

    Raises:
        Refused: not a keeper, no such line, or one that was corrected or struck out before.

    """
    row = await _seen(context, register, line)
    await _must_keep(context, register, dict(row or {}))
    if not reason.strip():
        raise at_fault("REQUIRED", "input", "reason")
    if row is None:
        raise at_fault("LINE_NOT_FOUND", "input", "lineId")
    values = {name: row[name] for name in row.keys() if name not in ("stands", *WRITTEN)}  # noqa: SIM118
    kept = {**values, "corrects": line, "void": True, "why": reason.strip()}
    return await _write(context, register, kept)


async def _must_keep(context: Context, register: Register, line: Mapping[str, Any]) -> None:
    living = await context.rulebook(context.viewer.institution)
    if not clauses_of(living, register.name):
        raise Refused("REGISTER_NOT_KEPT_HERE", zh=register.zh, en=register.en)
    verdict = await may(context, register.name, Act.KEEP, line)
    if not verdict.allowed:
        raise Refused("NOT_A_KEEPER", clause=verdict.clause, zh=register.zh, en=register.en)


async def _must_be_filled_in(context: Context, register: Register, entry: Form) -> None:
    """Raises: Refused: a column is empty that a clause of the office demands."""
    living = await context.rulebook(context.viewer.institution)
    found = [
        Problem("REQUIRED", ("input", camel(column)), kept.clause)
        for kept in living.registers
        if kept.register == register.name
        for column in kept.columns
        if _is_asked(register, entry, column) and getattr(entry, column) in (None, "")
    ]
    if found:
        raise invalid(found)


def _is_asked(register: Register, entry: Form, column: str) -> bool:
    other = register.asked_when.get(column)
    return hasattr(entry, column) and (other is None or bool(getattr(entry, other)))


async def _write(context: Context, register: Register, line: Mapping[str, Any]) -> UUID:
    person, line_id = context.viewer.person, context.services.new_id()
    row = {
        **line,
        "institution_id": person.institution,
        "id": line_id,
        "recorded_by": person.id,
        "recorded_by_name": person.name,
        "recorded_at": context.now,
    }
    try:
        await context.transaction.rows(_insertion(register), row=row)
    except asyncpg.ForeignKeyViolationError as missing:
        named = REFERRED.search(missing.constraint_name or "")
        name = named.group(1) if named else "input"
        if name == "corrects":
            raise at_fault("LINE_NOT_FOUND", "input", "corrects") from missing
        raise at_fault("NOT_FOUND_HERE", "input", camel(name)) from missing
    except asyncpg.UniqueViolationError as taken:
        again = "corrects" in (taken.constraint_name or "")
        raise Refused("CORRECTED_ALREADY" if again else "ENTERED_ALREADY") from taken
    institution = person.institution
    said = {"line": line_id, "register": register.name}
    await remember(context.transaction, institution, context.answer, said, context.now)
    content = {"register": register.name, "person": person.id, "line": row}
    await ledger.append(context.transaction, institution, "register_entered", context.now, content)
    return line_id


async def line_of(context: Context, register: Register, line: UUID) -> Mapping[str, Any]:
    """One line as it was written, and whether it still counts."""
    row = await _seen(context, register, line)
    if row is None:
        raise Refused("LINE_NOT_FOUND")
    return _read(register, row)


async def lines(
    context: Context,
    register: Register,
    first_day: date | None,
    last_day: date | None,
    size: int,
    after: tuple[datetime, UUID] | None,
) -> tuple[list[Listed[Mapping[str, Any]]], bool]:
    """Lines written between two days, the newest first; whether more follow."""
    rows = await rows_seen(
        context,
        record_of(register),
        _page(register),
        first_day=first_day,
        last_day=last_day,
        after_at=after[0] if after else None,
        after_id=after[1] if after else None,
        size=size + 1,
    )
    name = register.table.name
    found = await read_each(name, rows[:size], ("recorded_at", "id"), partial(_read, register))
    return found, len(rows) > size


def record_of(register: Register) -> Record:
    """Where its lines tell who may see them: whoever wrote one, and whom it is about, besides."""
    return Record(register.name, register.table, "t", named=("recorded_by", *register.about))


async def _seen(context: Context, register: Register, line: UUID) -> Any:
    rows = await rows_seen(context, record_of(register), _one(register), id=line)
    return rows[0] if rows else None


def _read(register: Register, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """A row with its enums as enums."""
    fields = form_fields(register.entry) if register.entry else ()
    enums = {field.name: field.type for field in fields if hasattr(field.type, "__members__")}
    return {name: enums[name](value) if name in enums else value for name, value in row.items()}


def _kept(value: Any) -> Any:
    return value.value if hasattr(value, "value") else value


@cache
def _insertion(register: Register) -> Statement:
    names = ", ".join(column.name for column in register.table.columns)
    return statement(
        f"insert into {register.table.name} ({names})"
        f" select {names} from jsonb_populate_record(cast(null as {register.table.name}), :row)"
    )


def _selected(register: Register) -> str:
    table = register.table
    return (
        f"select t.*, {standing(table, 't')} as stands from {table.name} t"
        f" where t.institution_id = :institution and {SEEN}"
    )


@cache
def _one(register: Register) -> str:
    return f"{_selected(register)} and t.id = :id"


@cache
def _page(register: Register) -> str:
    day = "cast(t.recorded_at at time zone 'Asia/Shanghai' as date)"
    return f"""{_selected(register)}
            and (cast(:first_day as date) is null or {day} >= :first_day)
            and (cast(:last_day as date) is null or {day} <= :last_day)
            and (cast(:after_at as timestamptz) is null
                 or (t.recorded_at, t.id) < (:after_at, cast(:after_id as uuid)))
            order by t.recorded_at desc, t.id desc limit :size"""
