"""What no word can say of enforcement: whether a section and its officers may act on a day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.areas.enforcement.books import ACTS, SECTIONS, EnforcementAct
from domain.areas.enforcement.cases import CASE, CaseOpened
from domain.errors import Problem, must_be_none
from domain.records.lines import stands
from domain.shapes.eligibility import Requirement, reasons
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.case_bars import unmet
from resolvers.records.case_beginnings import Check as Begin
from resolvers.records.cases import Effect, Taking
from resolvers.records.registers import Check
from resolvers.rules.rulebooks import LivingRulebook

TELLS = {"section_qualified": "unitId", "enforcement_licence": "officerId"}
"""Where an act says what is looked up of it."""
FIT = statement(f"""
  select exists (
      select from enforcement_sections s
      where s.institution_id = :institution and s.unit_id = :unit
        and {stands(SECTIONS.table, "s")}
    ) as section_qualified,
    not exists (
      select from unnest(cast(:officers as uuid[])) as o(id) where not exists (
        select from enforcement_licences l
        where l.institution_id = :institution and l.officer_id = o.id and l.state <> 'ended'
          and :day between l.valid_from and l.valid_until)
    ) as enforcement_licence""")


async def _fit(
    context: Context, unit: UUID | None, day: date, *officers: UUID | None
) -> dict[str, Any]:
    """Whether the section is within the scope, and every officer licensed, on a day."""
    named = [each for each in officers if each]
    row = await context.row(FIT, unit=unit, day=day, officers=named)
    return dict(row) if row else {}


async def _acted(context: Context, act: EnforcementAct) -> Mapping[str, Any]:
    """Raises: Refused: the section may not enforce the law, or an officer is not licensed."""
    officers = act.officer_id, act.second_officer_id
    known = await _fit(context, act.unit_id, act.done_on, *officers)
    living = await context.rulebook()
    must_be_none(
        each.against(("input", TELLS[each.measures[0]])) for each in reasons(_rows(living), known)
    )
    return known


async def _opened(context: Context, living: LivingRulebook, case: CaseOpened) -> list[Problem]:
    known = await _fit(context, case.unit_id, case.opened_on, case.officer_id)
    return [unmet(each) for each in reasons(_rows(living), known)]


async def _term(_: Context, taking: Taking) -> Mapping[str, Any]:
    """The day by which the law has it decided, counted from the days that it gives."""
    of = taking.filled
    if of.decide_by or not of.term_days:
        return {}
    return {"decide_by": of.opened_on + timedelta(days=of.term_days)}


def _rows(living: LivingRulebook) -> list[Requirement]:
    return [each for each in living.shapes.eligibility if each.subject == ACTS.name]


CHECKS: Mapping[str, Check] = {ACTS.name: _acted}
EFFECTS: Mapping[str, Mapping[str, Effect]] = {CASE.code: {"investigate": _term}}
BEGINS: Mapping[str, Begin] = {CASE.code: _opened}
