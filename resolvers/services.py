"""What the whole process shares: the database, the clock, ids, rulebooks and the token key.

Time, ids and randomness come from here and nowhere else, so that tests set them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from uuid_utils import compat as uuid7s

from domain.moments import OFFICE_TIME
from domain.vocabulary import Vocabulary
from resolvers.calendars import Calendars
from resolvers.database import Database
from resolvers.rulebooks import Rulebooks


def office_now() -> datetime:
    return datetime.now(OFFICE_TIME)


def new_id() -> UUID:
    return uuid7s.uuid7()


@dataclass(frozen=True)
class Services:
    """One for the process. `secret` signs the tokens; `token_hours` is how long one lasts."""

    database: Database
    rulebooks: Rulebooks
    calendars: Calendars
    vocabulary: Vocabulary
    secret: bytes
    token_hours: int = 12
    now: Callable[[], datetime] = office_now
    new_id: Callable[[], UUID] = new_id
