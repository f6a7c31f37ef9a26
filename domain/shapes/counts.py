"""Counts: from which lines, requests or other measures a measure is counted, and over what time.

What can be counted is never stated: it is counted from what happened, anew each time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile
from typing import ClassVar
from uuid import UUID

from domain.conditions.language import Condition
from domain.shapes.count_words import Sum, Whose, Within
from domain.shapes.points import months_later
from domain.vocabulary import FactValue, Label

PARTED = (Sum.TOTAL, Sum.LAST)
"""What is made of each part of something that spans several months or years."""

MONTHS = {Within.MONTH: 1, Within.QUARTER: 3, Within.HALF_YEAR: 6, Within.YEAR: 12}
TIMES = (Within.WEEK, *MONTHS)
"""What may come in a row."""


@dataclass(frozen=True)
class Count:
    """A measure `id` and its source: an object, a kind of request, or another measure.

    `column` is what is totalled or told last, the value that is named, the time that repeats, or
    what is true in a row; `every` how many of another measure make one.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = (
        *("penalty", "reward", "quota", "eligibility", "scoring", "deadline"),
    )
    id: str
    clause: str
    of: str
    sum: Sum
    column: str
    every: Decimal | None
    when: Condition
    within: Within
    whose: Whose

    @property
    def reach(self) -> Within:
        """Over what time lines are needed: which time it is counts from the beginning."""
        ever = self.sum is Sum.NTH or self.within is Within.STRETCH
        return Within.RUNNING if ever else self.within


@dataclass(frozen=True)
class Happened:
    """Something on record: which line of what, on which day, and what its columns say.

    `record` is the register of the line, where it counts as something else; `parts` are what falls
    into each of several months or years that it spans. It `follows` the last half-day on which the
    office worked before it, and lasts `until` a half-day; where neither is told it stands alone.
    """

    id: UUID
    of: str
    day: date
    facts: Mapping[str, FactValue] = field(hash=False)
    record: str = ""
    parts: Mapping[Within, tuple["Happened", ...]] = field(default_factory=dict, hash=False)
    follows: int | None = None
    until: int | None = None

    @property
    def days(self) -> list[date]:
        """When it happened, and when each further month or year of it began."""
        return sorted({self.day, *(e.day for parts in self.parts.values() for e in parts)})


@dataclass(frozen=True)
class Counted:
    """A measure as it was counted, and from what."""

    value: FactValue
    lines: tuple[UUID, ...]


def period_of(within: Within, day: date) -> tuple[date, date]:
    """The first and the last day of the time over which a day is counted."""
    if within in (Within.ITSELF, Within.STRETCH, Within.DAY):
        return day, day
    if within is Within.RUNNING:
        return date.min, day
    if within is Within.WEEK:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    length = MONTHS[within]
    first = months_later(day.replace(day=1), -((day.month - 1) % length))
    return first, months_later(first, length) - timedelta(days=1)


def earliest(counts: Iterable[Count], day: date) -> date:
    """From when on lines are needed, to count these on a day."""
    return min((period_of(each.reach, day)[0] for each in counts), default=day)


def measured(
    counts: Sequence[Count], lines: Sequence[Happened], day: date, at: Happened | None = None
) -> dict[str, Counted]:
    """The measures of one subject on a day; `lines` in their order, `at` the one just happened.

    A measure with several sources adds up. One of another measure is counted after that. There is
    no mean of nothing.
    """
    found: dict[str, Counted] = {}
    for each in ordered(counts):
        if each.sum is Sum.EVERY:
            more = _complete(each, _source(each, counts, found, lines, day, at))
        else:
            of = list(_within(each, lines, day, at))
            if each.within is Within.STRETCH:
                stretch = _stretch([e for e in counts if e.id == each.id], lines, at)
                of = [line for line in of if line in stretch]
            if each.sum is Sum.MEAN and not of:
                continue
            more = _counted(each, of)
        if each.sum is not Sum.NAMED or more.lines:
            found[each.id] = _added(each, found[each.id], more) if each.id in found else more
    return found


def ordered(counts: Iterable[Count]) -> Iterator[Count]:
    """Sources first, then what is counted of measures, each after its own source."""
    left = list(counts)
    while left:
        waiting = {each.id for each in left}
        ready = [each for each in left if each.sum is not Sum.EVERY or each.of not in waiting]
        if not ready:
            return
        yield from ready
        left = [each for each in left if each not in ready]


def in_a_circle(counts: Iterable[Count]) -> frozenset[str]:
    """The measures that would be counted from themselves."""
    every = tuple(counts)
    reached = {each.id for each in ordered(every)}
    return frozenset(each.id for each in every if each.id not in reached)


def moved(counts: Iterable[Count], line: Happened) -> frozenset[str]:
    """The measures that a line counts towards, directly or through another."""
    every = tuple(counts)
    found = {each.id for each in every if each.of == line.of and each.when.holds(line.facts)}
    while more := {e.id for e in every if e.sum is Sum.EVERY and e.of in found} - found:
        found |= more
    return frozenset(found)


def _within(
    count: Count, lines: Sequence[Happened], day: date, at: Happened | None
) -> Iterator[Happened]:
    if count.within is Within.ITSELF:
        itself = at is not None and at.of == count.of and count.when.holds(at.facts)
        if at is not None and itself and count.sum is not Sum.NTH:
            yield at
        if not itself or count.sum is not Sum.NTH:
            return
    first, last = period_of(count.reach, day)
    for line in lines:
        apart = line.parts.get(count.reach) if count.sum in PARTED else None
        for part in apart or (line,):
            if part.of == count.of and first <= part.day <= last and count.when.holds(part.facts):
                yield part
        # Whether any was there is told of the whole time, also by what came later.
        if at is not None and line is at and count.sum not in (Sum.SHOWN, Sum.DENIED):
            return


def _stretch(
    counts: Sequence[Count], lines: Sequence[Happened], at: Happened | None
) -> list[Happened]:
    """What just happened and what of the same measure it runs on from, the last first."""
    if at is None or not any(_is_of(each, at) for each in counts):
        return []
    found = [at]
    for line in reversed([line for line in lines if line.day <= at.day and line is not at]):
        of_it = any(_is_of(each, line) for each in counts)
        first, until = found[-1].follows, line.until
        if of_it and first is not None and until is not None and until >= first:
            found.append(line)
    return found


def _is_of(count: Count, line: Happened) -> bool:
    return line.of == count.of and count.when.holds(line.facts)


def _counted(count: Count, lines: Sequence[Happened]) -> Counted:
    ids = tuple(line.id for line in lines)
    match count.sum:
        case Sum.SHOWN:
            return Counted(bool(lines), ids)
        case Sum.DENIED:
            return Counted(not lines, ids)
        case Sum.NAMED:
            return Counted(count.column, ids)
        case Sum.NTH:
            return Counted(Decimal(len(lines)), ids[-1:])
        case Sum.IN_A_ROW:
            return _in_a_row(count.column, lines)
        case Sum.MEAN:
            return Counted(_total(count, lines) / len(lines), ids)
        case Sum.TOTAL | Sum.LAST:
            return Counted(_total(count, lines if count.sum is Sum.TOTAL else lines[-1:]), ids)
        case _:
            return Counted(Decimal(len(lines)), ids)


def _total(count: Count, lines: Sequence[Happened]) -> Decimal:
    values = (line.facts.get(count.column) for line in lines)
    return sum((Decimal(str(each)) for each in values if each is not None), Decimal(0))


def _in_a_row(column: str, lines: Sequence[Happened]) -> Counted:
    """How many such times, up to the last one's, have one each; or the latest lines that say so."""
    if column not in TIMES:
        run = tuple(takewhile(lambda line: line.facts.get(column), reversed(lines)))
        return Counted(Decimal(len(run)), tuple(line.id for line in reversed(run)))
    each_time = Within(column)
    begun = {period_of(each_time, line.day)[0] for line in lines}
    first, times = max(begun, default=date.max), 0
    last = first
    while first in begun:
        last, times = first, times + 1
        first = period_of(each_time, first - timedelta(days=1))[0]
    return Counted(Decimal(times), tuple(line.id for line in lines if line.day >= last))


def _source(
    count: Count,
    counts: Sequence[Count],
    found: Mapping[str, Counted],
    lines: Sequence[Happened],
    day: date,
    at: Happened | None,
) -> Counted | None:
    """The other measure, over the time of what is counted of it."""
    rows = [each for each in counts if each.id == count.of]
    if any(each.sum is Sum.EVERY for each in rows):
        return found.get(count.of)
    of_its_time = [replace(each, within=count.within) for each in rows]
    return measured(of_its_time, lines, day, at).get(count.of)


def _complete(count: Count, source: Counted | None) -> Counted:
    """How many times the other measure is complete."""
    if source is None or not count.every:
        return Counted(Decimal(0), ())
    times = Decimal(str(source.value)) // count.every
    return Counted(times, source.lines if times else ())


def _added(count: Count, one: Counted, other: Counted) -> Counted:
    lines = tuple(dict.fromkeys((*one.lines, *other.lines)))
    match count.sum:
        case Sum.SHOWN:
            return Counted(bool(one.value or other.value), lines)
        case Sum.DENIED:
            return Counted(bool(one.value and other.value), lines)
        case Sum.NAMED:
            return other
    return Counted(Decimal(str(one.value)) + Decimal(str(other.value)), lines)


@dataclass(frozen=True)
class Word:
    """What the office's clauses call something that may happen: an entry of a register says it."""

    clause_kinds: ClassVar[tuple[str, ...]] = ("penalty", "reward", "scoring", "deadline")
    id: str
    clause: str
    of: str
    label: Label
