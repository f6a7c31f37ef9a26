"""Sittings of every kind, secret ballots, and what resolutions leave to be done."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0028"
down_revision: str | Sequence[str] | None = "0027"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "sitting_ballots",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["sitting_items.institution_id", "sitting_items.id"],
            name=op.f("sitting_ballots_institution_id_item_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "item_id", name=op.f("sitting_ballots_pkey")),
    )
    op.create_table(
        "sitting_tasks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Uuid(), nullable=False),
        sa.Column("responsible_name", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("assigned_by_name", sa.Text(), nullable=False),
        sa.Column("assigned_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("report", sa.Text(), nullable=True),
        sa.Column("done_by_name", sa.Text(), nullable=True),
        sa.Column("done_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(done_at is null) = (report is null)", name=op.f("sitting_tasks_done_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["sitting_items.institution_id", "sitting_items.id"],
            name=op.f("sitting_tasks_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "responsible"],
            ["people.institution_id", "people.id"],
            name=op.f("sitting_tasks_institution_id_responsible_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("sitting_tasks_pkey")),
    )
    op.create_index(
        op.f("sitting_tasks_institution_id_item_id_idx"),
        "sitting_tasks",
        ["institution_id", "item_id"],
        unique=False,
    )
    op.create_index(
        op.f("sitting_tasks_institution_id_responsible_idx"),
        "sitting_tasks",
        ["institution_id", "responsible"],
        unique=False,
    )
    op.create_table(
        "sitting_voters",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("voted", sa.Boolean(), server_default="false", nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["sitting_items.institution_id", "sitting_items.id"],
            name=op.f("sitting_voters_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("sitting_voters_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "item_id", "person_id", name=op.f("sitting_voters_pkey")
        ),
    )
    op.add_column(
        "sitting_attendance",
        sa.Column("excused", sa.Boolean(), server_default="false", nullable=False),
    )
    op.create_check_constraint(
        op.f("sitting_attendance_excused_check"), "sitting_attendance", "not (attended and excused)"
    )
    op.add_column(
        "sitting_items",
        sa.Column("secret_count", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    )
    op.add_column(
        "sittings", sa.Column("kind", sa.Text(), server_default="sitting", nullable=False)
    )
    op.alter_column("sittings", "kind", server_default=None)
    op.add_column(
        "sittings",
        sa.Column(
            "entry", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
    )
    op.drop_constraint(op.f("sittings_institution_id_body_number_key"), "sittings", type_="unique")
    op.create_unique_constraint(
        op.f("sittings_institution_id_kind_body_number_key"),
        "sittings",
        ["institution_id", "kind", "body", "number"],
    )
    op.execute("alter table sitting_ballots enable row level security")
    op.execute("alter table sitting_ballots force row level security")
    op.execute(
        "create policy own on sitting_ballots using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table sitting_tasks enable row level security")
    op.execute("alter table sitting_tasks force row level security")
    op.execute(
        "create policy own on sitting_tasks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table sitting_voters enable row level security")
    op.execute("alter table sitting_voters force row level security")
    op.execute(
        "create policy own on sitting_voters using (institution_id = current_setting('guiju.institution', true))"
    )


def downgrade() -> None:
    op.drop_constraint(
        op.f("sittings_institution_id_kind_body_number_key"), "sittings", type_="unique"
    )
    op.create_unique_constraint(
        op.f("sittings_institution_id_body_number_key"),
        "sittings",
        ["institution_id", "body", "number"],
        postgresql_nulls_not_distinct=False,
    )
    op.drop_column("sittings", "entry")
    op.drop_column("sittings", "kind")
    op.drop_column("sitting_items", "secret_count")
    op.drop_column("sitting_attendance", "excused")
    op.drop_table("sitting_voters")
    op.drop_index(op.f("sitting_tasks_institution_id_responsible_idx"), table_name="sitting_tasks")
    op.drop_index(op.f("sitting_tasks_institution_id_item_id_idx"), table_name="sitting_tasks")
    op.drop_table("sitting_tasks")
    op.drop_table("sitting_ballots")
