"""A duty that the text gives an hour tells at what moment it was done."""

import sqlalchemy as sa
from alembic import op

revision = "0170"
down_revision = "0160"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cadence_records", sa.Column("done_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("cadence_records", "done_at")
