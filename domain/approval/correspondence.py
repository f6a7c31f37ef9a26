"""What goes on beside the decisions on a request: copies, circulations, urging and comments.

None of it decides anything; all of it is on record. Pure rules, and the tables that keep it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from domain.approval.engine import Actor
from domain.approval.request import STATUSES, Request, Status, Step, StepStatus
from domain.errors import Problem, Refused, at_fault, must_be_none
from domain.tables import ADDED, OF_OUR_REQUEST, OURS, columns, key, moment, refers, table

MOST_RECIPIENTS = 50
LONGEST_COMMENT = 2000
LONGEST_NOTE = 500
URGED_AGAIN_AFTER = timedelta(minutes=60)
MOST_URGINGS_A_DAY = 3

ENDED = frozenset({Status.REJECTED, Status.WITHDRAWN})

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
    changes=ADDED,
    walls={"request": OF_OUR_REQUEST},
)
"""Whom a request was copied or circulated to: from then on they have it in sight."""

circulations = table(
    "circulations",
    key(),
    Column("request_institution_id", Text, nullable=False),
    *columns(Uuid, "request_id", "by_id"),
    *columns(Text, "by_name", "note"),
    moment("at"),
    moment("ended_at", nullable=True),
    Index("circulations_request_idx", "institution_id", "request_id", "at"),
    changes=("insert", "update (ended_at)"),
    walls={"request": OF_OUR_REQUEST},
)

OF_OUR_CIRCULATION = f"""for select using (exists (
  select from circulations c
  where c.institution_id = circulation_readers.institution_id
    and c.id = circulation_readers.circulation_id
    and c.request_institution_id = {OURS}))"""

circulation_readers = table(
    "circulation_readers",
    *refers("circulations", "circulation_id", key=True),
    key("to_id"),
    Column("position", Integer, nullable=False),
    moment("read_at", nullable=True),
    Column("read_by", Uuid),
    Column("read_by_name", Text),
    CheckConstraint(
        "(read_at is null) = (read_by is null) and (read_at is null) = (read_by_name is null)",
        name="read_whole",
    ),
    changes=("insert", "update (read_at, read_by, read_by_name)"),
    walls={"request": OF_OUR_CIRCULATION},
)

urgings = table(
    "urgings",
    key("step_id"),
    Column("day", Date, primary_key=True),
    Column("nth", Integer, primary_key=True),
    *columns(Uuid, "request_id", "by_id"),
    Column("by_name", Text, nullable=False),
    moment("at"),
    changes=ADDED,
    stands="said_stands",
)
"""Of two who urge a step at the same moment one comes first, for both would be the day's nth."""

comments = table(
    "comments",
    key(),
    *columns(Uuid, "request_id", "author_id"),
    *columns(Text, "author_name", "text"),
    Column("mentions", JSONB, nullable=False),
    moment("at"),
    Index("comments_request_idx", "institution_id", "request_id", "at"),
    changes=ADDED,
    stands="said_stands",
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


def must_wait(urged_today: Sequence[datetime], now: datetime, clause: str) -> None:
    """Refuse to urge too often. Raises: Refused: saying from when it may be urged again."""
    if again := urgeable_again(urged_today, now):
        enough = len(urged_today) >= MOST_URGINGS_A_DAY
        raise Refused(
            "URGED_ENOUGH" if enough else "URGED_ALREADY",
            clause=clause,
            again=f"{again.astimezone(now.tzinfo):%Y-%m-%d %H:%M}",
            most=MOST_URGINGS_A_DAY,
        )


def urgeable(request: Request, step_id: UUID, actor: Actor, *, leads: bool) -> Step:
    """The open step, if this person may urge it.

    Raises: Refused: it is not open, it waits for this very person, or it is not theirs to urge.
    """
    step = request.step(step_id)
    if step is None:
        raise Refused("STEP_NOT_FOUND")
    if step.status is not StepStatus.OPEN:
        if request.status in ENDED:
            raise Refused("REQUEST_ENDED", status=STATUSES[request.status])
        raise Refused("STEP_NOT_OPEN", clause=step.clauses[0], status=STATUSES[step.status])
    if actor.seat_for(step, request) is not None:
        raise Refused("URGES_ONESELF", clause=step.clauses[0])
    own = actor.person == request.applicant
    if not (own or leads or has_decided(request, actor.person)):
        raise Refused("NOT_YOURS_TO_URGE", clause=step.clauses[0])
    return step


def any_urgeable(request: Request, actor: Actor, *, leads: bool) -> Step:
    """The first open step that this person may urge; else why not, one's own step before all."""
    refused = Refused("NOTHING_TO_URGE")
    if request.status in {*ENDED, Status.APPROVED}:
        refused = Refused("REQUEST_ENDED", status=STATUSES[request.status])
    opened = [step for step in request.steps if step.status is StepStatus.OPEN]
    mine = [step for step in opened if actor.seat_for(step, request) is not None]
    for step in (*(step for step in opened if step not in mine), *mine):
        try:
            return urgeable(request, step.id, actor, leads=leads)
        except Refused as not_this:
            refused = not_this
    raise refused


def may_send(request: Request, actor: Actor) -> None:
    """Whether this person may copy or circulate it: its applicant, or one with a turn in it.

    Raises: Refused: it is a draft, or not theirs to send on.
    """
    if request.status is Status.DRAFT:
        raise Refused("NOT_ON_A_DRAFT")
    own = actor.person == request.applicant or had_a_turn(request, actor.person)
    if not own and all(actor.seat_for(step, request) is None for step in request.steps):
        raise Refused("NOT_YOURS_TO_SEND")


def may_comment(request: Request) -> None:
    """Whoever has a request in sight may comment on it, also when it has ended.

    Raises: Refused: it is a draft.
    """
    if request.status is Status.DRAFT:
        raise Refused("NOT_ON_A_DRAFT")


def had_a_turn(request: Request, person: UUID) -> bool:
    """Whether this person has decided a step of the present round, or handed one on."""
    handed_on = (
        each.get("by") for step in request.steps for each in step.particulars.get("handed_on", ())
    )
    return has_decided(request, person) or str(person) in map(str, handed_on)


def has_decided(request: Request, person: UUID) -> bool:
    return any(step.decided_by == person for step in request.steps)


def named(given: Sequence[UUID], sender: UUID, *path: str) -> None:
    """Check whom something is sent to, or who is mentioned.

    Raises: Refused: too many are named, one twice, or the sender.
    """
    if len(given) > MOST_RECIPIENTS:
        raise at_fault("TOO_MANY_RECIPIENTS", *path, most=MOST_RECIPIENTS)
    must_be_none(
        Problem("SENT_TO_ONESELF" if each == sender else "REPEATED_RECIPIENT", (*path, str(index)))
        for index, each in enumerate(given)
        if each == sender or each in given[:index]
    )
