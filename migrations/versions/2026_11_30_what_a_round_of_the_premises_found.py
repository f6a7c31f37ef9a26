"""A handover of duty tells each point of the round of the premises, and whether it was seen to."""

import sqlalchemy as sa
from alembic import op

revision = "0221"
down_revision = "0220"
branch_labels = None
depends_on = None

POINTS = ("doors_locked", "appliances_off", "taps_closed", "no_strangers")


def upgrade() -> None:
    for point in POINTS:
        op.add_column("duty_handovers", sa.Column(point, sa.Boolean(), nullable=True))
    no = sa.Column("dealt_with", sa.Boolean(), server_default="false", nullable=False)
    op.add_column("duty_handovers", no)
    op.alter_column("duty_handovers", "dealt_with", server_default=None)


def downgrade() -> None:
    for column in (*POINTS, "dealt_with"):
        op.drop_column("duty_handovers", column)
