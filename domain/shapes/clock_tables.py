"""What clocks and cadences leave behind: running clocks with their changes, and duties done."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.tables import ADDED, REWRITTEN, SWEPT, columns, key, moment, refers, table

clocks = table(
    "clocks",
    key(),
    *columns(Text, "clock", "clause"),
    Column("rulebook_version", Integer, nullable=False),
    *columns(Text, "action", "subject_kind"),
    Column("subject_id", Uuid, nullable=False),
    *columns(Uuid, "request_id", "applicant_id", nullable=True),
    Column("responsible", ARRAY(Uuid), nullable=False),
    Column("concerns", ARRAY(Uuid), nullable=False, server_default="{}"),
    moment("started_at"),
    moment("due_at"),
    moment("not_before", nullable=True),
    moment("warn_at", nullable=True),
    moment("warned_at", nullable=True),
    moment("paused_at", nullable=True),
    moment("extended_until", nullable=True),
    moment("ended_at", nullable=True),
    moment("done_at", nullable=True),
    Column("state", Text, nullable=False),
    Column("provisional", Boolean, nullable=False),
    Column("moves", JSONB, nullable=False, server_default="[]"),
    Column("asked", JSONB),
    *columns(Text, "expires", "expiry"),
    CheckConstraint("state in ('running', 'paused', 'done', 'expired', 'cancelled')", name="state"),
    CheckConstraint("(state = 'paused') = (paused_at is not null)", name="paused"),
    CheckConstraint("(state in ('running', 'paused')) = (ended_at is null)", name="ended"),
    Index(
        "clocks_running_key",
        "institution_id",
        "subject_id",
        "clock",
        "clause",
        unique=True,
        postgresql_where=text("ended_at is null"),
    ),
    Index("clocks_due_idx", "institution_id", "due_at", "id"),
    Index("clocks_request_idx", "institution_id", "request_id"),
    Index("clocks_subject_idx", "institution_id", "subject_id"),
    Index(
        "clocks_ran_out_idx",
        "institution_id",
        "clock",
        postgresql_where=text("state = 'expired'"),
    ),
    Index(
        "clocks_concerning_idx", "institution_id", "id", postgresql_where=text("concerns <> '{}'")
    ),
    changes=("insert", REWRITTEN),
)

clock_changes = table(
    "clock_changes",
    key(),
    *refers("clocks", "clock_id"),
    moment("at"),
    Column("what", Text, nullable=False),
    Column("person_id", Uuid),
    *columns(Text, "person_name", "reason", nullable=True),
    Column("approved_by", Uuid),
    Column("approved_by_name", Text),
    moment("due_at"),
    Index("clock_changes_clock_idx", "institution_id", "clock_id", "at"),
    changes=ADDED,
    stands="clock_changes_stand",
)

cadence_records = table(
    "cadence_records",
    key(),
    *columns(Text, "cadence", "clause"),
    *columns(Date, "period_first", "period_last", "done_on"),
    *columns(Uuid, "unit_id", "shown_by", "takes_back", nullable=True),
    Column("late", Boolean, nullable=False),
    *refers("people", "person_id"),
    *columns(Text, "person_name", "note"),
    *columns(Text, "paper_name", "paper_sha256", nullable=True),
    moment("recorded_at"),
    Column("paper_id", Uuid),
    moment("done_at", nullable=True),
    CheckConstraint("(paper_name is null) = (paper_sha256 is null)", name="paper"),
    CheckConstraint("period_first <= period_last and period_first <= done_on", name="period"),
    Index("cadence_records_period_idx", "institution_id", "cadence", "clause", "period_first"),
    Index(
        "cadence_records_shown_idx",
        "institution_id",
        "shown_by",
        postgresql_where=text("shown_by is not null"),
    ),
    Index(
        "cadence_records_back_idx",
        "institution_id",
        "takes_back",
        unique=True,
        postgresql_where=text("takes_back is not null"),
    ),
    changes=ADDED,
)
"""What was done of recurring duties: of a unit where each owes it, `shown_by` what shows it.

A later row `takes_back` one whose line was struck out.
"""

cadence_notices = table(
    "cadence_notices",
    Column("cadence", Text, primary_key=True),
    Column("clause", Text, primary_key=True),
    Column("period_first", Date, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("unit", Text, primary_key=True, server_default=""),
    moment("at"),
    CheckConstraint("what in ('reminded', 'missed')", name="what"),
    changes=SWEPT,
)
"""Who was told of what: one row for each, so that nobody is told twice."""
