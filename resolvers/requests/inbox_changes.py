"""What waits for the viewer, told anew whenever it has changed."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from uuid import UUID

from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.viewers import Viewer
from resolvers.requests.box_rows import Box, keys_of
from resolvers.requests.oversight import whose

MOST = 500
"""Turns that a stream names; beyond, there are more."""
ASKED_AGAIN = 30.0
"""Seconds after which it is looked whatever happened: a session may have ended."""

OPEN = statement(f"""
  select m.id, m.step_id from ({keys_of(Box.TO_DECIDE, frozenset(), MOST, after=False)}) m
  order by m.at, m.tie limit {MOST}""")


@dataclass(frozen=True)
class Inbox:
    """The turns that wait for somebody, oldest first, and a cursor that says which they are.

    Each turn by its request and its step.
    """

    steps: tuple[tuple[UUID, UUID], ...]

    @property
    def cursor(self) -> str:
        told = b"".join(step.bytes for _, step in self.steps)
        return hashlib.sha256(told).hexdigest()[:32]


async def changes(context: Context, permission: str, after: str | None) -> AsyncIterator[Inbox]:
    """The inbox now, unless it is as `after` says, and whenever it has changed.

    Raises: NotSignedIn: the session is over; Refused: too many streams are open.
    """
    services, known = context.services, after
    viewer = await _read(context, permission)
    with services.watch.admitted(viewer.person.id):
        async with services.watch.over(services.database, viewer.institution) as office:
            while True:
                changed = office.changed
                inbox = await _inbox(context, permission)
                if inbox.cursor != known:
                    known = inbox.cursor
                    yield inbox
                with suppress(TimeoutError):
                    await asyncio.wait_for(changed.wait(), ASKED_AGAIN)


async def _inbox(context: Context, permission: str) -> Inbox:
    async with _again(context, permission) as fresh:
        rows = await fresh.transaction.rows(OPEN, **whose(fresh))
    return Inbox(tuple((row["id"], row["step_id"]) for row in rows))


async def _read(context: Context, permission: str) -> Viewer:
    async with _again(context, permission) as fresh:
        return fresh.viewer


@asynccontextmanager
async def _again(context: Context, permission: str) -> AsyncIterator[Context]:
    """The same caller, as the database knows them now; no transaction outlives the question."""
    fresh = replace(context)
    try:
        await fresh.read(permission)
        yield fresh
    finally:
        await fresh.close()
