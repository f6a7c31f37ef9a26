"""Cases that were under way before they came in: put where they stand, with the number they have.

Whoever may take the stage that one has reached puts it there.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from domain.approval.forms import plain
from domain.errors import Problem, Refused, invalid
from domain.records.case_paths import after
from domain.records.cases import Case, CaseKind
from domain.records.numbering import numbered_in
from domain.shapes.numbers import NUMBER, YEAR, series_of
from domain.shapes.paths import Transition, way_to
from domain.sheets import plain as in_short
from domain.vocabulary import STAGE, Act
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.acts import may, titles
from resolvers.records.case_going_on import numbered
from resolvers.records.case_rows import columns_of
from resolvers.rules.rulebooks import LivingRulebook

COUNTED = statement(
    """insert into line_numbers as counted (institution_id, register, series, year, last)
       values (:institution, :register, :series, :year, :number)
       on conflict (institution_id, register, series, year)
       do update set last = greatest(counted.last, :number)"""
)


def way(names: Iterable[str], living: LivingRulebook, stage: str) -> list[Transition]:
    """The stages that lead to the one that people call so, on the first path that has it.

    Raises:
        Refused: none has it.

    """
    every = living.shapes.paths
    paths = [path for e in names if (path := tuple(each for each in every if each.id == e))]
    wanted = in_short(stage)

    def is_it(each: Transition) -> bool:
        said = (each.event, each.target, each.label.zh, each.label.en)
        return wanted in map(in_short, said)

    for path in paths:
        if walk := way_to(path, is_it):
            return walk
    known = dict.fromkeys(each.label.zh for path in paths for each in path)
    told = {"value": stage, "known": "、".join(known)}
    raise invalid([Problem("NO_SUCH_STAGE", ("stage",), None, told)])


async def put(
    context: Context,
    kind: CaseKind[Any],
    case: Case[Any],
    walk: list[Transition],
    living: LivingRulebook,
) -> Case[Any]:
    """The case where these stages have led it, with what they left and was not said.

    Raises:
        Refused: the last of them is another's to take, or its number is not written as here.

    """
    facts = {**columns_of(case), STAGE: walk[-1].event}
    verdict = await may(context, kind.code, Act.TAKE, facts)
    if not verdict.allowed:
        clause = verdict.clause or walk[-1].clause
        raise Refused("NOT_YOURS_TO_DO", clause=clause, **titles(living, verdict.whose))
    events = [each.event for each in walk]
    left = {name for each in events if each in kind.stages for name in kind.stages[each].moments}
    empty = {name for name in left if getattr(case.filled, name) is None}
    case = replace(case, filled=replace(case.filled, **dict.fromkeys(empty, context.now)))
    if number := getattr(case.filled, numbered_in(kind) or "", ""):
        await _counted(context, kind, case, living, number)
    case = await numbered(context, kind, case, events, living)
    for each in walk:
        case = after(kind, case, case.filled, each, living.shapes.paths, context.now)
    return replace(case, version=1)


async def _counted(
    context: Context, kind: CaseKind[Any], case: Case[Any], living: LivingRulebook, number: str
) -> None:
    """The numbers of its series go on behind one that is written as the office writes them."""
    value = plain(getattr(case.filled, kind.series)) if kind.series else ""
    series = series_of(living.shapes.numbers, kind.code, str(value or ""), context.today.year)
    pattern = re.escape(series.pattern).replace(re.escape(YEAR), "(?P<year>[0-9]{4})")
    found = re.fullmatch(pattern.replace(re.escape(NUMBER), "0*(?P<number>[0-9]{1,9})"), number)
    if found:
        told = {"register": series.of, "series": series.value, "number": int(found["number"])}
        year = int(found.groupdict().get("year") or series.year) if series.year else 0
        await context.rows(COUNTED, **told, year=year)
