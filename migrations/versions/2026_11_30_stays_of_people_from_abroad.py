"""Stays of people from abroad."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "household_lodgers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_by_name", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("arrived_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("area_type", sa.Text(), nullable=False),
        sa.Column("lodger_name", sa.Text(), nullable=False),
        sa.Column("host_name", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("household_lodgers_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("household_lodgers_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "household_lodgers_begun_idx",
        "household_lodgers",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.execute("alter table household_lodgers enable row level security")
    op.execute("alter table household_lodgers force row level security")
    op.execute(
        "create policy own on household_lodgers using (institution_id = current_setting('guiju.institution', true))"
    )
