"""Lists of requests: the inbox and the boxes, their pages and how many each holds.

Every list is ordered by a key that its index has, and continues after the last key shown.
"""

import re
from collections.abc import Collection, Mapping, Sequence
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
from resolvers.ground.listing import Listed, noted, read_each
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
from resolvers.requests.pinned import with_rules
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.rows import RequestView, read_request
from resolvers.requests.step_rows import EVERYTHING, Part, columns, with_parts
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
class Line:
    """One edge: the request, and the viewer's own open step; `whole` if all of it was read."""

    view: RequestView
    step_id: UUID | None
    whole: bool = True


@dataclass(frozen=True)
class Total:
    """How many a list holds; where not `exact`, there are more than this."""

    number: int
    exact: bool


NOTHING = Total(0, exact=True)


@dataclass(frozen=True)
class Page:
    lines: list[Listed[Line]]
    more: bool


async def page(
    context: Context,
    box: Box,
    wanted: Filter,
    size: int,
    after: tuple[datetime, UUID] | None,
    parts: Collection[Part] = EVERYTHING,
) -> Page:
    """One page of a box, each request with the rules that it is pinned to and these parts."""
    narrowed, values = await _narrowed(context, box, wanted)
    if box is Box.UNIT and not (values["led"] or values["headed"]):
        return Page([], more=False)
    rows = await context.transaction.rows(
        page_of(box, narrowed, columns(parts), size + 1, after=after is not None),
        **values,
        after_at=after[0] if after else None,
        after_id=after[1] if after else None,
    )
    found = await with_parts(context, rows[:size], parts)
    return Page(await listed(context, found, ("at", "tie", "id")), more=len(rows) > size)


PARTS = ("steps", "seats", "marks", "attachments", "notes", "claims")
NOTHING_OF_IT: Mapping[str, tuple[()]] = dict.fromkeys(PARTS, ())
"""What is left of a request whose parts cannot be read."""


async def listed(
    context: Context, rows: Sequence[Mapping[str, Any]], key: tuple[str, ...] = ("id",)
) -> list[Listed[Line]]:
    """Requests as they are listed: with what can be read of each."""

    async def line(row: Mapping[str, Any]) -> Line:
        _ = PROCEDURES[row["kind"]]
        step_id, whole = None, False
        with noted("requests", row["id"]):
            view, whole = read_request(row), True
        if not whole:
            view = read_request({**row, **NOTHING_OF_IT})
        with noted("requests", view.id):
            view = await with_rules(context, view)
            step_id = row.get("step_id") or _own_step(context, view)
        return Line(view, step_id, whole=whole)

    return await read_each("requests", rows, key, line)


async def count(context: Context, box: Box, wanted: Filter) -> Total:
    """How many requests a box holds, narrowed."""
    narrowed, values = await _narrowed(context, box, wanted)
    if box is Box.UNIT and not (values["led"] or values["headed"]):
        return NOTHING
    return total(await context.transaction.value(count_of(box, narrowed), **values))


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
