"""Rows asked by measures: which of them speak, and which measures they still want."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from domain.conditions.language import Condition, stated_value
from domain.errors import Problem, Refused, at_fault, invalid, must_be_none
from domain.shapes.derivations import PATH, derive
from domain.vocabulary import Fact, FactType, FactValue

Measures = Mapping[str, FactValue]
NUMBERS = (FactType.DECIMAL, FactType.INT)


class Conditional(Protocol):
    @property
    def when(self) -> Condition: ...


Row = TypeVar("Row", bound=Conditional)


def looked_at(rows: Iterable[object], known: Mapping[str, Fact]) -> tuple[str, ...]:
    """The measures that rows look at: in conditions, and as what they count."""
    found: dict[str, None] = {}
    for row in rows:
        when = getattr(row, "when", None)
        found |= dict.fromkeys(when.regions if when else ())
        found |= dict.fromkeys(getattr(row, name, "") for name in ("measure", "per"))
        found |= dict.fromkeys(getattr(row, "raw", ()))
    counted = (known[name].derived for name in found if name in known)
    raw = {name: None for derived in counted if derived for name in derived.raw}
    return tuple(name for name in found | raw if name in known)


def read_measures(
    given: object, known: Mapping[str, Fact], rows: Iterable[object], *, ballots: bool = False
) -> dict[str, FactValue]:
    """Measures as a client states them in JSON, made exact, and those that follow from them.

    Every fault is told at once. With `ballots`, numbers in a list or by name stand for their mean.
    """
    if not isinstance(given, Mapping):
        raise at_fault("NOT_AN_OBJECT", *PATH)
    measures: dict[str, FactValue] = {}
    problems: list[Problem] = []
    usable = " ".join(looked_at(rows, known)) if given.keys() - known.keys() else ""
    for name, value in given.items():
        fact = known.get(name)
        if fact is None:
            details = {"measure": name[:40], "known": usable or "-"}
            problems.append(Problem("UNKNOWN_MEASURE", (*PATH, name), details=details))
        elif isinstance(value, list | Mapping) and ballots and value and fact.type in NUMBERS:
            numbers = read_list(fact, value, problems)
            measures[name] = sum(sorted(numbers), Decimal(0)) / max(len(numbers), 1)
        elif (one := _stated(fact, value, problems)) is not None:
            measures[name] = one
    derived = measures if problems else derive(measures, known, problems)
    must_be_none(problems)
    return derived


def read_list(
    fact: Fact, values: list[Any] | Mapping[str, Any], problems: list[Problem]
) -> list[Decimal]:
    """Numbers of one measure, each with its place in the path of what is wrong with it."""
    pairs = values.items() if isinstance(values, Mapping) else enumerate(values)
    stated = [_stated(fact, each, problems, str(place)) for place, each in pairs]
    return [each for each in stated if isinstance(each, Decimal)]


def _stated(fact: Fact, value: Any, problems: list[Problem], *place: str) -> FactValue | None:
    stated = stated_value(fact, value)
    if isinstance(stated, Problem):
        problems.append(replace(stated, path=(*PATH, fact.code, *place)))
        return None
    return stated


def wanting(when: Condition, measures: Measures) -> tuple[str, ...]:
    """The measures not stated that would decide whether a condition holds; none if it cannot."""
    named = when.regions
    stated = {name: region for name, region in named.items() if name in measures}
    if not Condition(when.text, stated).holds(measures):
        return ()
    return tuple(name for name in named if name not in measures)


def unstated(rows: Iterable[Conditional], measures: Measures) -> tuple[str, ...]:
    """What more could be said, so that more of the rows might speak."""
    return tuple(dict.fromkeys(name for row in rows for name in wanting(row.when, measures)))


def speaking(rows: Iterable[Row], measures: Measures) -> tuple[Row, ...]:
    """The rows whose conditions hold; none where those that look at these measures say so.

    Raises: Refused: none does, but with more measures one of those might.
    """
    every = tuple(rows)
    found = tuple(row for row in every if row.when.holds(measures))
    concerned = [row for row in every if not row.when.regions.keys().isdisjoint(measures)]
    if not found and (names := unstated(concerned or every, measures)):
        raise not_stated(names)
    return found


def not_stated(names: Iterable[str]) -> Refused:
    problems = [
        Problem("MEASURE_NOT_STATED", (*PATH, name), details={"measure": name}) for name in names
    ]
    return invalid(problems)


def number(measures: Measures, name: str) -> Decimal:
    """A measure as a number; a bool counts one or nothing. Raises: Refused: it is not stated."""
    value = measures.get(name)
    if value is None:
        raise not_stated([name])
    return Decimal(value) if isinstance(value, bool) else Decimal(str(value))
