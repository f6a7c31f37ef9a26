"""Scores: what counts towards a result and with which weight, its bounds, ranks and tiers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby
from typing import ClassVar

from domain.conditions.language import Condition
from domain.shapes.asking import Measures, not_stated, number
from domain.vocabulary import Label


class Effect(StrEnum):
    ADD = "add"
    SUBTRACT = "subtract"
    AVERAGE = "average"
    TOTAL = "total"
    TIER = "tier"
    RANK = "rank"
    FLOOR = "floor"
    CEILING = "ceiling"


SIGNS = {Effect.ADD: 1, Effect.AVERAGE: 1, Effect.SUBTRACT: -1}
WHOLES = (Decimal(1), Decimal(100))
"""What the weights of an average add up to: parts of one, or percent."""


@dataclass(frozen=True)
class Item:
    """One line of a score. Without a measure it counts its weight; without both it is open."""

    clause_kinds: ClassVar[tuple[str, ...]] = ("scoring",)
    id: str
    clause: str
    item: str
    measure: str
    effect: Effect
    weight: Decimal | None
    minimum: Decimal | None
    maximum: Decimal | None
    when: Condition
    label: Label

    def clamp(self, value: Decimal) -> Decimal:
        if self.minimum is not None:
            value = max(value, self.minimum)
        return value if self.maximum is None else min(value, self.maximum)


@dataclass(frozen=True)
class Score:
    """Figures by name; None is one that the text leaves open. `unstated` counted as nothing."""

    values: Mapping[str, Decimal | bool | None]
    unstated: tuple[str, ...]


def scores_asked(items: Iterable[Item], measures: Measures) -> list[list[Item]]:
    """The items score by score; of several scores those that the measures speak of."""
    scores: dict[str, list[Item]] = {}
    for item in items:
        scores.setdefault(item.id, []).append(item)
    every = list(scores.values())
    asked = [
        score
        for score in every
        if any(measures.keys() & {each.measure, *each.when.regions} for each in score)
    ]
    return asked or every


def scored(items: Sequence[Item], measures: Measures) -> Score:
    """The parts and the total of one score.

    Raises: Refused: a part of an average is not stated, or nothing at all is.
    """
    counting = [each for each in items if each.effect in SIGNS]
    unstated = dict.fromkeys(
        each.measure for each in items if each.measure and each.measure not in measures
    )
    averaged = [each.measure for each in counting if each.effect is Effect.AVERAGE]
    if missing := [name for name in averaged if name in unstated]:
        raise not_stated(missing)
    if unstated and not any(each.measure in measures or not each.measure for each in items):
        raise not_stated(unstated)
    told = [each for each in items if not each.measure or each.measure in measures]
    values: dict[str, Decimal | bool | None] = {}
    total: Decimal | None = Decimal(0)
    scale = scale_of(items)
    for each in told:
        if each.effect in SIGNS:
            part = part_of(each, measures, scale)
            values[each.item] = plus(values.get(each.item, Decimal(0)), part)
            total = plus(total, None if part is None else SIGNS[each.effect] * part)
    if counting or any(each.effect is Effect.TOTAL for each in items):
        values[name_of(items)] = bounded(total, told)
    values |= tiers([each for each in told if each.effect is Effect.TIER], measures)
    return Score(values, tuple(unstated))


def name_of(items: Iterable[Item]) -> str:
    """What the result is called: the item of its total, or the score itself."""
    items = tuple(items)
    return next((each.item for each in items if each.effect is Effect.TOTAL), items[0].id)


def scale_of(items: Iterable[Item]) -> Decimal:
    """What the weights of an average are parts of: what they add up to, where each is one.

    Otherwise percent where they add up to more than one.
    """
    weights = [each.weight or Decimal(0) for each in items if each.effect is Effect.AVERAGE]
    whole = sum(weights, Decimal(0))
    return whole if weights and set(weights) == {Decimal(1)} else WHOLES[whole > 1]


def part_of(item: Item, measures: Measures, scale: Decimal) -> Decimal | None:
    """What one item counts, without its sign."""
    if item.weight is None:
        return None
    value = item.weight * (number(measures, item.measure) if item.measure else 1)
    return item.clamp(value / scale if item.effect is Effect.AVERAGE else value)


def plus(one: Decimal | bool | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other


def bounded(total: Decimal | None, items: Iterable[Item]) -> Decimal | None:
    """The total between its floors and ceilings; these may say their limit as a weight."""
    if total is None:
        return None
    for each in items:
        if each.effect is Effect.FLOOR:
            limit = each.weight if each.minimum is None else each.minimum
            total = total if limit is None else max(total, limit)
        elif each.effect is Effect.CEILING:
            limit = each.weight if each.maximum is None else each.maximum
            total = total if limit is None else min(total, limit)
    for each in items:
        if each.effect is Effect.TOTAL:
            total = each.clamp(total)
    return total


def tiers(items: Sequence[Item], measures: Measures) -> dict[str, Decimal | bool | None]:
    """How many of those ranked each tier takes; open where that is no whole number.

    A tier without a share is one that a case belongs to when its condition holds.
    """
    whole = sum((each.weight or Decimal(0) for each in items), Decimal(0))
    found: dict[str, Decimal | bool | None] = {}
    for each in items:
        if each.weight is None or not each.measure:
            found[each.item] = True if each.weight is None else each.weight
        elif whole:
            size = number(measures, each.measure) * each.weight / whole
            found[each.item] = None if size % 1 else size
    return found


def is_ranking(items: Iterable[Item], measures: Measures) -> bool:
    """Whether only totals to be ranked are stated, and nothing that a total is made of."""
    items = tuple(items)
    looked_at = {name for each in items for name in (each.measure, *each.when.regions)}
    stated = looked_at & measures.keys()
    return bool(stated) and stated <= {each.measure for each in items if each.effect is Effect.RANK}


def ranked(totals: Mapping[str, Decimal]) -> tuple[tuple[int, str], ...]:
    """Places by total, the highest first; equal totals share a place, whatever their order."""
    ordered = sorted(totals, key=lambda name: (-totals[name], name))
    places: list[tuple[int, str]] = []
    for _, same in groupby(ordered, key=lambda name: totals[name]):
        place = len(places) + 1
        places += [(place, name) for name in same]
    return tuple(places)
