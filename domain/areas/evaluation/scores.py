"""Marks by clause, ratings, totals, places and tiers of the sections evaluated in a year.

What counts, how much and up to where stands in the score rows alone. What they leave open stays
open and is said: a tier whose size is no whole number, the weights of the panels.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from domain.conditions.language import stated_value
from domain.errors import Problem, Refused, at_fault, invalid
from domain.office.organisation import Person
from domain.rules.rows import regulation_of
from domain.shapes.asking import looked_at, speaking
from domain.shapes.ladders import Rung
from domain.shapes.scores import SIGNS, Effect, Item, name_of, part_of, ranked, scale_of, scored
from domain.shapes.scores import tiers as sizes_of
from domain.vocabulary import Fact, FactType, FactValue, Source

FROM_ABOVE = frozenset({"deputy_in_charge"})
"""Whoever leads a section from above assesses it: such a seat does not make it one's own."""

CAST_IN_PERSON = "leader_rating"
"""The panel whose members have accounts; the ballots of the others are entered for them."""

Known = Mapping[str, Fact]


@dataclass(frozen=True)
class Scheme:
    """The rows that a regulation evaluates by: what adds up, who rates, and which tiers follow."""

    items: tuple[Item, ...]
    panels: tuple[Item, ...]
    tiers: tuple[Item, ...]


@dataclass(frozen=True)
class Mark:
    """What was found of a section under a clause: how often, how many points, or that it was."""

    clause: str
    measure: str
    value: FactValue


@dataclass(frozen=True)
class Sheet:
    """All that is held for or against one section; ratings by the measure of their panel."""

    marks: tuple[Mark, ...] = ()
    ratings: Mapping[str, Sequence[Decimal]] = field(default_factory=dict)


@dataclass(frozen=True)
class Component:
    """A row that counts, and what it counts, with its sign."""

    item: Item
    points: Decimal | None


@dataclass(frozen=True)
class Result:
    """One section's; without a total as long as `unstated` names what is still to be recorded.

    `review` is what the panels come to by their weights, where the text gives these.
    """

    total: Decimal | None
    components: tuple[Component, ...]
    unstated: tuple[str, ...]
    review: Decimal | None = None
    place: int | None = None
    tied: bool = False
    tier: str | None = None


@dataclass(frozen=True)
class Finding:
    """What the text leaves open; the sentence stands in `domain.MESSAGES`."""

    code: str
    clause: str
    details: Mapping[str, Any] = field(default_factory=dict)


def scheme_of(rows: Sequence[Item]) -> Scheme:
    """The rows of the first regulation that has a total, ranks by it and shares out tiers.

    Raises:
        Refused: there is none.

    """
    for rank in (row for row in rows if row.effect is Effect.RANK):
        text = regulation_of(rank.clause)
        of_text = [row for row in rows if regulation_of(row.clause) == text]
        tiers = tuple(row for row in of_text if row.id == rank.id)
        whole = next((row.id for row in of_text if row.effect is Effect.TOTAL), None)
        if whole and any(row.effect is Effect.TIER and row.weight for row in tiers):
            return Scheme(
                tuple(row for row in of_text if row.id == whole),
                tuple(row for row in of_text if row.effect is Effect.AVERAGE and row.id != whole),
                tiers,
            )
    raise Refused("NO_EVALUATION_SCHEME")


def own_units(person: Person) -> frozenset[UUID]:
    """The units that somebody belongs to, and so never marks or rates."""
    return frozenset(seat.unit_id for seat in person.seats if seat.role not in FROM_ABOVE)


def read_mark(
    scheme: Scheme,
    known: Known,
    rungs: Iterable[Rung],
    earlier: Sequence[Mark],
    *,
    clause: str,
    measure: str,
    given: object,
) -> Mark:
    """What a client says was found, held against the rows and what was recorded before.

    Raises:
        Refused: no row of the clause counts it, or it is more or less than the rows can mean.

    """
    rows = [row for row in scheme.items if row.clause == clause and looked_at([row], known)]
    if not rows:
        raise at_fault("CLAUSE_NOT_SCORED", "input", "clause")
    names = looked_at(rows, known)
    if measure not in names:
        raise at_fault(
            "UNKNOWN_MEASURE", "input", "measure", measure=measure[:40], known=" ".join(names)
        )
    fact = known[measure]
    value = _bounded(fact, given, *_one_occasion(fact, clause, rungs))
    rows = [row for row in rows if measure in looked_at([row], known)]
    if not any(row.when.holds({measure: value}) for row in rows):
        raise at_fault("NOTHING_SPEAKS", "input", "value")
    mark = Mark(clause, measure, value)
    together = measures_of([*earlier, mark], known)[measure]
    if fact.type in (FactType.INT, FactType.DECIMAL):
        limits = [row.maximum for row in rows if row.measure and row.maximum is not None]
        _bounded(fact, together, None, min(limits, default=None))
    return mark


def read_ratings(
    panel: Item, known: Known, given: Iterable[Decimal], name: str
) -> tuple[Decimal, ...]:
    """Raises: Refused, where a rating lies outside the panel's scale."""
    fact = known[panel.measure]
    return tuple(Decimal(str(read_value(fact, each, name))) for each in given)


def _one_occasion(
    fact: Fact, clause: str, rungs: Iterable[Rung]
) -> tuple[Decimal | None, Decimal | None]:
    """The least and most points of one fault, where the clause lets whoever judges choose."""
    if fact.source is not Source.JUDGEMENT or fact.type is not FactType.DECIMAL:
        return None, None
    amounts = [row.amount for row in rungs if row.clause == clause and row.choice and row.amount]
    return min(amounts, default=None), max(amounts, default=None)


def read_value(fact: Fact, given: object, name: str = "value") -> FactValue:
    """Raises: Refused, where it is no value of this measure."""
    value = stated_value(fact, format(given, "f") if isinstance(given, Decimal) else given)
    if isinstance(value, Problem):
        raise invalid([replace(value, path=("input", name))])
    return value


def _bounded(
    fact: Fact, given: object, least: Decimal | None = None, most: Decimal | None = None
) -> FactValue:
    value = read_value(fact, given)
    if isinstance(value, Decimal) and least is not None and value < least:
        raise at_fault("TOO_SMALL", "input", "value", minimum=least)
    if isinstance(value, Decimal) and most is not None and value > most:
        raise at_fault("TOO_LARGE", "input", "value", maximum=most)
    return value


def measures_of(marks: Iterable[Mark], known: Known) -> dict[str, FactValue]:
    """Marks together: figures add up, of several degrees the last that is declared stands."""
    together: dict[str, FactValue] = {}
    for mark in marks:
        before, values = together.get(mark.measure), list(known[mark.measure].values or ())
        if isinstance(before, Decimal) and isinstance(mark.value, Decimal):
            together[mark.measure] = before + mark.value
        elif isinstance(before, str) and isinstance(mark.value, str):
            together[mark.measure] = max(before, mark.value, key=values.index)
        else:
            together[mark.measure] = mark.value
    return together


def tally(scheme: Scheme, marks: Iterable[Mark], known: Known) -> Result:
    """A section's total and every component of it."""
    measures = measures_of(marks, known)
    items = speaking(scheme.items, measures)
    found, scale = scored(items, measures), scale_of(items)
    counting = [
        each
        for each in items
        if each.effect in SIGNS and (not each.measure or each.measure in measures)
    ]
    parts = [(each, part_of(each, measures, scale)) for each in counting]
    total = found.values[name_of(items)]
    return Result(
        total if isinstance(total, Decimal) and not found.unstated else None,
        tuple(
            Component(each, None if part is None else SIGNS[each.effect] * part)
            for each, part in parts
        ),
        found.unstated,
    )


def mean(ratings: Sequence[Decimal]) -> Decimal | None:
    """The same in whatever order the ballots came; None where there are none."""
    return sum(sorted(ratings), Decimal(0)) / len(ratings) if ratings else None


def reviewed(panels: Sequence[Item], ratings: Mapping[str, Sequence[Decimal]]) -> Decimal | None:
    """The panels' means by their weights; None while one is missing or has no weight."""
    means = {each.measure: mean(ratings.get(each.measure, ())) for each in panels}
    stated = {name: each for name, each in means.items() if each is not None}
    if not panels or len(stated) < len(means):
        return None
    total = scored(panels, stated).values[name_of(panels)]
    return total if isinstance(total, Decimal) else None


def evaluated(
    scheme: Scheme, sheets: Mapping[UUID, Sheet], known: Known
) -> tuple[dict[UUID, Result], tuple[Finding, ...]]:
    """Each section's result, and what the text leaves open about them.

    Places and tiers are told once every section has its total.
    """
    results = {
        unit: replace(
            tally(scheme, sheet.marks, known), review=reviewed(scheme.panels, sheet.ratings)
        )
        for unit, sheet in sheets.items()
    }
    totals = {str(unit): each.total for unit, each in results.items() if each.total is not None}
    findings = [
        Finding("PANEL_WEIGHTS_OPEN", panel.clause)
        for panel in scheme.panels[:1]
        if any(each.weight is None for each in scheme.panels)
    ]
    if not sheets or len(totals) < len(results):
        return results, tuple(findings)
    shares = [row for row in scheme.tiers if row.effect is Effect.TIER]
    sizes = sizes_of(shares, dict.fromkeys((row.measure for row in shares), Decimal(len(totals))))
    if None in sizes.values():
        told = ":".join(str(row.weight) for row in shares)
        findings.append(
            Finding("TIER_SIZES_OPEN", shares[0].clause, {"count": len(totals), "shares": told})
        )
    for place, tied in groupby(ranked(totals), key=lambda each: each[0]):
        units = [UUID(name) for _, name in tied]
        tier = tier_of(place, len(units), sizes)
        if len(units) > 1:
            across = tier is None and None not in sizes.values()
            code = "TIE_ACROSS_TIERS" if across else "TIE"
            details = {"place": place, "count": len(units)}
            findings.append(Finding(code, scheme.tiers[0].clause, details))
        for unit in units:
            results[unit] = replace(results[unit], place=place, tied=len(units) > 1, tier=tier)
    return results, tuple(findings)


def tier_of(place: int, sharing: int, sizes: Mapping[str, Decimal | bool | None]) -> str | None:
    """The tier that holds everybody at a place; None where sizes are open or a tie lies across."""
    end = Decimal(0)
    for name, size in () if None in sizes.values() else sizes.items():
        begin, end = end, end + Decimal(size or 0)
        if begin < place and place + sharing - 1 <= end:
            return name
    return None
