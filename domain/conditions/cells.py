"""The cases of a kind, cut into cells where its rules change, and joined again into regions.

An axis is a fact cut at the constants that the rules compare it with; only cells that hold a point
of the fact's grid count. The cells of an axis and the rules of a kind are bits of whole numbers.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import cache, reduce
from itertools import permutations
from operator import and_
from typing import TypeVar

from domain.conditions.language import Condition, cut_points
from domain.conditions.regions import Interval, Region
from domain.errors import Refused
from domain.vocabulary import Fact, FactType, FactValue

Key = TypeVar("Key", bound=Hashable)
Box = tuple[int, ...]
"""For each axis the cells that belong to it."""

MOST_AXES_IN_ANY_ORDER = 3
MOST_BOXES = 40_000
"""That are looked at in one order of the axes: a hundred times what any office's rules need."""

NUMBERS = (FactType.DECIMAL, FactType.INT)
STRIDES = tuple(map(Decimal, ("1", "0.5", "0.1", "0.01", "0.001")))
"""How far behind an open end the example of a fact without a grid is taken."""


@dataclass(frozen=True)
class Axis:
    """A fact, its cells (numbers rising), and for each cell the rules that it does not rule out."""

    fact: Fact
    cells: tuple[Region, ...]
    rules: tuple[int, ...]
    bounds: Interval

    @property
    def whole(self) -> int:
        return (1 << len(self.cells)) - 1

    def region(self, run: int) -> Region:
        """What these cells are together; numbers are unbounded where the axis itself ends."""
        chosen = [cell for number, cell in enumerate(self.cells) if run >> number & 1]
        first, last = chosen[0], chosen[-1]
        if not isinstance(first, Interval) or not isinstance(last, Interval):
            return frozenset[FactValue]().union(*chosen)  # type: ignore[arg-type]
        above = Interval(low=first.low, low_open=first.low_open)
        if above == Interval(low=self.bounds.low, low_open=self.bounds.low_open):
            above = Interval()
        below = Interval(high=last.high, high_open=last.high_open)
        if below == Interval(high=self.bounds.high, high_open=self.bounds.high_open):
            below = Interval()
        return above & below

    def smallest(self, run: int) -> FactValue:
        """The least number of these cells, or the word that the vocabulary names first."""
        first = self.cells[(run & -run).bit_length() - 1]
        value = least(first if isinstance(first, Interval) else self.region(run), self.fact)
        if value is None:
            raise ValueError("a cell without a value is no cell")
        return value


def axis_of(fact: Fact, within: Region | None, conditions: Sequence[Condition]) -> Axis:
    """Cut a fact where these conditions change, inside its own bounds and `within`."""
    alike: dict[int, list[FactValue]] = {}
    if fact.type not in NUMBERS:
        for word in words_of(fact):
            if within is None or word in within:
                alike.setdefault(rules_at(fact, word, conditions), []).append(word)
        return Axis(fact, tuple(map(frozenset, alike.values())), tuple(alike), Interval())
    bounds = Interval(fact.minimum, fact.maximum)
    if isinstance(within, Interval):
        bounds &= within
    pieces = cut(bounds, cut_points(conditions).get(fact.code, ()))
    cells = [(piece, value) for piece in pieces if (value := least(piece, fact)) is not None]
    rules = tuple(rules_at(fact, value, conditions) for _, value in cells)
    return Axis(fact, tuple(piece for piece, _ in cells), rules, bounds)


def rules_at(fact: Fact, value: FactValue, conditions: Iterable[Condition]) -> int:
    """The conditions that a value of the fact does not rule out."""
    found = 0
    for number, condition in enumerate(conditions):
        region = condition.regions.get(fact.code)
        if region is None or value in region:
            found |= 1 << number
    return found


def cut(bounds: Interval, points: Iterable[Decimal]) -> Iterator[Interval]:
    """The bounds in pieces: before, at and after each point that lies inside."""
    rest = bounds
    for point in points:
        if point in bounds:
            yield rest & Interval(high=point, high_open=True)
            yield Interval(point, point)
            rest = bounds & Interval(low=point, low_open=True)
    yield rest


def words_of(fact: Fact) -> tuple[FactValue, ...]:
    return (False, True) if fact.type is FactType.BOOL else tuple(fact.values or ())


def least(region: Region, fact: Fact) -> FactValue | None:
    """The first word, the least number of the grid, or a short number just behind an open end."""
    if not isinstance(region, Interval):
        return next((word for word in words_of(fact) if word in region), None)
    if region.is_empty():
        return None
    low = region.low
    if low is None:
        low = Decimal(0) if Decimal(0) in region else (region.high or Decimal(0)) - 1
    grid = fact.grid or (Decimal(1) if fact.type is FactType.INT else None)
    if grid:
        first = (low / grid).to_integral_value(ROUND_CEILING) * grid
        candidates: tuple[Decimal, ...] = (first, first + grid)
    elif region.high is None:
        candidates = (low, low + 1)
    else:
        candidates = (low, *(low + each for each in STRIDES), (low + region.high) / 2)
    return next((number for number in candidates if number in region), None)


def runs(cells: int, *, split: bool) -> Iterator[int]:
    """Neighbouring cells together; those of words are all neighbours."""
    while cells and split:
        end = cells + (cells & -cells)
        run = cells & ~end
        yield run
        cells &= ~run
    if cells:
        yield cells


def sweep(
    axes: Sequence[Axis], judge: Callable[[int], Iterable[Key]], rules: int
) -> dict[Key, tuple[Box, ...]]:
    """For each thing that `judge` says of the rules that match in a cell, where it holds.

    The boxes of one thing do not meet, and no two of them could be one. Of several orders in which
    the axes may be taken, the one that needs the fewest boxes counts.
    """
    if not all(axis.cells for axis in axes):
        return {}
    judged = cache(lambda matching: tuple(judge(matching)))
    found = swept(axes, judged, rules)
    if any(len(boxes) > 1 for boxes in found.values()):
        for order in orders(len(axes)):
            other = swept([axes[number] for number in order], judged, rules)
            for key, boxes in other.items():
                if len(boxes) < len(found[key]):
                    found[key] = tuple(in_place(box, order) for box in boxes)
    return found


def orders(count: int) -> Iterator[tuple[int, ...]]:
    """Every other order of a few axes; of many, each of them first."""
    natural = tuple(range(count))
    if count <= MOST_AXES_IN_ANY_ORDER:
        yield from (order for order in permutations(natural) if order != natural)
    else:
        yield from (natural[first:] + natural[:first] for first in natural[1:])


def in_place(box: Box, order: Sequence[int]) -> Box:
    found = dict(zip(order, box, strict=True))
    return tuple(found[number] for number in range(len(box)))


def swept(
    axes: Sequence[Axis], judge: Callable[[int], Iterable[Key]], rules: int
) -> dict[Key, tuple[Box, ...]]:
    """One axis after the other; what lies behind depends on the rules that are left, not on how."""
    whole = tuple(axis.whole for axis in axes)
    # the rules that an axis, or one behind it, may still rule out
    open_yet = [0]
    for axis in reversed(axes):
        everywhere = reduce(and_, axis.rules)
        open_yet.insert(0, open_yet[0] | rules & ~everywhere)

    looked_at = 0

    @cache
    def behind(level: int, left: int) -> Mapping[Key, tuple[Box, ...]]:
        if not left & open_yet[level]:
            return dict.fromkeys(judge(left), (whole[level:],))
        nonlocal looked_at
        axis = axes[level]
        found: dict[Key, dict[Box, int]] = {}
        for number, still in enumerate(axis.rules):
            further = behind(level + 1, left & still)
            looked_at += 1 + sum(map(len, further.values()))
            if looked_at > MOST_BOXES:
                raise Refused("TOO_MANY_CASES")
            for key, boxes in further.items():
                cells = found.setdefault(key, {})
                for box in boxes:
                    cells[box] = cells.get(box, 0) | 1 << number
        split = axis.fact.type in NUMBERS
        return {
            key: tuple(
                (run, *box) for box, all_ in cells.items() for run in runs(all_, split=split)
            )
            for key, cells in found.items()
        }

    return dict(behind(0, rules))
