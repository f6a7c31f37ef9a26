"""What follows for a driver from what is on record: counted, and held against the clauses' ladders.

Nothing that can be counted is stored: the books tell what happened, the ladders what it leads to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.shapes.asking import Measures
from domain.shapes.ladders import Consequence, Rung, what_follows
from domain.time.calendar import Calendar
from domain.time.moments import office_local

REGULATION = "vehicles/"
OFFICIAL = frozenset({"vehicle.dispatch", "vehicle.off_hours"})
UNAUTHORISED = frozenset({"unauthorised_trip", "unauthorised_lending", "unauthorised_parking"})
MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class Incident:
    """An incident on record, with the share of its cost that somebody fixed, if any did."""

    id: UUID
    what: str
    at: datetime
    at_fault: bool
    accident: bool
    damage: bool
    loss: bool
    prosecuted: bool
    repair_residual: Decimal | None = None
    share: Decimal | None = None

    @property
    def day(self) -> date:
        return office_local(self.at).date()

    @property
    def harmed(self) -> bool:
        return self.accident or self.damage or self.loss


@dataclass(frozen=True)
class Driven:
    """A trip that was driven, in the office's own time."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True)
class Books:
    """What is on record of one driver, from the beginning, in order of time."""

    incidents: Sequence[Incident] = ()
    breaches: Sequence[date] = ()
    trips: Sequence[Driven] = ()
    appraisals: Mapping[date, bool] | None = None


@dataclass(frozen=True)
class Occasion:
    """Something that measures tell: on what day, and what of it."""

    day: date
    what: str
    measures: Measures
    incident: Incident | None = None


@dataclass(frozen=True)
class Following:
    """A consequence, and the occasion that it follows from. `cost` is the money it comes to."""

    occasion: Occasion
    consequence: Consequence
    cost: Decimal | None = None


def following(
    books: Books, rungs: Iterable[Rung], calendar: Calendar, first: date, last: date
) -> tuple[Following, ...]:
    """What the ladders of the area make of the days from the first to the last, both included."""
    own = tuple(each for each in rungs if each.clause.startswith(REGULATION))
    found = [
        Following(occasion, each, _cost(occasion, each))
        for occasion in occasions(books, calendar, first, last)
        for each in _with_share(occasion, what_follows(own, occasion.measures))
    ]
    return tuple(sorted(found, key=lambda each: each.occasion.day))


def occasions(books: Books, calendar: Calendar, first: date, last: date) -> Iterator[Occasion]:
    """Everything in these days that a ladder may look at; numbers count from the beginning."""
    for number, day in enumerate(books.breaches, start=1):
        if first <= day <= last:
            yield Occasion(day, "parking", {"parking_breach_number": Decimal(number)})
    counted: Counter[str] = Counter()
    for each in books.incidents:
        group = "unauthorised" if each.what in UNAUTHORISED else each.what
        counted[group] += 1
        if first <= each.day <= last:
            yield Occasion(each.day, each.what, _told(each, counted[group]), each)
    yield from _monthly(books, calendar, first, last)
    yield from _yearly(books, first, last)


def _told(each: Incident, number: int) -> dict[str, Any]:
    """The measures that an incident states; each clause looks at its own."""
    if each.what in UNAUTHORISED:
        return {
            "unauthorised_trips": Decimal(number),
            "unauthorised_trip_harm": each.harmed,
            "unauthorised_vehicle_harm": each.harmed,
        }
    liable = each.what == "accident" and each.at_fault
    told: dict[str, dict[str, Any]] = {
        "drink_driving": {"drink_driving_number": Decimal(number), "accident": each.accident},
        "refused_duty": {"refuses_duty": True, "loss_caused": each.loss},
        "accident": {
            "at_fault_accident_damage": liable and each.damage,
            "traffic_accident_liable": liable,
        },
        "trip_without_task": {"trip_without_task": True},
        "leader_drove": {"leader_drove_problem": each.harmed},
        "weak_management": {"weak_management": True},
    }
    return {**told.get(each.what, {}), "legally_pursued": each.prosecuted}


def _monthly(books: Books, calendar: Calendar, first: date, last: date) -> Iterator[Occasion]:
    """Fines of a month, and its days off on which the driver drove on duty."""
    days = days_off_driven(books.trips, calendar, first, last)
    for month in _months(first, last):
        fines = [
            each
            for each in books.incidents
            if each.what == "traffic_fine" and _month(each.day) == month and each.day <= last
        ]
        if fines:
            yield Occasion(
                fines[-1].day, "traffic_fines", {"traffic_fines_month": Decimal(len(fines))}
            )
        for measure, statutory in (("weekend_trip_days", False), ("holiday_trip_days", True)):
            mine = [
                day for day, is_it in days.items() if _month(day) == month and is_it == statutory
            ]
            if mine:
                yield Occasion(mine[-1], measure, {measure: Decimal(len(mine))})


def _yearly(books: Books, first: date, last: date) -> Iterator[Occasion]:
    """The years that end in these days: appraised well in every month on record, no accident."""
    for year in range(first.year, last.year + 1):
        end = date(year, 12, 31)
        marks = [good for month, good in (books.appraisals or {}).items() if month.year == year]
        if first <= end <= last and marks:
            accident = any(
                each.day.year == year
                and each.at_fault
                and (each.accident or each.what == "accident")
                for each in books.incidents
            )
            whole = len(marks) == MONTHS_OF_A_YEAR and all(marks)
            yield Occasion(end, "safe_year", {"driver_good_work": whole, "accident": accident})


def days_off_driven(
    trips: Iterable[Driven], calendar: Calendar, first: date, last: date
) -> dict[date, bool]:
    """The days off on which official trips were driven, each once; whether it is a holiday.

    A holiday on a weekend counts as the holiday, and a Saturday made up for is a working day.
    """
    days = {
        day
        for trip in trips
        if trip.kind in OFFICIAL
        for day in _days(max(trip.first, first), min(trip.last, last))
        if not calendar.is_workday(day)
    }
    return {day: is_holiday(day, calendar) for day in sorted(days)}


def is_holiday(day: date, calendar: Calendar) -> bool:
    """Whether the calendar names the day as a holiday, rather than a mere weekend."""
    row = calendar.row(day)
    return row is not None and not row.working and bool(row.name)


def _with_share(occasion: Occasion, found: Sequence[Consequence]) -> Iterator[Consequence]:
    """Of several shares between which a clause leaves the choice, the one that was fixed."""
    share = occasion.incident.share if occasion.incident else None
    chosen = [each for each in found if each.rung.choice and each.rung.unit == "percent"]
    for each in found:
        if share is None or each not in chosen:
            yield each
        elif each is chosen[0]:
            yield replace(each, amount=share)


def _cost(occasion: Occasion, each: Consequence) -> Decimal | None:
    incident = occasion.incident
    if each.rung.of != "repair_residual" or incident is None or incident.share is None:
        return None
    residual = incident.repair_residual
    return None if residual is None else (residual * incident.share / 100).quantize(Decimal("0.01"))


def share_bounds(rungs: Iterable[Rung]) -> tuple[Rung, Rung] | None:
    """The least and the greatest share of a repair that the office's clause leaves to choose."""
    shares = [each for each in rungs if each.of == "repair_residual" and each.amount is not None]
    if not shares:
        return None
    ordered = sorted(shares, key=lambda each: each.amount or 0)
    return ordered[0], ordered[-1]


def _days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=1)


def _month(day: date) -> date:
    return day.replace(day=1)


def _months(first: date, last: date) -> Iterator[date]:
    month = _month(first)
    while month <= last:
        yield month
        month = _month(month + timedelta(days=31))
