"""Which requests a person may see: one's own, those that pass one's seats, and one's units'."""

from typing import Any

from resolvers.context import Context
from resolvers.viewers import Borrowed

LEADS_FROM, HEADS_FROM = 4, 6
"""From the first level on a seat leads its section, from the second the whole institution.

A seat of less than that at the top serves everybody, but leads nobody: the deputy for finance.
"""

IN_SIGHT = """any(array(
    select s.institution_id from institution_superiors s where s.superior_id = :institution
  ) || cast(:institution as text))"""
"""The institutions whose requests may pass the viewer's seats: one's own and those below.

Naming them lets every look-up begin with the institution, as the keys do.
"""

UNITS_BELOW = """
    with recursive below(id) as (
      select u.id from units u
      where u.institution_id = :institution and (u.id = any(cast(:headed as uuid[]))
        or u.id = any(cast(:led as uuid[])) and u.parent_institution_id = :institution)
      union
      select u.id from units u join below b on u.parent_id = b.id
      where u.institution_id = :institution and u.parent_institution_id = :institution)
    select id from below"""

LENT = """
    select l.seat_id, l.excepted
    from jsonb_to_recordset(:loans) as l(
      seat_id uuid, lender_id uuid, kinds text[], excepted text[], fact text, maximum numeric)
    where l.lender_id <> r.applicant_id and (l.kinds is null or r.kind = any(l.kinds))
      and (l.fact is null or cast(r.facts ->> l.fact as numeric) <= l.maximum)"""
"""The seats lent to the viewer by loans that cover the request `r`, by its kind and its facts."""

MAY_SEE = f"""(r.applicant_id = :person or r.status <> 'draft' and (
    exists (
      select from steps t where (t.institution_id, t.request_id) = (r.institution_id, r.id)
        and (t.decided_by = :person or t.seats && cast(:seats as uuid[])
          or t.seats && array(select lent.seat_id from ({LENT}) lent)))
    or r.institution_id = :institution and r.unit_id in ({UNITS_BELOW})))"""
"""Whether the viewer may see the request `r`."""


def whose(context: Context) -> dict[str, Any]:
    """The viewer, for a statement that asks what may be seen."""
    viewer, roles = context.viewer, context.services.vocabulary.roles
    levels = [
        (roles[seat.role].level, seat.unit_id) for seat in viewer.person.seats if seat.role in roles
    ]
    return {
        "institution": viewer.institution,
        "person": viewer.person.id,
        "seats": sorted(viewer.seat_ids),
        "turns": sorted(viewer.seat_ids | {each.seat for each in viewer.borrowed}),
        "loans": [_loan(each) for each in viewer.borrowed],
        "led": [unit for level, unit in levels if level >= LEADS_FROM],
        "headed": [unit for level, unit in levels if level >= HEADS_FROM],
        "today": context.today,
    }


def _loan(borrowed: Borrowed) -> dict[str, Any]:
    lending = borrowed.lending
    return {
        "seat_id": borrowed.seat,
        "lender_id": borrowed.loan.lender,
        "kinds": sorted(lending.kinds) if lending.kinds else None,
        "excepted": sorted(lending.excepted),
        "fact": lending.limit.fact if lending.limit else None,
        "maximum": str(lending.limit.maximum) if lending.limit else None,
    }
