"""Doors: what a role of an office may use beside what the product opens to it, or may not use."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import ClassVar

from domain.shapes.verbs import Ruling

ANYONE = "anyone"


@dataclass(frozen=True)
class Door:
    """A permission that a clause gives a role or takes from it."""

    clause_kinds: ClassVar[tuple[str, ...]] = ("approval", "duty", "prohibition", "interpretation")
    id: str
    clause: str
    permission: str
    role: str
    effect: Ruling


def opens(
    permission: str, shipped: Collection[str], own: Iterable[Door], roles: Collection[str]
) -> bool:
    """Whether these roles may use it: by some line, and against none."""
    here = [each for each in own if each.permission == permission]
    denied = {each.role for each in here if each.effect is Ruling.DENY}
    allowed = {*shipped, *(each.role for each in here if each.effect is Ruling.ALLOW)}
    return denied.isdisjoint(roles) and (ANYONE in allowed or not allowed.isdisjoint(roles))
