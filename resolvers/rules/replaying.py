"""The stored requests of a period under a draft, at once: those that are alike are routed once."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from domain.errors import Refused, at_fault
from domain.records.replays import Case, Replay, both_routes, replayed
from domain.rulebook import Rulebook
from domain.tables import local_day
from resolvers.ground.aside import aside
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.records.happened import facts_of
from resolvers.rules import drafts
from resolvers.rules.drafts import Draft
from resolvers.running.services import Services

MOST = 200_000
LONGEST = timedelta(days=1100)
PERIOD = f"""institution_id = :institution and submitted_at is not null
       and {local_day("submitted_at")} between :first and :last"""
CASES = statement(
    f"""select kind, unit_name, facts, count(*) as number, min(id::text) as example
        from (select kind, unit_name, facts, id from requests where {PERIOD} limit :most) period
        group by kind, unit_name, facts order by kind, unit_name, example"""
)
Adds = Callable[[Sequence[Any], Replay], Replay]
"""Adds to a replay what becomes of stored requests: kind, unit_name, facts, number, example."""


async def replay(context: Context, draft: Draft, first: date, last: date) -> dict[str, Any]:
    """The routes of a period's requests by today's rules, and as they would be by the draft.

    Both are taken of the rules in force today: what alone differs is what the draft changes.

    Raises:
        Refused: the period is none or too long, its requests are too many, or it takes too long.

    """
    must_be_a_period(first, last)
    _, _, add = await beside(context.services, draft, context.today)
    rows = await context.rows(CASES, first=first, last=last, most=MOST + 1)
    if sum(row["number"] for row in rows) > MOST:
        raise Refused("TOO_MANY_REQUESTS_TO_REPLAY", limit=MOST)
    return (await aside(lambda: add(rows, Replay()))).told


async def beside(
    services: Services, draft: Draft, on: date, *, patient: bool = False
) -> tuple[Rulebook, Rulebook, Adds]:
    """The rules without a draft and with it, and what takes stored requests through both."""
    living = await services.rulebooks.version(draft.institution, draft.base)
    before, after = await drafts.books(services, draft, patient=patient)
    routes = both_routes(before, after, on)

    def add(rows: Sequence[Any], told: Replay) -> Replay:
        facts = (facts_of(living, row["facts"]) for row in rows)
        cases = (
            Case(row["kind"], row["unit_name"], each, row["number"], row["example"])
            for row, each in zip(rows, facts, strict=True)
        )
        return replayed(cases, routes, told)

    return before, after, add


def must_be_a_period(first: date, last: date) -> None:
    """Raises: Refused: it ends before it begins, or is too long."""
    if last < first:
        raise at_fault("REPLAY_ENDS_FIRST", "input", "to")
    if last - first > LONGEST:
        raise at_fault("REPLAY_TOO_LONG", "input", "to", days=LONGEST.days)
