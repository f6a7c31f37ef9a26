"""Relay's object identification: everything that has a global id can be fetched by it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

FINDERS: dict[str, Callable[[Any, str], Awaitable[Any]]] = {}
"""By the word of an id, how what it names is found by its key; each type enters its own."""


@strawberry.interface
class Node:
    """Something with an id of its own."""

    id: Annotated[strawberry.ID, "Opaque and globally unique."]


@dataclass(frozen=True)
class ShownFrom:
    """The `is_type_of` of a type that is shown from objects of other classes than its own."""

    classes: tuple[type, ...]

    def __call__(self, shown: object, _: object) -> bool:
        return isinstance(shown, self.classes)
