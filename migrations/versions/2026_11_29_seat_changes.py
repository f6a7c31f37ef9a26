"""Who changed who holds a seat, until another administrator confirms it.

What was changed before this table counts as confirmed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"
TABLE = "seat_changes"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "seat_id"],
            ["seats.institution_id", "seats.id"],
            name=op.f(f"{TABLE}_institution_id_seat_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f(f"{TABLE}_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "seat_id", "person_id", name=f"{TABLE}_pkey"),
    )
    op.execute(f"alter table {TABLE} enable row level security")
    op.execute(f"alter table {TABLE} force row level security")
    op.execute(f"create policy own on {TABLE} using (institution_id = {OURS})")


def downgrade() -> None:
    op.drop_table(TABLE)
