"""The stored requests and open cases of an office under a draft, as a job that can be watched.

A job waits in the worker's queue, and tells between chunks how far it is; one that is cancelled
ends there.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import structlog

from domain.errors import Refused, at_fault
from domain.rules.tables import rulebook_replays
from resolvers.ground.connections import StoreUnavailable
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.derived import insertion
from resolvers.rules import drafts
from resolvers.rules.replaying import Tells, bounded, must_be_a_period, replay
from resolvers.running.jobs import Job, enqueue
from resolvers.running.services import Services

logger = structlog.get_logger()

REPLAY = "replay"
MOST, SECONDS = 1_000_000, 600.0
"""How many requests a job takes, and after how long it is given up."""

LIMITS = {"limit": MOST, "seconds": f"{SECONDS:g}"}
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
    me = context.viewer.person
    await context.remember({"replay": str(id_)})
    content = {"replay": id_, "draft": draft, "person": me.id, "name": me.name}
    await context.record(event, content)


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
            on, bounds = date.fromisoformat(about["on"]), bounded(MOST, SECONDS, tells)
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
