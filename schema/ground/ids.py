"""Opaque global ids: what kind of thing, and its key."""

from binascii import Error as NotBase64
from binascii import b2a_base64
from collections.abc import Collection
from typing import Any
from uuid import UUID

import strawberry
from strawberry.relay import from_base64

from domain.errors import Refused, at_fault
from resolvers.ground.keys import key_of
from resolvers.requests.words import camel


def global_id(of: str, key: object) -> strawberry.ID:
    return b2a_base64(f"{of}:{key}".encode(), newline=False).decode()  # type: ignore[return-value]


def read_id(given: str) -> tuple[str, str]:
    """The type and key of a global id. Raises: Refused: it is none of ours."""
    try:
        return from_base64(given)
    except (ValueError, NotBase64) as malformed:
        raise Refused("INVALID_ID") from malformed


def uuid_of(given: str, of: str, *path: str) -> UUID:
    """The key of an id in an input, which must be of this type.

    Raises: Refused: naming the field.
    """
    return argument(given, {of}, "input", *path)[1]


def uuid_if_given(given: str | None, of: str, *path: str) -> UUID | None:
    """The key of an id that may be left out; an empty one was given, and is none.

    Raises: Refused: naming the field.
    """
    return None if given is None else uuid_of(given, of, *path)


def argument(given: str, kinds: Collection[str], *path: str) -> tuple[str, UUID]:
    """The type and key of an id that must be of one of these types.

    Raises: Refused: naming where it stands, from the argument down.
    """
    try:
        of, key = read_id(given)
        if of in kinds:
            return of, key_of(key)
    except (Refused, ValueError):
        pass
    raise at_fault("INVALID_ID", *path)


class Id:
    """That a parameter is an id: of one type its key is handed over, of several the type too."""

    def __init__(self, *of: str) -> None:
        self.of = of

    def read(self, given: str | None, *path: str) -> Any:
        """Raises: Refused, naming where it stands, where it is of none of these."""
        if given is None:
            return None
        found = argument(given, self.of, *map(camel, path))
        return found[1] if len(self.of) == 1 else found
