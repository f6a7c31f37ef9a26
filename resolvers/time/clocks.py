"""Clocks started and stopped by what happens, in the transaction in which it happens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.shapes.clocks import Clock
from domain.shapes.events import concerned, ends, started_by
from domain.shapes.house_clocks import HOUSE
from domain.shapes.running import GOING, cancel, recounted, start, stop
from domain.time.calendar import Calendar
from domain.vocabulary import FactValue
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.running.services import Services
from resolvers.time import clock_rows
from resolvers.time.clock_rows import Change, Kept, keep, now_running, read_kept

ENTRUST = statement(
    """update clocks set responsible = cast(:responsible as uuid[])
       where institution_id = :institution and subject_id = :subject and ended_at is null"""
)


@dataclass(frozen=True)
class Subject:
    """What a clock runs for: a request, a case, a sitting.

    `responsible` are the seats or persons who are warned; `applicant` is told of an extension.
    """

    id: UUID
    institution: str
    kind: str
    request: UUID | None
    responsible: tuple[UUID, ...]
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    applicant: UUID | None = None


async def happened(
    context: Context,
    events: Sequence[str],
    subject: Subject,
    *,
    at: datetime | None = None,
    living: LivingRulebook | None = None,
) -> None:
    """Stop and start the clocks that these events concern.

    `at` is when it happens, where that is not now; `living` the rulebook that the subject is
    pinned to, today's where there is none. Costs nothing where no row speaks of the events. The
    transaction must act for the subject's institution.
    """
    if living is None:
        own = subject.institution == context.viewer.institution
        epoch = context.viewer.policy_epoch if own else None
        rulebooks = context.services.rulebooks
        living = await rulebooks.load(subject.institution, context.today, epoch)
    # What an earlier day started is stopped by rows that may have been replaced since.
    stopping = any(concerned(row.stops, events) or ends(row, events) for row in _rows(living))
    starting = started_by(living.shapes.clocks, events, subject.facts)
    if stopping or starting:
        # Everybody locks the chain first and clocks after it, so that nobody waits in a circle.
        await ledger.hold(context.transaction, subject.institution)
    if stopping:
        await _stop(context, events, subject)
    if starting:
        await begin(context, starting, subject, living, at=at)


async def begin(
    context: Context,
    rows: Sequence[Clock],
    subject: Subject,
    living: LivingRulebook,
    *,
    at: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Start these clocks for a subject, whatever has happened; those left open run `until` then."""
    calendar = await context.services.calendars.load(context.transaction, subject.institution)
    begun = [
        (
            _begun(context, row, subject, at or context.now, calendar, living, until),
            Change("started"),
        )
        for row in rows
    ]
    await keep(context.transaction, context.services, begun, context.now, new=True)


async def entrust(context: Context, subject: Subject) -> None:
    """Let others answer for what runs for a subject from now on."""
    await ledger.hold(context.transaction, subject.institution)
    await context.transaction.rows(
        ENTRUST,
        institution=subject.institution,
        subject=subject.id,
        responsible=sorted(subject.responsible),
    )


async def recount(
    transaction: Transaction,
    services: Services,
    institution: str,
    calendar: Calendar,
    now: datetime,
) -> int:
    """Count every clock that has not ended by the calendar as it is now; how many moved."""
    rows = await transaction.rows(clock_rows.ALL_GOING, institution=institution)
    before = await read_kept(services.rulebooks, rows)
    after = [now_running(kept, recounted(kept.running, calendar)) for kept in before]
    moved = [
        (new, Change("recounted"))
        for old, new in zip(before, after, strict=True)
        if new.running != old.running
    ]
    await keep(transaction, services, moved, now)
    return len(moved)


def _rows(living: LivingRulebook) -> tuple[Clock, ...]:
    return (*living.rulebook.shapes.clocks, *(house("") for house in HOUSE.values()))


async def _stop(context: Context, events: Sequence[str], subject: Subject) -> None:
    rows = await context.transaction.rows(
        clock_rows.OF_SUBJECT, institution=subject.institution, subject=subject.id
    )
    changed = []
    for kept in await read_kept(context.services.rulebooks, rows):
        running = kept.running
        if concerned(running.clock.stops, events):
            after, what = stop(running, context.now), "done"
        elif ends(running.clock, events) and running.state in GOING:
            after, what = cancel(running, context.now), "cancelled"
        else:
            continue
        person = context.viewer.person
        changed.append((now_running(kept, after), Change(what, (person.id, person.name))))
    await keep(context.transaction, context.services, changed, context.now)


def _begun(
    context: Context,
    row: Clock,
    subject: Subject,
    at: datetime,
    calendar: Calendar,
    living: LivingRulebook,
    until: datetime | None,
) -> Kept:
    return Kept(
        id=context.services.new_id(),
        institution=subject.institution,
        rulebook_version=living.version,
        subject=subject.id,
        subject_kind=subject.kind,
        request=subject.request,
        applicant=subject.applicant,
        responsible=subject.responsible,
        expires=row.expires.text if row.expires else "",
        running=start(row, at, calendar, until if row.is_open else None),
    )
