"""What was exported or printed lies ready for a short time."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exports",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("exports_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("exports_pkey")),
    )
    op.create_index(
        op.f("exports_institution_id_expires_at_idx"),
        "exports",
        ["institution_id", "expires_at"],
        unique=False,
    )
    op.execute("alter table exports enable row level security")
    op.execute("alter table exports force row level security")
    op.execute(
        "create policy own on exports using (institution_id = current_setting('guiju.institution', true))"
    )
