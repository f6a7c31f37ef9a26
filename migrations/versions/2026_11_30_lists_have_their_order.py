"""Sittings, tasks, administrators' acts and corrections are listed by an index in their order."""

import sqlalchemy as sa
from alembic import op

revision = "0260"
down_revision = "0195"
branch_labels = None
depends_on = None

OPEN_FIRST = sa.text("(done_at is not null)")
LATEST = (
    ("sittings_latest_idx", "sittings", ["institution_id", "begins_at", "id"]),
    ("sittings_of_body_idx", "sittings", ["institution_id", "body", "begins_at", "id"]),
    ("sitting_tasks_due_idx", "sitting_tasks", ["institution_id", OPEN_FIRST, "due_on", "id"]),
    (
        "sitting_tasks_own_idx",
        "sitting_tasks",
        ["institution_id", "responsible", OPEN_FIRST, "due_on", "id"],
    ),
    ("administrative_acts_latest_idx", "administrative_acts", ["institution_id", "at", "id"]),
    ("corrections_asked_latest_idx", "corrections_asked", ["institution_id", "at", "id"]),
)
BEFORE = (
    ("administrative_acts_institution_id_at_idx", "administrative_acts", ["institution_id", "at"]),
    (
        "sitting_tasks_institution_id_responsible_idx",
        "sitting_tasks",
        ["institution_id", "responsible"],
    ),
)


def upgrade() -> None:
    for name, table, _ in BEFORE:
        op.drop_index(name, table_name=table)
    for name, table, columns in LATEST:
        op.create_index(name, table, columns)


def downgrade() -> None:
    for name, table, _ in LATEST:
        op.drop_index(name, table_name=table)
    for name, table, columns in BEFORE:
        op.create_index(name, table, columns)
