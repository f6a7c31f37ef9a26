"""What goes on beside the decisions on a request: copies, circulations, urging and comments.

None of it decides anything; all of it is on record. Pure rules, and the tables that keep it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.approval.request import Request, Status, Step, StepStatus
from domain.errors import Problem, Refused, invalid
from domain.records import key, moment, table

MOST_RECIPIENTS = 50
LONGEST_COMMENT = 2000
URGED_AGAIN_AFTER = timedelta(minutes=60)
MOST_URGINGS_A_DAY = 3

copies = table(
    "copies",
    key("request_id"),
    key("to_id"),
    Column("request_institution_id", Text, nullable=False),
    Column("circulation_id", Uuid),
    Column("by_id", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    moment("at"),
    Index("copies_to_idx", "institution_id", "to_id", "at", "request_id"),
)
"""Whom a request was copied or circulated to: from then on they have it in sight."""

circulations = table(
    "circulations",
    key(),
    Column("request_institution_id", Text, nullable=False),
    Column("request_id", Uuid, nullable=False),
    Column("by_id", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("note", Text, nullable=False),
    moment("at"),
    moment("ended_at", nullable=True),
    Index("circulations_request_idx", "institution_id", "request_id", "at"),
)

circulation_readers = table(
    "circulation_readers",
    key("circulation_id"),
    key("to_id"),
    Column("position", Integer, nullable=False),
    moment("read_at", nullable=True),
    Column("read_by", Uuid),
    Column("read_by_name", Text),
    CheckConstraint(
        "(read_at is null) = (read_by is null) and (read_at is null) = (read_by_name is null)",
        name="read_whole",
    ),
    ForeignKeyConstraint(
        ["institution_id", "circulation_id"], ["circulations.institution_id", "circulations.id"]
    ),
)

urgings = table(
    "urgings",
    key("step_id"),
    Column("day", Date, primary_key=True),
    Column("nth", Integer, primary_key=True),
    Column("request_id", Uuid, nullable=False),
    Column("by_id", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    Column("comment", Text, nullable=False),
    moment("at"),
)
"""Of two who urge a step at the same moment one comes first, for both would be the day's nth."""

comments = table(
    "comments",
    key(),
    Column("request_id", Uuid, nullable=False),
    Column("author_id", Uuid, nullable=False),
    Column("author_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("mentions", JSONB, nullable=False),
    moment("at"),
    Index("comments_request_idx", "institution_id", "request_id", "at"),
)


def urgeable_again(urged_today: Sequence[datetime], now: datetime) -> datetime | None:
    """From when a step may be urged again; None when it may be now.

    `urged_today` are the times at which it was urged on the day of `now`.
    """
    if len(urged_today) >= MOST_URGINGS_A_DAY:
        return datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), now.tzinfo)
    last = max(urged_today, default=None)
    if last is None or last + URGED_AGAIN_AFTER <= now:
        return None
    return last + URGED_AGAIN_AFTER


def urgeable(
    request: Request, step_id: UUID, person: UUID, seats: frozenset[UUID], *, leads: bool
) -> Step:
    """The open step, if this person may urge it.

    Raises:
        Refused: it is not open, it waits for this very person, or it is not theirs to urge.

    """
    step = request.step(step_id)
    if step is None:
        raise Refused("STEP_NOT_FOUND")
    if step.status is not StepStatus.OPEN:
        if request.status not in {Status.PENDING, Status.APPROVED}:
            raise Refused("REQUEST_ENDED", status=request.status.value)
        raise Refused("STEP_NOT_OPEN", clause=step.clauses[0], status=step.status.value)
    if seats & set(step.seats):
        raise Refused("URGES_ONESELF", clause=step.clauses[0])
    if not (leads or person == request.applicant or has_decided(request, person)):
        raise Refused("NOT_YOURS_TO_URGE", clause=step.clauses[0])
    return step


def may_send(request: Request, person: UUID, seats: frozenset[UUID]) -> None:
    """Whether this person may copy or circulate it: its applicant, or one with a turn in it.

    Raises:
        Refused: it is a draft, or not theirs to send on.

    """
    if request.status is Status.DRAFT:
        raise Refused("NOT_ON_A_DRAFT")
    has_turn = any(seats & set(step.seats) for step in request.steps)
    if not (person == request.applicant or has_turn or has_decided(request, person)):
        raise Refused("NOT_YOURS_TO_SEND")


def may_comment(request: Request) -> None:
    """Whoever has a request in sight may comment on it, also when it has ended.

    Raises:
        Refused: it is a draft.

    """
    if request.status is Status.DRAFT:
        raise Refused("NOT_ON_A_DRAFT")


def has_decided(request: Request, person: UUID) -> bool:
    return any(step.decided_by == person for step in request.steps)


def recipients(given: Sequence[UUID], sender: UUID) -> tuple[UUID, ...]:
    """The people and seats that something is sent to.

    Raises:
        Refused: none or too many are named, one twice, or the sender.

    """
    path = ("input", "to")
    if not given:
        raise invalid([Problem("NO_RECIPIENTS", path)])
    if len(given) > MOST_RECIPIENTS:
        raise invalid([Problem("TOO_MANY_RECIPIENTS", path, details={"most": MOST_RECIPIENTS})])
    problems = [
        Problem("SENT_TO_ONESELF" if each == sender else "REPEATED_RECIPIENT", (*path, str(index)))
        for index, each in enumerate(given)
        if each == sender or each in given[:index]
    ]
    if problems:
        raise invalid(problems)
    return tuple(given)
