"""Lists of requests: the inbox and the boxes, their pages and how many each holds.

Every list is ordered by a key that its index has, and continues after the last key shown.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from unicodedata import normalize
from uuid import UUID

from domain.approval.engine import is_own_turn
from domain.approval.request import StepStatus
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.listing import Listed, Slice, noted, readable
from resolvers.requests.box_rows import (
    ALL_COUNTS,
    LOOKED_UP,
    NUMBERED,
    WORDED,
    Box,
    Narrowing,
    Narrowings,
    count_of,
    page_of,
)
from resolvers.requests.oversight import whose
from resolvers.requests.request_rows import RequestRow
from resolvers.requests.rows import RequestView
from resolvers.requests.step_rows import EVERYTHING, Part, Parts, columns, step_columns, told
from resolvers.requests.words import pairs

NUMBER = re.compile(r"\d{4}-\d{6,}", re.ASCII)
"""A whole number of a request, which is looked up rather than searched for."""


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to."""

    kind: str | None = None
    status: str | None = None
    text: str | None = None
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Total:
    """How many a list holds; where not `exact`, there are more than this."""

    number: int
    exact: bool


NOTHING = Total(0, exact=True)


@dataclass(frozen=True)
class Page:
    lines: list[Listed[RequestRow]]
    more: bool
    total: Total


async def page(
    context: Context,
    box: Box,
    wanted: Filter,
    page: Slice,
    parts: Parts = EVERYTHING,
    *,
    counting: bool = False,
) -> Page:
    """One page of a box, each request with the rules that it is pinned to and these parts.

    How many there are in all is told where it is known, or where `counting` asks for it.
    """
    waits = box is Box.TO_DECIDE
    if Part.OWN_STEP in parts and not waits:
        parts = EVERYTHING
    own = step_columns(parts) if Part.OWN_STEP in parts and Part.STEPS not in parts else ()
    shown = (*columns(parts), *own)
    rows, more, known = await rows_of(context, box, wanted, page, shown, counting=counting)
    lines = await told(context, rows, parts, ("at", "tie", "id"))
    if Part.OWN_STEP in parts and not waits:
        for each in readable(lines):
            with noted("requests", each.id):
                each.step_id = _own_step(context, each.whole())
    return Page(lines, more, known)


async def rows_of(
    context: Context,
    box: Box,
    wanted: Filter,
    page: Slice,
    shown: tuple[str, ...],
    *,
    counting: bool,
    **given: Any,
) -> tuple[list[Any], bool, Total]:
    """The rows of one page with these columns, whether more follow, and how many there are."""
    narrowed, values = await _narrowed(context, box, wanted)
    if box is Box.UNIT and not (values["led"] or values["headed"]):
        return [], False, NOTHING
    size, after = page.size, page.after
    run = page_of(box, narrowed, shown, size + 1, after=after is not None, counting=counting)
    at, tie = after or (None, None)
    rows = await context.transaction.rows(run, **values, **given, after_at=at, after_id=tie)
    more, known = len(rows) > size, Total(len(rows), exact=True)
    if counting and rows and (more or after):
        known = total(rows[0]["total"])
    elif counting and after:
        known = total(await context.transaction.value(count_of(box, narrowed), **values))
    return rows[:size], more, known


async def counts(context: Context) -> dict[Box, Total]:
    """How many requests each box holds."""
    row = await context.transaction.row(ALL_COUNTS, **whose(context))
    return {box: total(row[box.value] if row else 0) for box in Box}


def total(counted: int | Decimal) -> Total:
    """A number below nought says that there are more."""
    return Total(abs(int(counted)), exact=counted >= 0)


async def _narrowed(
    context: Context, box: Box, wanted: Filter
) -> tuple[Narrowings, dict[str, Any]]:
    """The conditions of a list, and what its statements are given."""
    text = normalize("NFKC", wanted.text or "").strip()
    number = text if NUMBER.fullmatch(text) else None
    given: dict[Narrowing, Any] = {
        Narrowing.KIND: wanted.kind,
        Narrowing.STATUS: wanted.status,
        Narrowing.NUMBER: number,
        Narrowing.PAIRS: pairs(text) if text and not number else None,
        Narrowing.BEGINS: _midnight(wanted.begins),
        Narrowing.ENDS: _midnight(wanted.ends, days=1),
    }
    values = {which.name.lower(): value for which, value in given.items()}
    values |= {**whose(context), "found": None, "word": None}
    if text and box in LOOKED_UP:
        looked_up = NUMBERED if number else WORDED
        row = await context.transaction.row(looked_up, **values)
        values |= dict(row) if row else {}
    given[Narrowing.FOUND] = found = values["found"]
    given[Narrowing.WORD] = values["word"] if box is Box.UNIT and found is None else None
    return frozenset(each for each in given if given[each] is not None), values


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    """When a day begins, or so many days later; none at the ends of time, which bound nothing."""
    at = day.toordinal() + days if day else 0
    if not date.min.toordinal() < at <= date.max.toordinal():
        return None
    return datetime.combine(date.fromordinal(at), time(), OFFICE_TIME)


def _own_step(context: Context, view: RequestView) -> UUID | None:
    """The open step that the viewer may take, in a seat of their own or a lent one."""
    request = view.request
    actor = context.viewer.actor(request.kind, view.facts)
    own = request.applicant == actor.person
    for step in request.steps:
        mine = actor.seat_for(step, request) is not None and (not own or is_own_turn(step))
        if step.status is StepStatus.OPEN and mine:
            return step.id
    return None
