"""Which requests a person may see: one's own, those that pass one's seats, and one's units'."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.vocabulary import Role
from resolvers.ground.context import Context
from resolvers.ground.known_people import Known
from resolvers.ground.viewers import Borrowed, Viewer
from resolvers.requests.rows import RequestView

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
    select l.seat_id, l.lender_id, l.excepted
    from jsonb_to_recordset(:loans) as l(
      seat_id uuid, lender_id uuid, kinds text[], excepted text[], fact text, maximum numeric)
    where r.concerns_id is distinct from l.lender_id
      and (l.kinds is null or r.kind = any(l.kinds))
      and (l.fact is null or cast(r.facts ->> l.fact as numeric) <= l.maximum)"""
"""The seats lent to the viewer by loans that cover the request `r`, never by whom it is about."""

COPIED_TO = f"""(c.to_id = any(cast(:seats as uuid[]))
      or c.to_id in (select lent.seat_id from ({LENT}) lent))"""
"""Whether the copy `c` of the request `r` is the viewer's."""

TURNED = f"""
    exists (
      select from steps t where (t.institution_id, t.request_id) = (r.institution_id, r.id)
        and (t.decided_by = :person or t.seats && cast(:seats as uuid[])
          or t.seats && array(select lent.seat_id from ({LENT}) lent)
          or t.particulars @> jsonb_build_object('handed_on', jsonb_build_array(
            jsonb_build_object('by', cast(:person as uuid))))))"""

OWN = "r.applicant_id = :person or r.status <> 'draft' and r.concerns_id is distinct from :person"

TAKES_PART = f"({OWN} and {TURNED})"
"""Whether the viewer made the request `r` or has or had a turn in it, as most do who act on it."""

MAY_SEE = f"""({OWN} and ({TURNED}
    or r.institution_id = :institution and cast(:overseen as boolean)
    or exists (
      select from copies c
      where c.institution_id = :institution and c.request_id = r.id
        and c.to_id = any(cast(:turns as uuid[])) and {COPIED_TO})
    or r.institution_id = :institution and r.unit_id in ({UNITS_BELOW})))"""
"""Whether the viewer may see the request `r`; whom it complains of may not."""


def open_to_me(line: str) -> str:
    """Whether a line of an inbox waits for the viewer, in a seat of their own or a lent one."""
    return f"""
      {line}.institution_id = :institution and ({line}.applicant_id <> :person or {line}.own_turn)
      and ({line}.applicant_id = :person or {line}.concerns_id is distinct from :person)
      and ({line}.seat_id = any(cast(:seats as uuid[]))
        or {line}.applicant_id <> :person and exists (
        select from requests r
        where (r.institution_id, r.id) = ({line}.request_institution_id, {line}.request_id)
          and exists (
            select from ({LENT}) lent where lent.seat_id = {line}.seat_id
              and lent.lender_id <> r.applicant_id and r.kind <> all(lent.excepted))))"""


def copied_to_me(copy: str) -> str:
    """Whether a copy is the viewer's, in a seat of their own or a lent one."""
    return f"""
      ({copy}.to_id = any(cast(:seats as uuid[])) or {copy}.to_id in (
        select lent.seat_id from requests r cross join lateral ({LENT}) lent
        where (r.institution_id, r.id) = ({copy}.request_institution_id, {copy}.request_id)))"""


def leads(viewer: Viewer, view: RequestView) -> bool:
    """Whether the viewer leads the unit that a request in their sight was made from."""
    roles = view.living.vocabulary.roles if view.living else {}
    if view.request.institution != viewer.institution:
        return False
    return any(
        level >= HEADS_FROM or (level >= LEADS_FROM and unit == view.unit_id)
        for level, unit in _levels(viewer, roles)
    )


def _levels(viewer: Viewer | Known, roles: Mapping[str, Role]) -> list[tuple[int, UUID]]:
    held = viewer.person.seats
    return [(roles[seat.role].level, seat.unit_id) for seat in held if seat.role in roles]


def whose(context: Context, who: Viewer | Known | None = None) -> dict[str, Any]:
    """The viewer, or somebody else, for a statement that asks what may be seen."""
    viewer = who or context.viewer
    levels = _levels(viewer, context.services.vocabulary.roles)
    return {
        "institution": viewer.institution,
        "person": viewer.person.id,
        "seats": sorted(viewer.seat_ids),
        "turns": sorted(viewer.seat_ids | {each.seat for each in viewer.borrowed}),
        "loans": [_loan(each) for each in viewer.borrowed],
        "led": [unit for level, unit in levels if level >= LEADS_FROM],
        "headed": [unit for level, unit in levels if level >= HEADS_FROM],
        "today": context.today,
        "overseen": False,
    }


def _loan(borrowed: Borrowed) -> dict[str, Any]:
    lending = borrowed.lending
    return {
        "seat_id": borrowed.seat,
        "lender_id": borrowed.loan.lender,
        "kinds": None if lending.kinds is None else sorted(lending.kinds),
        "excepted": sorted(lending.excepted),
        "fact": lending.limit.fact if lending.limit else None,
        "maximum": str(lending.limit.maximum) if lending.limit else None,
    }
