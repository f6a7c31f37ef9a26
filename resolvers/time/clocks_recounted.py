"""Clocks counted anew when the office's calendar changes."""

from datetime import datetime

from domain.shapes.running import recounted
from domain.time.calendar import Calendar
from resolvers.ground.database import Transaction
from resolvers.running.services import Services
from resolvers.time import clock_rows
from resolvers.time.clock_rows import Change, keep, now_running, read_kept


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
