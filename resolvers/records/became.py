"""What a request for leave counts as: as long as it has become, and in each month that it spans."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain import PROCEDURES
from domain.approval.counting import derive
from domain.approval.forms import read_form
from domain.approval.procedure import Circumstances, Form
from domain.office.booking import Absence
from domain.shapes.count_words import Sum, Within
from domain.shapes.counts import PARTED, Count, Happened
from domain.time.calendar import Calendar
from domain.time.moments import (
    HalfOfDay,
    Moment,
    Period,
    Span,
    half_day_of,
    last_half_day_of,
    months_touched,
    years_touched,
)
from domain.vocabulary import FactValue
from resolvers.ground.context import Context

WINDOWS = {Within.MONTH: months_touched, Within.YEAR: years_touched}


async def became(
    context: Context,
    counts: Iterable[Count],
    line: Happened,
    row: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
) -> Happened:
    """The line of a request of one person, of all of whose `rows` it is one, with its parts.

    What its kind adds up counts up to this absence, as others have become shorter or longer.
    """
    if any(each.within is Within.STRETCH for each in counts):
        line = _placed(line, row, await context.calendar())
    mine = [each for each in counts if each.of == line.of and each.sum in PARTED]
    procedure = PROCEDURES.get(line.of)
    if not mine or procedure is None or not procedure.reports_back or row["begins"] is None:
        return line
    whole = read_form(procedure.form, row["form"])
    calendar = await context.calendar()

    def told(begins: Moment, ends: Moment) -> Mapping[str, FactValue]:
        before = [
            Absence(each["id"], each["kind"], Period(each["begins"], each["ends"]), each["days"])
            for each in rows
            if each["begins"] and each["begins"] < begins.begins and each["id"] != row["id"]
        ]
        known = Circumstances(context.now, calendar, "", "", before)
        return derive(procedure, replace(whole, begins=begins, ends=ends), known).facts

    first, last = half_day_of(row["begins"]), last_half_day_of(Period(row["begins"], row["ends"]))
    total = {each.column for each in mine if each.sum is Sum.LAST}
    if total:
        of_all = told(first, last)
        line = replace(line, facts={**line.facts, **{e: of_all[e] for e in total & of_all.keys()}})
    parts = {}
    for within in WINDOWS.keys() & {each.within for each in mine}:
        spans = spanned(within, first, last)
        parts[within] = tuple(
            replace(line, day=span[0].date, facts={**line.facts, **told(*span)})
            for span in (spans if len(spans) > 1 else ())
        )
    return replace(line, parts={within: each for within, each in parts.items() if each})


def _placed(line: Happened, row: Mapping[str, Any], calendar: Calendar) -> Happened:
    """The line of a request with the half-day that it lasts until, and the one it follows."""
    if row["begins"] is None:
        return line
    first, last = half_day_of(row["begins"]), last_half_day_of(Period(row["begins"], row["ends"]))
    before = Moment(first.date, HalfOfDay.MORNING)
    if first.half is HalfOfDay.MORNING:
        before = Moment(calendar.add_workdays(first.date, -1), HalfOfDay.AFTERNOON)
    return replace(line, follows=before.index, until=last.index)


def spanned(within: Within, first: Moment, last: Moment) -> list[Span]:
    """What of a span lies in each month or year that it touches."""
    windows = WINDOWS[within](first, last)
    return [(max(first, w[0], key=index), min(last, w[1], key=index)) for w in windows]


def in_each_year(
    kind: str, form: Form, period: Period, calendar: Calendar, now: datetime
) -> list[tuple[date, Decimal]]:
    """The days of an absence in each year that it touches, with the first of them."""
    known, procedure = Circumstances(now, calendar, "", ""), PROCEDURES[kind]
    spans = spanned(Within.YEAR, half_day_of(period.begins), last_half_day_of(period))
    told = ((span, replace(form, begins=span[0], ends=span[1])) for span in spans)
    return [(b.date, Decimal(derive(procedure, of, known).facts["days"])) for (b, _), of in told]


def index(moment: Moment) -> int:
    """Where a half-day stands among all."""
    return moment.index
