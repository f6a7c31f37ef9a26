"""What the worker does about clocks: warn once before they are due, and end them when time is up.

Each is one transaction that looks at the clock again, so that a job that runs twice, or for a
moment that has moved since, finds nothing to do. What the office counts of it is told after that.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from domain.office.notices import Notice
from domain.shapes.clocks import OnExpiry
from domain.shapes.recorded import CLOCK
from domain.shapes.running import State, expire
from domain.time.moments import OFFICE_TIME
from resolvers.ground import ledger
from resolvers.ground.database import Transaction
from resolvers.ground.notices import notify
from resolvers.records.settled import settle_days
from resolvers.running.services import Services
from resolvers.time import clock_notices as told
from resolvers.time.clock_rows import ONE_ALONE, Change, Kept, keep, now_running, read_kept

SAID = {
    OnExpiry.URGE: "CLOCK_URGED",
    OnExpiry.EXPLAIN: "CLOCK_EXPLAIN",
    OnExpiry.DEEM_ACCEPTED: "CLOCK_DEEMED_ACCEPTED",
}
"""What those who answer for a clock are told when it runs out; that it did, otherwise."""


async def warn(services: Services, about: Mapping[str, Any]) -> None:
    """Tell those who answer for a clock that it will be due."""
    now = services.now().astimezone(OFFICE_TIME)
    async with services.database.transaction(about["institution"]) as transaction:
        kept = await _alone(transaction, services, about)
        if kept is None or not _to_be_warned(kept, now):
            return
        lines = told.notices("CLOCK_WARNING", kept, await told.responsible(transaction, kept))
        await notify(transaction, lines, now)
        warned = now_running(kept, replace(kept.running, warned_at=now))
        await keep(transaction, services, [(warned, Change("warned"))], now)


async def end(services: Services, about: Mapping[str, Any]) -> None:
    """Let a clock run out whose time is up, and bring about what its row says."""
    now = services.now().astimezone(OFFICE_TIME)
    async with services.database.transaction(about["institution"]) as transaction:
        await ledger.hold(transaction, about["institution"])
        kept = await _alone(transaction, services, about)
        if kept is None or (expired := expire(kept.running, now)) is kept.running:
            return
        brings, role = _brings(kept)
        lines = await _lines(transaction, services, kept, brings, role)
        await notify(transaction, lines, now)
        what = "deemed_accepted" if brings is OnExpiry.DEEM_ACCEPTED else "expired"
        after = now_running(kept, expired)
        await keep(transaction, services, [(after, Change(what))], now)
        content = {
            "clock": kept.id,
            "row": kept.running.clock.id,
            "clause": kept.running.clock.clause,
            "subject": kept.subject,
            "kind": kept.subject_kind,
            "due_at": kept.running.due_at,
        }
        await ledger.append(transaction, kept.institution, f"clock_{what}", now, content)
    living = await services.rulebooks.load(kept.institution, now.date())
    if any(each.of == f"{CLOCK}{kept.running.clock.id}" for each in living.shapes.recorded):
        await settle_days(services, kept.institution, timedelta(days=1))


def _to_be_warned(kept: Kept, now: datetime) -> bool:
    running = kept.running
    waits = running.state is State.RUNNING and running.warned_at is None
    return waits and running.warn_at is not None and running.warn_at <= now < running.due_at


async def _lines(
    transaction: Transaction, services: Services, kept: Kept, brings: OnExpiry, role: str
) -> list[Notice]:
    to = await told.responsible(transaction, kept)
    if brings is OnExpiry.DEEM_ACCEPTED and kept.applicant:
        to += await told.whereabouts(transaction, kept.institution, [kept.applicant])
    lines = told.notices(SAID.get(brings, "CLOCK_EXPIRED"), kept, to)
    watching = [each for each in await told.of_role(transaction, kept, role) if each not in to]
    lines += told.notices("CLOCK_EXPIRED", kept, watching)
    if brings is OnExpiry.ESCALATE:
        above = await told.next_level(
            transaction, kept, services.vocabulary, services.now().astimezone(OFFICE_TIME).date()
        )
        lines += told.notices("CLOCK_ESCALATED", kept, above)
    return lines


async def _alone(
    transaction: Transaction, services: Services, about: Mapping[str, Any]
) -> Kept | None:
    rows = await transaction.rows(
        ONE_ALONE, institution=about["institution"], id=UUID(about["clock"])
    )
    found = await read_kept(services.rulebooks, rows)
    return found[0] if found else None


def _brings(kept: Kept) -> tuple[OnExpiry, str]:
    brings, _, role = kept.expires.partition(" ")
    return OnExpiry(brings or OnExpiry.NOTIFY), role
