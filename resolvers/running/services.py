"""What the whole process shares: the database, the clock, ids, rulebooks and the token key.

Time, ids and randomness come from here and nowhere else, so that tests set them.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from uuid_utils import compat as uuid7s

from domain.time.moments import OFFICE_TIME
from domain.vocabulary import Vocabulary
from policies import vocabulary
from resolvers.ground.database import Database
from resolvers.ground.hashing import AT_ONCE
from resolvers.ground.known_people import KnownPeople
from resolvers.ground.turns import Turns
from resolvers.rules.rulebooks import Rulebooks
from resolvers.running.settings import Settings
from resolvers.time.calendars import Calendars


def office_now() -> datetime:
    return datetime.now(OFFICE_TIME)


def new_id() -> UUID:
    return uuid7s.uuid7()


@dataclass(frozen=True)
class Services:
    """One for the process. `secret` signs the tokens; `token_hours` is how long one lasts.

    `judging` holds the few places where passwords are hashed. In `production` strangers are told
    less.
    """

    database: Database
    rulebooks: Rulebooks
    calendars: Calendars
    vocabulary: Vocabulary
    secret: bytes
    token_hours: int = 12
    production: bool = False
    now: Callable[[], datetime] = office_now
    new_id: Callable[[], UUID] = new_id
    people: KnownPeople = field(default_factory=KnownPeople)
    judging: Turns = field(default_factory=lambda: Turns(AT_ONCE))


@asynccontextmanager
async def opened(
    settings: Settings, now: Callable[[], datetime] = office_now
) -> AsyncIterator[Services]:
    """What a process shares, on the database that the settings name; closed in the end."""
    url = str(settings.database_url)
    database = await Database.connect(url, patience=settings.patience)
    # Rulebooks are read while a request holds a connection: in one pool both could wait.
    shelf = await Database.connect(url, most=2, patience=settings.patience)
    words = vocabulary.shipped()
    try:
        yield Services(
            database=database,
            rulebooks=Rulebooks(shelf, words),
            calendars=Calendars(),
            vocabulary=words,
            secret=settings.token_secret().encode(),
            production=settings.production,
            now=now,
        )
    finally:
        await shelf.close()
        await database.close()
