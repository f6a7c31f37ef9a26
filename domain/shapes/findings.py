"""What is wrong or left open in the shapes of a rulebook, each with its smallest example."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, islice, product
from typing import Any

from domain.conditions.cells import Axis, axis_of
from domain.conditions.joining import apart
from domain.conditions.severity import Severity
from domain.shapes.asking import NUMBERS
from domain.shapes.book import ShapeRow, Shapes
from domain.shapes.clocks import Clock
from domain.shapes.ladders import Rung
from domain.shapes.quotas import Bound, Quota
from domain.shapes.votes import Vote, for_matter
from domain.values.choices import Choice
from domain.vocabulary import Fact, FactValue

MOST_CELLS = 20_000


class RuleProblem(Choice):
    """What is wrong with rows of a shape."""

    LADDER_HOLE = "LADDER_HOLE", "档次缺漏: nothing follows between two rungs of a ladder."
    LADDER_TWO_ANSWERS = "LADDER_TWO_ANSWERS", "档次重叠: two rungs of a ladder answer one case."
    LADDERS_CONTRADICT = "LADDERS_CONTRADICT", "阶梯矛盾: two clauses say otherwise of one thing."
    QUOTAS_CONTRADICT = ("QUOTAS_CONTRADICT", "限额矛盾: two quotas of a measure cannot both hold.")
    VOTE_WITHOUT_MAJORITY = "VOTE_WITHOUT_MAJORITY", "未定比例: the text names no majority."
    CLOCK_WITHOUT_ACTION = (
        "CLOCK_WITHOUT_ACTION",
        "未定后果: nothing follows when the time is up.",
    )
    CLOCK_WITHOUT_TERM = "CLOCK_WITHOUT_TERM", "未定期限: the text names no length of time."


ERRORS = frozenset(
    {
        *(RuleProblem.LADDER_HOLE, RuleProblem.LADDER_TWO_ANSWERS),
        *(RuleProblem.LADDERS_CONTRADICT, RuleProblem.QUOTAS_CONTRADICT),
    }
)


@dataclass(frozen=True)
class RuleFinding:
    """Which rows, and the least case that shows it."""

    problem: RuleProblem
    rows: tuple[ShapeRow, ...]
    example: Mapping[str, FactValue] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def clauses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.clause for row in self.rows))


def severity_of(finding: RuleFinding) -> Severity:
    """A case with no answer or two is an error; what the text leaves open is a warning."""
    return Severity.ERROR if finding.problem in ERRORS else Severity.WARNING


def findings(shapes: Shapes) -> tuple[RuleFinding, ...]:
    """Everything found in these rows, shape by shape."""
    ladders: dict[tuple[str, str], list[Rung]] = {}
    for rung in shapes.ladders:
        ladders.setdefault((rung.clause, rung.trigger), []).append(rung)
    every = (each for ladder in ladders.values() for each in of_ladder(ladder, shapes.measures))
    return (
        *(each for each in every if not is_filled(each, shapes.ladders)),
        *between_ladders(shapes.ladders, shapes.measures),
        *of_quotas(shapes.quotas),
        *of_votes(shapes.votes),
        *of_clocks(shapes.clocks),
    )


def is_filled(finding: RuleFinding, rungs: Iterable[Rung]) -> bool:
    """Whether another ladder of the clause answers in what looks like a hole."""
    if finding.problem is not RuleProblem.LADDER_HOLE:
        return False
    return any(
        rung.clause in finding.clauses and rung.when.regions and rung.when.holds(finding.example)
        for rung in rungs
    )


def of_ladder(rungs: Sequence[Rung], measures: Mapping[str, Fact]) -> Iterator[RuleFinding]:
    """The first hole along each of its numbers, and the first case of each two answers."""
    # Rungs of one condition are one answer, however many consequences it has.
    answers = list({rung.when.text: rung for rung in reversed(rungs)}.values())[::-1]
    conditions = [rung.when for rung in answers]
    named = dict.fromkeys(name for when in conditions for name in when.regions)
    axes = [axis_of(measures[name], None, conditions) for name in named]
    numbers = [axis for axis in axes if axis.fact.type in NUMBERS]
    for axis in numbers:
        hole = next(holes(axis, [other for other in axes if other is not axis], answers), None)
        if hole is not None:
            details = {"ladder": rungs[0].trigger}
            yield RuleFinding(RuleProblem.LADDER_HOLE, tuple(answers), hole, details)
    measured = {axis.fact.code for axis in numbers}
    for one, other in combinations(range(len(answers)), 2):
        pair = answers[one], answers[other]
        if is_cumulative(*pair, measured):
            continue
        example = case_of_all(axes, 1 << one | 1 << other)
        if example is not None:
            details = {"ladder": rungs[0].trigger, "rungs": " / ".join(r.id for r in pair)}
            yield RuleFinding(RuleProblem.LADDER_TWO_ANSWERS, pair, example, details)


def between_ladders(rungs: Iterable[Rung], measures: Mapping[str, Fact]) -> Iterator[RuleFinding]:
    """Rungs of different clauses that say otherwise of one thing, with the first case of both."""
    by_id = {rung.id: rung for rung in rungs}
    for one in by_id.values():
        for other in (by_id[name] for name in one.against if name in by_id):
            named = dict.fromkeys((*one.when.regions, *other.when.regions))
            axes = [axis_of(measures[name], None, [one.when, other.when]) for name in named]
            example = case_of_all(axes, 0b11)
            if example is not None:
                details = {"rungs": f"{one.id} / {other.id}"}
                yield RuleFinding(RuleProblem.LADDERS_CONTRADICT, (one, other), example, details)


def case_of_all(axes: Sequence[Axis], rungs: int) -> dict[str, FactValue] | None:
    """The first case in which all of these rungs speak; None where there is none."""
    found = (cells for cells in cells_of(axes) if rungs & ~matching(axes, cells) == 0)
    cells = next(found, None)
    return None if cells is None else example_at(axes, cells)


def is_cumulative(one: Rung, other: Rung, measured: set[str]) -> bool:
    """Whether both may follow: a choice by gravity, or conditions that share no number."""
    if one.choice and one.choice == other.choice:
        return True
    return not (one.when.regions.keys() & other.when.regions.keys() & measured)


def holes(axis: Axis, others: Sequence[Axis], rungs: Sequence[Rung]) -> Iterator[dict[str, Any]]:
    """Cases where nothing follows though something does on both sides.

    Where a ladder does not begin at the very least of its number, it climbs: then nothing above
    its last rung is a hole as well.
    """
    every = (1 << len(rungs)) - 1
    climbing = sum(1 << place for place, r in enumerate(rungs) if axis.fact.code in r.when.regions)
    for cells in cells_of(others):
        mask = matching(others, cells) & every
        answered = [bool(mask & of_cell & climbing) for of_cell in axis.rules]
        if mask & ~climbing or True not in answered:
            continue
        first = answered.index(True)
        last = len(answered) - 1 - answered[::-1].index(True)
        end = len(answered) if first > 0 else last
        for place in range(first, end):
            if not answered[place]:
                yield example_at((*others, axis), (*cells, place))
                break


def cells_of(axes: Iterable[Axis]) -> Iterator[tuple[int, ...]]:
    return islice(product(*(range(len(axis.cells)) for axis in axes)), MOST_CELLS)


def matching(axes: Iterable[Axis], cells: Iterable[int]) -> int:
    """The rungs that speak in these cells, as bits."""
    mask = -1
    for axis, cell in zip(axes, cells, strict=True):
        mask &= axis.rules[cell]
    return mask


def example_at(axes: Iterable[Axis], cells: Iterable[int]) -> dict[str, FactValue]:
    pairs = zip(axes, cells, strict=True)
    return {axis.fact.code: axis.smallest(1 << cell) for axis, cell in pairs}


def of_quotas(quotas: Sequence[Quota]) -> Iterator[RuleFinding]:
    """Limits of one thing that cannot both be meant: two maxima, or a minimum above a maximum."""
    for one, other in combinations(quotas, 2):
        if one.limit is None or other.limit is None or apart(one.when.regions, other.when.regions):
            continue
        if same_thing(one) == same_thing(other) and disagree(one, other):
            allowed = most_allowed(one, other)
            details = {"subject": one.subject, "limits": f"{one.limit} / {other.limit}"}
            example = {one.measure: allowed}
            yield RuleFinding(RuleProblem.QUOTAS_CONTRADICT, (one, other), example, details)


def same_thing(quota: Quota) -> tuple[str, ...]:
    return quota.subject, quota.measure, quota.unit, quota.per


def disagree(one: Quota, other: Quota) -> bool:
    if one.limit is None or other.limit is None:
        return False
    if one.bound is other.bound:
        return one.limit != other.limit
    most, least = (one, other) if one.bound is Bound.MAX else (other, one)
    return (most.limit or 0) < (least.limit or 0)


def most_allowed(one: Quota, other: Quota) -> Decimal:
    """A case that one limit allows and the other does not."""
    limits = [one.limit or Decimal(0), other.limit or Decimal(0)]
    return max(limits) if one.bound is Bound.MAX else min(limits)


def of_votes(votes: Sequence[Vote]) -> Iterator[RuleFinding]:
    for body, matter in dict.fromkeys((vote.body, vote.matter) for vote in votes):
        rows = for_matter(votes, body, matter or None)
        if not any(vote.majority and vote.majority.whole for vote in rows):
            yield RuleFinding(RuleProblem.VOTE_WITHOUT_MAJORITY, rows, {}, {"role": body})


def of_clocks(clocks: Iterable[Clock]) -> Iterator[RuleFinding]:
    for clock in clocks:
        details = {"clock": clock.id}
        if not clock.action:
            yield RuleFinding(RuleProblem.CLOCK_WITHOUT_ACTION, (clock,), {}, details)
        if clock.is_open:
            yield RuleFinding(RuleProblem.CLOCK_WITHOUT_TERM, (clock,), {}, details)
