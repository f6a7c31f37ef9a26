"""What happens to a line of a register, for the clocks and the duties of what it refers to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain import CHECKS, REGISTERS, STOCKS
from domain.approval.procedure import Approved, Record
from domain.errors import at_fault
from domain.records.lines import AWAITS, LineEvent, stands
from domain.records.registers import Register
from domain.records.rules import day_of
from domain.shapes.cadences import period_on
from domain.shapes.clocks import concerned
from domain.shapes.points import end_of
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import derived
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import duty_rows
from resolvers.time.clocks import Subject, happened, taken_back
from resolvers.time.duties_done import Shown, done_in, take_back
from resolvers.time.spoken import clocks_of

BY_TABLE = {each.lines: each for each in REGISTERS}
REQUEST = "Request"
"""What a column refers to whose clocks are also those of a request."""

SIGNED_AT = statement("""
  select at from line_signatures
  where institution_id = :institution and register = :register and line_id = :line""")


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
        _recorded(register, row),
        _subject(register, row),
        at=row[register.day],
        instead_of=before["id"] if before else None,
        until=await _until(context, register, row),
    )


def _recorded(register: Register, row: Mapping[str, Any]) -> list[str]:
    """What happens as a line is entered: in the office's own word too, where it takes those."""
    said = [f".{row[register.words]}"] if register.words and row[register.words] else []
    return [f"{register.name}{each}.{LineEvent.RECORDED}" for each in ("", *said)]


async def _until(context: Context, register: Register, row: Mapping[str, Any]) -> datetime | None:
    """Until when clocks run whose term the text leaves open.

    Raises: Refused: one starts with the line, which names no day.
    """
    if not register.until:
        return None
    if row[register.until]:
        return end_of(row[register.until], context.now)
    events = _recorded(register, row)
    for each in clocks_of(await context.rulebook()):
        if each.is_open and concerned(each.starts, events) and each.when.holds(row):
            raise at_fault("REQUIRED", "input", camel(register.until), clause=each.clause)
    return None


async def confirmed(context: Context, register: Register, row: Mapping[str, Any]) -> None:
    """A line was signed for by its second person: that happens now, whatever its day."""
    events = [f"{register.name}.{LineEvent.CONFIRMED}"]
    subject = _subject(register, {**row, AWAITS: False})
    await happened(context, events, subject, until=await _until(context, register, row))


async def approved_lines(
    context: Context, approved: Approved, records: Sequence[Record], living: LivingRulebook | None
) -> None:
    """An approved request entered these lines."""
    for record in records:
        if register := BY_TABLE.get(record.table):
            row = {"institution_id": approved.institution, **record.row}
            events, at = _recorded(register, row), row[register.day]
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
    events = [*_recorded(register, before), f"{register.name}.{LineEvent.CONFIRMED}"]
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
        told=row[register.day] if register.is_timed else None,
    )


REGULAR = {each.name: each.regular for each in CHECKS}
"""The column of the sheets that do a duty: a spot check does none."""

COUNTED = {each.counts.name for each in STOCKS}
"""Counts of stock do theirs together."""


async def shown_no_more(
    context: Context, register: Register, before: Mapping[str, Any], row: Mapping[str, Any]
) -> None:
    """Take back what a line showed done; another one of its period may show it instead.

    A correction goes on showing what lies in its own period and is its own unit's.
    """
    if register.name in COUNTED:
        return
    institution = before["institution_id"]
    by = [
        each["id"]
        for each in await context.transaction.rows(
            _chain(register), institution=institution, line=before["id"]
        )
    ]
    done = await context.transaction.rows(duty_rows.SHOWN_BY, institution=institution, by=by)
    gone = [each for each in done if not _goes_on(register, before, row, each)]
    living = await context.rulebook(institution) if gone else None
    for each in gone:
        await take_back(context, institution, each)
        if living:
            await _shown_by_another(context, register, living, each, by, before)


def _goes_on(
    register: Register, before: Mapping[str, Any], row: Mapping[str, Any], done: Mapping[str, Any]
) -> bool:
    if row["void"] or row.get(AWAITS):
        return False
    named = {register.of_unit, register.words, *meant_by(register)} - {""}
    same = all(before[each] == row[each] for each in named)
    return same and done["period_first"] <= day_of(row[register.day]) <= done["period_last"]


async def _shown_by_another(
    context: Context,
    register: Register,
    living: LivingRulebook,
    done: Mapping[str, Any],
    but: list[Any],
    before: Mapping[str, Any],
) -> None:
    """The first other line of the period and the unit that stands, and says the same."""
    rows = living.shapes.cadences
    key = done["cadence"], done["clause"]
    cadence = next((each for each in rows if (each.id, each.clause) == key), None)
    if cadence is None:
        return
    period = period_on(cadence, done["period_first"], await context.calendar())
    if period is None:
        return
    institution = done["institution_id"]
    found = await context.transaction.row(
        _another(register),
        institution=institution,
        first=done["period_first"],
        last=done["period_last"],
        unit=done["unit_id"],
        but=but,
        **({"word": before[register.words]} if register.words else {}),
    )
    if found is None:
        return
    unit = found[register.of_unit] if register.of_unit else None
    of = (done["unit_id"],) if cadence.for_some else ()
    shown = Shown(
        *(found["recorded_by"], found["recorded_by_name"], found["id"], unit),
        of=of,
        at=found[register.day] if register.is_timed else None,
    )
    since = found["recorded_at"].astimezone(OFFICE_TIME).date()
    await done_in(context, living, cadence, period, found["at_day"], shown, since=since)


def meant_by(register: Register) -> tuple[str, ...]:
    """The columns that say for what a line shows something done: whom it is about, if anybody."""
    return (register.about,) if register.about else register.refers_to


@derived
def _chain(register: Register) -> str:
    """A line with those that it corrects, one after the other."""
    return f"""with recursive chain (id, corrects) as (
          select t.id, t.corrects from {register.lines} t
          where t.institution_id = :institution and t.id = :line
          union all
          select t.id, t.corrects from chain
          join {register.lines} t on (t.institution_id, t.id) = (:institution, chain.corrects)
        )
        select id from chain"""


@derived
def _another(register: Register) -> str:
    day = f"t.{register.day}"
    if register.is_timed:
        day = f"cast({day} at time zone 'Asia/Shanghai' as date)"
    whose = (register.of_unit,) if register.of_unit else meant_by(register)
    columns = ", ".join(f"t.{each}" for each in whose)
    of_unit = f"and (cast(:unit as uuid) is null or :unit in ({columns}))"
    of_unit = of_unit if whose else "and cast(:unit as uuid) is null"
    regular = f"and t.{REGULAR[register.name]}" if REGULAR.get(register.name) else ""
    alike = f"and t.{register.words} = :word" if register.words else ""
    return f"""select t.*, {day} as at_day from {register.lines} t
        where t.institution_id = :institution and {day} between :first and :last
          and not t.id = any(cast(:but as uuid[])) {of_unit} {regular} {alike}
          and {stands(register.table, "t")}
        order by t.recorded_at, t.id limit 1"""
