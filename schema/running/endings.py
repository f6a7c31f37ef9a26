"""How a command ends that could not do what it should: a code and a sentence, no traceback."""

import asyncpg

from migrations.upgrade import OtherRevision
from resolvers.ground.connections import StoreUnavailable
from resolvers.ground.evidence import Unproven
from resolvers.running.backup import Broken
from resolvers.running.postgres import InUse
from resolvers.running.postgres_account import Unavailable
from resolvers.running.roles import Unfit, why
from resolvers.running.settings import Malformed
from schema.running.opening import PortTaken

SAID = (Broken, InUse, OtherRevision, Unavailable, Unfit, Unproven, PortTaken)
OF_THE_STORE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, StoreUnavailable)


def ending(error: Exception) -> tuple[int, str] | None:
    """What an operator can put right; None for a fault of ours."""
    if isinstance(error, Malformed):
        return 2, "\n".join(error.sentences)
    if isinstance(error, SAID):
        return 1, str(error)
    if isinstance(error, OF_THE_STORE):
        return 1, f"It cannot be done: {why(error)}."
    return None
