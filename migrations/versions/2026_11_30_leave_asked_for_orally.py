"""Leave asked for orally."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0099"
down_revision = "0103"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "oral_leaves",
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
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("consented_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("papers_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "consented_id"],
            ["people.institution_id", "people.id"],
            name=op.f("oral_leaves_institution_id_consented_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("oral_leaves_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("oral_leaves_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("oral_leaves_institution_id_request_id_key")
        ),
    )
    op.create_index(
        "oral_leaves_begun_idx",
        "oral_leaves",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.execute("alter table oral_leaves enable row level security")
    op.execute("alter table oral_leaves force row level security")
    op.execute(
        "create policy own on oral_leaves using (institution_id = current_setting('guiju.institution', true))"
    )
