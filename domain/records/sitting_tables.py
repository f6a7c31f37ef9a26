"""Sittings as tables: what was called, who came, what was resolved, and who sees to it."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.tables import key, moment, table

sittings = table(
    "sittings",
    key(),
    Column("kind", Text, nullable=False),
    Column("entry", JSONB, nullable=False, server_default="{}"),
    Column("number", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("place", Text, nullable=False),
    moment("begins_at"),
    moment("noticed_at"),
    moment("notice_due", nullable=True),
    Column("notice_clause", Text),
    Column("called_by", Uuid, nullable=False),
    Column("called_by_name", Text, nullable=False),
    moment("called_at"),
    Column("eligible", Integer),
    Column("present", Integer),
    Column("minutes", Text),
    Column("closed_by_name", Text),
    moment("closed_at", nullable=True),
    CheckConstraint("(closed_at is null) = (minutes is null)", name="closed"),
    CheckConstraint("present <= eligible", name="attendance"),
    UniqueConstraint("institution_id", "kind", "body", "number"),
    ForeignKeyConstraint(["institution_id", "called_by"], ["people.institution_id", "people.id"]),
    changes=("insert", "update (eligible, present, minutes, closed_at, closed_by_name)"),
)

sitting_items = table(
    "sitting_items",
    key(),
    Column("sitting_id", Uuid, nullable=False),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("matter", Text, nullable=False),
    Column("step_id", Uuid),
    Column("request_id", Uuid),
    Column("carried_from", Uuid),
    Column("revote", Boolean, nullable=False),
    Column("secret_count", JSONB),
    Column("ballot", JSONB),
    Column("outcome", Text),
    Column("found_by_chair", Boolean),
    Column("reason", Text),
    Column("remarks", JSONB),
    Column("clauses", ARRAY(Text)),
    moment("resolved_at", nullable=True),
    CheckConstraint("outcome in ('passed', 'failed', 'deferred')", name="outcome"),
    CheckConstraint(
        "outcome is not distinct from 'deferred' or (outcome is null) = (ballot is null)",
        name="counted",
    ),
    UniqueConstraint("institution_id", "sitting_id", "position"),
    UniqueConstraint("institution_id", "carried_from"),
    ForeignKeyConstraint(
        ["institution_id", "sitting_id"], ["sittings.institution_id", "sittings.id"]
    ),
    Index(
        "sitting_items_open_step_key",
        "institution_id",
        "step_id",
        unique=True,
        postgresql_where=text("outcome is null"),
    ),
    changes=(
        "insert",
        (
            "update (secret_count, ballot, outcome, found_by_chair, reason, remarks, clauses,"
            " resolved_at)"
        ),
    ),
)

sitting_attendance = table(
    "sitting_attendance",
    Column("sitting_id", Uuid, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("attended", Boolean, nullable=False),
    Column("excused", Boolean, nullable=False, server_default="false"),
    CheckConstraint("not (attended and excused)", name="excused"),
    ForeignKeyConstraint(
        ["institution_id", "sitting_id"], ["sittings.institution_id", "sittings.id"]
    ),
    ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"]),
    changes=("insert", "update (attended, excused)", "delete"),
)


def _of_an_item() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["institution_id", "item_id"], ["sitting_items.institution_id", "sitting_items.id"]
    )


sitting_tasks = table(
    "sitting_tasks",
    key(),
    Column("item_id", Uuid, nullable=False),
    Column("task", Text, nullable=False),
    Column("responsible", Uuid, nullable=False),
    Column("responsible_name", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("assigned_by_name", Text, nullable=False),
    moment("assigned_at"),
    Column("report", Text),
    Column("done_by_name", Text),
    moment("done_at", nullable=True),
    CheckConstraint("(done_at is null) = (report is null)", name="done"),
    _of_an_item(),
    ForeignKeyConstraint(["institution_id", "responsible"], ["people.institution_id", "people.id"]),
    Index(None, "institution_id", "item_id"),
    Index(None, "institution_id", "responsible"),
    changes=("insert", "update (report, done_by_name, done_at)"),
)
"""What a resolution leaves to be done: by whom, until when, and what came of it."""


sitting_ballots = table(
    "sitting_ballots",
    key("item_id"),
    Column("sealed", Text, nullable=False),
    _of_an_item(),
    changes=("insert", "update (sealed)", "delete"),
)
"""A secret ballot while it is open: all votes in one sum, which the database cannot read.

No vote has a row, a key or a moment of its own, so none can be laid beside a voter.
"""

sitting_voters = table(
    "sitting_voters",
    key("item_id"),
    key("person_id"),
    Column("voted", Boolean, nullable=False, server_default="false"),
    _of_an_item(),
    ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"]),
    changes=("insert", "update (voted)", "delete"),
)
"""Who has a vote in a secret ballot and whether they cast it; when they did is not kept here."""
