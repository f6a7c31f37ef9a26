"""What clauses came to in a year, counted off the lines of the ledger."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

from domain.time.moments import EARLIEST, LATEST, OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.database import statement

COUNTED = statement("""
  with lines as materialized (
    select l.seq, l.event, cast(l.record as jsonb) as r from ledger l
    where l.institution_id = :institution and l.at >= :since and l.at < :until
      and l.record like '%"clause%'
  ), turns as (
    select c as clause, t ->> 'decision' as decision from lines
    cross join lateral jsonb_array_elements(
      case event when 'decided' then r #> '{content,turns}' else '[]' end) as t
    cross join lateral jsonb_array_elements_text(t -> 'clauses') as c
  ), every (clause, what) as (
    select clause, 'decided' from turns
    union all
    select clause, case decision when 'reject' then 'refused' else 'returned' end
    from turns where decision in ('reject', 'return')
    union all
    select c, case r ->> 'code' when 'FORBIDDEN' then 'refused'
      when 'OVERLAP' then 'overlap_hit' else 'gap_hit' end
    from lines cross join lateral jsonb_array_elements_text(r -> 'clauses') as c
    where event = 'not_routed' or r ->> 'code' = 'ESCALATED_TIER'
    union all
    select r ->> 'clause', 'overdue' from lines
    where event in ('clock_expired', 'clock_deemed_accepted')
    union all
    select c, 'overridden' from lines cross join lateral jsonb_array_elements_text(
      coalesce(r #> '{content,clauses}', r -> 'clauses')) as c
    where event in ('reassigned', 'cancelled')
    union all
    select distinct on (seq, c) c, 'cited' from lines cross join lateral (
      select v #>> '{}' as c from jsonb_path_query(r, 'strict $.**.clause') as v
      union all
      select v #>> '{}' from jsonb_path_query(r, 'strict $.**.clauses[*]', silent => true) as v
    ) as cited
  )
  select clause, what, count(*) as number from every where clause <> '' group by 1, 2""")
"""`cited`: in how many lines a clause stands at all."""


async def in_practice(context: Context, year: int) -> Mapping[str, Counter[str]]:
    """How often each clause of the register was cited, decided by, refused …, or never."""
    living = await context.rulebook()
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in living.rulebook.register.values():
        found[line.clause] = Counter()
    if not EARLIEST.year <= year <= LATEST.year:
        return found
    since, until = (datetime(at, 1, 1, tzinfo=OFFICE_TIME) for at in (year, year + 1))
    for row in await context.rows(COUNTED, since=since, until=until):
        found[row["clause"]][row["what"]] = row["number"]
    return found
