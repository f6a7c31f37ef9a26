"""Keeping a request: one statement writes it, its steps, the inboxes, the answer and the ledger.

The statement takes effect only if the request still has the version that was read, so of two
simultaneous acts one wins and the other is judged anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy import Table

from domain.approval.request import Status, requests, steps, waiting
from domain.errors import Refused
from domain.ledger import Salts, line
from domain.office.absence import absences
from domain.office.booking import Booking, bookings, number_of
from domain.time.moments import Period
from resolvers.ground.database import Transaction, statement
from resolvers.ground.ledger import kept_rows, new_salt
from resolvers.requests.rows import RequestView, request_row, step_row, waiting_rows

ENDED = frozenset({Status.REJECTED, Status.WITHDRAWN, Status.RETURNED})
"""The states in which the applicant is not away after all."""


class Overtaken(Exception):
    """Somebody else acted first; read again and judge anew.

    `refusal` is what to say if judging anew ends here again: the first may have been a twin of
    this very call.
    """

    def __init__(self, refusal: Refused | None = None) -> None:
        super().__init__()
        self.refusal = refusal


@dataclass(frozen=True)
class Away:
    """The applicant's absence that a request stands for."""

    person_number: int
    period: Period
    days: str


@dataclass(frozen=True)
class Longer:
    """A leave that an approved extension prolongs: until when, and how long it is in all."""

    request: UUID
    ends: datetime
    days: str


@dataclass(frozen=True)
class Back:
    """When somebody is at work again, and how many days the absence has been if that is earlier."""

    at: datetime
    days: str


@dataclass(frozen=True)
class Answer:
    """What is stored for an idempotency key, so that a repeated call is answered alike."""

    person: Any
    key: str
    request_hash: bytes


REMEMBER = statement("""
insert into answers (institution_id, person_id, idempotency_key, request_hash, answer, at)
values (:institution, :person, :key, :request_hash, :said, :at)""")

ANSWERED = statement("""
select true from answers
where institution_id = :institution and person_id = :person and idempotency_key = :key""")


async def remember(
    transaction: Transaction, institution: str, answer: Answer | None, said: Any, at: datetime
) -> None:
    """Store what a call was answered that keeps no request.

    Raises:
        Overtaken: the key was answered at the same moment.

    """
    if answer is None:
        return
    try:
        await transaction.rows(
            REMEMBER,
            institution=institution,
            person=answer.person,
            key=answer.key,
            request_hash=answer.request_hash,
            said=said,
            at=at,
        )
    except asyncpg.UniqueViolationError as taken:
        raise Overtaken from taken


async def must_be_first(transaction: Transaction, institution: str, answer: Answer | None) -> None:
    """Ask once what others hold is held.

    Raises:
        Overtaken: a twin of this very call held it until now, and was answered.

    """
    if answer:
        values = {"institution": institution, "person": answer.person, "key": answer.key}
        if await transaction.value(ANSWERED, **values):
            raise Overtaken


def _columns(of: Table, prefix: str = "") -> str:
    return ", ".join(prefix + column.name for column in of.columns)


def _changes(of: Table) -> str:
    names = [each.name for each in of.columns if not each.primary_key and each.name != "request_id"]
    return ", ".join(f"{name} = excluded.{name}" for name in names)


_NUMBERED = _columns(requests, "g.").replace("g.number", "coalesce(n.number, g.number)")

KEEP = statement(f"""
with numbered as (
  insert into request_numbers as counted (institution_id, year, last)
  select cast(:institution as text), cast(:year as integer), 1 where :numbering
  on conflict (institution_id, year) do update set last = counted.last + 1
  returning year || '-' || lpad(cast(last as text), 6, '0') as number
), kept as (
  insert into requests as r ({_columns(requests)})
  select {_NUMBERED}
  from jsonb_populate_record(cast(null as requests), :request) g
  left join numbered n on true
  on conflict (institution_id, id) do update set {_changes(requests)}
  where r.version = :known_version
  returning r.institution_id, r.id, r.number
), kept_steps as (
  insert into steps ({_columns(steps)})
  select {_columns(steps, "g.")}
  from kept, jsonb_populate_recordset(cast(null as steps), :steps) g
  on conflict (institution_id, id) do update set {_changes(steps)}
  where steps.status <> 'done'
), left_inbox as (
  delete from waiting w using kept
  where w.request_institution_id = kept.institution_id and w.request_id = kept.id
    and not exists (
      select from jsonb_populate_recordset(cast(null as waiting), :waiting) g
      where (g.institution_id, g.seat_id, g.step_id) = (w.institution_id, w.seat_id, w.step_id))
), entered_inbox as (
  insert into waiting ({_columns(waiting)})
  select {_columns(waiting, "g.")}
  from kept, jsonb_populate_recordset(cast(null as waiting), :waiting) g
  on conflict do nothing
), away as (
  insert into absences ({_columns(absences)})
  select {_columns(absences, "g.")}
  from kept, jsonb_populate_recordset(cast(null as absences), :absences) g
  on conflict (institution_id, request_id) do update set {_changes(absences)}
), booked as (
  insert into bookings ({_columns(bookings)})
  select {_columns(bookings, "g.")}
  from kept, jsonb_populate_recordset(cast(null as bookings), :bookings) g
  on conflict (institution_id, request_id) do update set {_changes(bookings)}
), released as (
  update bookings b set standing = false from kept
  where b.institution_id = kept.institution_id and b.request_id = kept.id and :ended
), back_at_work as (
  update absences a set standing = false from kept
  where a.institution_id = kept.institution_id and a.request_id = kept.id and :ended
), prolonged as (
  update absences a
  set period = tsrange(lower(a.period), cast(:longer_until as timestamp)),
      days = cast(cast(:longer_days as text) as numeric)
  from kept
  where a.institution_id = kept.institution_id and a.request_id = :longer
), cut_short as (
  update absences a
  set period = tsrange(
        lower(a.period),
        greatest(lower(a.period), least(upper(a.period), cast(:back_at as timestamp)))),
      days = case when cast(:back_at as timestamp) < upper(a.period)
        then coalesce(cast(cast(:back_days as text) as numeric), a.days) else a.days end
  from kept
  where a.institution_id = kept.institution_id and a.request_id = kept.id
    and cast(:back_at as timestamp) is not null
), answered as (
  insert into answers (institution_id, person_id, idempotency_key, request_hash, answer, at)
  select kept.institution_id, :person, :idempotency_key, :request_hash,
         jsonb_build_object('request', kept.id), :at
  from kept where cast(:idempotency_key as text) is not null
)
select kept.number, ledger_append(kept.institution_id, :at, :event, :record, :values) from kept
""")


async def keep(
    transaction: Transaction,
    view: RequestView,
    *,
    known_version: int,
    event: str,
    content: Mapping[str, Any],
    at: datetime,
    search: list[str],
    answer: Answer | None = None,
    away: Away | None = None,
    booking: Booking | None = None,
    longer: Longer | None = None,
    back: Back | None = None,
    numbering: bool = False,
    salts: Salts = new_salt,
) -> str:
    """Write the request as it is now, unless it was changed since; its number.

    Raises:
        Overtaken: another act came first, the key was answered at the same moment, or the
            applicant is already away or the thing booked by another then.

    """
    institution = view.request.institution
    told = line(event, at, institution, content, salts)
    try:
        kept = await transaction.row(
            KEEP,
            institution=institution,
            year=at.year,
            numbering=numbering,
            request=request_row(view, search),
            known_version=known_version,
            steps=[step_row(view, *each) for each in enumerate(view.request.steps)],
            waiting=waiting_rows(view),
            longer=longer.request if longer else None,
            longer_until=longer.ends if longer else None,
            longer_days=longer.days if longer else None,
            back_at=back.at if back else None,
            back_days=back.days if back else None,
            ended=view.request.status in ENDED,
            absences=[_absence_row(view, away)] if away else [],
            bookings=[_booking_row(view, booking)] if booking else [],
            person=answer.person if answer else None,
            idempotency_key=answer.key if answer else None,
            request_hash=answer.request_hash if answer else None,
            at=at,
            event=event,
            record=told.record,
            values=kept_rows(told),
        )
    except asyncpg.ExclusionViolationError as overlap:
        booked = overlap.constraint_name == "bookings_do_not_overlap"
        code = "ALREADY_BOOKED" if booked else "ABSENCE_OVERLAPS"
        raise Overtaken(Refused(code)) from overlap
    except asyncpg.UniqueViolationError as taken:
        raise Overtaken from taken
    if kept is None:
        raise Overtaken
    number: str = kept["number"]
    return number


def _booking_row(view: RequestView, booking: Booking) -> dict[str, Any]:
    return {
        "institution_id": view.request.institution,
        "request_id": view.id,
        "resource_id": booking.resource,
        "resource_number": number_of(booking.resource),
        "period": _range(booking.period),
        "standing": True,
    }


def _range(period: Period) -> str:
    return f"[{period.begins.isoformat()},{period.ends.isoformat()})"


def _absence_row(view: RequestView, away: Away) -> dict[str, Any]:
    return {
        "institution_id": view.request.institution,
        "request_id": view.id,
        "person_id": view.request.applicant,
        "person_number": away.person_number,
        "kind": view.request.kind,
        "period": _range(away.period),
        "days": away.days,
        "standing": True,
    }
