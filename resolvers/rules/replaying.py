"""The stored requests of a period under a draft, at once: those that are alike are routed once."""

from datetime import date, timedelta
from typing import Any

from domain.errors import Refused, at_fault
from domain.records.replays import Case, Replay, both_routes, replayed
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


async def replay(context: Context, draft: Draft, first: date, last: date) -> dict[str, Any]:
    """The routes of a period's requests by today's rules, and as they would be by the draft.

    Both are taken of the rules in force today: what alone differs is what the draft changes.

    Raises:
        Refused: the period is none or too long, its requests are too many, or it takes too long.

    """
    must_be_a_period(first, last)
    before, after = await drafts.books(context.services, draft)
    rows = await context.rows(CASES, first=first, last=last, most=MOST + 1)
    if sum(row["number"] for row in rows) > MOST:
        raise Refused("TOO_MANY_REQUESTS_TO_REPLAY", limit=MOST)
    living = await context.services.rulebooks.version(draft.institution, draft.base)
    routes = both_routes(before, after, context.today)

    def work() -> Replay:
        facts = (facts_of(living, row["facts"]) for row in rows)
        cases = (
            Case(row["kind"], row["unit_name"], each, row["number"], row["example"])
            for row, each in zip(rows, facts, strict=True)
        )
        return replayed(cases, routes, Replay())

    return (await aside(work)).told


def must_be_a_period(first: date, last: date) -> None:
    """Raises: Refused: it ends before it begins, or is too long."""
    if last < first:
        raise at_fault("REPLAY_ENDS_FIRST", "input", "to")
    if last - first > LONGEST:
        raise at_fault("REPLAY_TOO_LONG", "input", "to", days=LONGEST.days)
