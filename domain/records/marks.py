"""Marks of a round, held against the rows that count them, and its scheme: by which scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain

from domain.conditions.language import stated_value
from domain.errors import Problem, at_fault, invalid
from domain.shapes.asking import Measures, looked_at
from domain.shapes.count_words import Sum, Whose
from domain.shapes.counts import Count, Counted
from domain.shapes.eligibility import Requirement, reasons
from domain.shapes.ladders import Rung
from domain.shapes.rounds import Round
from domain.shapes.scores import Effect, Item
from domain.values.bounds import must_lie
from domain.vocabulary import Fact, FactType, FactValue, Source

Known = Mapping[str, Fact]


@dataclass(frozen=True)
class Mark:
    """What was found of a section under a clause: how often, how many points, or that it was."""

    clause: str
    measure: str
    value: FactValue


def written(mark: Mark) -> dict[str, bool | str]:
    """The mark as it is stored; figures are texts."""
    value = mark.value if isinstance(mark.value, bool | str) else format(mark.value, "f")
    return {"clause": mark.clause, "measure": mark.measure, "value": value}


def read_mark(
    items: Sequence[Item],
    known: Known,
    rungs: Iterable[Rung],
    earlier: Sequence[Mark],
    *,
    clause: str,
    measure: str,
    given: object,
) -> Mark:
    """What a client says was found, held against the rows and what was recorded before.

    Raises: Refused: no row of the clause counts it, or it is more or less than the rows can mean.
    """
    rows = [row for row in items if row.clause == clause and looked_at([row], known)]
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
    if isinstance(value, Decimal):
        must_lie(value, least, most, "input", "value")
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
