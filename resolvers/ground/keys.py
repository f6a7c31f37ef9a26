"""Ids as the driver makes them: equal to any other UUID, and read, compared and hashed in C."""

from collections.abc import Callable
from uuid import UUID

from asyncpg.pgproto import pgproto
from uuid_utils import uuid7

key_of: Callable[[str | bytes], UUID] = pgproto.UUID
"""Raises: ValueError: it is no UUID."""


def new_id() -> UUID:
    """A new id, later than those before it."""
    return key_of(uuid7().bytes)
