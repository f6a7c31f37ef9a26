"""Lists of requests: the inbox and the boxes, each page one statement, however long the book.

Every list is ordered by a key that its index has, and continues after the last key shown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any
from unicodedata import normalize
from uuid import UUID

from domain.approval.engine import is_own_turn
from domain.approval.request import StepStatus
from domain.time.moments import OFFICE_TIME
from resolvers.ground.context import Context
from resolvers.ground.database import statement
from resolvers.ground.listing import Listed, noted, read_each
from resolvers.requests.oversight import COPIED_TO, IN_SIGHT, LENT, UNITS_BELOW, whose
from resolvers.requests.pinned import with_rules
from resolvers.requests.procedures import PROCEDURES
from resolvers.requests.rows import REQUEST, RequestView, read_request
from resolvers.requests.words import pairs

NUMBER = re.compile(r"\d{4}-\d{6,}", re.ASCII)
"""A whole number of a request, which is looked up rather than searched for."""


class Box(Enum):
    """Where a person finds requests."""

    MINE = "mine"
    TO_DECIDE = "to_decide"
    HANDLED = "handled"
    COPIED = "copied"
    UNIT = "unit"


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
class Page:
    lines: list[Listed[Line]]
    more: bool


MATCHES = """
  (r.applicant_id = :person or r.concerns_id is distinct from :person) and
  (cast(:kind as text) is null or r.kind = :kind)
  and (cast(:status as text) is null or r.status = :status)
  and (cast(:number as text) is null or r.number = :number)
  and (cast(:pairs as text[]) is null or r.search @> :pairs)
  and (cast(:begins as timestamptz) is null or r.created_at >= :begins)
  and (cast(:ends as timestamptz) is null or r.created_at < :ends)"""

NEWEST_FIRST = "(cast(:after_at as timestamptz) is null or (m.at, m.id) < (:after_at, :after_id))"
OLDEST_FIRST = "(cast(:after_at as timestamptz) is null or (m.at, m.id) > (:after_at, :after_id))"

MINE = f"""
  select r.institution_id, r.id, r.created_at as at from requests r
  where r.institution_id = :institution and r.applicant_id = :person and {MATCHES}"""
TO_DECIDE = f"""
  select distinct r.institution_id, r.id, w.opened_at as at
  from waiting w
  join requests r on (r.institution_id, r.id) = (w.request_institution_id, w.request_id)
  where w.institution_id = :institution and w.seat_id = any(cast(:turns as uuid[]))
    and (w.applicant_id <> :person or w.own_turn)
    and (w.seat_id = any(cast(:seats as uuid[])) or w.applicant_id <> :person and exists (
      select from ({LENT}) lent where lent.seat_id = w.seat_id
        and lent.lender_id <> r.applicant_id and r.kind <> all(lent.excepted)))
    and {MATCHES}"""
HANDLED = f"""
  select r.institution_id, r.id, max(t.decided_at) as at
  from steps t join requests r on (r.institution_id, r.id) = (t.institution_id, t.request_id)
  where t.institution_id = {IN_SIGHT} and t.decided_by = :person
    and r.applicant_id <> :person and {MATCHES}
  group by r.institution_id, r.id"""
UNIT = f"""
  select r.institution_id, r.id, r.created_at as at from requests r
  where r.institution_id = :institution and r.status <> 'draft'
    and r.unit_id in ({UNITS_BELOW}) and {MATCHES}"""
COPIED = f"""
  select r.institution_id, r.id, max(c.at) as at
  from copies c
  join requests r on (r.institution_id, r.id) = (c.request_institution_id, c.request_id)
  where c.institution_id = :institution and c.to_id = any(cast(:turns as uuid[]))
    and {COPIED_TO} and {MATCHES}
  group by r.institution_id, r.id"""

BOXES: Mapping[Box, tuple[str, str, str]] = {
    Box.MINE: (MINE, NEWEST_FIRST, "desc"),
    Box.TO_DECIDE: (TO_DECIDE, OLDEST_FIRST, "asc"),
    Box.HANDLED: (HANDLED, NEWEST_FIRST, "desc"),
    Box.COPIED: (COPIED, NEWEST_FIRST, "desc"),
    Box.UNIT: (UNIT, NEWEST_FIRST, "desc"),
}

PAGES = {
    box: statement(f"""
      with m as (
        select * from ({matching}) m where {after}
        order by m.at {direction}, m.id {direction} limit :size)
      select m.at, {REQUEST}
      from m join requests r on (r.institution_id, r.id) = (m.institution_id, m.id)
      order by m.at {direction}, m.id {direction}""")
    for box, (matching, after, direction) in BOXES.items()
}
COUNTS = {
    box: statement(f"select count(*) from ({matching}) m")
    for box, (matching, _, _) in BOXES.items()
}
ALL_COUNTS = statement(
    "select "
    + ", ".join(f"(select count(*) from ({BOXES[box][0]}) m) as {box.value}" for box in Box)
)


async def page(
    context: Context, box: Box, wanted: Filter, size: int, after: tuple[datetime, UUID] | None
) -> Page:
    """One page of a box, each request with the rules that it is pinned to."""
    rows = await context.transaction.rows(
        PAGES[box],
        **_values(context, wanted),
        size=size + 1,
        after_at=after[0] if after else None,
        after_id=after[1] if after else None,
    )
    return Page(await listed(context, rows[:size], ("at", "id")), more=len(rows) > size)


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
            step_id = _own_step(context, view)
        return Line(view, step_id, whole=whole)

    return await read_each("requests", rows, key, line)


async def count(context: Context, box: Box, wanted: Filter) -> int:
    found: int = await context.transaction.value(COUNTS[box], **_values(context, wanted))
    return found


async def counts(context: Context) -> dict[Box, int]:
    """How many requests each box holds."""
    row = await context.transaction.row(ALL_COUNTS, **_values(context, Filter()))
    return {box: row[box.value] if row else 0 for box in Box}


def _values(context: Context, wanted: Filter) -> dict[str, Any]:
    text = normalize("NFKC", wanted.text or "").strip()
    is_number = NUMBER.fullmatch(text) is not None
    return {
        **whose(context),
        "kind": wanted.kind,
        "status": wanted.status,
        "number": text if is_number else None,
        "pairs": pairs(text) if text and not is_number else None,
        "begins": _midnight(wanted.begins),
        "ends": _midnight(wanted.ends, days=1),
    }


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
