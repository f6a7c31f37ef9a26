"""Whom a person or a seat stands for today, so that people are compared and never ids."""

from collections.abc import Collection
from uuid import UUID

from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import HELD_TODAY
from resolvers.requests.rows import RequestView

BORROWERS = f"""
  select d.borrower_id from delegations d
  where (d.institution_id, d.seat_id) = (s.institution_id, s.id)
    and d.ended_at is null and d.begins <= :today and d.ends >= :today
    and d.lender_id is distinct from cast(:applicant as uuid)
    and (d.kinds is null or cast(:kind as text) = any(d.kinds))
    and (d.limit_fact is null
         or cast(cast(:facts as jsonb) ->> d.limit_fact as numeric) <= d.limit_maximum)
    and d.vacant <> exists (
      select from appointments a
      where (a.institution_id, a.seat_id) = (d.institution_id, d.seat_id)
        and (d.vacant or a.person_id = d.lender_id) and {HELD_TODAY})"""
"""To whom the seat `s` is lent for this request, as the viewer's own loans are read."""

PEOPLE = statement(f"""
  select p.id, array[p.id] as people from people p
  where p.institution_id = :institution and p.id = any(cast(:people as uuid[]))
    and (p.leaves is null or p.leaves >= :today)
  union all
  select s.id, array(
    select a.person_id from appointments a
    where (a.institution_id, a.seat_id) = (s.institution_id, s.id) and {HELD_TODAY}
    union {BORROWERS})
  from seats s
  where s.institution_id = :institution and s.id = any(cast(:seats as uuid[]))""")


async def people_behind(
    context: Context, view: RequestView, people: Collection[UUID], seats: Collection[UUID]
) -> dict[UUID, frozenset[UUID]]:
    """Who stands behind each of these in a request: holders, and whoever a seat is lent to.

    What the viewer's institution does not know is left out.
    """
    rows = await context.rows(
        PEOPLE,
        people=sorted(people),
        seats=sorted(seats),
        today=context.today,
        applicant=view.request.applicant,
        kind=view.request.kind,
        facts=dict(view.facts),
    )
    return {row["id"]: frozenset(row["people"]) for row in rows}
