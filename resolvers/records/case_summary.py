"""How cases fare by the count: how they came, where they stand, what is late."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import asyncpg

from domain.records.cases import CaseKind
from resolvers.ground.context import Context
from resolvers.records.case_rows import Filter, cases_seen, narrowed
from resolvers.records.case_sql import OVERDUE, matches, of_kind, section


@cache
def _counted(
    kind: CaseKind[Any], narrowed: frozenset[str], *, by_section: bool, by_topic: bool
) -> str:
    (by, *topics), settled = kind.filters, kind.settled
    topic = f"c.{topics[0]}" if by_topic and topics else "cast(null as text)"
    of = section(kind) if by_section else "cast(null as uuid)"
    return f"""select c.kind, c.{by} as {by}, c.state, u.name as section, {topic} as topic,
                   count(*) as cases,
                   count(*) filter (where c.standing) as standing,
                   count(*) filter (where c.{settled} is not null) as closed,
                   count(*) filter (where {OVERDUE}) as overdue,
                   count(*) filter (where exists (
                     select from clocks k
                     where (k.institution_id, k.subject_id) = (c.institution_id, c.id)
                       and k.state = 'done')) as in_time
            from (select c.*, {of} as section_id from {of_kind(kind)}{matches(kind, narrowed)}) c
            left join units u on (u.institution_id, u.id) = (c.institution_id, c.section_id)
            group by c.kind, c.{by}, c.state, u.id, u.name, {topic}
            order by c.kind, u.name nulls last, {topic}, c.{by}, c.state"""


async def summary(
    context: Context,
    kinds: Sequence[CaseKind[Any]],
    request: str | None,
    wanted: Filter,
    *,
    by_section: bool = False,
    by_topic: bool = False,
) -> list[asyncpg.Record]:
    """How many of these cases the viewer may see, by their filters, state and section."""
    rows: list[asyncpg.Record] = []
    for kind in sorted(kinds, key=lambda each: each.code):
        if request in (None, *kind.kinds):
            given = narrowed(kind, wanted)
            text = _counted(kind, frozenset(given), by_section=by_section, by_topic=by_topic)
            rows += await cases_seen(context, kind, text, **given)
    return rows
