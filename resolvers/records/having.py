"""What a stage brings about: who stands in the case, what it has, which lines are written."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg

from domain import QUEUES
from domain.errors import Refused, at_fault
from domain.office.booking import Booking
from domain.records.cases import CaseKind, Stage
from domain.records.stage_effects import Had, Together, Use
from domain.time.journeys import between
from resolvers.ground.context import Context
from resolvers.ground.derived import derived
from resolvers.records.acts import clauses_of
from resolvers.records.bookable import book, must_be_free, released, wished
from resolvers.records.case_rows import CaseView, find_any
from resolvers.records.classified import must_be_graded
from resolvers.records.queues import queued
from resolvers.records.registers import served
from resolvers.records.serving import own_words, standing_in
from resolvers.requests.words import camel

SHORTEST = timedelta(minutes=1)
"""Of a time that was over before it was to begin: one of no length has no beginning."""


async def brought_about(
    context: Context, view: CaseView, stage: Stage, given: Any, filled: Any, clause: str | None
) -> dict[str, Any]:
    """The columns that a stage fills in besides what is given.

    Raises: Refused: somebody will not do, or the thing is not to be had.
    """
    columns = await standing_in(context, view, given, filled, clause)
    columns |= own_words(context, view, stage, given, clause)
    for queue in QUEUES:
        if queue.kind is view.kind and stage is view.kind.stages[queue.before]:
            place = (await queued(context, queue)).place(view.case.id)
            columns[queue.place] = place or getattr(filled, queue.place)
    return columns | await _using(context, view, stage, given, replace(filled, **columns))


async def _using(
    context: Context, view: CaseView, stage: Stage, given: Any, filled: Any
) -> dict[str, Any]:
    """What a stage does with the thing of a case, in columns.

    Raises: Refused: it is not to be had, another has it then or out still, or nothing fits to
    share.
    """
    had = view.kind.has
    if had is None or stage.uses is None:
        return {}
    now = replace(view.case, filled=filled)
    match stage.uses:
        case Use.HAS:
            return await _had(context, replace(view, case=now), had, given)
        case Use.TAKES_OUT:
            await _must_be_back(context, view, had, filled)
            return {}
        case Use.BRINGS_BACK:
            back = getattr(filled, had.back) or context.now
            await released(context, view.case.request_id, back)
            if had.times is None:
                return {}
            begins, ends = (getattr(filled, each) for each in had.times)
            return {had.times[1]: max(begins + SHORTEST, min(ends, back))}


async def writing(context: Context, view: CaseView, stage: Stage, filled: Any) -> None:
    """Enter what the stage writes of what was done, if the case may tell what it tells by then.

    Raises: Refused: it would tell of a secret.
    """
    living = await context.rulebook()
    await must_be_graded(context, living.vocabulary.objects[view.kind.code], filled)
    for each in stage.writes:
        if each.kinds and view.case.kind not in each.kinds:
            continue
        if each.always or clauses_of(living, each.register.name):
            case = replace(view.case, filled=filled, since=context.now)
            lines = each.lines(case, await context.calendar())
            await served(context, each.register, lines)


async def _had(context: Context, view: CaseView, had: Had, given: Any) -> dict[str, Any]:
    case, together = view.case, had.together
    filled, people = case.filled, getattr(case.filled, had.people) if had.people else None
    other = getattr(given, together.column, None) if together else None
    columns: dict[str, Any] = {}
    if together and other:
        columns, people = await _shared(context, view, had, together, other)
    elif together:
        columns = {together.column: None}
    thing = columns.get(had.column) or getattr(filled, had.column)
    if thing is None:
        if not had.times:
            return columns
        raise at_fault("REQUIRED", "input", camel(had.column))
    wish = await wished(context, had.thing, thing, case.kind, had.column)
    if had.times:
        period = between(*(getattr(filled, each) for each in had.times))
        wish = replace(wish, people=people, period=period)
    await must_be_free(context, had.thing, thing, wish, had.column)
    if wish.period:
        # A case whose request was cancelled since engages nobody.
        await context.rows(_dropped(view.kind))
        booked = Booking(thing, wish.period)
        alone = other is None
        await book(context, case.request_id, booked, standing=alone, name=had.column)
    if together:
        same = {name: columns.get(name, getattr(filled, name)) for name in together.same}
        await context.rows(_follow(view.kind, had, together), id=case.id, **same)
    return columns


async def _shared(
    context: Context, view: CaseView, had: Had, together: Together, with_: UUID
) -> tuple[dict[str, Any], int]:
    """What another case has, of those that fit, and how many they are together."""
    other = await find_any(context, view.kind, with_)
    theirs = other.case.filled if other else None
    fits = (
        other is not None
        and other.case.standing
        and all(getattr(theirs, name) is not None for name in together.same)
        and getattr(theirs, together.column) is None
        and getattr(theirs, had.back) is None
        and together.fit(view.case, other.case)
    )
    if other is None or not fits:
        raise at_fault(together.unfit, "input", camel(together.column))
    both = (getattr(view.case.filled, had.people), getattr(theirs, had.people))
    columns = {name: getattr(theirs, name) for name in together.same}
    return {**columns, together.column: other.case.id}, sum(each or 1 for each in both)


async def _must_be_back(context: Context, view: CaseView, had: Had, filled: Any) -> None:
    """Raises: Refused: another case, which it does not go with, has the thing out."""
    with_ = getattr(filled, had.together.column) if had.together else None
    thing = getattr(filled, had.column)
    if await context.value(_out(view.kind, had), thing=thing, id=view.case.id, other=with_):
        named = had.thing.named_by
        raise Refused(had.is_out, **{named: view.shown[named]})


async def passed_on(context: Context, view: CaseView) -> None:
    """Whoever goes with a case that is given up keeps what it has."""
    had = view.kind.has
    if had is None or had.together is None:
        return
    try:
        await context.rows(_pass_on(view.kind, had, had.together), id=view.case.id)
    except asyncpg.ExclusionViolationError as booked:
        raise Refused("ALREADY_BOOKED") from booked


@derived
def _dropped(kind: CaseKind[Any]) -> str:
    return f"""update {kind.table.name} t set standing = false from requests r
        where t.institution_id = :institution and t.standing
          and (r.institution_id, r.id) = (t.institution_id, t.request_id)
          and r.status <> 'approved'"""


@derived
def _follow(kind: CaseKind[Any], had: Had, together: Together) -> str:
    same = ", ".join(f"{name} = :{name}" for name in together.same)
    return f"""update {kind.table.name} set {same}, version = version + 1
        where institution_id = :institution and {together.column} = :id
          and standing and {had.out} is null"""


@derived
def _pass_on(kind: CaseKind[Any], had: Had, together: Together) -> str:
    table, column = kind.table.name, together.column
    begins = had.times[0] if had.times else "begun_at"
    return f"""with riders as (
          select id, request_id, row_number() over (order by {begins}, id) as place
          from {table} t
          where t.institution_id = :institution and t.{column} = :id and t.standing
        ), first as (select * from riders where place = 1), passed as (
          update {table} t
          set {column} = nullif((select id from first), t.id), version = t.version + 1
          from riders where t.institution_id = :institution and t.id = riders.id
        )
        update bookings b set standing = true from first
        where b.institution_id = :institution and b.request_id = first.request_id"""


@derived
def _out(kind: CaseKind[Any], had: Had) -> str:
    column = had.together.column if had.together else ""
    apart = f"and t.{column} is distinct from :id" if column else ""
    return f"""select exists (
          select from {kind.table.name} t
          where t.institution_id = :institution and t.{had.column} = :thing and t.id <> :id
            and t.id is distinct from cast(:other as uuid) {apart}
            and t.{had.out} is not null and t.{had.back} is null and t.standing)"""
