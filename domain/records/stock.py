"""Stock 库存: things that are many of a kind, each on a card, taken in, handed out and counted.

What moves them are lines of registers, and how many there are is what these lines come to: in the
store, and with each person who holds some. A count finds what is there; what becomes of a
difference is decided, and nothing else ever sets it right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from domain.approval.procedure import asked, referring
from domain.records.registers import PERSON, Entry, Register
from domain.records.things import Thing
from domain.values.bounds import between
from domain.values.choices import Choice

ITEM, QUANTITY = "item_id", "quantity"
"""The columns of every line that moves stock: of what, and how many."""

MANY = between(1, 1_000_000, 1)
STORE, OUTSIDE = "store", "outside"
"""Where stock lies that nobody holds, and where it comes from and goes to."""


@dataclass(frozen=True)
class Flow:
    """Lines of a register that move stock from one place to another.

    A place is the store, outside, or a column: whoever stands in it, or the store where it is
    empty. What leaves is gone once it is written; what is to be signed for arrives with that.
    """

    register: Register
    leaves: str
    arrives: str

    def places(self) -> Iterator[tuple[str, int]]:
        """Each place that it changes, and whether by more or by less."""
        yield from ((place, sign) for place, sign in self._ends() if place != OUTSIDE)

    def _ends(self) -> tuple[tuple[str, int], tuple[str, int]]:
        return (self.leaves, -1), (self.arrives, 1)


class Counted(Entry):
    """A count of an item: what ought to be there, what is, and the difference."""

    counted_on: date = asked("盘点日期", "The day")
    found: int = asked("实有数量", "How many were found", bounds=between(0, 1_000_000, 1))
    second_id: UUID = referring("共同盘点人", "Who counted with them, and signs", PERSON)
    expected: int = asked("账面数量", "How many there ought to be", default=0, served=True)
    difference: int = asked("差异", "Too many, or below zero too few", default=0, served=True)


class DifferenceOutcome(Choice):
    """差异处理; what becomes of a difference."""

    ADJUSTED = "adjusted", "按实有数调整账面: the books follow what was found."
    COMPENSATED = "compensated", "由责任人赔偿，账面随之调整: somebody pays, and the books follow."
    FOUND = "found", "已找到，账面不变: it turned up; the books stay."
    MISCOUNTED = "miscounted", "盘点有误，账面不变: the count was wrong; the books stay."


FOLLOWED = frozenset({DifferenceOutcome.ADJUSTED, DifferenceOutcome.COMPENSATED})
"""What makes the books follow the count."""


class Settled(Entry):
    """A decision on the difference of a count."""

    settled_on: date = asked("处理日期", "The day")
    becomes: DifferenceOutcome = asked("处理结果", "What becomes of it")
    reason: str = asked("理由", "Why", longest=500)
    quantity: int = asked("调整数量", "By how much the books change", default=0, served=True)


@dataclass(frozen=True, eq=False)
class Stock:
    """The stock of a thing. `flows` move it; `counts` are its counts, and `settlements` say what
    becomes of their differences, in the column `count_id`; they move it by what they `adjust`.

    What bears the word `used_up` in its column is held by nobody who received it. A person who
    holds nothing else has `cleared` these measures, which the requirements of a `leaving` look at.
    """

    thing: Thing
    flows: tuple[Flow, ...]
    counts: Register
    settlements: Register
    used_up: tuple[str, Enum]
    leaving: str = ""
    cleared: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        columns = {"count_id", QUANTITY, ITEM}
        if lacking := columns - {each.name for each in self.settlements.fields}:
            raise LookupError(f"{self.settlements.name} has no column {sorted(lacking)}")
        for each in self.flows:
            known = {field.name for field in each.register.fields} | {STORE, OUTSIDE}
            if unknown := {ITEM, QUANTITY, each.leaves, each.arrives} - known:
                raise LookupError(f"{each.register.name} has no column {sorted(unknown)}")

    @property
    def moves(self) -> tuple[Flow, ...]:
        """Everything that moves it, what is decided of differences among it."""
        return (*self.flows, Flow(self.settlements, OUTSIDE, STORE))

    @property
    def registers(self) -> tuple[Register, ...]:
        return (*(each.register for each in self.moves), self.counts)
