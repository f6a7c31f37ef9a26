"""What a procedure derives from a form, and the days of the calendar that this was counted on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from domain.approval.procedure import Circumstances, Form, Procedure
from domain.rules.routes import Note
from domain.time.calendar import outside, reaches
from domain.vocabulary import FactValue

PROVISIONAL = "COUNT_PROVISIONAL"

F = TypeVar("F", bound=Form)


@dataclass(frozen=True)
class Derived:
    """Facts, the first and the last day that they were counted on, and the years still open."""

    facts: Mapping[str, FactValue]
    counted: tuple[date, date] | None = None
    open_years: tuple[int, ...] = ()

    @property
    def provisional(self) -> bool:
        return bool(self.open_years)

    @property
    def notes(self) -> tuple[Note, ...]:
        """That holidays still to be announced may change the count."""
        years = {"years": "、".join(map(str, self.open_years))}
        return (Note(PROVISIONAL, years),) if self.provisional else ()

    @property
    def marks(self) -> tuple[Mapping[str, Any], ...]:
        return tuple({"code": note.code, **note.details} for note in self.notes)


def derive(procedure: Procedure[F], form: F, known: Circumstances) -> Derived:
    """What a form's calendar and records facts are.

    Raises: Refused: it counts days that the calendar does not speak of.
    """
    calendar = known.calendar.noting()
    facts = procedure.facts(form, replace(known, calendar=calendar))
    asked = calendar.asked
    if asked is None:
        return Derived(facts)
    if not reaches(*asked):
        raise outside()
    return Derived(facts, asked, calendar.open_years(*asked))
