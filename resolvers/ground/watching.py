"""Whether inboxes of an office have changed: asked once a second for everybody who waits for it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.errors import Refused
from resolvers.ground.connections import StoreUnavailable
from resolvers.ground.database import Database, statement

LOOKS_EVERY = 1.0
MOST_EACH = 5
"""Streams of one person at once; a process holds `MOST`."""
MOST = 2000

STATE = statement("""
  select count(*), max(w.opened_at),
    (select organisation_epoch from institutions where institution_id = :institution)
  from waiting w where w.institution_id = :institution""")


@dataclass
class Office:
    """Those who wait for one office; `changed` is set once, and then there is another."""

    changed: asyncio.Event = field(default_factory=asyncio.Event)
    listeners: int = 0
    looking: "asyncio.Task[None] | None" = None


@dataclass
class Watch:
    """What this process looks after for those who wait."""

    offices: dict[str, Office] = field(default_factory=dict)
    people: Counter[UUID] = field(default_factory=Counter)

    @contextmanager
    def admitted(self, person: UUID) -> Iterator[None]:
        """Raises: Refused: this person, or all together, wait in too many streams."""
        if self.people[person] >= MOST_EACH or self.people.total() >= MOST:
            raise Refused("TOO_MANY_STREAMS", most=MOST_EACH)
        self.people[person] += 1
        try:
            yield
        finally:
            self.people[person] -= 1

    @asynccontextmanager
    async def over(self, database: Database, institution: str) -> AsyncIterator[Office]:
        """The office, looked at while somebody waits."""
        office = self.offices.setdefault(institution, Office())
        office.listeners += 1
        if office.looking is None:
            office.looking = asyncio.create_task(_look(database, institution, office))
        try:
            yield office
        finally:
            office.listeners -= 1
            if office.listeners == 0:
                office.looking.cancel()
                self.offices.pop(institution, None)


async def _look(database: Database, institution: str, office: Office) -> None:
    known: Any = None
    while True:
        with suppress(StoreUnavailable, Refused):
            async with database.transaction(institution, read_only=True) as transaction:
                state = await transaction.row(STATE, institution=institution)
            if state != known:
                known, changed = state, office.changed
                office.changed = asyncio.Event()
                changed.set()
        await asyncio.sleep(LOOKS_EVERY)
