"""Rounds 评议: sections with their marks and ratings come to totals, places and tiers.

What counts, how much and up to where stands in the rows alone. What they leave open stays open and
is said: a tier whose size is no whole number, the weights of the panels.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from domain.errors import Refused, at_fault
from domain.office.organisation import Person
from domain.records.marks import Known, Mark, Scheme, measures_of
from domain.shapes.asking import speaking
from domain.shapes.count_words import Whose
from domain.shapes.points import months_later
from domain.shapes.rounds import Round
from domain.shapes.scores import SIGNS, Effect, Item, name_of, part_of, ranked, scale_of, scored
from domain.shapes.scores import tiers as sizes_of
from domain.vocabulary import Fact, FactType, FactValue, Label, Source

Ratings = Mapping[tuple[str, str], Sequence[Decimal]]
RESULTS = tuple(
    Fact(name, kind, Source.RECORDS, Label(zh, en))
    for name, kind, zh, en in (
        ("round", FactType.ENUM, "哪一种评议", "Which evaluation"),
        ("period", FactType.INT, "年内第几次", "Which of the year's"),
        ("total", FactType.DECIMAL, "总分", "Total"),
        ("place", FactType.INT, "名次", "Place"),
        ("last", FactType.BOOL, "排名最后", "Last of all"),
        ("tied_last", FactType.BOOL, "并列最后", "Tied for the last place"),
    )
)
"""What a count may look at in the result of a section, once its round is closed."""
CLOSED = "closed"


def in_conditions(name: str) -> str:
    """A round's name as conditions write it, whose words have no hyphen."""
    return name.replace("-", "_")


@dataclass(frozen=True)
class RoundKind:
    """A kind of evaluation 评议 by its code in `objects.csv`; what is scored and how, rows say.

    `proposals` is the kind of request by which a section says what it means to do.
    """

    code: str
    proposals: str = ""


@dataclass(frozen=True)
class Sheet:
    """All that is held for or against one section; ratings by their panel and line of the sheet."""

    marks: tuple[Mark, ...] = ()
    ratings: Ratings = field(default_factory=dict)


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
    """What the text leaves open; the sentence stands in `policies.messages`."""

    code: str
    clause: str
    details: Mapping[str, Any] = field(default_factory=dict)


def round_of(rows: Sequence[Round], kind: RoundKind, name: str | None) -> Round:
    """The row by its name, or the only one of an office, or of its sections.

    Raises: Refused: the office evaluates nothing so, or there are several and none is named.
    """
    own = {each.id: each for each in rows if each.kind == kind.code}
    if not own:
        raise Refused("NO_EVALUATION_SCHEME")
    of_sections = [each for each in own.values() if each.whose is Whose.UNIT] or [*own.values()]
    if name is None and len(of_sections) == 1:
        return of_sections[0]
    if name not in own:
        told = {"round": (name or "")[:40], "known": " ".join(own)}
        raise at_fault("UNKNOWN_ROUND", "input", "round", **told)
    return own[name]


def last_day(times: int, year: int, period: int) -> date:
    """The last day of one of so many periods of the year."""
    months = 12 * period // times
    return months_later(date(year, 1, 1), months) - timedelta(days=1)


def own_units(person: Person, above: Collection[str]) -> frozenset[UUID]:
    """The units that somebody belongs to, and so never marks or rates: not those led from above."""
    return frozenset(seat.unit_id for seat in person.seats if seat.role not in above)


def tally(scheme: Scheme, sheet: Sheet, known: Known) -> Result:
    """A section's total and every component of it; what the panels come to where that is all."""
    review = reviewed(scheme, sheet.ratings)
    if not scheme.items:
        lacking = [
            line or each.measure
            for each in scheme.panels
            for line in scheme.lines
            if not sheet.ratings.get((each.measure, line))
        ]
        return Result(review, (), tuple(dict.fromkeys(lacking)), review)
    measures, lacking = tabled(scheme, measures_of(sheet.marks, known))
    averaged = (each.measure for each in scheme.items if each.effect is Effect.AVERAGE)
    if missing := tuple(name for name in averaged if name not in measures):
        return Result(None, (), missing, review)
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
        total if isinstance(total, Decimal) and not (found.unstated or lacking) else None,
        tuple(
            Component(each, None if part is None else SIGNS[each.effect] * part)
            for each, part in parts
        ),
        tuple(each for each in found.unstated if each not in scheme.tables) + tuple(lacking),
        review,
    )


def tabled(
    scheme: Scheme, measures: dict[str, FactValue]
) -> tuple[dict[str, FactValue], list[str]]:
    """The measures with what the tables come to, and the lines of these that nobody marked.

    What is marked as a whole counts besides, and needs none of the lines.
    """
    lacking: list[str] = []
    for measure, lines in scheme.tables.items():
        names = [each.measure for each in lines if each.measure]
        missing = [] if measure in measures else [name for name in names if name not in measures]
        lacking += missing
        if not missing and not measures.keys().isdisjoint(names):
            total = scored(lines, measures).values[name_of(lines)]
            signs = {SIGNS[each.effect] for each in scheme.items if each.measure == measure}
            whole = Decimal(str(measures.get(measure, 0)))
            measures[measure] = whole + Decimal(total or 0) * signs.pop()
    return measures, lacking


def mean(ratings: Sequence[Decimal]) -> Decimal | None:
    """The same in whatever order the ballots came; None where there are none."""
    return sum(sorted(ratings), Decimal(0)) / len(ratings) if ratings else None


def rated(scheme: Scheme, ratings: Ratings, panel: str) -> Decimal | None:
    """What a panel comes to, line by line; None while one is missing or has no weight."""
    means = {line: mean(ratings.get((panel, line), ())) for line in scheme.lines}
    stated = {line: each for line, each in means.items() if each is not None}
    if not scheme.sheet or len(stated) < len(means):
        return means.get("")
    total = scored(scheme.sheet, stated).values[name_of(scheme.sheet)]
    return total if isinstance(total, Decimal) else None


def reviewed(scheme: Scheme, ratings: Ratings) -> Decimal | None:
    """The panels by their weights; None while one is missing or has no weight."""
    means = {each.measure: rated(scheme, ratings, each.measure) for each in scheme.panels}
    stated = {name: each for name, each in means.items() if each is not None}
    if not scheme.panels or len(stated) < len(means):
        return None
    total = scored(scheme.review, stated).values[name_of(scheme.review)]
    return total if isinstance(total, Decimal) else None


def evaluated(
    scheme: Scheme, sheets: Mapping[UUID, Sheet], known: Known
) -> tuple[dict[UUID, Result], tuple[Finding, ...]]:
    """Each section's result, and what the text leaves open about them.

    Places and tiers are told once every section has its total.
    """
    results = {unit: tally(scheme, sheet, known) for unit, sheet in sheets.items()}
    totals = {str(unit): each.total for unit, each in results.items() if each.total is not None}
    findings = [
        Finding("PANEL_WEIGHTS_OPEN", panel.clause)
        for panel in scheme.panels[:1]
        if any(each.weight is None for each in scheme.panels)
    ]
    if not scheme.tiers or not sheets or len(totals) < len(results):
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
            across = bool(sizes) and tier is None and None not in sizes.values()
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
