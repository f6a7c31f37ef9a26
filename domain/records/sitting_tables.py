"""Sittings as tables: what was called, who came, what was resolved, and who sees to it."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.tables import among, columns, key, moment, refers, table

RESOLVED = (
    *("withdrawn", "secret_count", "ballot", "outcome", "found_by_chair", "reason"),
    *("remarks", "clauses", "heard", "resolved_at"),
)
"""What changes of an item when it is voted on."""

sittings = table(
    "sittings",
    key(),
    Column("kind", Text, nullable=False),
    Column("entry", JSONB, nullable=False, server_default="{}"),
    *columns(Text, "number", "body", "place"),
    moment("begins_at"),
    moment("noticed_at"),
    moment("notice_due", nullable=True),
    Column("notice_clause", Text),
    *refers("people", "called_by"),
    Column("called_by_name", Text, nullable=False),
    moment("called_at"),
    Column("invited", ARRAY(Uuid), nullable=False, server_default="{}"),
    *columns(Integer, "eligible", "present", nullable=True),
    *refers("people", "chaired_by", nullable=True),
    *columns(Text, "minutes", "closed_by_name", nullable=True),
    moment("closed_at", nullable=True),
    CheckConstraint("(closed_at is null) = (minutes is null)", name="closed"),
    CheckConstraint("present <= eligible", name="attendance"),
    UniqueConstraint("institution_id", "kind", "body", "number"),
    Index("sittings_latest_idx", "institution_id", "begins_at", "id"),
    Index("sittings_of_body_idx", "institution_id", "body", "begins_at", "id"),
    changes=(
        "insert",
        "update (eligible, present, chaired_by, minutes, closed_at, closed_by_name)",
    ),
)

sitting_items = table(
    "sitting_items",
    key(),
    *refers("sittings", "sitting_id"),
    Column("position", Integer, nullable=False),
    *columns(Text, "title", "matter"),
    *columns(Uuid, "step_id", "request_id", "act_id", "carried_from", nullable=True),
    Column("revote", Boolean, nullable=False),
    Column("withdrawn", ARRAY(Uuid), nullable=False, server_default="{}"),
    *columns(JSONB, "secret_count", "ballot", "heard", nullable=True),
    Column("outcome", Text),
    Column("found_by_chair", Boolean),
    Column("reason", Text),
    Column("remarks", JSONB),
    Column("clauses", ARRAY(Text)),
    moment("resolved_at", nullable=True),
    among("outcome", ("passed", "failed", "deferred")),
    CheckConstraint(
        "outcome is not distinct from 'deferred' or (outcome is null) = (ballot is null)",
        name="counted",
    ),
    UniqueConstraint("institution_id", "sitting_id", "position"),
    UniqueConstraint("institution_id", "carried_from"),
    Index(
        "sitting_items_open_step_key",
        "institution_id",
        "step_id",
        unique=True,
        postgresql_where=text("outcome is null"),
    ),
    Index(
        "sitting_items_open_act_key",
        "institution_id",
        "act_id",
        unique=True,
        postgresql_where=text("outcome is null"),
    ),
    changes=("insert", f"update ({', '.join(RESOLVED)})"),
)
"""`act_id` is an administrative act that waits for the body: what it resolves decides that.

`withdrawn` are the members whom the matter concerns, who withdraw from it 回避. `heard` is what
each of those who spoke said on it, in writing where they were absent.
"""

sitting_attendance = table(
    "sitting_attendance",
    *refers("sittings", "sitting_id", key=True),
    *refers("people", "person_id", key=True),
    Column("name", Text, nullable=False),
    Column("attended", Boolean, nullable=False),
    Column("excused", Boolean, nullable=False, server_default="false"),
    Column("sits_in", Boolean, nullable=False, server_default="false"),
    CheckConstraint("not (attended and excused)", name="excused"),
    changes=("insert", "update (attended, excused, sits_in)", "delete"),
)


OPEN_FIRST = text("(done_at is not null)")
"""What is still to be done comes before what is done."""

sitting_tasks = table(
    "sitting_tasks",
    key(),
    *refers("sitting_items", "item_id"),
    Column("task", Text, nullable=False),
    *refers("people", "responsible"),
    Column("responsible_name", Text, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("assigned_by_name", Text, nullable=False),
    moment("assigned_at"),
    *columns(Text, "report", "done_by_name", nullable=True),
    moment("done_at", nullable=True),
    CheckConstraint("(done_at is null) = (report is null)", name="done"),
    Index(None, "institution_id", "item_id"),
    Index("sitting_tasks_due_idx", "institution_id", OPEN_FIRST, "due_on", "id"),
    Index("sitting_tasks_own_idx", "institution_id", "responsible", OPEN_FIRST, "due_on", "id"),
    changes=("insert", "update (report, done_by_name, done_at)"),
)
"""What a resolution leaves to be done: by whom, until when, and what came of it."""


sitting_ballots = table(
    "sitting_ballots",
    *refers("sitting_items", "item_id", key=True),
    Column("sealed", Text, nullable=False),
    changes=("insert", "update (sealed)", "delete"),
)
"""A secret ballot while it is open: all votes in one sum, which the database cannot read.

No vote has a row, a key or a moment of its own, so none can be laid beside a voter.
"""

sitting_voters = table(
    "sitting_voters",
    *refers("sitting_items", "item_id", key=True),
    *refers("people", "person_id", key=True),
    Column("voted", Boolean, nullable=False, server_default="false"),
    changes=("insert", "update (voted)", "delete"),
)
"""Who has a vote in a secret ballot and whether they cast it; when they did is not kept here."""
