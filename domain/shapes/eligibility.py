"""Eligibility: what a clause requires of a person or thing, and what it excludes."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from domain.conditions.language import Condition
from domain.errors import Problem
from domain.shapes.asking import Measures
from domain.vocabulary import Label


class Effect(StrEnum):
    REQUIRES = "requires"
    EXCLUDES = "excludes"


@dataclass(frozen=True)
class Requirement:
    """One line of a clause's list; of those that share a group letter any one suffices."""

    clause_kinds: ClassVar[tuple[str, ...]] = ("eligibility",)
    id: str
    clause: str
    subject: str
    effect: Effect
    group: str
    when: Condition
    label: Label


@dataclass(frozen=True)
class Reason:
    """A requirement that is not met, with its alternatives, or an exclusion that applies."""

    rows: tuple[Requirement, ...]

    @property
    def excludes(self) -> bool:
        return self.rows[0].effect is Effect.EXCLUDES

    @property
    def clause(self) -> str:
        return self.rows[0].clause

    @property
    def label(self) -> Label:
        """What is asked, or any of it would do."""
        said = [row.label for row in self.rows]
        return Label("或".join(each.zh for each in said), " or ".join(each.en for each in said))

    def against(self, path: tuple[str, ...]) -> Problem:
        """The problem that it is with what is stated at a place."""
        return Problem("NOT_ELIGIBLE", path, self.clause, self.label.both)

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for row in self.rows for name in row.when.regions))


def spoken_of(rows: Iterable[Requirement], measures: Measures) -> tuple[Requirement, ...]:
    """Of several lists in one clause those that the measures speak of; all where they tell none."""
    rows = tuple(rows)
    named = {row.id for row in rows if not row.when.regions.keys().isdisjoint(measures)}
    return tuple(row for row in rows if row.id in named) or rows


def reasons(rows: Iterable[Requirement], measures: Measures) -> tuple[Reason, ...]:
    """Every reason against, at once. What is not stated is not met, and does not exclude."""
    found: list[Reason] = []
    alternatives: dict[tuple[str, str], list[Requirement]] = {}
    for row in rows:
        if row.effect is Effect.EXCLUDES:
            if row.when.holds(measures):
                found.append(Reason((row,)))
        elif row.group:
            alternatives.setdefault((row.id, row.group), []).append(row)
        elif not row.when.holds(measures):
            found.append(Reason((row,)))
    unmet = (
        Reason(tuple(group))
        for group in alternatives.values()
        if not any(row.when.holds(measures) for row in group)
    )
    return (*found, *unmet)
