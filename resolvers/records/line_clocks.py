"""What happens to a line of a register, for the clocks: of the line and of what it refers to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain import REGISTERS
from domain.approval.procedure import Approved, Record
from domain.records.lines import AWAITS, LineEvent
from domain.records.registers import Register
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.line_duties import meant_by, shown_no_more
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened, taken_back

BY_TABLE = {each.lines: each for each in REGISTERS}
REQUEST = "Request"
"""What a column refers to whose clocks are also those of a request."""

SIGNED_AT = statement(
    """select at from line_signatures
       where institution_id = :institution and register = :register and line_id = :line"""
)


async def written(
    context: Context,
    register: Register,
    row: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
) -> None:
    """A line was entered, by which `before` is corrected or struck out.

    It happens when the line says; what it had stopped runs again where it says so no longer.
    """
    if before:
        await _undone(context, register, before, row)
        await shown_no_more(context, register, before, row)
    if row["void"]:
        events = [f"{register.name}.{LineEvent.STRUCK_OUT}"]
        await happened(context, events, _subject(register, before or row))
        return
    await happened(
        context,
        [f"{register.name}.{LineEvent.RECORDED}"],
        _subject(register, row),
        at=row[register.day],
        instead_of=before["id"] if before else None,
    )


async def confirmed(context: Context, register: Register, row: Mapping[str, Any]) -> None:
    """A line was signed for by its second person: that happens now, whatever its day."""
    events = [f"{register.name}.{LineEvent.CONFIRMED}"]
    await happened(context, events, _subject(register, {**row, AWAITS: False}))


async def approved_lines(
    context: Context, approved: Approved, records: Sequence[Record], living: LivingRulebook | None
) -> None:
    """An approved request entered these lines."""
    for record in records:
        if register := BY_TABLE.get(record.table):
            row = {"institution_id": approved.institution, **record.row}
            events = [f"{register.name}.{LineEvent.RECORDED}"]
            at = row[register.day]
            await happened(context, events, _subject(register, row), at=at, living=living)


async def _undone(
    context: Context, register: Register, before: Mapping[str, Any], row: Mapping[str, Any]
) -> None:
    still = set() if row["void"] else set(_records(register, row))
    records = [each for each in _records(register, before) if each not in still]
    if not records:
        return
    said = [before["recorded_at"]]
    if register.signed_by:
        named = {"institution": before["institution_id"], "line": before["id"]}
        signed: datetime | None = await context.value(SIGNED_AT, register=register.name, **named)
        said += [signed] if signed else []
    events = [f"{register.name}.{each}" for each in (LineEvent.RECORDED, LineEvent.CONFIRMED)]
    await taken_back(context, events, _subject(register, before), records, said)


def _records(register: Register, row: Mapping[str, Any]) -> tuple[UUID, ...]:
    return tuple(sorted(row[name] for name in register.refers_to if row[name]))


def _subject(register: Register, row: Mapping[str, Any]) -> Subject:
    """A line as that which clocks run for; whoever signs next answers, or whom it is about."""
    awaited = row[register.signed_by] if row.get(AWAITS) else None
    who = awaited or (row[register.about] if register.about else None)
    named = [each.name for each in register.fields if each.refers and each.refers.word == REQUEST]
    return Subject(
        id=row["id"],
        institution=row["institution_id"],
        kind=register.name,
        request=next((row[name] for name in named if row[name]), None),
        responsible=(who,) if who else (),
        facts={each.name: row[each.name] for each in register.fields},
        applicant=row["recorded_by"],
        concerns=_records(register, row),
        unit=row[register.of_unit] if register.of_unit else None,
        refers_to=tuple(row[each] for each in meant_by(register) if row[each]),
    )
