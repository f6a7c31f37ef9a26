"""Running clocks as rows: read, kept with what was changed on them, and woken by the queue."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.shapes.clock_tables import clock_changes, clocks
from domain.shapes.clocks import Clock
from domain.shapes.house_clocks import HOUSE
from domain.shapes.running import GOING, Longer, Move, Pause, Running, State, Until, recounted
from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME
from resolvers.ground.database import Transaction, statement
from resolvers.ground.keep_parts import changes, columns, populated
from resolvers.ground.reading import read_as
from resolvers.rules.rulebooks import Rulebooks
from resolvers.running.jobs import Job, enqueue
from resolvers.running.services import Services

WARN, DUE = "clock_warn", "clock_due"
"""What the worker is woken for."""

Who = tuple[UUID, str] | tuple[None, None]
NOBODY = None, None
"""Who does what comes about by itself."""

MOMENTS = (
    *("started_at", "due_at", "not_before", "warn_at", "warned_at", "paused_at", "ended_at"),
    "done_at",
)
"""When what became of a clock, each under the name of its column."""

KEEP = f"""
with kept as (
  insert into clocks ({columns(clocks)})
  select {columns(clocks, "g.")} from {populated("clocks", "rows")}
  {{conflict}}
  returning institution_id, id
)
insert into clock_changes ({columns(clock_changes)})
select {columns(clock_changes, "g.")} from {populated("clock_changes", "changes")}
join kept on (kept.institution_id, kept.id) = (g.institution_id, g.clock_id)
returning clock_id"""
START = statement(KEEP.format(conflict="on conflict do nothing"))
ANEW = f"on conflict (institution_id, id) do update set {changes(clocks)}"
SAVE = statement(KEEP.format(conflict=ANEW))

OF_RECORDS = """institution_id = :institution
         and (subject_id = any(cast(:records as uuid[]))
           or (concerns <> '{}' and concerns && cast(:records as uuid[])))"""
"""The clocks that run for one of these records, or for what refers to one."""

TO_STOP = statement(f"""
  select * from clocks
  where {OF_RECORDS} and done_at is null and state in ('running', 'paused', 'expired')
  order by id for update""")
STOPPED = statement(f"""
  select * from clocks c
  where {OF_RECORDS} and done_at = any(cast(:at as timestamptz[])) and not exists (
    select from clocks later
    where (later.institution_id, later.subject_id, later.clock, later.clause)
        = (c.institution_id, c.subject_id, c.clock, c.clause) and later.ended_at is null)
  order by id for update""")
"""Those that were stopped at one of these moments, and do not run again."""

OF_SUBJECT = statement("""
  select * from clocks
  where institution_id = :institution and subject_id = :subject and state <> 'cancelled'
  order by id for update""")
ONE = statement("select * from clocks where institution_id = :institution and id = :id")
ONE_ALONE = statement(
    "select * from clocks where institution_id = :institution and id = :id for update"
)
ALL_GOING = statement("""
  select * from clocks where institution_id = :institution and ended_at is null
  order by id for update""")


@dataclass(frozen=True)
class Kept:
    """A clock as it is kept: what it runs for, who answers for it, and how it stands.

    `asked` is an extension that waits for its answer.
    """

    id: UUID
    institution: str
    rulebook_version: int
    subject: UUID
    subject_kind: str
    request: UUID | None
    applicant: UUID | None
    responsible: tuple[UUID, ...]
    concerns: tuple[UUID, ...]
    expires: str
    running: Running
    asked: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Change:
    """One thing that happened to a clock, for its history: who did it, and who approved it."""

    what: str
    by: Who = NOBODY
    reason: str | None = None
    approved_by: Who = NOBODY


async def read_kept(rulebooks: Rulebooks, rows: Iterable[Mapping[str, Any]]) -> list[Kept]:
    """The clocks that rows tell of, each with the row of the version that it was started by."""
    return [await _kept(rulebooks, row) for row in rows]


async def _kept(rulebooks: Rulebooks, row: Mapping[str, Any]) -> Kept:
    institution = row["institution_id"]
    living = await rulebooks.version(institution, row["rulebook_version"])
    stated = (
        each
        for each in living.rulebook.shapes.clocks
        if (each.id, each.clause) == (row["clock"], row["clause"])
    )
    of = next(stated, None) or HOUSE[row["clock"]](row["clause"])
    return read_as(Kept, row, running=running_of(of, row))


def running_of(clock: Clock, row: Mapping[str, Any]) -> Running:
    return Running(
        clock=clock,
        **{name: row[name] and row[name].astimezone(OFFICE_TIME) for name in MOMENTS},
        provisional=row["provisional"],
        moves=tuple(_move(each) for each in row["moves"]),
        state=State(row["state"]),
    )


async def keep(
    transaction: Transaction,
    services: Services,
    changed: Sequence[tuple[Kept, Change]],
    now: datetime,
    *,
    new: bool = False,
) -> list[UUID]:
    """Write clocks with what was changed on them, and wake the worker for what is to come.

    A new one that runs already is left as it is; the answer are those that were written.
    """
    if not changed:
        return []
    written = await transaction.rows(
        START if new else SAVE,
        rows=[_row(kept) for kept, _ in changed],
        changes=[_change(services, *each, now) for each in changed],
    )
    ids = {row["clock_id"] for row in written}
    await enqueue(
        transaction, [job for kept, _ in changed if kept.id in ids for job in jobs_of(kept)], now
    )
    return list(ids)


def written(
    services: Services, changed: Sequence[tuple[Kept, Change]], now: datetime
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Clocks and what was changed on them, as rows; one that changed twice is as it is last."""
    last = {kept.id: kept for kept, _ in changed}
    return (
        [_row(kept) for kept in last.values()],
        [_change(services, *each, now) for each in changed],
    )


def jobs_of(kept: Kept) -> list[Job]:
    """What the worker must look at; a moment that moves makes its old job look in vain."""
    running = kept.running
    if running.state is not State.RUNNING:
        return []
    moments = {DUE: running.due_at}
    if running.warn_at is not None and running.warned_at is None:
        moments[WARN] = running.warn_at
    return [
        Job(name, kept.institution, at, f"{kept.id}:{at.isoformat()}", {"clock": kept.id})
        for name, at in moments.items()
    ]


def now_running(kept: Kept, running: Running) -> Kept:
    """The same, as it stands now; who has ended needs no answer any more."""
    asked = kept.asked if running.state in GOING else None
    return replace(kept, running=running, asked=asked)


async def recount(
    transaction: Transaction,
    services: Services,
    institution: str,
    calendar: Calendar,
    now: datetime,
) -> int:
    """Count every clock that has not ended by the calendar as it is now; how many moved."""
    rows = await transaction.rows(ALL_GOING, institution=institution)
    before = await read_kept(services.rulebooks, rows)
    after = [now_running(kept, recounted(kept.running, calendar)) for kept in before]
    moved = [
        (new, Change("recounted"))
        for old, new in zip(before, after, strict=True)
        if new.running != old.running
    ]
    await keep(transaction, services, moved, now)
    return len(moved)


def _row(kept: Kept) -> dict[str, Any]:
    running, clock = kept.running, kept.running.clock
    return {
        "institution_id": kept.institution,
        "id": kept.id,
        "clock": clock.id,
        "clause": clock.clause,
        "rulebook_version": kept.rulebook_version,
        "action": clock.action,
        "subject_kind": kept.subject_kind,
        "subject_id": kept.subject,
        "request_id": kept.request,
        "applicant_id": kept.applicant,
        "responsible": [str(each) for each in kept.responsible],
        "concerns": [str(each) for each in kept.concerns],
        **{name: getattr(running, name) for name in (*MOMENTS, "extended_until")},
        "state": running.state,
        "provisional": running.provisional,
        "moves": [_said(move) for move in running.moves],
        "asked": kept.asked,
        "expires": kept.expires,
        "expiry": clock.expiry,
    }


def _change(services: Services, kept: Kept, change: Change, now: datetime) -> dict[str, Any]:
    (by, name), (approved_by, approver) = change.by, change.approved_by
    return {
        "institution_id": kept.institution,
        "id": services.new_id(),
        "clock_id": kept.id,
        "at": now,
        "what": change.what,
        "person_id": by,
        "person_name": name,
        "reason": change.reason,
        "approved_by": approved_by,
        "approved_by_name": approver,
        "due_at": kept.running.due_at,
    }


def _said(move: Move) -> dict[str, Any]:
    match move:
        case Pause():
            return {"since": move.since, "until": move.until}
        case Longer():
            return {"by": str(move.by)}
        case Until():
            return {"due": move.due}


def _move(said: Mapping[str, str]) -> Move:
    if "by" in said:
        return Longer(Decimal(said["by"]))
    if "due" in said:
        return Until(datetime.fromisoformat(said["due"]))
    since, until = (datetime.fromisoformat(said[name]) for name in ("since", "until"))
    return Pause(since, until)
