"""Who may handle a petition or complaint: somebody who serves here, not whoever it is about."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.errors import Problem
from domain.records.case_paths import is_about
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import Acting
from resolvers.records.case_looks import not_ready
from resolvers.records.case_rows import units_led
from resolvers.records.cases import Effect, Taking

HANDLER = statement(
    f"""select
          (select name from units
           where institution_id = :institution and id = cast(:unit as uuid)) as unit,
          (select name from people
           where institution_id = :institution and id = cast(:person as uuid)) as person,
          coalesce((
            select jsonb_agg(jsonb_build_object('seat', s.id, 'role', s.role, 'unit', s.unit_id))
            from appointments a
            join seats s on (s.institution_id, s.id) = (a.institution_id, a.seat_id)
            where a.institution_id = :institution and a.person_id = cast(:person as uuid)
              and {HELD_TODAY}), '[]') as seats"""
)


async def assigned(context: Context, taking: Taking) -> Mapping[str, Any]:
    """The handler as the case keeps it: the section, the person, and what they are called.

    Raises:
        Refused: they are none of the office, or it is about them.

    """
    given: Any = taking.given
    unit, person = given.handler_unit_id, given.handler_id
    row = await context.transaction.row(
        HANDLER,
        institution=context.viewer.institution,
        unit=unit,
        person=person,
        today=context.today,
    )
    found = {} if row is None else dict(row)
    problems = []
    if unit and not found.get("unit"):
        problems.append(Problem("NO_UNIT_HERE", ("handler_unit_id",)))
    if person and not found.get("seats"):
        problems.append(Problem("NOBODY_HERE", ("handler_id",)))
    seats = [Acting(UUID(s["seat"]), s["role"], UUID(s["unit"])) for s in found.get("seats", ())]
    _, headed = units_led(context, seats)
    kind, filled = taking.view.kind, taking.view.case.filled
    if unit and not person and unit == filled.complained_unit_id:
        problems.append(Problem("CONCERNS_HANDLER", ("handler_unit_id",)))
    name = found.get("person") or ""
    if person and kind.about and is_about(kind.about, filled, person, name, headed):
        problems.append(Problem("CONCERNS_HANDLER", ("handler_id",)))
    if problems:
        raise not_ready(taking.clause, [replace(each, clause=taking.clause) for each in problems])
    return {
        "handler_unit_id": unit,
        "handler_unit": found.get("unit") or "",
        "handler_id": person,
        "handler_name": name,
    }


EFFECTS: Mapping[str, Effect] = {"assign": assigned}
"""What the stages of petitions and complaints look up."""
