"""What a line goes on from: the path that it is a step on, the cases that it names, a meter."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain import CASE_KINDS, REGISTERS
from domain.errors import Problem, Refused, at_fault, invalid
from domain.records.lines import stands, stored
from domain.records.registers import Register
from domain.shapes.paths import no_transition, passage
from domain.vocabulary import words_of
from resolvers.ground.context import Context
from resolvers.ground.derived import derived
from resolvers.records.case_rows import find
from resolvers.records.case_turns import obstacle
from resolvers.requests.words import camel

CASES = {words_of(kind.code): kind for kind in CASE_KINDS}


async def must_see_cases(context: Context, register: Register, entry: Any) -> None:
    """Raises: Refused: a case that a line names is none that whoever writes it may see."""
    for each in register.entered:
        kind = CASES.get(each.refers.word) if each.refers else None
        if kind and (key := getattr(entry, each.name)):
            try:
                await find(context, kind, key)
            except Refused as refused:
                raise at_fault(refused.code, "input", camel(each.name)) from None


async def walked(context: Context, register: Register, entry: Any) -> Mapping[str, Any]:
    """What was done is what the office's path lets one do; where that led, and by which clause.

    Raises: Refused: the office has no such path, or it does not let that be done.
    """
    walks = register.walks
    if walks is None:
        return {}
    living = await context.rulebook()
    rows = walks.rows(entry, living.shapes.paths)
    if not rows:
        raise Refused(walks.pathless)
    clause, origin, event = rows[0].clause, rows[0].origin, getattr(entry, walks.event)
    empty = [each for each in walks.needs(entry) if not str(getattr(entry, each) or "").strip()]
    problems = [Problem("REQUIRED", ("input", camel(each)), clause) for each in empty]
    told = {**vars(entry), **{name: getattr(entry, of) for name, of in walks.measures.items()}}
    known = {name: stored(value) for name, value in told.items() if value not in (None, "")}
    found = passage(rows, origin, event, known, await context.calendar(), now=context.now)
    if not found.tried:
        details = no_transition(rows, origin, event, rows)
        problems.append(Problem("NO_TRANSITION", ("input", camel(walks.event)), clause, details))
    elif found.taken is None:
        barred = (obstacle(each, living) for each in found.obstacles)
        problems += [
            Problem(each.code, ("input", camel(each.path[-1])), each.clause, each.details)
            for each in barred
        ]
    if problems or found.taken is None:
        raise invalid(problems)
    return {walks.outcome: found.taken.target, walks.clause: found.taken.clause}


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


@derived
def _last(meter: str) -> str:
    """The most that lines show that stand until a moment, but for the one that is corrected."""
    parts = " union all ".join(
        f"""select t.{each.reading.shows} as shown from {each.lines} t
            where t.institution_id = :institution and t.{each.reading.of} = :of
              and t.{each.day} <= :at and t.id is distinct from cast(:but as uuid)
              and {stands(each.table, "t")}"""
        for each in REGISTERS
        if each.reading and each.reading.meter == meter
    )
    return f"select max(read.shown) from ({parts}) read"
