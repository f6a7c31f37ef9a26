"""What moved a person's account, read where it stands: openings, lines, requests, entries."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain.records.accounts import Flow, account_entries
from domain.shapes.quotas import Quota, counted_beyond
from domain.vocabulary import FactValue
from resolvers.ground.database import statement
from resolvers.ground.derived import insertion

POST = insertion(account_entries)
ENTRIES = statement("""
  select * from account_entries
  where institution_id = :institution and account = :account and person_id = :person
  order by day, posted_at, id""")
REQUESTS = statement("""
  select coalesce(l.id, r.id) as id, r.id as request_id, coalesce(l.kind, r.kind) as kind,
         r.status = 'approved' as approved, r.extends_id, r.facts, a.days,
         r.form, lower(a.period) as begins, upper(a.period) as ends,
         coalesce(cast(lower(a.period) as date), r.counted_from,
                  cast(coalesce(r.closed_at, r.submitted_at) at time zone 'Asia/Shanghai'
                       as date)) as day
  from requests r
  left join requests l on (l.institution_id, l.id) = (r.institution_id, r.extends_id)
  left join absences a
    on (a.institution_id, a.request_id) = (r.institution_id, coalesce(r.extends_id, r.id))
   and a.standing
  where r.institution_id = :institution and r.applicant_id = :person
    and coalesce(l.kind, r.kind) = any(cast(:kinds as text[]))
    and (r.status = 'pending' or (r.status = 'approved' and r.extends_id is null))
  order by day, r.id""")
"""Requests that stand or are on their way; an absence tells how long it has become."""

DAYS = "days"
"""The fact of an absence that moves with it, when it is extended, recounted or cut short."""


def amount_of(
    flow: Flow, row: Mapping[str, Any], facts: Mapping[str, FactValue], quotas: Sequence[Quota]
) -> Decimal:
    """How much a request moves; a pending extension what it adds to the leave that it prolongs."""
    if flow.beyond:
        days = Decimal(str(facts[DAYS]))
        left = days if row["days"] is None else Decimal(row["days"])
        became = {**facts, flow.column: Decimal(str(facts[flow.column])) - days + left}
        return counted_beyond(quotas, flow.of, flow.column, became, left)
    stated = facts.get(flow.column, Decimal(0))
    told = Decimal(str(stated))
    if flow.column != DAYS or row["days"] is None:
        return told
    standing = Decimal(row["days"])
    return told - standing if row["extends_id"] else standing
