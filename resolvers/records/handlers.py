"""Who may handle a case: somebody who serves here, and not whoever is complained of."""

from typing import Any
from uuid import UUID

from domain.errors import Problem
from domain.records.cases import Case, is_about
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import HELD_TODAY
from resolvers.records.acts import Acting
from resolvers.records.case_rows import units_led

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


async def handler_of(
    context: Context, case: Case, unit: UUID | None, person: UUID | None
) -> tuple[dict[str, Any], list[Problem]]:
    """The handler as the case keeps it, or what stands against it."""
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
        problems.append(Problem("NO_UNIT_HERE", ("unitId",)))
    if person and not found.get("seats"):
        problems.append(Problem("NOBODY_HERE", ("personId",)))
    seats = [
        Acting(UUID(each["seat"]), each["role"], UUID(each["unit"]))
        for each in found.get("seats", ())
    ]
    _, headed = units_led(context, seats)
    if unit and not person and unit == case.complained_unit_id:
        problems.append(Problem("CONCERNS_HANDLER", ("unitId",)))
    if person and is_about(case, person, found.get("person") or "", headed):
        problems.append(Problem("CONCERNS_HANDLER", ("personId",)))
    return {
        "handler_unit_id": unit,
        "handler_unit": found.get("unit") or "",
        "handler_id": person,
        "handler_name": found.get("person") or "",
    }, problems
