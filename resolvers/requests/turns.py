"""The turns that wait for a viewer, in seats of their own and by each loan; SQL of the lists."""

from resolvers.requests.oversight import copied_to_me, open_to_me

EARLIER = f"""
  select from waiting o
  where o.institution_id = :institution and o.request_id = w.request_id
    and o.request_institution_id = w.request_institution_id
    and o.seat_id = any(cast(:turns as uuid[]))
    and (o.opened_at, o.step_id, o.seat_id) < (w.opened_at, w.step_id, w.seat_id)
    and ({open_to_me("o")})
  offset 0"""
EARLIER_IN_SEAT = """
  select from waiting o
  where o.institution_id = :institution and o.request_id = w.request_id
    and o.request_institution_id = w.request_institution_id and o.seat_id = w.seat_id
    and (o.opened_at, o.step_id) < (w.opened_at, w.step_id)
    and (o.applicant_id <> :person or o.own_turn)
  offset 0"""
"""A request stands in an inbox once, however many turns in it wait for the viewer.

From the beginning each seat need only leave out its own: what waits in two is put together once.
"""

LATER = f"""
  select from copies o
  where o.institution_id = :institution and o.request_id = c.request_id
    and o.to_id = any(cast(:turns as uuid[])) and (o.at, o.to_id) > (c.at, c.to_id)
    and {copied_to_me("o")}
  offset 0"""

TURNS = """
    select s as seat_id, true as own, cast(null as uuid) as lender_id,
           cast(null as text[]) as kinds, cast(null as text[]) as excepted,
           false as limited, cast(null as text) as fact, cast(null as numeric) as maximum
    from unnest(cast(:seats as uuid[])) s
    union all
    select l.seat_id, false, l.lender_id, l.kinds, l.excepted, l.fact is not null, l.fact, l.maximum
    from jsonb_to_recordset(:loans) as l(
      seat_id uuid, lender_id uuid, kinds text[], excepted text[], fact text, maximum numeric)
    where l.seat_id <> all(cast(:seats as uuid[]))"""
"""The viewer's turns: seats of their own, and each loan of another's."""


def waits_in_turn(line: str) -> str:
    """As `open_to_me`, of the one seat or loan `turn`: only a loan's limit looks at the request."""
    return f"""
      {line}.institution_id = :institution and ({line}.applicant_id <> :person or {line}.own_turn)
      and ({line}.applicant_id = :person or {line}.concerns_id is distinct from :person)
      and (turn.own
        or {line}.applicant_id <> :person and {line}.applicant_id <> turn.lender_id
        and {line}.concerns_id is distinct from turn.lender_id
        and (turn.kinds is null or {line}.kind = any(turn.kinds))
        and {line}.kind <> all(turn.excepted))
      and (not turn.limited or exists (
        select from requests r
        where (r.institution_id, r.id) = ({line}.request_institution_id, {line}.request_id)
          and cast(r.facts ->> turn.fact as numeric) <= turn.maximum))"""
