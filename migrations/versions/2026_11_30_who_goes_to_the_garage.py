"""A repair tells whether keeper and driver went to the garage together."""

import sqlalchemy as sa
from alembic import op

revision = "0195"
down_revision = "0204"
branch_labels = None
depends_on = None


def upgrade() -> None:
    no = sa.Column("together", sa.Boolean(), server_default="false", nullable=False)
    op.add_column("vehicle_repair_orders", no)
    op.alter_column("vehicle_repair_orders", "together", server_default=None)


def downgrade() -> None:
    op.drop_column("vehicle_repair_orders", "together")
