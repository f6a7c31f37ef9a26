"""A line that is a step on the office's path, and the cases that lines name."""

from collections.abc import Mapping
from typing import Any

from domain import CASE_KINDS
from domain.errors import Problem, Refused, invalid
from domain.records.registers import Register
from domain.records.stage_forms import plain
from domain.shapes.paths import no_transition, passage
from domain.vocabulary import words_of
from resolvers.ground.context import Context
from resolvers.records.case_rows import find
from resolvers.records.case_turns import obstacle
from resolvers.requests.words import camel

CASES = {words_of(kind.code): kind for kind in CASE_KINDS}


async def must_see_cases(context: Context, register: Register, entry: Any) -> None:
    """Raises: Refused: a case that a line names is none that whoever writes it may see."""
    for each in register.entered:
        kind = CASES.get(each.refers.word) if each.refers else None
        if kind and (key := getattr(entry, each.name)):
            await find(context, kind, key)


async def walked(context: Context, register: Register, entry: Any) -> Mapping[str, Any]:
    """What was done is what the office's path lets one do; where that led, and by which clause.

    Raises:
        Refused: the office has no such path, or it does not let that be done.

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
    known = {name: plain(value) for name, value in told.items() if value not in (None, "")}
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
