"""Conditions joined: what several of them admit together, said with as few as possible."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.conditions.language import ALWAYS, Condition
from domain.conditions.regions import Interval, Region, intersection
from domain.vocabulary import Fact, FactValue

Regions = Mapping[str, Region]


@dataclass(frozen=True)
class Part:
    """A condition and the clauses that state it."""

    when: Condition
    clauses: tuple[str, ...]


def joined(parts: Iterable[Part], facts: Mapping[str, Fact]) -> tuple[Part, ...]:
    """The same cases in fewer parts: what lies inside another goes, what meets becomes one."""
    done: list[Part] = []
    ahead = list(parts)
    while ahead:
        part = ahead.pop(0)
        for index, other in enumerate(done):
            if (both := one_part(other, part, facts)) is not None:
                del done[index]
                ahead.insert(0, both)
                break
        else:
            done.append(part)
    return tuple(done)


def one_part(one: Part, other: Part, facts: Mapping[str, Fact]) -> Part | None:
    """One part for the cases of both; None where it would admit a case that neither admits."""
    regions = one_region(one.when.regions, other.when.regions, facts)
    if regions is None:
        return None
    clauses = tuple(dict.fromkeys(one.clauses + other.clauses))
    return Part(condition_of(regions, facts), clauses)


def one_region(one: Regions, other: Regions, facts: Mapping[str, Fact]) -> Regions | None:
    if covers(one, other):
        return one
    if covers(other, one):
        return other
    if one.keys() != other.keys():
        return None
    differing = [name for name in one if one[name] != other[name]]
    if len(differing) != 1:
        return None
    [name] = differing
    both = union(one[name], other[name], facts[name])
    return None if both is None else {**one, name: both}


def covers(wide: Regions, narrow: Regions) -> bool:
    """Whether every case of the narrow one is a case of the wide one."""
    return all(
        name in narrow and intersection(region, narrow[name]) == narrow[name]
        for name, region in wide.items()
    )


def apart(one: Regions, other: Regions) -> bool:
    """Whether no case belongs to both."""
    return any(
        is_empty(intersection(region, other[name])) for name, region in one.items() if name in other
    )


def is_empty(region: Region) -> bool:
    return not region if isinstance(region, frozenset) else region.is_empty()


def union(one: Region, other: Region, fact: Fact) -> Region | None:
    """What either admits, if a comparison can say it."""
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        values: frozenset[FactValue] = one | other
        return None if {True, False} <= values else values
    if not isinstance(one, Interval) or not isinstance(other, Interval):
        raise TypeError("an interval and a set never speak of one fact")
    first, second = sorted((one, other), key=begins)
    if first.high is not None and second.low is not None:
        touch = first.high == second.low and not (first.high_open and second.low_open)
        if not (second.low < first.high or touch):
            return None
    last = max((one, other), key=ends)
    everything = first.low is None and last.high is None
    if everything:
        # a comparison needs a number: what no value falls below says the same
        return None if fact.minimum is None else Interval(low=fact.minimum)
    return Interval(first.low, last.high, first.low_open, last.high_open)


def begins(interval: Interval) -> tuple[bool, Decimal, bool]:
    return interval.low is not None, interval.low or Decimal(0), interval.low_open


def ends(interval: Interval) -> tuple[bool, Decimal, bool]:
    return interval.high is None, interval.high or Decimal(0), not interval.high_open


def condition_of(regions: Regions, facts: Mapping[str, Fact]) -> Condition:
    """The condition with the text that states these regions."""
    if not regions:
        return ALWAYS
    text = " and ".join(compared(name, region, facts) for name, region in regions.items())
    return Condition(text, dict(regions))


def compared(name: str, region: Region, facts: Mapping[str, Fact]) -> str:
    if isinstance(region, frozenset):
        [*values] = ordered(region, facts[name])
        return f"{name} = {values[0]}" if len(values) == 1 else f"{name} in {'|'.join(values)}"
    low, high = region.low, region.high
    above, below = "<" if region.low_open else "<=", "<" if region.high_open else "<="
    if low is not None and high is not None:
        return f"{name} = {low:f}" if low == high else f"{low:f} {above} {name} {below} {high:f}"
    if low is not None:
        return f"{name} {'>' if region.low_open else '>='} {low:f}"
    if high is not None:
        return f"{name} {below} {high:f}"
    raise ValueError(f"{name} is compared with nothing")


def ordered(values: frozenset[FactValue], fact: Fact) -> list[str]:
    """Words of a set in the order of the vocabulary."""
    if fact.values is None:
        return ["true" if value else "false" for value in values]
    return [value for value in fact.values if value in values]
