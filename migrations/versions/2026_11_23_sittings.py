"""Where bodies meet: sittings, their agendas and who came."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"


def upgrade() -> None:
    op.create_table(
        "sittings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("begins_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("noticed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("notice_due", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("notice_clause", sa.Text(), nullable=True),
        sa.Column("called_by", sa.Uuid(), nullable=False),
        sa.Column("called_by_name", sa.Text(), nullable=False),
        sa.Column("called_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Text(), nullable=True),
        sa.Column("closed_by_name", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(closed_at is null) = (minutes is null)", name=op.f("sittings_closed_check")
        ),
        sa.CheckConstraint("present <= eligible", name=op.f("sittings_attendance_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "called_by"],
            ["people.institution_id", "people.id"],
            name=op.f("sittings_institution_id_called_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("sittings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "body",
            "number",
            name=op.f("sittings_institution_id_body_number_key"),
        ),
    )
    op.create_table(
        "sitting_items",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("carried_from", sa.Uuid(), nullable=True),
        sa.Column("revote", sa.Boolean(), nullable=False),
        sa.Column("ballot", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("found_by_chair", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("remarks", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("clauses", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("resolved_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome in ('passed', 'failed', 'deferred')", name=op.f("sitting_items_outcome_check")
        ),
        sa.CheckConstraint(
            "outcome is not distinct from 'deferred' or (outcome is null) = (ballot is null)",
            name=op.f("sitting_items_counted_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "sitting_id"],
            ["sittings.institution_id", "sittings.id"],
            name=op.f("sitting_items_institution_id_sitting_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("sitting_items_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "sitting_id",
            "position",
            name=op.f("sitting_items_institution_id_sitting_id_position_key"),
        ),
        sa.UniqueConstraint(
            "institution_id",
            "carried_from",
            name=op.f("sitting_items_institution_id_carried_from_key"),
        ),
    )
    op.create_index(
        "sitting_items_open_step_key",
        "sitting_items",
        ["institution_id", "step_id"],
        unique=True,
        postgresql_where=sa.text("outcome is null"),
    )
    op.create_table(
        "sitting_attendance",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "sitting_id"],
            ["sittings.institution_id", "sittings.id"],
            name=op.f("sitting_attendance_institution_id_sitting_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("sitting_attendance_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "sitting_id", "person_id", name=op.f("sitting_attendance_pkey")
        ),
    )
    for table in ("sittings", "sitting_items", "sitting_attendance"):
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy own on {table} using (institution_id = {OURS})")


def downgrade() -> None:
    op.drop_table("sitting_attendance")
    op.drop_table("sitting_items")
    op.drop_table("sittings")
