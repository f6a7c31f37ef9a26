"""Ladders: which recorded facts lead to which penalties or rewards, for whom and how much."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import ClassVar, NamedTuple

from domain.conditions.language import Condition
from domain.shapes.asking import Measures, number
from domain.shapes.count_words import Within
from domain.vocabulary import STAGE, Fact, FactType, Label, Source

TYPES = (
    *("fine", "deduct_bonus", "deduct_score", "warning", "criticism", "public_criticism", "talk"),
    *("dismissal", "transfer", "disciplinary", "bonus", "score", "other"),
)
SUMS = ("fine", "deduct_bonus", "deduct_score", "bonus", "score")
"""Of these an amount that is not written is open; the others have none."""


class Pot(NamedTuple):
    """All that there is of one thing to take from, in a month or another time."""

    whole: Decimal
    within: Within = Within.MONTH


@dataclass(frozen=True)
class Rung:
    """One consequence. Lines of one id come together; of one `choice` letter only one is taken.

    The amount is given `per` a measure, for the part of it that lies `beyond`, once for `every`
    so many that are complete; what has no amount follows `each_time`. `most` bounds what is taken
    from one person of one thing, in all of its time. A rung `stops` others that it forbids or
    replaces, and stands `against` those of other clauses that say otherwise of the same thing.
    """

    clause_kinds: ClassVar[tuple[str, ...]] = ("penalty", "reward", "deadline")
    id: str
    clause: str
    trigger: str
    when: Condition
    type: str
    amount: Decimal | None
    unit: str
    of: str
    whom: str
    per: str
    beyond: Decimal | None
    every: Decimal | None
    most: Pot | None
    choice: str
    stops: tuple[str, ...]
    against: tuple[str, ...]
    label: Label

    @property
    def each_time(self) -> bool:
        """Whether it follows anew of each time, as a criticism does, which has no amount."""
        return bool(self.per) and self.amount is None and self.type not in SUMS and not self.unit

    @property
    def key(self) -> tuple[str, str, str]:
        """What a proposal keeps of it: rungs of one clause may bear one id."""
        return self.id, self.clause, self.label.zh

    def excludes(self, other: "Rung") -> bool:
        """Whether it is among those of which the clause lets one be taken, and the other too."""
        same = (self.id, self.clause, self.choice) == (other.id, other.clause, other.choice)
        return bool(self.choice) and same

    def follows(self, measures: Measures) -> bool:
        """A rung that asks for no fact is told by its trigger alone, so it follows from none."""
        return bool(self.when.regions) and self.when.holds(measures)


def stages_of(triggers: Iterable[tuple[str, Label]]) -> dict[str, Fact]:
    """What a condition calls the stage of a proposal: the trigger of its ladder."""
    kind = FactType.ENUM, Source.RECORDS, Label("情形", "Trigger")
    return {STAGE: Fact(STAGE, *kind, values=dict(triggers))}


@dataclass(frozen=True)
class Consequence:
    """What a rung comes to. `is_open`: it has a unit, but the text or the facts give no figure.

    `against` are the rungs that follow as well although both cannot be meant.
    """

    rung: Rung
    amount: Decimal | None
    against: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        named = bool(self.rung.unit or self.rung.per)
        return self.amount is None and named and not self.rung.each_time


def consequences(
    rungs: Iterable[Rung], measures: Measures, book: Iterable[Rung] = ()
) -> tuple[Consequence, ...]:
    """What rungs that speak come to; one whose amount comes to nothing falls away.

    Rungs of the `book` that follow as well stop some of them, or contradict them.

    Raises: Refused: a measure that an amount is multiplied by is not stated.
    """
    rungs = tuple(rungs)
    following = [each for each in (*book, *rungs) if each.follows(measures)]
    stopped = {name for each in following for name in each.stops}
    left = [each for each in following if each.id not in stopped]
    found = (
        Consequence(each, amount_of(each, measures), contradicting(each, left))
        for each in rungs
        if each.id not in stopped
    )
    return tuple(bounded(each for each in found if not each.rung.per or each.amount != 0))


def contradicting(rung: Rung, others: Iterable[Rung]) -> tuple[str, ...]:
    against = (each for each in others if each.id in rung.against or rung.id in each.against)
    return tuple(dict.fromkeys(each.id for each in against))


def amount_of(rung: Rung, measures: Measures) -> Decimal | None:
    if rung.amount is None or not rung.per:
        return rung.amount
    times = max(number(measures, rung.per) - (rung.beyond or 0), Decimal(0))
    return rung.amount * (times // rung.every if rung.every else times)


def bounded(found: Iterable[Consequence]) -> Iterator[Consequence]:
    """Of one thing nobody loses more than all of it, whatever the rungs come to together."""
    taken: dict[tuple[str, str, str], Decimal] = {}
    for each in found:
        rung, amount = each.rung, each.amount
        if amount is None or rung.most is None:
            yield each
            continue
        pot = rung.of, rung.unit, rung.whom
        left = max(rung.most.whole - taken.get(pot, Decimal(0)), Decimal(0))
        taken[pot] = taken.get(pot, Decimal(0)) + min(amount, left)
        yield replace(each, amount=min(amount, left))


def what_follows(rungs: Iterable[Rung], measures: Measures) -> tuple[Consequence, ...]:
    """What these facts lead to, whichever the clause; amounts that they do not tell stay open."""
    named = (rung for rung in rungs if rung.follows(measures))
    told = (
        rung if not rung.per or rung.per in measures else replace(rung, amount=None)
        for rung in named
    )
    return consequences(told, measures)
