"""The rows of the other shapes, which travel with the version of their rulebook."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"


def upgrade() -> None:
    op.create_table(
        "rulebook_shapes",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("fields", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "version"],
            ["rulebook_versions.institution_id", "rulebook_versions.version"],
            name=op.f("rulebook_shapes_institution_id_version_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "version", "shape", "position", name=op.f("rulebook_shapes_pkey")
        ),
    )
    op.execute("alter table rulebook_shapes enable row level security")
    op.execute("alter table rulebook_shapes force row level security")
    op.execute(f"create policy own on rulebook_shapes using (institution_id = {OURS})")


def downgrade() -> None:
    op.drop_table("rulebook_shapes")
