"""Clocks that run out while server and worker are killed: none is lost, and none fires twice."""

import asyncio
import random
import time
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import asyncpg

from domain.shapes.running import start
from domain.time.moments import OFFICE_TIME
from resolvers.ground.database import statement
from resolvers.running.services import office_now, opened
from resolvers.running.settings import Settings
from resolvers.time import clock_rows
from resolvers.time.clock_rows import Change, Kept
from tests.verb_clocks import clocks_hold
from tests.verb_office import reads_json
from tests.waiting import PATIENCE

INSTITUTION, ACTION = "service-centre", "答复投诉人"
A_ROUND = 20
SEATS = statement("select id from seats where institution_id = :institution order by id limit 5")
BEGUN = "select count(*) from clocks where request_id is null"
"""Those that were begun here; what a request starts has its own."""
DUE = "select count(*) from clocks where ended_at is null and due_at <= $1"
ENDED = """
select count(*) from clocks c where request_id is null and (state = 'expired' or exists (
  select from clock_changes h where h.clock_id = c.id and h.what = 'recounted'))"""
"""Where a new day begins meanwhile, all that run are counted anew and have days left."""


async def begin(app_url: str, chance: random.Random, seconds: float) -> None:
    """Start clocks as an event does, each with little time left."""
    settings = Settings(database_url=app_url, given_token_secret="x" * 32)  # type: ignore[call-arg, arg-type]
    async with opened(settings) as services:
        now = services.now().astimezone(OFFICE_TIME)
        living = await services.rulebooks.load(INSTITUTION, now.date())
        row = next(each for each in living.shapes.clocks if each.action == ACTION)
        async with services.database.transaction(INSTITUTION) as transaction:
            calendar = await services.calendars.load(transaction, INSTITUTION)
            seats = await transaction.rows(SEATS, institution=INSTITUTION)
            running = start(row, now, calendar)
            begun = []
            for _ in range(A_ROUND):
                due = now + timedelta(seconds=chance.uniform(0.5, 2 * seconds))
                warn = now + timedelta(seconds=chance.uniform(0, seconds))
                kept = Kept(
                    id=services.new_id(),
                    institution=INSTITUTION,
                    rulebook_version=living.version,
                    subject=UUID(int=chance.getrandbits(128)),
                    subject_kind="complaint.case",
                    request=None,
                    applicant=None,
                    responsible=tuple(seat["id"] for seat in seats),
                    concerns=(),
                    expires=row.expires.text if row.expires else "",
                    running=replace(running, due_at=due, warn_at=warn if warn < due else None),
                )
                begun.append((kept, Change("started")))
            await clock_rows.keep(transaction, services, begun, now, new=True)


async def hold(superuser: asyncpg.Connection, *, at_the_end: bool, wanted: int) -> str:
    """What is true of them at any time; in the end each has run out."""
    await reads_json(superuser)
    until = time.monotonic() + PATIENCE
    while at_the_end and await superuser.fetchval(ENDED) < wanted:
        assert time.monotonic() < until, (
            f"{await superuser.fetchval(DUE, office_now())} clocks lost"
        )
        await asyncio.sleep(0.5)
    await clocks_hold(superuser, office_now(), worked=at_the_end)
    seen = await superuser.fetchval(BEGUN)
    assert seen == wanted, f"{seen} clocks, not {wanted}"
    return f"{await superuser.fetchval(ENDED)} of {seen} clocks ran out"
