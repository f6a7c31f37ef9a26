"""Purchases of the canteen entered after their day, and repairers that the office has chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0321"
down_revision = "0320"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("canteen_purchases", sa.Column("late", sa.Boolean(), nullable=True))
    op.add_column("computer_repairs", sa.Column("designated", sa.Boolean(), nullable=True))
