"""All shapes of one rulebook, and the measures that their conditions look at."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import ClassVar, Protocol

from domain.shapes.cadences import Cadence
from domain.shapes.checks import CheckItem
from domain.shapes.clocks import Clock
from domain.shapes.counts import Count, Word
from domain.shapes.doors import Door
from domain.shapes.eligibility import Requirement
from domain.shapes.entitlements import Entitlement
from domain.shapes.ladders import Rung
from domain.shapes.law import LawInForce
from domain.shapes.numbers import NumberPattern
from domain.shapes.orders import Priority
from domain.shapes.paths import Transition
from domain.shapes.publishing import Publishing
from domain.shapes.quotas import Quota
from domain.shapes.recorded import Recorded
from domain.shapes.rosters import RosterRow
from domain.shapes.rounds import Round
from domain.shapes.scores import Item
from domain.shapes.separations import Separation
from domain.shapes.verbs import VerbRow
from domain.shapes.votes import Voice, Vote
from domain.vocabulary import Derivation, Fact


class ShapeRow(Protocol):
    """What rows of every shape have; `clause_kinds` are those of the clauses that they state."""

    clause_kinds: ClassVar[tuple[str, ...]]

    @property
    def id(self) -> str: ...
    @property
    def clause(self) -> str: ...


@dataclass(frozen=True)
class Shapes:
    """Rows in file order. `measures` are the vocabulary's facts and the institution's own.

    `law` states no clause: it tells which of them a law in force has overtaken.
    """

    measures: Mapping[str, Fact] = field(default_factory=dict)
    clocks: tuple[Clock, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    quotas: tuple[Quota, ...] = ()
    ladders: tuple[Rung, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    scores: tuple[Item, ...] = ()
    votes: tuple[Vote, ...] = ()
    voices: tuple[Voice, ...] = ()
    eligibility: tuple[Requirement, ...] = ()
    separations: tuple[Separation, ...] = ()
    paths: tuple[Transition, ...] = ()
    orders: tuple[Priority, ...] = ()
    verbs: tuple[VerbRow, ...] = ()
    occurrences: tuple[Word, ...] = ()
    recorded: tuple[Recorded, ...] = ()
    counts: tuple[Count, ...] = ()
    checks: tuple[CheckItem, ...] = ()
    rosters: tuple[RosterRow, ...] = ()
    rounds: tuple[Round, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    publications: tuple[Publishing, ...] = ()
    numbers: tuple[NumberPattern, ...] = ()
    law: tuple[LawInForce, ...] = ()
    doors: tuple[Door, ...] = ()

    def tables(self) -> Iterator[tuple[str, tuple[ShapeRow, ...]]]:
        """Each shape's name and its rows."""
        for each in fields(self):
            if each.name not in ("measures", "law"):
                yield each.name, getattr(self, each.name)

    def only(self, chosen: Callable[[ShapeRow], bool]) -> "Shapes":
        """The same, with the rows that are chosen."""
        kept = {name: tuple(row for row in rows if chosen(row)) for name, rows in self.tables()}
        return replace(self, **kept)  # type: ignore[arg-type]
