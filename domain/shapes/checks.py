"""Checks: the items that clauses have looked at, and what the marks of a sheet come to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import ClassVar, Generic, TypeVar

from domain.conditions.language import ALWAYS
from domain.errors import Problem
from domain.shapes.clocks import Clock, concerned
from domain.shapes.count_words import Sum, Whose, Within
from domain.shapes.counts import Count, Happened, measured, period_of
from domain.values.choices import Choice
from domain.vocabulary import FactValue, Label

S = TypeVar("S")
MOST = Decimal(1000)
"""A mark of an item whose points the text leaves open."""
GRID = Decimal("0.01")
FEWEST = 5
"""Fewer people than these are not ranked."""


class Marked(Choice):
    """How an item is marked: as kept or not, or with points."""

    TICK = "tick", "勾选: kept or not."
    SCORE = "score", "打分: in points."


@dataclass(frozen=True)
class CheckItem:
    """An item of the check `id`; without a name it is the sheet as a whole, which `passes` at that.

    Points that the text of an item leaves open are those of the whole, where the office gives any.
    An item below its own pass fails the sheet.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("duty", "prohibition", "interpretation")
    id: str
    clause: str
    item: str
    marked: Marked | None
    points: Decimal | None
    passes: Decimal | None
    weight: Decimal | None
    label: Label


@dataclass(frozen=True)
class Mark:
    """What an item was found to be: its points, or whether it is kept."""

    item: str
    points: Decimal | None = None
    kept: bool | None = None


@dataclass(frozen=True)
class Result:
    """What a sheet comes to; without a pass mark it never fails."""

    total: Decimal
    pass_mark: Decimal | None
    failed: bool


@dataclass(frozen=True)
class Ranked(Generic[S]):
    """A place among those that were checked; equal scores share it."""

    place: int
    subject: S
    score: Decimal


def by_item(items: Iterable[CheckItem]) -> dict[str, CheckItem]:
    """The items by their names, each with its points: its own, or those of the whole, if any."""
    every = {each.item: each for each in items}
    whole = every.get("")
    given = whole.points if whole else None
    return {
        name: replace(each, points=given if each.points is None else each.points)
        for name, each in every.items()
    }


def most_of(item: CheckItem) -> Decimal:
    """The most that it can be marked with; what is kept counts as one where nothing is said."""
    if item.points is not None:
        return item.points
    return Decimal(1) if item.marked is Marked.TICK else MOST


def mark_problems(items: Iterable[CheckItem], marks: Sequence[Mark]) -> Iterator[Problem]:
    """What is wrong with the marks of a sheet: each item of the office is marked once, its way."""
    known = {name: each for name, each in by_item(items).items() if name}
    seen: set[str] = set()
    for number, mark in enumerate(marks):
        at, of = ("marks", str(number)), known.get(mark.item)
        if of is None:
            yield Problem("NOT_AN_ITEM", (*at, "item"), details={"known": " ".join(known)})
        elif mark.item in seen:
            yield Problem("MARKED_TWICE", (*at, "item"), of.clause)
        else:
            yield from _wrong(of, mark, at)
        seen.add(mark.item)
    for name, of in known.items():
        if name not in seen:
            told = {"zh": of.label.zh, "en": of.label.en}
            yield Problem("ITEM_NOT_MARKED", ("marks",), of.clause, told)


def _wrong(of: CheckItem, mark: Mark, at: tuple[str, ...]) -> Iterator[Problem]:
    if of.marked is Marked.TICK:
        if mark.kept is None or mark.points is not None:
            yield Problem("MARKED_ANOTHER_WAY", (*at, "kept"), of.clause)
    elif mark.points is None or mark.kept is not None:
        yield Problem("MARKED_ANOTHER_WAY", (*at, "points"), of.clause)
    elif not 0 <= mark.points <= most_of(of):
        yield Problem("BEYOND_ITS_POINTS", (*at, "points"), of.clause, {"most": most_of(of)})
    elif mark.points % GRID:
        yield Problem("OFF_GRID", (*at, "points"), of.clause, {"grid": GRID})


def points_of(item: CheckItem, mark: Mark) -> Decimal:
    """What a mark is worth, before its weight."""
    return (most_of(item) if mark.kept else Decimal(0)) if mark.points is None else mark.points


def result(items: Iterable[CheckItem], marks: Iterable[Mark]) -> Result:
    """What marks without a fault come to."""
    known = by_item(items)
    total, failed = Decimal(0), False
    for mark in marks:
        item = known[mark.item]
        points = points_of(item, mark)
        total += points * (Decimal(1) if item.weight is None else item.weight)
        failed = failed or (item.passes is not None and points < item.passes)
    whole = known.get("")
    pass_mark = whole.passes if whole else None
    return Result(total, pass_mark, failed or (pass_mark is not None and total < pass_mark))


def ranked(scores: Mapping[S, Decimal]) -> list[Ranked[S]]:
    """By their scores, the best first; what is equal keeps its order and shares its place."""
    ordered = sorted(scores.items(), key=lambda each: -each[1])
    above = [score for _, score in ordered]
    return [Ranked(above.index(score) + 1, subject, score) for subject, score in ordered]


def mean(scores: Sequence[Decimal]) -> Decimal:
    return sum(scores, Decimal(0)) / len(scores)


def appraised(lines: Sequence[Happened], within: Within, regular: str) -> Iterator[Happened]:
    """The sheets of a subject, each with what its period comes to: the mean of its sheets.

    A period counts once a regular sheet is in it, with its last one, against that one's pass mark.
    """
    for _, group in groupby(lines, key=lambda line: period_of(within, line.day)):
        sheets = list(group)
        score = mean([Decimal(str(each.facts["total"])) for each in sheets])
        last = sheets[-1]
        pass_mark = last.facts.get("pass_mark")
        counts = any(each.facts.get(regular) for each in sheets)
        failed = counts and pass_mark is not None and score < Decimal(str(pass_mark))
        for each in sheets:
            told: dict[str, FactValue] = {
                "period_score": score,
                "period_counts": counts and each is last,
                "period_failed": failed and each is last,
            }
            yield replace(each, facts={**each.facts, **told})


def every_sheet(check: str, whose: Whose) -> Count:
    """What has all sheets of a check read, whatever else is counted."""
    return Count("", "", check, Sum.NUMBER, "", None, ALWAYS, Within.YEAR, whose)


def to_mend(
    sheets: Iterable[Happened],
    lines: Sequence[Happened],
    counts: Sequence[Count],
    clocks: Iterable[Clock],
    event: str,
) -> list[tuple[Happened, Clock, dict[str, FactValue]]]:
    """The failed sheets of a subject of which a clause gives a time to mend, with what it saw."""
    rows = [each for each in clocks if concerned(each.starts, (event,))]
    found = []
    for line in sheets:
        if not rows or not line.facts.get("failed"):
            continue
        seen = {name: each.value for name, each in measured(counts, lines, line.day, line).items()}
        told = {**line.facts, **seen}
        known = (each for each in rows if each.when.regions.keys() <= told.keys())
        found += [(line, row, seen) for row in known if row.when.holds(told)]
    return found
