"""The part of a fact's values that a condition admits: an interval of numbers or a set of words."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation

from domain.vocabulary import FactValue

NUMBERS = (Decimal, int)


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers between two ends, each open or closed; an end that is None is far away."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: object) -> bool:
        if type(value) not in NUMBERS:
            return False
        low, high = self.low, self.high
        try:
            return (low is None or (low < value if self.low_open else low <= value)) and (  # type: ignore[operator]
                high is None or (value < high if self.high_open else value <= high)  # type: ignore[operator]
            )
        except InvalidOperation:  # not a number at all
            return False

    def __and__(self, other: "Interval") -> "Interval":
        lows = [(each.low, each.low_open) for each in (self, other) if each.low is not None]
        highs = [(each.high, not each.high_open) for each in (self, other) if each.high is not None]
        low, low_open = max(lows, default=(None, False))
        high, high_closed = min(highs, default=(None, True))
        return Interval(low, high, low_open, not high_closed)

    def is_empty(self, *, whole: bool = False) -> bool:
        """Whether no number lies inside; with `whole`, no whole number."""
        if self.low is None or self.high is None:
            return False
        if not whole:
            meets = self.low == self.high and not (self.low_open or self.high_open)
            return not (self.low < self.high or meets)
        first = self.low.to_integral_value(ROUND_CEILING)
        last = self.high.to_integral_value(ROUND_FLOOR)
        first += self.low_open and first == self.low
        last -= self.high_open and last == self.high
        return first > last


Region = Interval | frozenset[FactValue]


def intersection(one: Region, other: Region) -> Region:
    if isinstance(one, Interval) and isinstance(other, Interval):
        return one & other
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one & other
    raise TypeError("an interval and a set never speak of one fact")
