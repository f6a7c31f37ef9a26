"""A survey tells of the paper file, a sealed car of its keys, a repair of its garage."""

import sqlalchemy as sa
from alembic import op

revision = "0160"
down_revision = "0165"
branch_labels = None
depends_on = None

NEW = {
    "household_surveys": "paper_sent",
    "vehicle_sealings": "keys_at_office",
    "vehicle_repair_orders": "designated",
}


def upgrade() -> None:
    for table, name in NEW.items():
        no = sa.Column(name, sa.Boolean(), server_default="false", nullable=False)
        op.add_column(table, no)
        op.alter_column(table, name, server_default=None)


def downgrade() -> None:
    for table, name in NEW.items():
        op.drop_column(table, name)
