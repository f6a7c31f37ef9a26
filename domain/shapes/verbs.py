"""Verbs that a clause allows or forbids: consent by telephone, papers afterwards, a seat lent,
a body's turn that is taken without its meeting; that who is to answer is heard first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from domain.conditions.language import Condition
from domain.shapes.asking import Measures


class Verb(StrEnum):
    AFTER_THE_FACT = "after_the_fact"
    ORAL_CONSENT = "oral_consent"
    DELEGATION = "delegation"
    CIRCULATION = "circulation"
    HEARING = "hearing"


class Ruling(StrEnum):
    ALLOW = "allow"
    DENY = "deny"


@dataclass(frozen=True)
class VerbRow:
    """`kind` is a request kind, an area or empty: any request."""

    clause_kinds: ClassVar[tuple[str, ...]] = ("separation", "approval", "procedure")
    verb: Verb
    clause: str
    kind: str
    when: Condition
    effect: Ruling

    @property
    def id(self) -> str:
        return f"{self.verb}.{self.kind}" if self.kind else self.verb

    @property
    def denies(self) -> bool:
        return self.effect is Ruling.DENY


def speaking_of(rows: Iterable[VerbRow], verb: Verb, kind: str, area: str) -> tuple[VerbRow, ...]:
    """The rows about a verb for a kind: those of its own, of its area and of any; denials first."""
    found = [row for row in rows if row.verb is verb and row.kind in ("", kind, area)]
    return tuple(sorted(found, key=lambda row: not row.denies))


def ruled(
    rows: Iterable[VerbRow], verb: Verb | str, kind: str, area: str, facts: Measures
) -> VerbRow | None:
    """The row that settles a verb for a case, None where no clause speaks; a denial wins."""
    about = speaking_of(rows, Verb(verb), kind, area)
    return next((row for row in about if row.when.holds(facts)), None)


def forbidden(rows: Iterable[VerbRow], verb: Verb, kind: str, area: str) -> VerbRow | None:
    """The row that forbids a verb for every request of a kind, whatever its facts."""
    about = speaking_of(rows, verb, kind, area)
    return next((row for row in about if row.denies and not row.when.regions), None)
