"""Schemes of rounds: by which scores one is marked and rated, and whom it is of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain

from domain.records.marks import Known, Mark
from domain.shapes.asking import Measures, looked_at
from domain.shapes.counts import Count, Counted, Sum, Whose
from domain.shapes.eligibility import Requirement, reasons
from domain.shapes.rounds import Round
from domain.shapes.scores import Effect, Item

PLACING = (Effect.RANK, Effect.TIER)


@dataclass(frozen=True)
class Scheme:
    """The rows that a round is scored by: what adds up, who rates, what places and tiers follow."""

    items: tuple[Item, ...]
    review: tuple[Item, ...]
    tiers: tuple[Item, ...]
    tables: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    sheet: tuple[Item, ...] = ()

    @property
    def marked(self) -> tuple[Item, ...]:
        """What is marked: its own lines, and those of the tables that they come from."""
        return (*self.items, *chain.from_iterable(self.tables.values()))

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that each ballot rates; a single one without a name where there is no sheet."""
        return tuple(each.measure for each in self.sheet) or ("",)

    @property
    def panels(self) -> tuple[Item, ...]:
        """Those who rate, each with its measure and weight."""
        return tuple(each for each in self.review if each.effect is Effect.AVERAGE)


def scheme_of(row: Round, scores: Iterable[Item]) -> Scheme:
    """The scores that a row of an office names."""
    items = tuple(scores)

    def lines(score: str) -> tuple[Item, ...]:
        own = [each for each in items if each.id == score and each.effect not in PLACING]
        return _evened(own) if row.evenly else tuple(own)

    return Scheme(
        lines(row.score),
        lines(row.review),
        tuple(each for each in items if each.id == row.rank and each.effect in PLACING),
        {measure: lines(score) for measure, score in row.tables},
        tuple(each for each in lines(row.sheet) if each.effect is Effect.AVERAGE),
    )


def _evened(items: Sequence[Item]) -> tuple[Item, ...]:
    """The same, what has no weight weighing alike."""
    return tuple(
        replace(each, weight=Decimal(1))
        if each.effect is Effect.AVERAGE and each.weight is None
        else each
        for each in items
    )


def eligible(rows: Iterable[Requirement], scope: str, known: Measures) -> bool:
    """Whether a list lets somebody in; what is not known of them speaks neither way."""
    told = (each for each in rows if each.id == scope and known.keys() >= each.when.regions.keys())
    return not reasons(told, known)


def sources_of(
    scheme: Scheme, of: Whose, counts: Iterable[Count], known: Known
) -> tuple[Count, ...]:
    """The counts that the marks of a section or a person come from; people mark all others."""
    names = looked_at(scheme.marked, known)
    every = tuple(each for each in counts if each.whose is of)
    wanted = {each.id for each in every} & {*names}
    while more := {e.of for e in every if e.id in wanted and e.sum is Sum.EVERY} - wanted:
        wanted |= more
    return tuple(each for each in every if each.id in wanted)


def counted_marks(scheme: Scheme, counted: Mapping[str, Counted], known: Known) -> tuple[Mark, ...]:
    """What was counted, as marks under the clauses that score it; nothing counts nothing."""
    found = []
    for measure in looked_at(scheme.marked, known):
        if measure in counted:
            items = [each for each in scheme.marked if measure in looked_at([each], known)]
            found.append(Mark(items[0].clause, measure, counted[measure].value))
    return tuple(found)
