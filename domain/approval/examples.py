"""Values that a field of a form may take, a few of each kind, to find a form that is accepted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from enum import Enum
from itertools import product
from typing import Any

from domain.approval.description import FieldDescription
from domain.approval.forms import Field
from domain.conditions.cells import Axis, axis_of
from domain.conditions.language import Condition
from domain.conditions.regions import Region
from domain.time.calendar import Calendar
from domain.time.moments import OFFICE_TIME, HalfOfDay, Moment
from domain.vocabulary import Fact, FactValue

Values = Mapping[str, Any]
SPANS = (("begins", "ends"), ("departs", "returns"))
HALF_DAYS = (2, 1, 3, 4, 5, 6, 8, 10, 12, 14, 16, 20, 30, 62, 124, 190, 244, 370, 740)
HOURS = (2, 1, 4, 0.5, 8, 10, 13, 24, 26, 36, 48, 60, 72, 96, 168)
CLOCKS = (9, 19)
AHEAD = 15
"""Days from now on which an example begins: whoever wants it asked beforehand has time."""


def span_of(fields: Iterable[Field]) -> tuple[Field, ...]:
    """The fields that say from when to when."""
    named = {each.name: each for each in fields}
    found = (tuple(named[name] for name in pair if name in named) for pair in SPANS)
    return next((pair for pair in found if pair), ())


def spans(fields: Sequence[Field], today: date, away: date, calendar: Calendar) -> Iterator[Values]:
    """Times for the fields of a span: on working days ahead, then on days off, then from today.

    Until the day `away` nobody asks for any.
    """
    first = max(today + timedelta(days=AHEAD), away + timedelta(days=1))
    ahead = [first + timedelta(days=day) for day in range(30)]
    working = [day for day in ahead if calendar.is_workday(day)]
    off = [day for day in ahead if not calendar.is_workday(day)]
    kind = fields[0].type
    for day in (working[0], off[0], working[-1], today):
        lengths = product(CLOCKS, HOURS) if kind is datetime else product((0,), HALF_DAYS)
        for clock, length in lengths:
            pair = _from_to(kind, day, clock, length)
            names = [each.name for each in fields]
            yield dict(zip(names, pair[-len(names) :], strict=True))


def _from_to(kind: type, day: date, clock: int, length: float) -> tuple[Any, Any]:
    if kind is datetime:
        begins = datetime.combine(day, datetime.min.time(), OFFICE_TIME) + timedelta(hours=clock)
        return begins, begins + timedelta(hours=length)
    last = day + timedelta(days=(int(length) - 1) // 2)
    if kind is date:
        return day, last
    half = HalfOfDay.MORNING if length % 2 else HalfOfDay.AFTERNOON
    return Moment(day, HalfOfDay.MORNING), Moment(last, half)


def choices(
    field: Field,
    told: FieldDescription,
    fact: Fact | None,
    within: Region | None,
    conditions: Sequence[Condition],
    figures: Sequence[Decimal],
    today: date,
) -> list[Any]:
    """What may be tried for a field, the plainest first: of a fact a value of each of its cells.

    `figures` are limits that are set to it.
    """
    if issubclass(field.type, Enum):
        known = [field.type[str(name)] for name in told.options]
        return _cells_first(known, _of_cells(fact, within, conditions))
    if field.type is bool:
        return [value for value in (False, True) if not told.options or value in told.options]
    if field.is_number:
        low, high = told.bounds.minimum or Decimal(0), told.bounds.maximum
        found = [each for each in _of_cells(fact, within, conditions) if isinstance(each, Decimal)]
        found += [each for each in (Decimal(1), *figures, low, high) if each is not None]
        kept = [each for each in dict.fromkeys(found) if told.bounds.problem(each) is None]
        return [int(each) for each in kept] if field.type is int else kept
    if field.type is date:
        month = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return [today, today + timedelta(days=AHEAD), month, today - timedelta(days=1)]
    if field.type is str:
        return [told.example.split(", ")[0] or f"{told.label.zh}(示例)"[: field.longest]]
    if field.type is Moment:
        return [Moment(today + timedelta(days=AHEAD), HalfOfDay.MORNING)]
    if field.type is datetime:
        noon = datetime.combine(today, datetime.min.time(), OFFICE_TIME) + timedelta(hours=9)
        return [noon, noon + timedelta(days=AHEAD)]
    return []


def _of_cells(
    fact: Fact | None, within: Region | None, conditions: Sequence[Condition]
) -> list[FactValue]:
    if fact is None:
        return []
    axis = axis_of(fact, within, conditions)
    return [plainest(axis, 1 << cell) for cell in range(len(axis.cells))]


def plainest(axis: Axis, run: int) -> FactValue:
    """A value of these cells as people would write it: whole, and not nought, where one is."""
    value, region = axis.smallest(run), axis.region(run)
    if not isinstance(value, Decimal):
        return value
    whole = value.to_integral_value(ROUND_CEILING)
    return next((each for each in (whole or Decimal(1), whole) if each in region), value)


def _cells_first(known: list[Any], cells: Sequence[FactValue]) -> list[Any]:
    """One value of each cell before the others, which differ in nothing that rules look at."""
    return sorted(known, key=lambda each: each.value not in cells)
