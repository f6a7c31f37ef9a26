"""The rows of publications: what was published, what took its place, what left the board."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.records.publications import Standing, publication_ends, publications, standing
from resolvers.ground.bulk import insertion
from resolvers.ground.database import statement

PUBLISH = insertion(publications)
WITHDRAW = insertion(publication_ends)
SHOWN = """select p.*, e.why, e.by_name as withdrawn_by, e.at as withdrawn_at,
         e.publication_id is not null as withdrawn, exists (select from publications later
           where later.institution_id = p.institution_id and later.replaces = p.id) as replaced
  from publications p
  left join publication_ends e on (e.institution_id, e.publication_id) = (p.institution_id, p.id)
  where p.institution_id = :institution"""
ONE = statement(f"{SHOWN} and p.id = :id")
OF_PERIOD = """p.statement = :statement and p.cadence = :cadence and p.clause = :clause
  and p.first_day = :first and p.last_day = :last"""
LATEST = statement(
    f"""select * from ({SHOWN} and {OF_PERIOD} and p.title = :title) every
        where not every.replaced"""
)
"""The last of one period; withdrawn or not, the next takes its place."""
STANDS = statement(
    f"""select * from ({SHOWN} and {OF_PERIOD}) every
        where not every.replaced and not every.withdrawn order by every.at desc, every.id desc
        limit 1"""
)
PAGE = statement(
    f"""select * from ({SHOWN}
          and (cast(:statements as text[]) is null
               or p.statement = any(cast(:statements as text[])))
          and (not cast(:everybody as boolean) or p.reach = 'everybody')
          and (p.at, p.id) < (:after_at, :after_id)
        ) every
        where (cast(:past as boolean)
               or not (every.replaced or every.withdrawn or coalesce(every.until < :now, false)))
          and (every.reach <> 'named' or every.statement = any(cast(:seen as text[])))
          and (not cast(:past as boolean) or every.statement = any(cast(:mine as text[])))
        order by every.at desc, every.id desc limit :size"""
)
REQUEST = statement(
    """select r.kind, r.status = 'approved' and not exists (select from publications p
         where p.institution_id = r.institution_id and p.request_id = r.id
           and (p.title, p.first_day) <> (:title, :first)) as stands
       from requests r where r.institution_id = :institution and r.id = :id"""
)
"""An approved request, which stands behind one publication and those that take its place."""


def standing_of(row: Mapping[str, Any], now: datetime) -> Standing:
    """Where a publication is now."""
    return standing(
        replaced=row["replaced"], withdrawn=row["withdrawn"], until=row["until"], now=now
    )
