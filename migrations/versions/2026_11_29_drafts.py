"""Drafts of a rulebook, and what adopted the version that came of one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rulebook_versions", sa.Column("document", postgresql.JSONB(), nullable=True))
    op.create_table(
        "rulebook_drafts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("taken_from", sa.Integer(), nullable=True),
        sa.Column("files", postgresql.JSONB(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("changed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "base"],
            ["rulebook_versions.institution_id", "rulebook_versions.version"],
            name=op.f("rulebook_drafts_institution_id_base_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("rulebook_drafts_institution_id_by_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("rulebook_drafts_pkey")),
    )
    op.create_index(
        "rulebook_drafts_institution_id_at_idx", "rulebook_drafts", ["institution_id", "at"]
    )
    op.execute("alter table rulebook_drafts enable row level security")
    op.execute("alter table rulebook_drafts force row level security")
    op.execute(
        "create policy own on rulebook_drafts using (institution_id = current_setting('guiju.institution', true))"
    )
