"""Where an office keeps the full text of its regulations, each upload a version."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"


def upgrade() -> None:
    op.create_table(
        "regulation_texts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("regulation", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_by_name", sa.Text(), nullable=False),
        sa.Column("uploaded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "uploaded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("regulation_texts_institution_id_uploaded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "regulation", "version", name=op.f("regulation_texts_pkey")
        ),
    )
    op.execute("alter table regulation_texts enable row level security")
    op.execute("alter table regulation_texts force row level security")
    op.execute(f"create policy own on regulation_texts using (institution_id = {OURS})")


def downgrade() -> None:
    op.drop_table("regulation_texts")
