"""What follows from what was counted: proposals, each with the lines that it was counted from.

No consequence comes by machine: a proposal is one until somebody whom the clause names decides.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID, uuid5

from domain.conditions.language import Condition
from domain.shapes.asking import Measures
from domain.shapes.count_words import Within
from domain.shapes.counts import Count, Counted, Happened, measured, moved, period_of
from domain.shapes.derivations import derive
from domain.shapes.ladders import Consequence, Rung, consequences
from domain.shapes.recorded import named
from domain.vocabulary import Fact, FactValue

NAMES = UUID("6b0f6a0e-5d0c-4a43-9c39-2f3d0c5b7b11")
"""The space in which a proposal has its id: the same lines propose the same thing."""

TIMES = tuple(Within)
"""From the shortest to the longest."""


@dataclass(frozen=True)
class Proposal:
    """A consequence as it would be, for a person or a unit.

    `lines` are those that it was counted from, `of` the object that the last of them is a line of,
    `first` the day on which the time begins that it was counted over. `wanting` is what still is
    to be judged by whoever decides.
    """

    id: UUID
    rung: Rung
    consequence: Consequence
    subject: UUID
    of: str
    day: date
    first: date
    measures: Mapping[str, FactValue]
    lines: tuple[str, ...]
    wanting: tuple[str, ...]


class Time(NamedTuple):
    """Over what a rung counts, and when that begins for a day."""

    within: Within
    first: date


def proposals(
    subject: UUID,
    lines: Sequence[Happened],
    counts: Sequence[Count],
    rungs: Sequence[Rung],
    known: Callable[[date], Measures],
    facts: Mapping[str, Fact],
    since: date,
) -> tuple[Proposal, ...]:
    """What the ladders make of the lines of one subject; `known` is what is known of it on a day.

    A rung that further lines of the same time come to as well is proposed once, of all of them,
    unless it follows each time.
    One that would follow with nothing on record is no consequence of a line.
    `facts` tell which measures follow from others; what happened before `since` counts, and
    proposes nothing more.
    """
    found: dict[tuple[object, ...], Proposal] = {}
    books = {line.id: line.record or line.of for line in lines}
    for line, day in ((e, day) for e in lines for day in e.days if day >= since):
        touched = moved(counts, line)
        concerned = [each for each in rungs if not touched.isdisjoint(looked_at(each, facts))]
        if not concerned:
            continue
        counted = measured(counts, lines, day, line)
        told, untouched = (
            derive({**known(day), **{name: e.value for name, e in of.items()}}, facts, [])
            for of in (counted, measured(counts, (), day))
        )
        concerned = [each for each in concerned if not _stated(each, told).holds(untouched)]
        for rung, each in _following(concerned, told):
            time = _time(counts, rung, day, facts)
            if time.within is Within.STRETCH:
                names = looked_at(rung, facts) & counted.keys()
                of = {each for name in names for each in counted[name].lines}
                time = Time(time.within, min(each.day for each in lines if each.id in of))
            itself = line.id if rung.each_time or time.within is Within.ITSELF else None
            if itself and day > line.day:
                continue
            mine = _proposal(subject, line, day, counted, rung, each, time, told, facts, books)
            found[(rung.clause, rung.id, rung.label.zh, time.first, itself)] = mine
    return tuple(found.values())


def looked_at(rung: Rung, facts: Mapping[str, Fact]) -> frozenset[str]:
    """The measures that a rung depends on, with those that its own follow from."""
    names: set[str] = set()
    ahead = {*rung.when.regions, rung.per} - {""}
    while ahead:
        names |= ahead
        derived = (facts[name].derived for name in ahead if name in facts)
        ahead = {raw for each in derived if each for raw in each.raw} - names
    return frozenset(names)


class Taken(NamedTuple):
    """What was imposed before, by which rung, counted from which lines; whether of the same sum."""

    rung: Rung
    amount: Decimal | None
    lines: frozenset[str]
    of_one_pot: bool = True


def chosen_before(rung: Rung, lines: frozenset[str], taken: Sequence[Taken]) -> bool:
    """Whether another of those of which the clause lets one be taken was imposed for the same."""
    return any(each.rung.excludes(rung) and not each.lines.isdisjoint(lines) for each in taken)


def left_of(
    rung: Rung, amount: Decimal | None, lines: frozenset[str], taken: Sequence[Taken]
) -> Decimal | None:
    """How much of it is still to be taken: of one thing nobody loses more than all of it.

    `taken` is what was taken from the same person in the same time. Where so much is due for each
    time, what was imposed for some of these `lines` is not due again.
    """
    if amount is None:
        return amount
    if rung.per:
        again = (each.amount or 0 for each in taken if each.rung == rung and each.lines <= lines)
        amount = max(amount - sum(again, Decimal(0)), Decimal(0))
    if rung.most is None:
        return amount
    pot = rung.of, rung.unit
    pooled = [each for each in taken if each.of_one_pot]
    gone = (each.amount or 0 for each in pooled if (each.rung.of, each.rung.unit) == pot)
    return max(min(amount, rung.most.whole - sum(gone, Decimal(0))), Decimal(0))


def _following(rungs: Iterable[Rung], told: Measures) -> list[tuple[Rung, Consequence]]:
    """The rungs that follow, or would if what is not counted were judged so."""
    asked: dict[int, Rung] = {}
    softened = []
    for rung in rungs:
        when = _stated(rung, told)
        if when.regions and when.holds(told):
            amount = rung.amount if not rung.per or rung.per in told else None
            per = rung.per if amount is not None else ""
            softened.append(replace(rung, when=when, amount=amount, per=per))
            asked[id(softened[-1])] = rung
    return [(asked[id(each.rung)], each) for each in consequences(softened, told)]


def _stated(rung: Rung, told: Measures) -> Condition:
    """What a rung asks of that which is told."""
    regions = {name: region for name, region in rung.when.regions.items() if name in told}
    return Condition(rung.when.text, regions)


def _time(counts: Iterable[Count], rung: Rung, day: date, facts: Mapping[str, Fact]) -> Time:
    """The longest over which what a rung looks at is counted."""
    names = looked_at(rung, facts)
    within = max((each.within for each in counts if each.id in names), key=TIMES.index)
    return Time(within, period_of(within, day)[0])


def _proposal(
    subject: UUID,
    line: Happened,
    day: date,
    counted: Mapping[str, Counted],
    rung: Rung,
    consequence: Consequence,
    time: Time,
    told: Measures,
    facts: Mapping[str, Fact],
    books: Mapping[UUID, str],
) -> Proposal:
    names = [name for name in sorted({*looked_at(rung, facts), rung.of}) if name in counted]
    counting = (one for name in names for one in counted[name].lines)
    lines = (line.id,) if rung.each_time else tuple(dict.fromkeys(counting))
    later = [str(day)] if day > line.day else []
    said = (rung.clause, rung.id, rung.label.zh, str(subject), *sorted(map(str, lines)), *later)
    return Proposal(
        id=uuid5(NAMES, "\n".join(said)),
        rung=rung,
        consequence=consequence,
        subject=subject,
        of=line.of,
        day=day,
        first=time.first,
        measures={name: counted[name].value for name in names},
        lines=tuple(named(each, books.get(each, line.of), line.of) for each in lines),
        wanting=tuple(name for name in rung.when.regions if name not in told),
    )
