"""Who sits nearest to a unit: the seats that a case of that unit would come to."""

from collections.abc import Mapping
from uuid import UUID

from domain.errors import Problem, invalid
from domain.office.organisation import Seat
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import SEAT, read_seat

NEAREST = statement(
    f"""with recursive chain(institution_id, id, depth) as (
          select u.institution_id, u.id, 0 from units u
          where u.institution_id = :institution and u.id = :unit
          union all
          select u.parent_institution_id, u.parent_id, c.depth + 1
          from chain c join units u on (u.institution_id, u.id) = (c.institution_id, c.id)
          where u.parent_id is not null and c.depth < 40
        )
        select distinct on (s.role) s.role, {SEAT} as seat
        from chain c
        join seats s on (s.institution_id, s.unit_id) = (c.institution_id, c.id)
          and (s.ends is null or s.ends >= :today)
        join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
        order by s.role, c.depth"""
)


async def nearest(context: Context, institution: str, unit: UUID | None) -> Mapping[str, Seat]:
    """By role the nearest seat from a unit up; from the viewer's own unit where none is named.

    Raises:
        Refused: the institution has no such unit.

    """
    viewer = context.viewer
    if institution != viewer.institution:
        return {}
    if unit is None:
        return next(iter(viewer.nearest.values()), {})
    rows = await context.transaction.rows(
        NEAREST, institution=institution, unit=unit, today=context.today
    )
    if not rows:
        problem = Problem("UNKNOWN_UNIT", ("unit",))
        raise invalid([problem])
    return {row["role"]: read_seat(row["seat"]) for row in rows}
