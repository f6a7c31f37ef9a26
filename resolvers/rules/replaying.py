"""What was submitted in a period under a draft, at once or as a job; and what nobody could decide.

It goes in chunks, each in a thread beside everything else; what is alike is routed once.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial
from time import monotonic
from typing import Any
from uuid import UUID

import orjson
import structlog

from domain.errors import Refused, at_fault
from domain.records.replays import Case, Replay, both_routes, replayed
from domain.records.rule_changes import authority_changed
from domain.rules.tables import rulebook_replays
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import FactValue
from resolvers.ground.aside import SECONDS, aside
from resolvers.ground.connections import StoreUnavailable
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.derived import insertion
from resolvers.records.happened import facts_of
from resolvers.rules import drafts
from resolvers.rules.drafts import Draft
from resolvers.rules.takers import without_taker
from resolvers.running.jobs import Job, enqueue
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


logger = structlog.get_logger()

REPLAY = "replay"
MOST, LEASED = 1_000_000, 600.0
"""How many requests a job takes, and after how long it is given up."""

LIMITS = {"limit": MOST, "seconds": f"{LEASED:g}"}
"""What the sentences say of why a job has no result."""

WAITING, RUNNING, DONE, CANCELLED, FAILED = "waiting", "running", "done", "cancelled", "failed"
BEGIN = insertion(rulebook_replays)
ONE = statement("select * from rulebook_replays where institution_id = :institution and id = :id")
LIST = statement("""
  select * from rulebook_replays
  where institution_id = :institution and draft_id = :draft order by at desc, id desc
  limit :most""")
GOING = statement("""
  select true from rulebook_replays
  where institution_id = :institution and state in ('waiting', 'running') limit 1""")
MOVE = statement("""
  update rulebook_replays
  set state = :state, done = :done, total = :total, result = coalesce(:result, result),
      problem = :problem
  where institution_id = :institution and id = :id and state in ('waiting', 'running')
  returning id""")


async def start(context: Context, draft_id: UUID, first: date, last: date) -> None:
    """Have the requests of a period go through a draft; the job waits for the worker.

    Raises: Refused: the period is none or too long, one goes on, or the draft is outdated.
    """
    must_be_a_period(first, last)
    draft = await drafts.one(context, draft_id)
    await drafts.must_be_open(context, draft)
    if await context.value(GOING):
        raise Refused("REPLAY_GOES_ON")
    id_ = context.services.new_id()
    row = {
        **context.signed,
        "id": id_,
        "draft_id": draft_id,
        "digest": draft.digest.hex(),
        "first": first,
        "last": last,
        "state": WAITING,
        "done": 0,
        "total": 0,
        "result": None,
        "problem": None,
    }
    await context.rows(BEGIN, rows=[row])
    about = {"replay": id_, "on": context.today}
    job = Job(REPLAY, context.viewer.institution, context.now, str(id_), about)
    await enqueue(context.transaction, [job], context.now)
    await _changed(context, "rulebook_replay_started", id_, draft_id)


async def cancel(context: Context, id_: UUID) -> None:
    """End a job where it is; nothing of it is kept but that it was begun.

    Raises: Refused: there is none, or it has ended.
    """
    row = await one(context, id_)
    told = {"done": row["done"], "total": row["total"], "result": None, "problem": None}
    if not await context.rows(MOVE, id=id_, state=CANCELLED, **told):
        raise at_fault("REPLAY_ENDED", "input", "replayId")
    await _changed(context, "rulebook_replay_cancelled", id_, row["draft_id"])


async def _changed(context: Context, event: str, id_: UUID, draft: UUID) -> None:
    await context.done(event, {"replay": id_}, draft=draft, name=context.viewer.person.name)


async def one(context: Context, id_: UUID) -> Mapping[str, Any]:
    return await context.found(ONE, at_fault("REPLAY_NOT_FOUND", "input", "replayId"), id=id_)


async def of_draft(context: Context, draft: UUID, most: int) -> list[Mapping[str, Any]]:
    """The jobs of a draft, the latest first."""
    return list(await context.rows(LIST, draft=draft, most=most))


class _Cancelled(Exception):
    """Somebody ended it meanwhile."""


async def run(services: Services, about: Mapping[str, Any]) -> None:
    """Do a job that waits, or that a worker which is no more had begun: from its beginning."""
    of = {"institution": about["institution"], "id": UUID(about["replay"])}
    far = {"done": 0, "total": 0}

    async def move(state: str, *, result: Any = None, problem: str | None = None) -> None:
        said = {**of, **far, "state": state, "result": result, "problem": problem}
        async with services.database.transaction(of["institution"]) as transaction:
            if not await transaction.rows(MOVE, **said):
                raise _Cancelled

    async def tells(done: int, total: int) -> None:
        far.update(done=done, total=total)
        await move(RUNNING)

    with suppress(_Cancelled):
        try:
            on, bounds = date.fromisoformat(about["on"]), bounded(MOST, LEASED, tells)
            await move(DONE, result=await _result(services, of, on, bounds))
        except Refused as refused:
            await move(FAILED, problem=refused.code)
        except (_Cancelled, StoreUnavailable):
            raise
        except Exception:  # tried again it would fail again, for ever
            logger.exception("unexpected", replay=str(of["id"]))
            await move(FAILED, problem="INTERNAL")


async def _result(services: Services, of: Mapping[str, Any], on: date, tells: Tells) -> Any:
    reads = partial(services.database.transaction, of["institution"], read_only=True)
    async with reads() as reading:
        row = await reading.row(ONE, **of)
        if row is None:
            raise _Cancelled
        whose = of["institution"], row["draft_id"]
        draft = await drafts.read(reading, *whose, services.vocabulary)
    if draft.digest.hex() != row["digest"]:
        raise Refused("DRAFT_CHANGED")
    period = {"first": row["first"], "last": row["last"]}
    return await replay(services, draft, period, on, reads, tells, patient=True)
