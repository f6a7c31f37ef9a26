"""The stored requests and open cases of an office under a draft, as a job that can be watched.

A job waits in the worker's queue. It goes through the requests in chunks, each in a thread beside
everything else, and tells between them how far it is; one that is cancelled ends there.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import partial
from time import monotonic
from typing import Any
from uuid import UUID

import structlog

from domain.errors import Refused, at_fault
from domain.records.replays import Replay
from domain.records.rule_changes import authority_changed
from domain.rules.tables import rulebook_replays
from resolvers.ground.aside import aside
from resolvers.ground.bulk import insertion
from resolvers.ground.connections import StoreUnavailable
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.rules import drafts
from resolvers.rules.replaying import PERIOD, beside, must_be_a_period
from resolvers.rules.takers import without_taker
from resolvers.running.jobs import Job, enqueue
from resolvers.running.services import Services

logger = structlog.get_logger()

REPLAY = "replay"
MOST, CHUNK = 1_000_000, 1_000
SECONDS = 600.0
"""After which a job is given up."""

LIMITS = {"limit": MOST, "seconds": f"{SECONDS:g}"}
"""What the sentences say of why a job has no result."""

WAITING, RUNNING, DONE, CANCELLED, FAILED = "waiting", "running", "done", "cancelled", "failed"
BEGIN = insertion(rulebook_replays)
ONE = statement("select * from rulebook_replays where institution_id = :institution and id = :id")
LIST = statement(
    """select * from rulebook_replays
       where institution_id = :institution and draft_id = :draft order by at desc, id desc
       limit :most"""
)
GOING = statement(
    """select true from rulebook_replays
       where institution_id = :institution and state in ('waiting', 'running') limit 1"""
)
MOVE = statement(
    """update rulebook_replays
       set state = :state, done = :done, total = :total, result = coalesce(:result, result),
           problem = :problem
       where institution_id = :institution and id = :id and state in ('waiting', 'running')
       returning id"""
)
COUNT = statement(f"select count(*) from requests where {PERIOD}")
REQUESTS = statement(
    f"""select id, kind, unit_name, facts, 1 as number, id::text as example from requests
        where {PERIOD} and id > :after order by id limit :most"""
)
BEFORE_ALL = UUID(int=0)


async def start(context: Context, draft_id: UUID, first: date, last: date) -> Mapping[str, Any]:
    """Have the requests of a period go through a draft; the job waits for the worker.

    Raises:
        Refused: the period is none or too long, one goes on, or the draft is outdated.

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
    return await _changed(context, "rulebook_replay_started", id_, draft_id)


async def cancel(context: Context, id_: UUID) -> Mapping[str, Any]:
    """End a job where it is; nothing of it is kept but that it was begun.

    Raises:
        Refused: there is none, or it has ended.

    """
    row = await one(context, id_)
    told = {"done": row["done"], "total": row["total"], "result": None, "problem": None}
    if not await context.rows(MOVE, id=id_, state=CANCELLED, **told):
        raise at_fault("REPLAY_ENDED", "input", "replayId")
    return await _changed(context, "rulebook_replay_cancelled", id_, row["draft_id"])


async def _changed(context: Context, event: str, id_: UUID, draft: UUID) -> Mapping[str, Any]:
    me = context.viewer.person
    await context.remember({"replay": str(id_)})
    content = {"replay": id_, "draft": draft, "person": me.id, "name": me.name}
    await context.record(event, content)
    return await one(context, id_)


async def one(context: Context, id_: UUID) -> Mapping[str, Any]:
    return await context.found(ONE, at_fault("REPLAY_NOT_FOUND", "input", "replayId"), id=id_)


async def of_draft(context: Context, draft: UUID, most: int) -> list[Mapping[str, Any]]:
    """The jobs of a draft, the latest first."""
    return list(await context.rows(LIST, draft=draft, most=most))


@dataclass
class _Going:
    """A job as it goes on: how far it is, and until when it may."""

    services: Services
    institution: str
    id: UUID
    told: Replay = field(default_factory=Replay)
    total: int = 0
    until: float = field(default_factory=lambda: monotonic() + SECONDS)


class _Cancelled(Exception):
    """Somebody ended it meanwhile."""


async def run(services: Services, about: Mapping[str, Any]) -> None:
    """Do a job that waits, or that a worker which is no more had begun: from its beginning."""
    going = _Going(services, about["institution"], UUID(about["replay"]))
    with suppress(_Cancelled):
        try:
            await _through(going, date.fromisoformat(about["on"]))
        except Refused as refused:
            await _move(going, FAILED, problem=refused.code)
        except (_Cancelled, StoreUnavailable):
            raise
        except Exception:  # tried again it would fail again, for ever
            logger.exception("unexpected", replay=str(going.id))
            await _move(going, FAILED, problem="INTERNAL")


async def _move(
    going: _Going, state: str, *, result: Any = None, problem: str | None = None
) -> None:
    """Tell how far it is.

    Raises:
        Refused: it takes too long.

    """
    said = {"state": state, "result": result, "problem": problem, "total": going.total}
    async with going.services.database.transaction(going.institution) as transaction:
        of = {"institution": going.institution, "id": going.id, "done": going.told.requests}
        if not await transaction.rows(MOVE, **of, **said):
            raise _Cancelled
    if state == RUNNING and monotonic() > going.until:
        raise Refused("TAKES_TOO_LONG", seconds=f"{SECONDS:g}")


async def _through(going: _Going, on: date) -> None:
    services, institution = going.services, going.institution
    async with services.database.transaction(institution, read_only=True) as reading:
        row = await reading.row(ONE, institution=institution, id=going.id)
        if row is None:
            raise _Cancelled
        draft = await drafts.read(reading, institution, row["draft_id"], services.vocabulary)
        period = {"institution": institution, "first": row["first"], "last": row["last"]}
        going.total = await reading.value(COUNT, **period)
    if draft.digest.hex() != row["digest"]:
        raise Refused("DRAFT_CHANGED")
    if going.total > MOST:
        raise Refused("TOO_MANY_REQUESTS_TO_REPLAY", limit=MOST)
    await _move(going, RUNNING)
    before, after, add = await beside(services, draft, on, patient=True)
    async for rows in _chunks(going, period):
        await aside(partial(add, rows, going.told), patient=True)
        await _move(going, RUNNING)
    authority = [asdict(each) for each in authority_changed(before, after, on)]
    cases = await without_taker(services, institution, before, after, on)
    await _move(going, DONE, result={**going.told.told, "authority": authority, "cases": cases})


async def _chunks(going: _Going, period: Mapping[str, Any]) -> AsyncIterator[list[Any]]:
    after: UUID = BEFORE_ALL
    while True:
        database = going.services.database
        async with database.transaction(going.institution, read_only=True) as transaction:
            rows = await transaction.rows(REQUESTS, **period, after=after, most=CHUNK)
        if not rows:
            return
        yield rows
        after = rows[-1]["id"]
