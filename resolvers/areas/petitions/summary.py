"""How petitions and complaints fare by the count: how they came, where they stand, what is late."""

from functools import cache
from typing import Any

import asyncpg

from domain.areas.petitions.cases import CASES
from domain.records.cases import CaseKind
from resolvers.ground.context import Context
from resolvers.records.case_rows import Filter, cases_seen, narrowed
from resolvers.records.case_sql import OVERDUE, matches, of_kind


@cache
def _counted(kind: CaseKind[Any], narrowed: frozenset[str]) -> str:
    return f"""select c.kind, c.channel, c.state, count(*) as cases,
                   count(*) filter (where c.standing) as standing,
                   count(*) filter (where c.closed_at is not null) as closed,
                   count(*) filter (where {OVERDUE}) as overdue,
                   count(*) filter (where exists (
                     select from clocks k
                     where (k.institution_id, k.subject_id) = (c.institution_id, c.id)
                       and k.state = 'done')) as in_time
            from {of_kind(kind)}{matches(kind, narrowed)}
            group by c.kind, c.channel, c.state order by c.kind, c.channel, c.state"""


async def summary(context: Context, request: str | None, wanted: Filter) -> list[asyncpg.Record]:
    """How many cases that the viewer may see there are by kind, channel and state."""
    rows: list[asyncpg.Record] = []
    for kind in sorted(CASES, key=lambda each: each.code):
        if request in (None, *kind.kinds):
            given = narrowed(kind, wanted)
            rows += await cases_seen(context, kind, _counted(kind, frozenset(given)), **given)
    return rows
