"""What the worker does about recurring duties, once a day for each institution."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.office.notices import Notice
from domain.shapes.cadences import (
    Cadence,
    DutyState,
    Period,
    is_conditional,
    missed_lately,
    needed,
    reminded_of,
    state_of,
)
from domain.tables import NATIONAL, PLATFORM
from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME
from resolvers.ground.database import Transaction, statement
from resolvers.ground.evidence import sign_head
from resolvers.ground.notices import notify
from resolvers.records.settled import settle_days
from resolvers.running.jobs import Job, enqueue
from resolvers.running.services import Services
from resolvers.time import calendars, duty_rows
from resolvers.time.clock_rows import ALL_GOING, jobs_of, read_kept, recount
from resolvers.time.sweeps import sweep

DAILY = "daily"
AT = time(0, 10)
SOON = timedelta(days=2)
REMINDED, MISSED = "reminded", "missed"

EVERY = statement("select institution_id from institutions order by institution_id")
SEEDED = statement("""
  select split_part(dedupe_key, ':', 2) as institution_id from pgqueuer
  where entrypoint = cast(:daily as text) and status in ('queued', 'picked')""")
FORGET = statement("delete from pgqueuer_log where created < now() - interval '60 days'")


async def seed(services: Services, *, afresh: bool = False) -> None:
    """See that every institution's daily job waits in the queue.

    Afresh, today's is done again: it finds what a lost job would have done.
    """
    now = services.now().astimezone(OFFICE_TIME)
    async with services.database.transaction(PLATFORM) as transaction:
        every = [row["institution_id"] for row in await transaction.rows(EVERY)]
        await transaction.act_as(NATIONAL)
        seeded = set()
        if not afresh:
            seeded = {row["institution_id"] for row in await transaction.rows(SEEDED, daily=DAILY)}
        jobs = [job_of(each, now.date()) for each in every if each not in seeded]
        await enqueue(transaction, jobs, now)


def job_of(institution: str, day: date) -> Job:
    at = datetime.combine(day, AT, OFFICE_TIME)
    return Job(DAILY, institution, at, day.isoformat(), {})


async def daily(services: Services, about: Mapping[str, Any]) -> None:
    """Look after one institution: duties, clocks counted anew, its ledger's head, what is old."""
    institution = about["institution"]
    now = services.now().astimezone(OFFICE_TIME)
    async with services.database.transaction(institution) as transaction:
        calendar = await calendars.read(transaction, institution)
        await recount(transaction, services, institution, calendar, now)
        rows = await transaction.rows(ALL_GOING, institution=institution)
        going = await read_kept(services.rulebooks, rows)
        soon = [job for kept in going for job in jobs_of(kept) if job.at < now + SOON]
        tomorrow = job_of(institution, now.date() + timedelta(days=1))
        await enqueue(transaction, [*soon, tomorrow], now)
        await _remind(transaction, services, institution, calendar, now)
        await transaction.act_as(NATIONAL)
        await transaction.rows(FORGET)
    async with services.database.transaction(institution) as transaction:
        await sign_head(transaction, services.secrets, now)
    await settle_days(services, institution)
    await sweep(services, institution, now)


async def _remind(
    transaction: Transaction,
    services: Services,
    institution: str,
    calendar: Calendar,
    now: datetime,
) -> None:
    """Tell of what will be due and of what was missed, each period once."""
    living = await services.rulebooks.load(institution, now.date())
    since = await transaction.value(
        duty_rows.SINCE, institution=institution, version=living.version
    )
    if since is None:
        return
    known = since.astimezone(OFFICE_TIME).date()
    owed = [row for row in living.shapes.cadences if needed(row) and not is_conditional(row)]
    candidates = list(_candidates(owed, known, now, calendar))
    if not candidates:
        return
    rows = [row for row, _, _ in candidates]
    owing = await duty_rows.owing_of(transaction, institution, living, rows, now.date())
    periods = {_key(row, period) for row, period, _ in candidates}
    done = await duty_rows.done_of(transaction, institution, periods)
    open_ = [
        (row, period, what, unit)
        for row, period, what in candidates
        for unit in owing.of(row)
        if owing.units.owes(unit, period)
        and state_of(row, period, done.get((*_key(row, period), unit), ()), now)
        is (DutyState.MISSED if what == MISSED else DutyState.DUE)
    ]
    lines = [
        {
            "institution_id": institution,
            "cadence": row.id,
            "clause": row.clause,
            "period_first": period.first,
            "what": what,
            "unit": str(unit or ""),
            "at": now,
        }
        for row, period, what, unit in open_
    ]
    told = {tuple(new) for new in await transaction.rows(duty_rows.TOLD, rows=lines)}
    notices = [
        _notice(row, period, what, to, institution, owing.units.names.get(unit))
        for row, period, what, unit in open_
        if (*_key(row, period), str(unit or ""), what) in told
        for to in (*(seat.id for seat in owing.of(row)[unit]), *((unit,) if row.for_people else ()))
    ]
    await notify(transaction, notices, now)


def _candidates(
    owed: Sequence[Cadence], known: date, now: datetime, calendar: Calendar
) -> Iterator[tuple[Cadence, Period, str]]:
    for row in owed:
        for period in missed_lately(row, known, now, calendar):
            yield row, period, MISSED
        period_due = reminded_of(row, now, calendar)
        if period_due is not None:
            yield row, period_due, REMINDED


def _key(row: Cadence, period: Period) -> tuple[str, str, date]:
    return row.id, row.clause, period.first


def _notice(
    row: Cadence, period: Period, what: str, to: Any, institution: str, unit: str | None
) -> Notice:
    details = {
        "activity": f"{row.activity}（{unit}）" if unit else row.activity,
        "due": period.due.isoformat(),
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
    }
    code = "DUTY_MISSED" if what == MISSED else "DUTY_DUE"
    return Notice(code=code, to=to, institution=institution, details=details, clause=row.clause)
