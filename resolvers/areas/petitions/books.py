"""The books beside the cases: whom the first asked served, and whom the leaders received.

A line stands as it was written; a later one corrects it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import Table

from domain.approval.procedure import Circumstances
from domain.approval.soundness import shape_problems
from domain.areas.petitions.books import (
    CONTACTS,
    RECEIVED,
    RECEPTIONS,
    Contact,
    Reception,
    contacts,
    first_asked,
    known_of,
    receptions,
    untold,
)
from domain.areas.petitions.cases import PETITION
from domain.errors import Problem, Refused, at_fault, invalid
from domain.records.registers import Register, standing
from domain.shapes.cadences import period_at
from domain.shapes.duties import is_late
from domain.shapes.paths import no_transition, passage
from domain.vocabulary import Act
from resolvers.ground import ledger
from resolvers.ground.bulk import insertion
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.keeping import remember
from resolvers.ground.listing import Listed, read_each
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import Verdict, clauses_of, may, roles_that_may
from resolvers.records.case_rows import find
from resolvers.records.case_turns import obstacle
from resolvers.requests.words import camel
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import duty_rows

WRITE = {table.name: insertion(table) for table in (contacts, receptions)}
LEADER = statement(
    f"""select p.name, array_agg(s.role) as roles
        from people p
        join appointments a on (a.institution_id, a.person_id) = (p.institution_id, p.id)
        join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
        where p.institution_id = :institution and p.id = cast(:person as uuid) and {HELD_TODAY}
        group by p.name"""
)


def _page(table: Table, day: str) -> Any:
    return statement(
        f"""select t.*, {standing(table, "t")} as stands from {table.name} t
            where t.institution_id = :institution and (:all or t.recorded_by = :person)
              and (cast(:first_day as date) is null or t.{day} >= :first_day)
              and (cast(:last_day as date) is null or t.{day} <= :last_day)
              and (cast(:after_day as date) is null
                   or (t.{day}, t.id) < (:after_day, cast(:after_id as uuid)))
            order by t.{day} desc, t.id desc limit :size"""
    )


DAYS = {contacts.name: "on_day", receptions.name: "received_on"}
PAGES = {table.name: _page(table, DAYS[table.name]) for table in (contacts, receptions)}


async def record_contact(context: Context, form: Contact, corrects: UUID | None) -> UUID:
    """Write down a caller or visitor, if the office's path lets the first asked do so.

    Raises:
        Refused: no such path, something untold, or what was done does not fit what was asked.

    """
    living = await context.rulebook(context.viewer.institution)
    rows = first_asked(form, living.shapes.paths)
    if not rows:
        raise Refused("NO_FIRST_ASKED_PATH")
    keeper = await _must_keep(context, CONTACTS)
    clause = rows[0].clause
    problems = [
        *shape_problems(form),
        *(Problem("REQUIRED", (name,), clause) for name in untold(form)),
    ]
    found = passage(
        rows,
        rows[0].origin,
        form.event,
        known_of(form),
        await context.calendar(),
        now=context.now,
    )
    if not found.tried:
        details = no_transition(rows, rows[0].origin, form.event, rows)
        problems.append(Problem("NO_TRANSITION", ("event",), clause, details))
    elif found.taken is None:
        told = (obstacle(each, living, context.language) for each in found.obstacles)
        problems += [replace(each, path=each.path[-1:]) for each in told]
    if problems or found.taken is None:
        raise _invalid(problems)
    values = {name: getattr(form, name) for name in CONTACT}
    line = {
        **values,
        "on_day": context.today,
        "purpose": form.purpose.value,
        "asked_scope": form.asked_scope.value if form.asked_scope else None,
        "outcome": found.taken.target,
        "clause": found.taken.clause,
    }
    return await _write(context, contacts, line, corrects, keeper)


CONTACT = (
    *("by_telephone", "content", "caller_name", "caller_telephone", "event", "passed_to", "told"),
)


async def record_reception(context: Context, form: Reception, corrects: UUID | None) -> UUID:
    """Write down whom a leader received; on the office's reception day its duty is done.

    Raises:
        Refused: not a clerk or leader, or whoever received them is no leader.

    """
    keeper = await _must_keep(context, RECEPTIONS)
    living = await context.rulebook(context.viewer.institution)
    known = Circumstances(context.now, await context.calendar(), rank="", employment="")
    problems = shape_problems(form) + [
        Problem(needed.code, needed.path, needed.clause)
        for needed in RECEIVED
        if not needed.holds(form, known)
    ]
    leader = await context.transaction.row(
        LEADER,
        institution=context.viewer.institution,
        person=form.leader_id,
        today=context.today,
    )
    leading = roles_that_may(living, RECEPTIONS.name, Act.TAKE)
    if leader is None or leading.isdisjoint(leader["roles"]):
        problems.append(Problem("NOT_A_LEADER", ("leader_id",)))
    if problems or leader is None:
        raise _invalid(problems)
    if form.case_id:
        await find(context, PETITION, form.case_id)
    line = {**vars(form), "leader_name": leader["name"]}
    written = await _write(context, receptions, line, corrects, keeper)
    await _fulfil(context, form.leader_id, leader["name"], form.received_on)
    return written


async def _fulfil(context: Context, leader: UUID, name: str, day: date) -> None:
    """The cadence of the reception day is done by the first who is received on that day."""
    institution = context.viewer.institution
    living = await context.rulebook(institution)
    for row in _reception_days(living):
        period = period_at(row, day)
        if period is None or period.due != day:
            continue
        of = f"{institution}:{(row.id, row.clause, period.first)}"
        await context.transaction.rows(duty_rows.ONE_AT_A_TIME, of=of)
        found = {"institution": institution, "cadence": row.id, "clause": row.clause}
        done = await context.transaction.value(duty_rows.OF_PERIOD, **found, first=period.first)
        if done:
            continue
        content = {
            "cadence": row.id,
            "clause": row.clause,
            "period_first": period.first,
            "period_last": period.last,
            "done_on": day,
            "late": is_late(row, period, day, 0, context.today),
            "person_id": leader,
            "person_name": name,
            "note": "",
            "paper_name": None,
            "paper_sha256": None,
        }
        kept = {
            "institution_id": institution,
            "id": context.services.new_id(),
            "recorded_at": context.now,
            **content,
        }
        await context.transaction.rows(duty_rows.RECORD, rows=[kept])
        await ledger.append(context.transaction, institution, "duty_recorded", context.now, content)


def _reception_days(living: LivingRulebook) -> Iterator[Any]:
    clauses = clauses_of(living, RECEPTIONS.name)
    return (row for row in living.shapes.cadences if row.clause in clauses)


async def lines(
    context: Context,
    register: Register,
    first_day: date | None,
    last_day: date | None,
    size: int,
    after: tuple[date, UUID] | None,
) -> tuple[list[Listed[Mapping[str, Any]]], bool]:
    """Lines of a book, the newest day first; who may not see them all sees their own."""
    rows = await context.transaction.rows(
        PAGES[register.table.name],
        institution=context.viewer.institution,
        all=(await may(context, register.name, Act.SEE)).allowed,
        person=context.viewer.person.id,
        first_day=first_day,
        last_day=last_day,
        after_day=after[0] if after else None,
        after_id=after[1] if after else None,
        size=size + 1,
    )
    key = (DAYS[register.table.name], "id")
    return await read_each(register.table.name, rows[:size], key, dict), len(rows) > size


async def _must_keep(context: Context, register: Register) -> Verdict:
    keeper = await may(context, register.name, Act.KEEP)
    if not keeper.allowed:
        raise Refused("NOT_A_KEEPER", clause=keeper.clause, zh=register.zh, en=register.en)
    return keeper


async def _write(
    context: Context,
    table: Table,
    line: Mapping[str, Any],
    corrects: UUID | None,
    keeper: Verdict,
) -> UUID:
    person, line_id = context.viewer.person, context.services.new_id()
    row = {
        **line,
        "institution_id": person.institution,
        "id": line_id,
        "corrects": corrects,
        "void": False,
        "why": "",
        "recorded_by": person.id,
        "recorded_by_name": person.name,
        "recorded_at": context.now,
    }
    try:
        await context.transaction.rows(WRITE[table.name], rows=[row])
    except asyncpg.ForeignKeyViolationError as missing:
        raise at_fault("LINE_NOT_FOUND", "input", "corrects") from missing
    except asyncpg.UniqueViolationError as taken:
        raise Refused("CORRECTED_ALREADY") from taken
    said = {"line": line_id}
    await remember(context.transaction, person.institution, context.answer, said, context.now)
    content = {"register": table.name, "person": person.id, "line": row, **keeper.on_record}
    await ledger.append(
        context.transaction, person.institution, "register_entered", context.now, content
    )
    return line_id


def _invalid(problems: list[Problem]) -> Refused:
    at = (replace(each, path=("input", *map(camel, each.path))) for each in problems)
    return invalid(list(at))
