"""The stored requests of a period under a draft: those that are alike are routed once."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from domain.errors import Refused, at_fault
from domain.records.rule_changes import Case, Replay, replayed, routed_by
from domain.rulebook import Rulebook
from domain.rules.routes import Route
from domain.tables import local_day
from resolvers.ground.aside import aside
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.happened import facts_of
from resolvers.rules import drafts
from resolvers.rules.drafts import Draft

MOST = 200_000
LONGEST = timedelta(days=1100)
CASES = statement(
    f"""select kind, unit_name, facts, count(*) as number, min(id::text) as example
        from (select kind, unit_name, facts, id from requests
              where institution_id = :institution and submitted_at is not null
                and {local_day("submitted_at")} between :first and :last limit :most) period
        group by kind, unit_name, facts order by kind, unit_name, example"""
)


async def replay(context: Context, draft: Draft, first: date, last: date) -> Replay:
    """The routes of a period's requests by today's rules, and as they would be by the draft.

    Both are taken of the rules in force today: what alone differs is what the draft changes.

    Raises:
        Refused: the period is none or too long, its requests are too many, or it takes too long.

    """
    if last < first:
        raise at_fault("REPLAY_ENDS_FIRST", "to")
    if last - first > LONGEST:
        raise at_fault("REPLAY_TOO_LONG", "to", days=LONGEST.days)
    before, after = await drafts.books(context, draft)
    rows = await context.rows(CASES, first=first, last=last, most=MOST + 1)
    if sum(row["number"] for row in rows) > MOST:
        raise Refused("TOO_MANY_REQUESTS_TO_REPLAY", limit=MOST)
    routes = _routes(before, context.today), _routes(after, context.today)
    living = await context.services.rulebooks.version(draft.institution, draft.base)

    def work() -> Replay:
        cases = (
            Case(
                row["kind"],
                row["unit_name"],
                facts_of(living, row["facts"]),
                row["number"],
                row["example"],
            )
            for row in rows
        )
        return replayed(cases, *routes)

    return await aside(work)


def _routes(book: Rulebook, on: date) -> Callable[[str, Mapping[str, Any]], Route]:
    return lambda kind, facts: routed_by(book, on, kind, facts)
