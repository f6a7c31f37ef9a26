"""Clocks started and stopped by what happens, in the transaction in which it happens."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from domain.shapes.clocks import Clock, concerned, ends, moment_of, runs_for
from domain.shapes.running import GOING, cancel, reopen, restart, start, stop
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import FactValue
from resolvers.ground import ledger
from resolvers.ground.context import Context
from resolvers.ground.database import Statement, statement
from resolvers.ground.people import name_of
from resolvers.rules.rulebooks import LivingRulebook
from resolvers.time import clock_rows
from resolvers.time.answering import who_may_stop
from resolvers.time.clock_rows import Change, Kept, keep, now_running, read_kept
from resolvers.time.duties_done import Shown, fulfil
from resolvers.time.spoken import clocks_of, spoken

ENTRUST = statement("""
  update clocks set responsible = cast(:responsible as uuid[])
  where institution_id = :institution and subject_id = :subject and ended_at is null""")


@dataclass(frozen=True)
class Subject:
    """What a clock runs for: a request, a case, a sitting, a line of a register.

    `responsible` are the seats or persons who are warned: where nobody is named, whoever may do
    what stops the clock, or else the `applicant`, who is told of an extension. It is a `unit`'s,
    where it is known. `concerns` are the records that it refers to: what happens to it stops their
    clocks, and what to them its own. A case that `goes_on` is not ended by a stage that is called
    as what ends a request. For what it `refers_to` it shows done what recurs; of that, it stops the
    clocks of what it `concerns`. A line may say at what hour it happened: `told`.
    """

    id: UUID
    institution: str
    kind: str
    request: UUID | None
    responsible: tuple[UUID, ...]
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    applicant: UUID | None = None
    concerns: tuple[UUID, ...] = ()
    unit: UUID | None = None
    goes_on: bool = False
    refers_to: tuple[UUID, ...] = ()
    told: datetime | None = None


async def happened(
    context: Context,
    events: Sequence[str],
    subject: Subject,
    *,
    at: date | None = None,
    living: LivingRulebook | None = None,
    instead_of: UUID | None = None,
    until: datetime | None = None,
) -> None:
    """Stop and start the clocks that these events concern; what they show done is done.

    `at` is when it happens, where that is not now, or the day where no hour is known; `living` the
    rulebook that the subject is pinned to, today's where there is none. What the same event started
    for the record that the subject stands `instead_of` is counted anew. Clocks whose term the text
    leaves open run `until` the moment that was named. Costs nothing where no row
    speaks of the events. The transaction must act for the subject's institution.
    """
    living = living or await _todays(context, subject)
    await shown_done(context, events, subject, living, at=at)
    said = spoken(living, events)
    stopping = said.stops
    left_open = [each for each in clocks_of(living) if until and each.is_open]
    rows = (*said.starts, *(each for each in left_open if concerned(each.starts, events)))
    starting = [row for row in rows if row.when.holds(subject.facts)]
    inheriting = instead_of and any(runs_for(row, events) for row in clocks_of(living))
    if stopping or starting or inheriting:
        # Everybody locks the chain first and clocks after it, so that nobody waits in a circle.
        await ledger.hold(context.transaction, subject.institution)
    if stopping:
        await _stop(context, events, subject)
    if instead_of and inheriting:
        known = await _inherit(context, events, subject, instead_of, at or context.now)
        starting = [row for row in starting if (row.id, row.clause) not in known]
    if starting:
        await begin(context, starting, subject, living, at=at, until=until)


async def shown_done(
    context: Context,
    events: Sequence[str],
    subject: Subject,
    living: LivingRulebook,
    *,
    at: date | None = None,
) -> None:
    """What recurs and one of these events shows done: by whom it was done for, or who did it."""
    rows = spoken(living, events).shows
    if not rows:
        return
    me, day = context.viewer.person, at or context.now
    if isinstance(day, datetime):
        day = day.astimezone(OFFICE_TIME).date()
    who = subject.applicant or me.id
    found = None if who == me.id else await name_of(context, subject.institution, who)
    shown = Shown(
        *(who, found or me.name, subject.id, subject.unit, subject.institution),
        *(subject.refers_to, subject.told),
    )
    await fulfil(context, living, rows, day, shown)


async def taken_back(
    context: Context,
    events: Sequence[str],
    subject: Subject,
    records: Sequence[UUID],
    at: Sequence[datetime],
) -> None:
    """Let run again what these events stopped for records at one of these moments."""
    living = await _todays(context, subject)
    if not (records and any(concerned(row.stops, events) for row in clocks_of(living))):
        return
    institution = subject.institution
    await ledger.hold(context.transaction, institution)
    stopped = {"records": sorted(records), "at": list(at)}
    changed = [
        (now_running(kept, reopen(kept.running)), _changed(context, "reopened"))
        for kept in await _kept(context, clock_rows.STOPPED, institution, **stopped)
        if concerned(kept.running.clock.stops, events)
    ]
    await keep(context.transaction, context.services, changed, context.now)


async def called_off(
    context: Context, subject: Subject, events: Sequence[str] | None = None
) -> None:
    """End a subject's clocks, or those that these events started: nothing is owed any more."""
    institution = subject.institution
    await ledger.hold(context.transaction, institution)
    changed = [
        (now_running(kept, cancel(kept.running, context.now)), _changed(context, "cancelled"))
        for kept in await _kept(context, clock_rows.OF_SUBJECT, institution, subject=subject.id)
        if kept.running.state in GOING
        and (events is None or concerned(kept.running.clock.starts, events))
    ]
    await keep(context.transaction, context.services, changed, context.now)


async def begin(
    context: Context,
    rows: Sequence[Clock],
    subject: Subject,
    living: LivingRulebook,
    *,
    at: date | None = None,
    until: datetime | None = None,
) -> None:
    """Start these clocks for a subject, whatever has happened; those left open run `until` then."""
    begun = await begun_of(context, rows, subject, living, at=at, until=until)
    await keep(context.transaction, context.services, begun, context.now, new=True)


async def begun_of(
    context: Context,
    rows: Sequence[Clock],
    subject: Subject,
    living: LivingRulebook,
    *,
    at: date | None = None,
    until: datetime | None = None,
) -> list[tuple[Kept, Change]]:
    """The clocks that begin with these rows, before they are written."""
    calendar = await context.services.calendars.load(context.transaction, subject.institution)
    nobody = (subject.applicant,) if subject.applicant else ()
    begun = []
    for row in rows:
        to = subject.responsible or await who_may_stop(context, living, row) or nobody
        since = moment_of(row, at or context.now)
        kept = Kept(
            id=context.services.new_id(),
            institution=subject.institution,
            rulebook_version=living.version,
            subject=subject.id,
            subject_kind=subject.kind,
            request=subject.request,
            applicant=subject.applicant,
            responsible=to,
            concerns=subject.concerns,
            expires=row.expires.text if row.expires else "",
            running=start(row, since, calendar, until if row.is_open else None),
        )
        begun.append((kept, Change("started")))
    return begun


async def entrust(context: Context, subject: Subject) -> None:
    """Let others answer for what runs for a subject from now on."""
    await ledger.hold(context.transaction, subject.institution)
    await context.transaction.rows(
        ENTRUST,
        institution=subject.institution,
        subject=subject.id,
        responsible=sorted(subject.responsible),
    )


async def _todays(context: Context, subject: Subject) -> LivingRulebook:
    own = subject.institution == context.viewer.institution
    epoch = context.viewer.policy_epoch if own else None
    return await context.services.rulebooks.load(subject.institution, context.today, epoch)


async def _inherit(
    context: Context, events: Sequence[str], subject: Subject, before: UUID, at: date
) -> Collection[tuple[str, str]]:
    """Hand the clocks that these events started on to what stands now; which rows those are of.

    What was done stays done. What no row gives any more, or only once it is signed anew, ends.
    """
    institution = subject.institution
    calendar = await context.services.calendars.load(context.transaction, institution)
    changed, known = [], set()
    for kept in await _kept(context, clock_rows.OF_SUBJECT, institution, subject=before):
        running, row = kept.running, kept.running.clock
        if not runs_for(row, events):
            continue
        if concerned(row.starts, events) and row.when.holds(subject.facts):
            known.add((row.id, row.clause))
            again = restart(running, moment_of(row, at), context.now, calendar)
            passed = replace(kept, subject=subject.id, concerns=subject.concerns)
            changed.append((now_running(passed, again), _changed(context, "restarted")))
        elif running.state in GOING:
            over = now_running(kept, cancel(running, context.now))
            changed.append((over, _changed(context, "cancelled")))
    await keep(context.transaction, context.services, changed, context.now)
    return known


async def _kept(context: Context, run: Statement, institution: str, **of: Any) -> list[Kept]:
    rows = await context.transaction.rows(run, institution=institution, **of)
    return await read_kept(context.services.rulebooks, rows)


def _changed(context: Context, what: str) -> Change:
    person = context.viewer.person
    return Change(what, (person.id, person.name))


async def _stop(context: Context, events: Sequence[str], subject: Subject) -> None:
    records = [subject.id, *subject.concerns]
    going = await _kept(context, clock_rows.TO_STOP, subject.institution, records=records)
    changed = stopped_by(context, going, events, subject)
    await keep(context.transaction, context.services, changed, context.now)


def stopped_by(
    context: Context, going: Iterable[Kept], events: Sequence[str], subject: Subject
) -> list[tuple[Kept, Change]]:
    """Those of these clocks that the events stop, or end, before that is written."""
    changed = []
    for kept in going:
        running = kept.running
        if concerned(running.clock.stops, events):
            after, what = stop(running, context.now), "done"
        elif (
            kept.subject == subject.id
            and running.state in GOING
            and not subject.goes_on
            and ends(running.clock, events)
        ):
            after, what = cancel(running, context.now), "cancelled"
        else:
            continue
        changed.append((now_running(kept, after), _changed(context, what)))
    return changed
