"""Switches: how an office goes on where its rules leave a gap or disagree, and who must say why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.rules.gaps import escalated
from domain.rules.routes import Finding, Route, beneath, route, stricter, without_own_seat
from domain.rules.rows import Rule
from domain.values.choices import Choice
from domain.vocabulary import FactValue, Kind


class Switch(Choice):
    ESCALATES_GAPS = "escalates_gaps", "A case in a gap goes to the next level."
    TAKES_STRICTER = ("takes_stricter", "Where rules disagree, the stricter is taken, citing all.")
    DEMANDS_REASONS = "demands_reasons", "Whoever rejects or returns a request says why."


On = Collection[Switch]


@dataclass(frozen=True)
class Switched:
    """That a switch is on, by a clause, for a kind, an area or, where it names none, every kind."""

    switch: Switch
    clause: str
    of: str = ""


def switches_for(rows: Iterable[Switched], kind: Kind) -> frozenset[Switch]:
    return frozenset(each.switch for each in rows if each.of in ("", kind.code, kind.area))


def routed(
    rules: Sequence[Rule], facts: Mapping[str, FactValue], on: On, own: str | None = None
) -> Route:
    """The route of these facts as the office's switches have it; `own` is the applicant's seat."""
    found = route(rules, facts)
    if found.finding is Finding.GAP and Switch.ESCALATES_GAPS in on:
        found = escalated(rules, facts) or found
    if found.finding is Finding.OVERLAP and Switch.TAKES_STRICTER in on:
        found = stricter(found) or found
    return without_own_seat(found, (own,) if own else (), beneath(rules, facts))
