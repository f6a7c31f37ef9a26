"""What the rows of a shape must satisfy beside each other, and the fields of one together."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any, TypeVar

from domain.conditions.joining import apart
from domain.conditions.language import Condition
from domain.conditions.regions import Interval
from domain.shapes.cadences import MONTHS, Cadence, Every
from domain.shapes.checks import CheckItem
from domain.shapes.clocks import EXACT, Clock, Unit
from domain.shapes.count_words import Sum, Within
from domain.shapes.counts import Count, in_a_circle
from domain.shapes.ladders import Rung
from domain.shapes.orders import Priority
from domain.shapes.paths import Transition, unreachable
from domain.shapes.points import Window
from domain.shapes.scores import WHOLES, Effect, Item
from domain.shapes.separations import Separation
from domain.time.moments import HALF
from domain.vocabulary import Derivation
from policies.lines import Faults, Line

Row = TypeVar("Row")
Pairs = Sequence[tuple[Line, Row]]


LONGER_THAN_A_MONTH = tuple(every for every, months in MONTHS.items() if months > 1)
WHOLE = Decimal(1)
OF_A_COLUMN = (Sum.TOTAL, Sum.LAST, Sum.MEAN, Sum.NAMED, Sum.IN_A_ROW)


def together(pairs: Pairs[Row], key: Callable[[Row], Any]) -> Iterable[list[tuple[Line, Row]]]:
    """The rows that share a key, in file order."""
    groups: dict[Any, list[tuple[Line, Row]]] = {}
    for line, row in pairs:
        groups.setdefault(key(row), []).append((line, row))
    return groups.values()


def check_clocks(pairs: Pairs[Clock], faults: Faults) -> None:
    for line, clock in pairs:
        counts = [count for count in (clock.within, clock.least) if count is not None]
        if counts and clock.unit is None:
            faults.add(line, "unit", "WRONG_FORMAT", expected="hour, day, workday …")
        grid = HALF if clock.unit is Unit.WORKDAY else WHOLE
        if clock.unit not in EXACT and any(count % grid for count in counts):
            faults.add(line, "within", "WRONG_FORMAT", expected=f"{grid}, {2 * grid}, {3 * grid} …")
        if len(counts) == 2 and counts[1] > counts[0]:
            faults.add(line, "least", "OUT_OF_ORDER")
        if clock.longest is not None and (clock.within is None or clock.longest < clock.within):
            faults.add(line, "longest", "OUT_OF_ORDER")
        if clock.rollover and clock.unit in EXACT:
            faults.add(line, "rollover", "WRONG_FORMAT", expected="day, workday, month, year")
    same = together(pairs, lambda clock: (clock.clause, clock.event, clock.action, clock.direction))
    for group in same:
        for (_, one), (line, other) in combinations(group, 2):
            if not apart(one.when.regions, other.when.regions):
                faults.add(line, "when", "WINDOWS_OVERLAP", earlier=one.id)


def check_cadences(pairs: Pairs[Cadence], faults: Faults) -> None:
    for line, cadence in pairs:
        if cadence.times_most is not None and cadence.times_most < (cadence.times or 0):
            faults.add(line, "times_most", "OUT_OF_ORDER")
        if cadence.interval == 0:
            faults.add(line, "interval", "TOO_SMALL", minimum=1)
        if cadence.interval != 1 and cadence.every is Every.HALF_MONTH:
            faults.add(line, "interval", "WRONG_FORMAT", expected="1")
        if isinstance(cadence.at, Window):
            wanted = (Every.YEAR,) if cadence.at.month else LONGER_THAN_A_MONTH
            if cadence.every not in wanted:
                faults.add(line, "every", "WRONG_FORMAT", expected=", ".join(wanted))


def check_ladders(pairs: Pairs[Rung], faults: Faults) -> None:
    for line, rung in pairs:
        for column in ("beyond", "every"):
            if getattr(rung, column) is not None and not rung.per:
                faults.add(line, column, "WRONG_FORMAT", expected="per")
        if rung.every == 0:
            faults.add(line, "every", "TOO_SMALL", minimum=1)
    check_rungs(pairs, faults)
    for group in together(pairs, lambda rung: (rung.clause, rung.trigger)):
        check_order(group, faults)
    check_references(pairs, faults)


def check_rungs(pairs: Pairs[Rung], faults: Faults) -> None:
    """The lines of one rung come together, and each is told from the others by its label."""
    for group in together(pairs, lambda rung: rung.id):
        first = group[0][1]
        labels: dict[str, int] = {}
        for line, rung in group:
            for column in ("clause", "trigger", "when", "stops", "against"):
                if getattr(rung, column) != getattr(first, column):
                    faults.add(line, column, "MIXED_RUNG", rung=rung.id)
            # What is stored was taken before labels had to differ, and has to be read for ever.
            if labels.setdefault(rung.label.zh, line.number) != line.number and line.file:
                faults.add(line, "label_zh", "DUPLICATE", earlier=labels[rung.label.zh])


def check_references(pairs: Pairs[Rung], faults: Faults) -> None:
    """The rungs that a rung stops or contradicts are there, and may follow from the same facts."""
    by_id = {rung.id: rung for _, rung in pairs}
    for line, rung in pairs:
        for column in ("stops", "against"):
            for name in getattr(rung, column):
                other = by_id.get(name)
                if other is None:
                    faults.add(line, column, "UNKNOWN_RUNG", rung=name)
                elif name == rung.id or apart(rung.when.regions, other.when.regions):
                    faults.add(line, column, "NEVER_BOTH", one=rung.id, other=name)


def check_derivations(pairs: Pairs[Derivation], faults: Faults) -> None:
    """Each has a sum to begin with, and none leads back to itself."""
    by_id = {each.id: each for _, each in pairs}
    for line, each in pairs:
        if not each.plus:
            faults.add(line, "plus", "WRONG_FORMAT", expected="measures.csv")
        ahead, seen = [*each.raw], set[str]()
        while ahead:
            name = ahead.pop()
            if name == each.id:
                faults.add(line, "plus", "DERIVED_FROM_ITSELF", measure=name)
                break
            if name in by_id and name not in seen:
                seen.add(name)
                ahead += by_id[name].raw


def check_order(ladder: Pairs[Rung], faults: Faults) -> None:
    """Rungs that differ in one number alone climb, or descend, without turning back."""
    for group in together(ladder, lambda rung: rest_of(rung.when)):
        steps = [(line, low_of(rung.when)) for line, rung in group]
        lows = [(line, low) for line, low in steps if low is not None]
        signs = [
            (line, (low > before) - (low < before)) for (_, before), (line, low) in pairwise(lows)
        ]
        turns = [(line, sign) for line, sign in signs if sign]
        for (_, before), (line, sign) in pairwise(turns):
            if sign != before:
                faults.add(line, "when", "OUT_OF_ORDER")


def rest_of(when: Condition) -> object:
    """What a condition says beside its only number, with that number's name."""
    numbers = [name for name, region in when.regions.items() if isinstance(region, Interval)]
    if len(numbers) != 1:
        return when.text, "not one number"
    return frozenset(
        (name, None if name in numbers else region) for name, region in when.regions.items()
    )


def low_of(when: Condition) -> Any:
    """Where the only number of a condition begins."""
    numbers = [region for region in when.regions.values() if isinstance(region, Interval)]
    if len(numbers) != 1:
        return None
    return numbers[0].high if numbers[0].low is None else numbers[0].low


def check_scores(pairs: Pairs[Item], faults: Faults) -> None:
    for line, item in pairs:
        if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
            faults.add(line, "maximum", "OUT_OF_ORDER")
        if item.effect is Effect.AVERAGE and not item.measure:
            faults.add(line, "measure", "WRONG_FORMAT", expected="measures.csv")
    averages = [(line, item) for line, item in pairs if item.effect is Effect.AVERAGE]
    for group in together(averages, lambda item: (item.id, item.when.text)):
        weights = [item.weight for _, item in group if item.weight is not None]
        if len(weights) == len(group) and sum(weights) not in WHOLES:
            line = group[0][0]
            faults.add(line, "weight", "WRONG_WEIGHTS", score=group[0][1].id, total=sum(weights))


def check_separations(pairs: Pairs[Separation], faults: Faults) -> None:
    for line, separation in pairs:
        if len(separation.duties) < 2 and separation.least is None:
            faults.add(line, "duties", "WRONG_FORMAT", expected="handler|approver")


def check_paths(pairs: Pairs[Transition], faults: Faults) -> None:
    for line, each in pairs:
        if (each.wait is None) != (each.wait_unit is None):
            faults.add(line, "wait_unit", "WRONG_FORMAT", expected="day, workday, month, year")
    for group in together(pairs, lambda each: each.id):
        lost = unreachable(each for _, each in group)
        for line, each in group:
            if each in lost:
                faults.add(line, "from", "UNREACHABLE_STATE", state=each.origin)


def check_orders(pairs: Pairs[Priority], faults: Faults) -> None:
    for line, each in pairs:
        if not each.position:
            faults.add(line, "position", "WRONG_FORMAT", expected="1, 2 …")


def check_counts(pairs: Pairs[Count], faults: Faults) -> None:
    circle = in_a_circle(count for _, count in pairs)
    for line, count in pairs:
        if count.id in circle:
            faults.add(line, "of", "COUNTED_IN_CIRCLE", measure=count.id)
        if (count.sum in OF_A_COLUMN) is not bool(count.column):
            faults.add(line, "column", "WRONG_FORMAT", expected=", ".join(OF_A_COLUMN))
        if count.sum in (Sum.NAMED, Sum.NTH) and count.within is not Within.ITSELF:
            faults.add(line, "within", "WRONG_FORMAT", expected=Within.ITSELF)
        if (count.sum is Sum.EVERY) is not bool(count.every):
            faults.add(line, "every", "WRONG_FORMAT", expected="every")


def check_checks(pairs: Pairs[CheckItem], faults: Faults) -> None:
    """An item is marked in one way, a sheet in none; an item passes by no more than its points."""
    for line, row in pairs:
        if bool(row.item) is not (row.marked is not None):
            faults.add(line, "kind", "WRONG_FORMAT", expected="tick | score" if row.item else "")
        if not row.item and row.weight is not None:
            faults.add(line, "weight", "WRONG_FORMAT", expected="")
        if row.weight == 0:
            faults.add(line, "weight", "TOO_SMALL", minimum=1)
        if row.item and row.points is not None and (row.passes or 0) > row.points:
            faults.add(line, "pass", "OUT_OF_ORDER")
    for group in together(pairs, lambda row: (row.id, row.item)):
        for line, _ in group[1:]:
            faults.add(line, "item", "DUPLICATE", earlier=group[0][0].number)
    for group in together(pairs, lambda row: row.id):
        if not any(row.item for _, row in group):
            faults.add(group[0][0], "item", "WRONG_FORMAT", expected="floor, windows …")
