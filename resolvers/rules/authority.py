"""Who holds which role, and who sits nearest to a unit."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.errors import at_fault
from domain.office.organisation import Seat
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.viewers import HELD_TODAY, SEAT, read_seat

NEAREST = statement(f"""
  with recursive chain(institution_id, id, depth) as (
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
  order by s.role, c.depth""")


async def nearest(context: Context, institution: str, unit: UUID | None) -> Mapping[str, Seat]:
    """By role the nearest seat from a unit up; from the viewer's own unit where none is named.

    Raises: Refused: the institution has no such unit.
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
        raise at_fault("UNKNOWN_UNIT", "unit")
    return {row["role"]: read_seat(row["seat"]) for row in rows}


HELD = statement(f"""
  select distinct s.role from seats s
  where (s.institution_id = :institution or s.institution_id in (
           select superior_id from institution_superiors
           where institution_id = :institution))
    and exists (
      select from appointments a
      where (a.institution_id, a.seat_id) = (s.institution_id, s.id) and {HELD_TODAY})""")


async def held_roles(context: Context, institution: str) -> frozenset[str]:
    """In an institution and those above it, today."""
    if institution == context.viewer.institution:
        return await held(context.transaction, institution, context.today)
    database = context.services.database
    async with database.transaction(institution, read_only=True) as transaction:
        return await held(transaction, institution, context.today)


async def held(transaction: Transaction, institution: str, on: date) -> frozenset[str]:
    rows = await transaction.rows(HELD, institution=institution, today=on)
    return frozenset(row["role"] for row in rows)
