"""What the whole process shares: the database, the clock, ids, rulebooks and the token key.

Time, ids and randomness come from here and nowhere else, so that tests set them.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import structlog

from domain.records.files import MEGABYTE
from domain.tables import PLATFORM
from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Vocabulary
from policies import vocabulary
from policies.lines import RulebookError
from resolvers.files.looking import AT_ONCE as LOOKS
from resolvers.files.storing import Shelves, opened_at
from resolvers.ground.database import Database, statement
from resolvers.ground.hashing import AT_ONCE
from resolvers.ground.keys import new_id
from resolvers.ground.known_people import KnownPeople
from resolvers.ground.turns import Turns
from resolvers.ground.watching import Watch
from resolvers.rules.rulebooks import Rulebooks
from resolvers.running.settings import Outside, Settings
from resolvers.time.calendars import Calendars

log = structlog.get_logger()

READ_AHEAD = 64
"""Offices whose rulebooks are read before the first question: each takes some 20 milliseconds."""

OFFICES = statement("select institution_id from institutions order by institution_id limit :most")


def office_now() -> datetime:
    return datetime.now(OFFICE_TIME)


@dataclass(frozen=True)
class Services:
    """One for the process. `secret` signs the tokens; `token_hours` is how long one lasts,
    `session_days` how long others are given in its place.

    What one of the `former_secrets` signed or sealed is still read.

    `judging` holds the few places where passwords are hashed, `looking` those where files are
    looked through. In `production` strangers are told
    less. With `compiled` what documents select is compiled.
    """

    database: Database
    rulebooks: Rulebooks
    calendars: Calendars
    vocabulary: Vocabulary
    secret: bytes
    files: Shelves
    token_hours: int = 12
    session_days: int = 7
    production: bool = False
    compiled: bool = True
    former_secrets: tuple[bytes, ...] = ()
    outside: Outside = field(default_factory=Outside)
    now: Callable[[], datetime] = office_now
    new_id: Callable[[], UUID] = new_id
    people: KnownPeople = field(default_factory=KnownPeople)
    watch: Watch = field(default_factory=Watch)
    judging: Turns = field(default_factory=lambda: Turns(AT_ONCE))
    looking: Turns = field(default_factory=lambda: Turns(LOOKS))

    @property
    def secrets(self) -> tuple[bytes, ...]:
        return (self.secret, *self.former_secrets)


@asynccontextmanager
async def opened(
    settings: Settings, now: Callable[[], datetime] = office_now
) -> AsyncIterator[Services]:
    """What a process shares, on the database that the settings name; closed in the end."""
    patience = settings.patience
    database = await Database.connect(
        str(settings.database_url), patience=patience, pooled=settings.pgbouncer
    )
    # Rulebooks are read while a request holds a connection: in one pool both could wait.
    past = str(settings.directly.database_url)
    shelf = await Database.connect(past, most=2, patience=patience)
    words = vocabulary.shipped()
    secret, *former = (each.encode() for each in settings.token_secrets())
    try:
        yield Services(
            database=database,
            rulebooks=Rulebooks(shelf, words),
            calendars=Calendars(),
            vocabulary=words,
            files=opened_at(
                settings.files_url,
                settings.data_dir,
                reserve=settings.files_reserve * MEGABYTE,
                per_person=settings.files_per_person * MEGABYTE,
                per_office=settings.files_per_office * MEGABYTE,
            ),
            secret=secret,
            former_secrets=tuple(former),
            production=settings.production,
            compiled=settings.compiled,
            outside=settings.outside,
            now=now,
        )
    finally:
        await shelf.close()
        await database.close()


async def read_ahead(services: Services) -> None:
    """Have at hand the rulebooks that are in force, so that nobody's first question waits for one.

    One that cannot be read is told, and then to those who ask for it.
    """
    today = services.now().astimezone(OFFICE_TIME).date()
    async with services.database.transaction(PLATFORM, read_only=True) as transaction:
        every = [row[0] for row in await transaction.rows(OFFICES, most=READ_AHEAD)]
    for institution in every:
        try:
            await services.rulebooks.load(institution, today)
        except RulebookError as error:
            log.warning("rulebook_unreadable", institution=institution, why=str(error))
