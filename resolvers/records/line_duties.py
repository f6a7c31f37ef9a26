"""What a line showed done of recurring duties is taken back where it is struck out or moved."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from domain import CHECKS, STOCKS
from domain.records.lines import AWAITS, stands
from domain.records.registers import Register
from domain.records.rules import day_of
from domain.shapes.cadences import period_on
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import duty_rows
from resolvers.time.duties_done import Shown, done_in, take_back

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
            await _shown_by_another(context, register, living, each, by)


def _goes_on(
    register: Register, before: Mapping[str, Any], row: Mapping[str, Any], done: Mapping[str, Any]
) -> bool:
    if row["void"] or row.get(AWAITS):
        return False
    named = {register.of_unit, *meant_by(register)} - {""}
    same = all(before[each] == row[each] for each in named)
    return same and done["period_first"] <= day_of(row[register.day]) <= done["period_last"]


async def _shown_by_another(
    context: Context,
    register: Register,
    living: LivingRulebook,
    done: Mapping[str, Any],
    but: list[Any],
) -> None:
    """The first other line of the period and the unit that stands."""
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
    )
    if found is None:
        return
    unit = found[register.of_unit] if register.of_unit else None
    of = (done["unit_id"],) if cadence.for_some else ()
    shown = Shown(found["recorded_by"], found["recorded_by_name"], found["id"], unit, of=of)
    since = found["recorded_at"].astimezone(OFFICE_TIME).date()
    await done_in(context, living, cadence, period, found["at_day"], shown, since=since)


def meant_by(register: Register) -> tuple[str, ...]:
    """The columns that say for what a line shows something done: whom it is about, if anybody."""
    return (register.about,) if register.about else register.refers_to


@cache
def _chain(register: Register) -> Statement:
    """A line with those that it corrects, one after the other."""
    return statement(
        f"""with recursive chain (id, corrects) as (
              select t.id, t.corrects from {register.lines} t
              where t.institution_id = :institution and t.id = :line
              union all
              select t.id, t.corrects from chain
              join {register.lines} t on (t.institution_id, t.id) = (:institution, chain.corrects)
            )
            select id from chain"""
    )


@cache
def _another(register: Register) -> Statement:
    day = f"t.{register.day}"
    if register.is_timed:
        day = f"cast({day} at time zone 'Asia/Shanghai' as date)"
    whose = (register.of_unit,) if register.of_unit else meant_by(register)
    columns = ", ".join(f"t.{each}" for each in whose)
    of_unit = f"and (cast(:unit as uuid) is null or :unit in ({columns}))"
    of_unit = of_unit if whose else "and cast(:unit as uuid) is null"
    regular = f"and t.{REGULAR[register.name]}" if REGULAR.get(register.name) else ""
    return statement(
        f"""select t.*, {day} as at_day from {register.lines} t
            where t.institution_id = :institution and {day} between :first and :last
              and not t.id = any(cast(:but as uuid[])) {of_unit} {regular}
              and {stands(register.table, "t")}
            order by t.recorded_at, t.id limit 1"""
    )
