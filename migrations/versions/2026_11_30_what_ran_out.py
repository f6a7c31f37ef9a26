"""Clocks that ran out are found by the row that they are of."""

import sqlalchemy as sa
from alembic import op

revision = "0121"
down_revision = "0130"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "clocks_ran_out_idx",
        "clocks",
        ["institution_id", "clock"],
        postgresql_where=sa.text("state = 'expired'"),
    )


def downgrade() -> None:
    op.drop_index("clocks_ran_out_idx", "clocks")
