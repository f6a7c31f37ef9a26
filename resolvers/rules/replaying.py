"""What was submitted in a period under a draft: requests, and what nobody could decide.

It goes in chunks, each in a thread beside everything else; what is alike is routed once.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from time import monotonic
from typing import Any
from uuid import UUID

import orjson

from domain.errors import Refused, at_fault
from domain.records.replays import Case, Replay, both_routes, replayed
from domain.records.rule_changes import authority_changed
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import FactValue
from resolvers.ground.aside import SECONDS, aside
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.records.happened import facts_of
from resolvers.rules import drafts
from resolvers.rules.drafts import Draft
from resolvers.rules.takers import without_taker
from resolvers.running.services import Services

MOST_AT_ONCE, CHUNK, MOST_ALIKE = 200_000, 1_000, 50_000
LONGEST = timedelta(days=1100)
SUBMITTED = """
  (select id, kind, unit_name, cast(facts as text) as facts, {kept_back} as kept_back from {table}
   where institution_id = :institution and {at} >= :since and {at} < :until {more})"""
BOTH = (
    {"table": "requests", "at": "submitted_at", "kept_back": "false"},
    {"table": "requests_not_routed", "at": "at", "kept_back": "true"},
)


def _both(more: str = "") -> str:
    """What was submitted in a period: requests, and what nobody could decide."""
    return " union all ".join(SUBMITTED.format(**each, more=more) for each in BOTH)


SOME = "order by id limit :most"
COUNT = statement(f"select count(*) from ({_both()}) period")
CASES = statement(f"select * from ({_both(f'and id > :after {SOME}')}) period {SOME}")
BEFORE_ALL = UUID(int=0)
Reads = Callable[[], AbstractAsyncContextManager[Transaction]]
Tells = Callable[[int, int], Awaitable[None]]
"""Is told how many were looked at, and of how many; what it raises ends the replay."""


async def at_once(context: Context, draft: Draft, first: date, last: date) -> dict[str, Any]:
    """A replay while its caller waits.

    Raises: Refused: the period is none or too long, its requests are too many, or it takes too
    long.
    """
    must_be_a_period(first, last)

    def reads() -> AbstractAsyncContextManager[Transaction]:
        return nullcontext(context.transaction)

    period = {"first": first, "last": last}
    tells = bounded(MOST_AT_ONCE, SECONDS)
    return await replay(context.services, draft, period, context.today, reads, tells)


def bounded(most: int, seconds: float, then: Tells | None = None) -> Tells:
    """Ends a replay of too many, or one that takes too long."""
    until = monotonic() + seconds

    async def tells(done: int, total: int) -> None:
        if total > most:
            raise Refused("TOO_MANY_REQUESTS_TO_REPLAY", limit=most)
        if then:
            await then(done, total)
        if monotonic() > until:
            raise Refused("TAKES_TOO_LONG", seconds=f"{seconds:g}")

    return tells


async def replay(
    services: Services,
    draft: Draft,
    period: Mapping[str, date],
    on: date,
    reads: Reads,
    tells: Tells,
    *,
    patient: bool = False,
) -> dict[str, Any]:
    """The routes of what was submitted by today's rules, and as they would be by the draft; who
    gains and loses authority; open cases that nobody could take on.

    Both are taken of the rules in force today: what alone differs is what the draft changes.
    """
    since, until = (
        datetime.combine(day, time.min, OFFICE_TIME)
        for day in (period["first"], period["last"] + timedelta(days=1))
    )
    of = {"institution": draft.institution, "since": since, "until": until}
    async with reads() as reading:
        total = await reading.value(COUNT, **of)
    await tells(0, total)
    living = await services.rulebooks.version(draft.institution, draft.base)
    before, after = await drafts.books(services, draft, patient=patient)
    routes, told = both_routes(before, after, on), Replay()

    @lru_cache(MOST_ALIKE)
    def facts(text: str) -> Mapping[str, FactValue]:
        return facts_of(living, orjson.loads(text))

    def add(rows: Sequence[Any]) -> None:
        cases = (
            Case(kind, unit, facts(text), str(id_), kept_back)
            for id_, kind, unit, text, kept_back in rows
        )
        replayed(cases, routes, told)

    async for rows in _chunks(reads, of):
        await aside(partial(add, rows), patient=patient)
        await tells(told.requests, total)
    authority = [asdict(each) for each in authority_changed(before, after, on)]
    cases = await without_taker(services, draft.institution, before, after, on, reads)
    return {**told.told, "authority": authority, "cases": cases}


async def _chunks(reads: Reads, of: Mapping[str, Any]) -> AsyncIterator[list[Any]]:
    after = BEFORE_ALL
    while True:
        async with reads() as reading:
            rows = await reading.rows(CASES, **of, after=after, most=CHUNK)
        if not rows:
            return
        yield rows
        after = rows[-1]["id"]


def must_be_a_period(first: date, last: date) -> None:
    """Raises: Refused: it ends before it begins, or is too long."""
    if last < first:
        raise at_fault("REPLAY_ENDS_FIRST", "input", "to")
    if last - first > LONGEST:
        raise at_fault("REPLAY_TOO_LONG", "input", "to", days=LONGEST.days)
