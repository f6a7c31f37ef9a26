"""What takes a case along beside its stages: a request that names it, and what numbers it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid

from domain import CASE_KINDS
from domain.approval.procedure import Approved, Form
from domain.errors import Problem, invalid
from domain.records.case_paths import after, filled_in, gone_on, path_of
from domain.records.case_tables import happening
from domain.records.cases import Begins, Case, CaseKind, Stage
from domain.records.lines import stored
from domain.records.stage_forms import NothingAsked
from domain.shapes.numbers import series_of
from domain.shapes.paths import no_transition
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.keeping import Overtaken
from resolvers.records import case_sql
from resolvers.records.case_rows import find, read_view, record, row_of, signed_on
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time.clocks import Subject, happened

BEGUN_BY: dict[str, list[tuple[CaseKind[Any], Begins]]] = {}
"""The cases that an approved request of a kind begins or goes on with."""

for _kind in CASE_KINDS:
    for _begins in _kind.begins_with:
        BEGUN_BY.setdefault(_begins.kind, []).append((_kind, _begins))

PLAIN = Stage()
"""A stage that a path has and its kind says nothing of."""

NUMBERED = statement("""
  insert into line_numbers as counted (institution_id, register, series, year, last)
  values (:institution, :register, :series, :year, 1)
  on conflict (institution_id, register, series, year) do update set last = counted.last + 1
  returning last""")


async def next_number(
    context: Context, living: LivingRulebook, of: str, value: str, day: date
) -> str:
    """The number that an office's rows give the next of a series, as of a day.

    What is numbered by an approval holds the chain already, so everybody locks it first.
    """
    institution = living.rulebook.institution
    series = series_of(living.shapes.numbers, of, value, day.year)
    await ledger.hold(context.transaction, institution)
    last: int = await context.transaction.value(
        NUMBERED, institution=institution, register=series.of, series=series.value, year=series.year
    )
    return series.said(last)


async def numbered(
    context: Context,
    kind: CaseKind[Any],
    case: Case[Any],
    events: Iterable[str],
    living: LivingRulebook,
) -> Case[Any]:
    """The case with the number that these events give it; one that it has stays."""
    names = {kind.stages[each].numbers for each in events if each in kind.stages} - {""}
    missing = {name for name in names if not getattr(case.filled, name)}
    value = stored(getattr(case.filled, kind.series)) if kind.series else ""
    told = {
        name: await next_number(context, living, kind.code, str(value or ""), context.today)
        for name in sorted(missing)
    }
    return replace(case, filled=replace(case.filled, **told))


async def walked_through(
    context: Context,
    kind: CaseKind[Any],
    case: Case[Any],
    events: Sequence[str],
    living: LivingRulebook,
) -> Case[Any]:
    """The case with what these events leave in it of themselves: moments and its number."""
    filled = case.filled
    for each in events:
        if each in kind.stages:
            filled = filled_in(kind.stages[each], filled, NothingAsked(), context.now)
    return await numbered(context, kind, replace(case, filled=filled), events, living)


async def must_wait(context: Context, asked: str, form: Form) -> None:
    """Whether the case that a form names waits for what is asked.

    Raises: Refused: there is none that the viewer may see, or it stands elsewhere on its path.
    """
    for kind, begins in BEGUN_BY.get(asked, ()):
        if begins.alone:
            await _must_be_alone(context, kind, begins, form)
        named = getattr(form, begins.goes_on, None) if begins.goes_on else None
        if named is None:
            continue
        view = await find(context, kind, named)
        every = view.living.shapes.paths
        if gone_on(kind, view.case, {}, every):
            continue
        path = path_of(kind, view.case.path, every)
        own = [each for each in path if each.event in kind.walked]
        told = no_transition(path, view.case.state, own[-1].event if own else asked, ())
        clause = own[-1].clause if own else None
        at = ("input", camel(begins.goes_on))
        raise invalid([Problem("NO_TRANSITION", at, clause or None, told)])


async def _must_be_alone(context: Context, kind: CaseKind[Any], begins: Begins, form: Form) -> None:
    column = begins.alone
    named: UUID | None = getattr(form, column)
    if named is None:
        return
    await context.one_at_a_time(f"{context.viewer.institution}:{kind.code}:{named}")
    if await context.row(case_sql.standing_with(kind, column), named=named):
        rows = (await context.rulebook()).shapes.paths
        clause = next((each.clause for each in rows if each.id in begins.paths(form)), None)
        raise invalid([Problem("OUT_ALREADY", ("input", camel(column)), clause)], clause=clause)


def signatures(context: Context, kind: CaseKind[Any], stage: Stage) -> dict[str, UUID | str]:
    """Who takes a stage, as the columns that it signs hold it: by the id or by the name."""
    person, of = context.viewer.person, kind.table.columns
    by_id = {name: isinstance(of[name].type, Uuid) for name in stage.signs}
    return {name: person.id if each else person.name for name, each in by_id.items()}


async def go_on(context: Context, kind: CaseKind[Any], named: UUID, approved: Approved) -> None:
    """Take a case through what an approved request stands for; nothing where it waits no longer."""
    institution = approved.institution
    of_office = {"institution": institution, "now": context.now}
    row = await context.row(case_sql.any_one(kind), id=named, **of_office)
    view = await read_view(context, kind, row) if row else None
    if view is None:
        return
    every, case = view.living.shapes.paths, view.case
    taken = gone_on(kind, case, approved.facts, every)
    if not taken:
        return
    now = await walked_through(context, kind, case, [e.event for e in taken], view.living)
    for each in taken:
        now = after(kind, now, now.filled, each, every, context.now)
    signed = signatures(context, kind, kind.stages.get(taken[-1].event, PLAIN))
    now = replace(now, version=case.version + 1, filled=replace(now.filled, **signed))
    more = {"events": [each.event for each in taken], "request": approved.number}
    of, clause = (taken[-1].event, case.state, now.state), taken[-1].clause
    told = happening(*of, clause=clause, measures={}, more=more)
    line = {**told, **signed_on(context, now, institution)}
    row_now = row_of(institution, now)
    await context.found(case_sql.keep(kind), Overtaken(), case=row_now, event=line)
    subject = Subject(case.id, institution, case.kind, case.request_id, (case.begun_by,))
    reached = [f"{view.asked_for}.{each.target}" for each in taken]
    await happened(context, reached, subject, living=view.living)
    await record(context, kind, now, line, institution)
