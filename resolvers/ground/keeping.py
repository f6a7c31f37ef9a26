"""Keeping a request: one statement writes it, its steps, the inboxes, the answer and the ledger.

The statement takes effect only if the request still has the version that was read, so of two
simultaneous acts one wins and the other is judged anew.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from domain.approval.request import Status
from domain.errors import Refused
from domain.ledger import Salts, line
from domain.office.booking import Booking, number_of
from domain.time.moments import Period
from resolvers.ground.database import Transaction, statement
from resolvers.ground.keep_parts import Part
from resolvers.ground.keep_statement import keeping
from resolvers.ground.ledger import judged_by, kept_rows, new_salt
from resolvers.requests.rows import RequestView
from resolvers.requests.written_rows import Written, written_of

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


def changed_since(version: int) -> Overtaken:
    """What was read in a version has another by now."""
    return Overtaken(Refused("CHANGED_MEANWHILE", version=version + 1))


@contextmanager
def alone(refusal: Refused | None = None) -> Iterator[None]:
    """Write what stands alone.

    Raises: Overtaken: another has meanwhile what the row needs for itself.
    """
    try:
        yield
    except (asyncpg.UniqueViolationError, asyncpg.ExclusionViolationError) as taken:
        raise Overtaken(refusal) from taken


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
    """When somebody is at work again, and how many days the absence has been if that is earlier.

    Where that was said wrong it is `until` then that the leave was granted.
    """

    at: datetime
    days: str
    until: datetime | None = None


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

    Raises: Overtaken: the key was answered at the same moment.
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


async def keep(
    transaction: Transaction,
    view: RequestView,
    known: RequestView | None,
    *,
    event: str,
    content: Mapping[str, Any],
    at: datetime,
    answer: Answer | None = None,
    away: Away | None = None,
    booking: Booking | None = None,
    longer: Longer | None = None,
    back: Back | None = None,
    numbering: bool = False,
    more: Written | None = None,
    ends: bool = False,
    salts: Salts = new_salt,
) -> str:
    """Write the request as it is now, unless it was changed since it was `known`; its number.

    `more` is what else the act writes in the same statement, which `ends` what it does.

    Raises: Overtaken: another act came first, the key was answered at the same moment, or the
    applicant is already away or the thing booked by another then.
    """
    institution = view.request.institution
    told = line(event, at, institution, content, salts)
    written = written_of(view, known) | (more or Written())
    parts = written.parts | {
        part
        for part, given in (
            (Part.NEW, known is None),
            (Part.ENDED, known and view.request.status in ENDED),
            (Part.NUMBERED, numbering),
            (Part.ANSWERED, answer),
            (Part.AWAY, away),
            (Part.BOOKED, booking),
            (Part.LONGER, longer),
            (Part.BACK, back),
        )
        if given
    }
    # Clocks that stand otherwise undo what was written, so the statement cannot be the last.
    runs = transaction.keep if ends and Part.CLOCKS_SEEN not in parts else transaction.rows
    try:
        kept = await runs(
            keeping(parts),
            **written.values,
            institution=institution,
            year=at.year,
            id=view.id,
            known_version=known.request.version if known else 0,
            longer=longer.request if longer else None,
            longer_until=longer.ends if longer else None,
            longer_days=longer.days if longer else None,
            back_at=back.at if back else None,
            back_days=back.days if back else None,
            back_until=back.until if back else None,
            absences=[_absence_row(view, away)] if away else [],
            bookings=[_booking_row(view, booking)] if booking else [],
            person=answer.person if answer else None,
            idempotency_key=answer.key if answer else None,
            request_hash=answer.request_hash if answer else None,
            at=at,
            event=event,
            record=told.record,
            values=kept_rows(told),
            **judged_by(transaction, institution),
        )
    except asyncpg.ExclusionViolationError as overlap:
        booked = overlap.constraint_name == "bookings_do_not_overlap"
        code = "ALREADY_BOOKED" if booked else "ABSENCE_OVERLAPS"
        raise Overtaken(Refused(code)) from overlap
    except asyncpg.UniqueViolationError as taken:
        raise Overtaken from taken
    if not kept:
        raise Overtaken
    number: str = kept[0]["number"]
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
