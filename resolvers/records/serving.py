"""Whoever is named in a case or on a line serves here, in a role that will do, and is called so."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.errors import Problem, Refused, must_be_none
from domain.records.case_paths import is_about
from domain.records.cases import Party, Stage
from domain.records.registers import Register, Serving
from domain.records.stage_forms import fields_of
from domain.time.moments import office_local
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import roles_that_may, titles
from resolvers.records.case_looks import not_ready
from resolvers.records.case_rows import CaseView, units_led
from resolvers.records.case_turns import borne_by
from resolvers.records.verdicts import Acting
from resolvers.requests.words import camel

PERSON = statement(f"""
  select p.id, p.name, p.number,
         coalesce((
           select jsonb_agg(jsonb_build_object('seat', s.id, 'role', s.role,
                                               'unit', s.unit_id))
           from appointments a
           join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
           where (a.institution_id, a.person_id) = (p.institution_id, p.id)
             and {HELD_TODAY}), '[]') as seats,
         exists (select from absences b
                 where (b.institution_id, b.person_id) = (p.institution_id, p.id)
                   and b.standing
                   and b.period && tsrange(cast(:begins as timestamp),
                                           cast(:ends as timestamp))) as away
  from people p
  where p.institution_id = :institution and p.id = cast(:person as uuid)""")
UNIT = statement("select name from units where institution_id = :institution and id = :unit")
NEVER = datetime(1970, 1, 1)  # noqa: DTZ001  # in the office's own time, as periods are kept


@dataclass(frozen=True)
class Served:
    """Somebody who is named: the columns that this fills in, their seats, what is against them."""

    columns: Mapping[str, Any]
    seats: tuple[Acting, ...] = ()
    against: tuple[tuple[str, Mapping[str, Any]], ...] = ()


async def serving(
    context: Context, of: str, asked: Serving, person: UUID | None, record: Any
) -> Served:
    """Whether somebody serves here as is asked; nobody where nobody is named."""
    if person is None:
        return Served({})
    begins, ends = (getattr(record, each) if each else None for each in asked.times)
    row = await context.row(
        PERSON,
        person=person,
        today=context.today,
        begins=office_local(begins) if begins else NEVER,
        ends=office_local(ends) if ends else NEVER,
    )
    seats = [(UUID(s["seat"]), s["role"], UUID(s["unit"])) for s in row["seats"]] if row else []
    fit = bool(seats)
    if asked.act:
        living = await context.rulebook()
        fit = not roles_that_may(living, of, asked.act).isdisjoint(role for _, role, _ in seats)
    if row is None or not fit:
        return Served({}, against=((asked.unfit, {}),))
    against = ((asked.away, {"name": row["name"]}),) if asked.away and row["away"] else ()
    columns = {asked.name: row["name"], asked.number: row["number"]}
    return Served(columns, tuple(Acting(*each) for each in seats), against)


async def standing_in(
    context: Context, view: CaseView, given: Any, filled: Any, clause: str | None
) -> dict[str, Any]:
    """Who a stage lets stand in a case, with what they are called; whoever stood there does not.

    Raises: Refused: they are none of the office, or it is about them.
    """
    columns: dict[str, Any] = {}
    problems: list[Problem] = []
    for party in view.kind.parties:
        if party.serving and party.column in fields_of(type(given)):
            found, against = await _standing(context, view, party, given, filled)
            columns |= found
            problems += against
    if problems:
        raise not_ready(clause, [replace(each, clause=clause) for each in problems])
    return {name: value for name, value in columns.items() if name}


async def _standing(
    context: Context, view: CaseView, party: Party, given: Any, filled: Any
) -> tuple[dict[str, Any], list[Problem]]:
    kind, asked = view.kind, party.serving or Serving()
    person = getattr(given, party.column)
    served = await serving(context, kind.code, asked, person, filled)
    emptied = _empty(kind.record, asked.name, asked.number, party.unit_name)
    columns = {**emptied, party.column: person, **served.columns}
    problems = [Problem(code, (party.column,), None, told) for code, told in served.against]
    unit = getattr(given, party.unit) if party.unit else None
    if party.unit:
        named = await context.value(UNIT, unit=unit) if unit else None
        columns |= {party.unit: unit, **({party.unit_name: named} if named else {})}
        problems += [Problem("NO_UNIT_HERE", (party.unit,))] if unit and not named else []
    if about := kind.about:
        _, headed = units_led(context, served.seats)
        before, name = view.case.filled, served.columns.get(asked.name) or ""
        if unit and not person and unit == getattr(before, about.unit):
            problems.append(Problem("CONCERNS_HANDLER", (party.unit,)))
        if person and not served.against and is_about(about, before, person, name, headed):
            problems.append(Problem("CONCERNS_HANDLER", (party.column,)))
    return columns, problems


def _empty(record: type, *names: str) -> dict[str, Any]:
    """These columns as they are where nobody stands."""
    of: Any = record
    return {each.name: each.default for each in fields(of) if each.name in names}


def own_words(
    context: Context, view: CaseView, stage: Stage, given: Any, clause: str | None
) -> dict[str, Any]:
    """What somebody says for themselves, in the column of each party that they are.

    Raises: Refused: they are none of those whose word is asked.
    """
    if not stage.own:
        return {}
    borne = borne_by(context, view, (), context.viewer.person.id).values()
    mine = [stage.own[column] for column in borne if column in stage.own]
    if not mine:
        told = titles(view.taking, tuple(view.living.vocabulary.objects[view.kind.code].bears))
        raise Refused("NOT_YOURS_TO_DO", clause=clause, **told)
    return dict.fromkeys(mine, given.note.strip())


async def named_on(context: Context, register: Register, entry: Any) -> dict[str, Any]:
    """What those are called whom a line names.

    Raises: Refused: one of them does not serve here as the register asks.
    """
    columns: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, asked in register.serving.items():
        served = await serving(context, register.name, asked, getattr(entry, name), entry)
        columns |= served.columns
        problems += [Problem(code, ("input", camel(name)), None, t) for code, t in served.against]
    must_be_none(problems)
    return {name: value for name, value in columns.items() if name}
