"""What was submitted and given to nobody is kept by its facts, so that a replay finds it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0081"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requests_not_routed",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("requests_not_routed_pkey")),
    )
    op.create_index(
        op.f("requests_not_routed_institution_id_at_idx"),
        "requests_not_routed",
        ["institution_id", "at"],
    )
    op.execute("alter table requests_not_routed enable row level security")
    op.execute("alter table requests_not_routed force row level security")
    op.execute(
        "create policy own on requests_not_routed using (institution_id = current_setting('guiju.institution', true))"
    )


def downgrade() -> None:
    op.drop_table("requests_not_routed")
