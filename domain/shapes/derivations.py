"""Derivations at work: measures that clauses count from others are worked out, not believed."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_FLOOR, Decimal

from domain.errors import Problem
from domain.vocabulary import Derivation, Fact, FactType, FactValue

PERCENT = "percent"
PATH = ("measures",)


def derive(
    measures: Mapping[str, FactValue], known: Mapping[str, Fact], problems: list[Problem]
) -> dict[str, FactValue]:
    """The measures, and those that follow from them; what cannot be is added to the problems."""
    found = dict(measures)
    waiting = {fact.code: fact for fact in known.values() if fact.derived}
    while ready := [
        each for each in waiting.values() if each.derived and found.keys() >= {*each.derived.raw}
    ]:
        for fact in ready:
            del waiting[fact.code]
            worked_out = value_of(fact, fact.derived, found) if fact.derived else None
            if isinstance(worked_out, Decimal):
                problems += contradicted(fact, measures.get(fact.code), worked_out)
                found[fact.code] = worked_out
            elif worked_out:
                problems.append(worked_out)
    return found


def value_of(
    fact: Fact, derivation: Derivation, measures: Mapping[str, FactValue]
) -> Decimal | Problem:
    """The number, whole where it counts, or why there is none; no excess lies below zero."""
    plus, minus = (
        sum((Decimal(str(measures[name])) for name in names), Decimal(0))
        for names in (derivation.plus, derivation.minus)
    )
    value = plus - minus
    if derivation.over:
        divisor = Decimal(str(measures[derivation.over]))
        if not divisor:
            return Problem("ZERO_DIVISOR", (*PATH, derivation.over))
        value = value * (100 if fact.unit == PERCENT else 1) / divisor
    if fact.type is FactType.INT:
        value = value.to_integral_value(ROUND_FLOOR)
    if fact.minimum is not None:
        value = max(value, fact.minimum)
    if fact.maximum is not None and value > fact.maximum:
        return Problem("TOO_LARGE", (*PATH, fact.code), details={"maximum": fact.maximum})
    return value


def contradicted(fact: Fact, stated: FactValue | None, worked_out: Decimal) -> Iterator[Problem]:
    """A problem where the number was stated as well, and otherwise, to the places it was given."""
    if isinstance(stated, Decimal) and stated != round(worked_out, places_of(stated)):
        details = {"measure": fact.code, "value": f"{round(worked_out, 4).normalize():f}"}
        yield Problem("NOT_AS_WORKED_OUT", (*PATH, fact.code), details=details)


def places_of(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def raw_of(
    names: Iterable[str], measures: Mapping[str, FactValue], known: Mapping[str, Fact]
) -> tuple[str, ...]:
    """What to ask for instead: of a measure that is worked out, the raw ones not yet stated."""
    asked: dict[str, None] = {}
    for name in names:
        derived = known[name].derived if name in known else None
        raw = [each for each in derived.raw if each not in measures] if derived else [name]
        asked |= dict.fromkeys(raw_of(raw, measures, known) if derived else raw)
    return tuple(asked)
