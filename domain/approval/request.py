"""A request on its way through its route, and the tables that keep it.

A round is one submission: a request that was returned and resubmitted has a new round of steps,
and the steps of the rounds before it never change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.tables import OURS, REWRITTEN, SWEPT, columns, key, moment, refers, table
from domain.values.choices import Choice
from domain.vocabulary import Label


class Status(Choice):
    DRAFT = "draft", "Being filled in; its owner's alone."
    PENDING = "pending", "On its way through its steps."
    RETURNED = "returned", "Back with its applicant, who may submit it again."
    APPROVED = "approved", "Every decision was taken; records may follow."
    REJECTED = "rejected", "A decision went against it."
    WITHDRAWN = "withdrawn", "Its applicant took it back."


class StepStatus(Choice):
    WAITING = "waiting", "Its turn has not come."
    OPEN = "open", "It may be taken now."
    DONE = "done", "It was taken, and never changes again."
    SKIPPED = "skipped", "It fell away; `skippedBecause` says why."
    CANCELLED = "cancelled", "The request ended or took another route before its turn."


STATUSES: Mapping[str, Label] = {
    Status.DRAFT: Label("草稿", "a draft"),
    Status.PENDING: Label("办理中", "on its way"),
    Status.RETURNED: Label("已退回", "returned"),
    Status.APPROVED: Label("已批准", "approved"),
    Status.REJECTED: Label("未获批准", "rejected"),
    Status.WITHDRAWN: Label("已撤回", "withdrawn"),
    StepStatus.WAITING: Label("未轮到", "waiting"),
    StepStatus.OPEN: Label("待办", "open"),
    StepStatus.DONE: Label("已办", "done"),
    StepStatus.SKIPPED: Label("免办", "skipped"),
    StepStatus.CANCELLED: Label("已取消", "cancelled"),
}
"""How a request or a step stands, in words."""


class Decision(Choice):
    AGREE = "agree", "同意: whatever the act of the step is."
    REJECT = "reject", "否决: the request ends."
    RETURN = "return", "退回: to the applicant, who mends it, or to an earlier step."


OWN_SIGNATURE = "OWN_SIGNATURE_ASKED"
"""The note of a signature that is asked of the applicant, who alone holds the seat."""


@dataclass(frozen=True)
class Step:
    """One seat's turn. Steps of one place are open together; places follow one another.

    `skipped` is a note: why the step fell away, or went to another than the clause names. A signer
    `added_to` a step, a turn that `repeats` one after a return, and a signature that `confirms`
    what was said by telephone come from no rule. `particulars` tell what else is on record: whom
    one acts for, an outside body's document, a transfer.
    """

    id: UUID
    place: int
    role: str
    alternatives: tuple[str, ...]
    act: str
    clauses: tuple[str, ...]
    seats: tuple[UUID, ...]
    status: StepStatus = StepStatus.WAITING
    decision: Decision | None = None
    decided_by: UUID | None = None
    decided_by_name: str | None = None
    decided_in: UUID | None = None
    decided_at: datetime | None = None
    comment: str | None = None
    opened_at: datetime | None = None
    due_at: datetime | None = None
    skipped: Mapping[str, Any] | None = None
    added_to: UUID | None = None
    repeats: UUID | None = None
    confirms: UUID | None = None
    particulars: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """One person's form and the steps of its current round.

    `marks` are notes that stay with it for ever, whatever becomes of it.
    """

    id: UUID
    institution: str
    kind: str
    status: Status
    version: int
    round: int
    applicant: UUID
    steps: tuple[Step, ...] = field(default=())
    completed_at: datetime | None = None
    marks: tuple[Mapping[str, Any], ...] = ()

    def step(self, step_id: UUID) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)


APPROVED = text("status = 'approved'")
BEGUN = text("status = 'approved' and counted_from is not null")

requests = table(
    "requests",
    key(),
    *columns(Text, "number", "kind", "status"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("round", Integer, nullable=False, server_default="1"),
    *refers("people", "applicant_id"),
    *columns(Text, "applicant_name", "applicant_account"),
    *columns(Uuid, "seat_id", "unit_id", nullable=True),
    Column("unit_name", Text, nullable=False),
    *columns(JSONB, "form", "attachments", "facts"),
    Column("claims", ARRAY(Text), nullable=False),
    Column("notes", JSONB, nullable=False),
    Column("marks", JSONB, nullable=False, server_default="[]"),
    Column("rulebook_version", Integer),
    Column("step_institutions", ARRAY(Text), nullable=False),
    *columns(Uuid, "extends_id", "concerns_id", nullable=True),
    Column("search", ARRAY(Text), nullable=False),
    Column("summary_zh", Text),
    Column("summary_en", Text),
    moment("created_at"),
    moment("submitted_at", nullable=True),
    moment("closed_at", nullable=True),
    moment("completed_at", nullable=True),
    *columns(Date, "counted_from", "counted_until", nullable=True),
    Column("provisional", Boolean, nullable=False, server_default="false"),
    CheckConstraint(
        "(counted_from is null) = (counted_until is null)"
        " and not (provisional and counted_from is null)",
        name="counted",
    ),
    CheckConstraint(
        "status in ('draft', 'pending', 'returned', 'approved', 'rejected', 'withdrawn')",
        name="status",
    ),
    CheckConstraint("(status = 'draft') = (submitted_at is null)", name="submitted"),
    Index("requests_mine_idx", "institution_id", "applicant_id", "created_at", "id"),
    Index("requests_unit_idx", "institution_id", "unit_id", "created_at", "id"),
    Index("requests_counted_idx", "institution_id", "counted_until"),
    Index("requests_number_idx", "institution_id", "number"),
    Index("requests_closed_idx", "institution_id", "kind", "closed_at", postgresql_where=APPROVED),
    Index("requests_begun_idx", "institution_id", "kind", "counted_from", postgresql_where=BEGUN),
    Index(
        "requests_concerning_idx",
        "institution_id",
        "concerns_id",
        postgresql_where=text("concerns_id is not null"),
    ),
    changes=("insert", REWRITTEN, "delete"),
    walls={
        "step": f"for select using ({OURS} = any(step_institutions))",
        "submitted_stands": "as restrictive for delete using (status = 'draft' or destroys())",
    },
)

steps = table(
    "steps",
    key(),
    *refers("requests", "request_id"),
    *columns(Integer, "round", "position", "place"),
    Column("role", Text, nullable=False),
    Column("alternatives", ARRAY(Text), nullable=False),
    Column("act", Text, nullable=False),
    Column("clauses", ARRAY(Text), nullable=False),
    Column("seats", ARRAY(Uuid), nullable=False),
    Column("step_institutions", ARRAY(Text), nullable=False),
    Column("status", Text, nullable=False),
    Column("decision", Text),
    Column("decided_by", Uuid),
    Column("decided_by_name", Text),
    Column("decided_in", Uuid),
    moment("decided_at", nullable=True),
    Column("comment", Text),
    moment("opened_at", nullable=True),
    moment("due_at", nullable=True),
    Column("skipped", JSONB),
    *columns(Uuid, "added_to", "repeats", "confirms", nullable=True),
    Column("particulars", JSONB, nullable=False, server_default="{}"),
    CheckConstraint("cardinality(clauses) > 0", name="cites"),
    CheckConstraint("status in ('waiting', 'open', 'done', 'skipped', 'cancelled')", name="status"),
    CheckConstraint(
        "(status = 'done') = (decided_by is not null and decided_at is not null"
        " and decision is not null)",
        name="decided_whole",
    ),
    UniqueConstraint("institution_id", "request_id", "round", "position"),
    changes=("insert", REWRITTEN),
    walls={
        "step": f"for select using ({OURS} = any(step_institutions))",
        "decided_stands": "as restrictive for update using (status <> 'done') with check (true)",
    },
)

waiting = table(
    "waiting",
    Column("seat_id", Uuid, primary_key=True),
    Column("step_id", Uuid, primary_key=True),
    Column("request_institution_id", Text, nullable=False),
    Column("request_id", Uuid, nullable=False),
    moment("opened_at"),
    Column("kind", Text, nullable=False),
    Column("applicant_id", Uuid, nullable=False),
    Column("concerns_id", Uuid),
    Column("own_turn", Boolean, nullable=False),
    Index("waiting_inbox_idx", "institution_id", "seat_id", "opened_at", "step_id"),
    Index("waiting_request_idx", "institution_id", "request_id"),
    changes=("insert", "delete"),
    walls={"request": f"using (request_institution_id = {OURS})"},
)

answers = table(
    "answers",
    Column("person_id", Uuid, primary_key=True),
    Column("idempotency_key", Text, primary_key=True),
    Column("request_hash", LargeBinary, nullable=False),
    Column("answer", JSONB, nullable=False),
    moment("at"),
    Index("answers_at_idx", "institution_id", "at", postgresql_using="brin"),
    changes=SWEPT,
)

request_numbers = table(
    "request_numbers",
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    changes=("insert", "update (last)"),
)
