"""Telling people, and what the viewer was told: addressed to the person or to a seat held today."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from domain.errors import Problem, at_fault, must_be_none
from domain.messages import ZH
from domain.office.notices import Notice, notices
from domain.office.organisation import Person, Seat
from policies.messages import MESSAGES
from resolvers.ground.batches import Load
from resolvers.ground.context import Context
from resolvers.ground.database import Transaction, statement
from resolvers.ground.derived import insertion
from resolvers.ground.keys import new_id
from resolvers.ground.listing import LATEST_KEY, Found, Slice, readable
from resolvers.ground.reading import read_as
from resolvers.ground.viewers import HELD_TODAY, HOLDERS, SEAT, read_seat
from resolvers.requests.oversight import IN_SIGHT, LENT, MAY_SEE, whose
from resolvers.requests.request_rows import RequestRow
from resolvers.requests.step_rows import Part, columns, told

MOST_AT_ONCE = 100

TELL = insertion(notices)

MINE = f"""
  unnest(cast(:turns as uuid[])) mine(to_id)
  cross join lateral (
    select min(a.begins) as since from appointments a
    where a.institution_id = :institution and a.seat_id = mine.to_id
      and a.person_id = :person and {HELD_TODAY}) held"""

FOR_ME = f"""
  (n.to_id = any(cast(:seats as uuid[]))
   or n.request_id is null and n.to_id = any(cast(:wholly_lent as uuid[]))
   or n.request_id is not null and exists (
     select from requests r
     where (r.institution_id, r.id) = (n.request_institution_id, n.request_id)
       and n.to_id in (select lent.seat_id from ({LENT}) lent)))"""
"""Whoever borrowed a seat is told what the loan covers."""

UNREAD = """
  not exists (
    select from notice_reads x
    where (x.institution_id, x.notice_id) = (n.institution_id, n.id)
      and (x.person_id = :person
           or n.at < coalesce(cast(held.since as timestamp) at time zone 'Asia/Shanghai',
                              'infinity')))"""
"""What a predecessor or the substitute's principal has read is not new to whoever follows."""

PAGE = statement(f"""
  select n.*, {SEAT.replace(HOLDERS, "'[]'::jsonb")} as seat,
    (select x.at from notice_reads x
     where (x.institution_id, x.notice_id, x.person_id) = (n.institution_id, n.id, :person)
    ) as read_at
  from {MINE}
  cross join lateral (
    select n.* from notices n
    where n.institution_id = :institution and n.to_id = mine.to_id and {FOR_ME}
      and (n.at, n.id) < (:after_at, :after_id)
      and (not cast(:unread_only as boolean) or {UNREAD})
    order by n.at desc, n.id desc limit :size) n
  left join seats s on s.institution_id = :institution and s.id = n.to_id
  left join units u on (u.institution_id, u.id) = (s.institution_id, s.unit_id)
  order by n.at desc, n.id desc limit :size""")

COUNT = statement(f"""
  select count(*) from {MINE}
  join notices n on n.institution_id = :institution and n.to_id = mine.to_id and {FOR_ME}
  where not cast(:unread_only as boolean) or {UNREAD}""")

READ = statement(f"""
  with mine as (
    select n.institution_id, n.id from notices n
    where n.institution_id = :institution and n.id = any(cast(:ids as uuid[])) and {FOR_ME})
  , marked as (
    insert into notice_reads (institution_id, notice_id, person_id, person_name, at)
    select institution_id, id, :person, :name, :at from mine
    on conflict do nothing)
  select id from mine""")

READ_ABOUT = statement("""
  insert into notice_reads (institution_id, notice_id, person_id, person_name, at)
  select n.institution_id, n.id, :person, :name, :at from notices n
  where n.institution_id = :institution and n.to_id = any(cast(:turns as uuid[]))
    and n.at >= :since and n.subject_id = :subject
  on conflict do nothing""")

REQUESTS = f"""
  select {{columns}}, cast(null as uuid) as step_id from requests r
  where r.institution_id = {IN_SIGHT} and r.id = any(cast(:ids as uuid[])) and {MAY_SEE}"""


@dataclass(frozen=True)
class Told:
    """A notice as the viewer finds it. `seat` is none where it is for the person."""

    id: UUID
    notice: Notice
    seat: Seat | None
    by: tuple[UUID, str] | None
    at: datetime
    read_at: datetime | None


async def notify(
    transaction: Transaction,
    notices: Sequence[Notice],
    at: datetime,
    by: Person | None = None,
    new_id: Callable[[], UUID] = new_id,
) -> None:
    """Tell each its line, in one statement for each institution that is told."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for notice in notices:
        # A notice that cannot be said would break its reader's whole list.
        MESSAGES[notice.code].say(ZH, dict(notice.details))
        rows[notice.institution].append(
            {
                "institution_id": notice.institution,
                "id": new_id(),
                "to_id": notice.to,
                "code": notice.code,
                "details": dict(notice.details),
                "request_institution_id": notice.request_institution,
                "request_id": notice.request,
                "subject_id": notice.subject,
                "clause": notice.clause,
                "by_id": by.id if by else None,
                "by_name": by.name if by else "",
                "at": at.isoformat(),
            }
        )
    for institution, theirs in rows.items():
        await transaction.rows_of(institution, TELL, rows=theirs)


async def announce(context: Context, *told: Notice) -> None:
    """Tell what the viewer has done."""
    me, new_id = context.viewer.person, context.services.new_id
    await notify(context.transaction, told, context.now, me, new_id)


async def told_to(context: Context, page: Slice, *, unread_only: bool) -> Found[Told]:
    """One page of what the viewer was told, newest first."""
    asked = _viewer(context) | page.values(LATEST_KEY)
    rows = await context.transaction.rows(PAGE, **asked, unread_only=unread_only)
    return await page.read("notices", rows, ("at", "id"), _told)


async def count(context: Context, *, unread_only: bool) -> int:
    return int(await context.value(COUNT, **_viewer(context), unread_only=unread_only))


@lru_cache
def in_sight(parts: frozenset[Part]) -> Load[UUID, RequestRow]:
    """Reads those of some requests that the viewer may see, and these parts of them."""
    asked = statement(REQUESTS.format(columns=", ".join(columns(parts))))

    async def load(
        context: Context, reading: Transaction, ids: list[UUID]
    ) -> dict[UUID, RequestRow]:
        rows = await reading.rows(asked, ids=sorted(set(ids)), **whose(context))
        return {e.id: e for e in readable(await told(context, rows, parts, reading=reading))}

    return load


async def read(context: Context, ids: Sequence[UUID]) -> None:
    """Mark notices as read by the viewer; what was read before stays as it was.

    Raises: Refused: none or too many are named, or one that is not the viewer's.
    """
    path = ("input", "noticeIds")
    if not ids:
        raise at_fault("NO_NOTICES", *path)
    if len(ids) > MOST_AT_ONCE:
        raise at_fault("TOO_MANY_NOTICES", *path, most=MOST_AT_ONCE)
    person = context.viewer.person
    rows = await context.transaction.rows(
        READ, **_viewer(context), ids=sorted(set(ids)), name=person.name, at=context.now
    )
    mine = {row["id"] for row in rows}
    strange = (index for index, each in enumerate(ids) if each not in mine)
    must_be_none(Problem("NOTICE_NOT_FOUND", (*path, str(index))) for index in strange)
    await context.remember({"notices": [str(each) for each in ids]})


async def read_about(context: Context, subject: UUID, since: datetime) -> None:
    """Mark what the viewer was told of one subject as read."""
    person = context.viewer.person
    await context.transaction.rows(
        READ_ABOUT,
        **_viewer(context),
        subject=subject,
        since=since,
        name=person.name,
        at=context.now,
    )


def _viewer(context: Context) -> dict[str, Any]:
    wholly = {
        each.seat
        for each in context.viewer.borrowed
        if each.lending.kinds is None and each.lending.limit is None
    }
    return {**whose(context), "wholly_lent": sorted(wholly)}


def _told(row: Mapping[str, Any]) -> Told:
    return read_as(
        Told,
        row,
        notice=read_as(Notice, row),
        seat=read_seat(row["seat"]) if row["seat"]["id"] else None,
        by=(row["by_id"], row["by_name"]) if row["by_id"] else None,
    )
