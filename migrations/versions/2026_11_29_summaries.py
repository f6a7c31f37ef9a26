"""The summary of a request is kept with it, in both languages."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was kept before is said from its form until it is kept again.
    op.add_column("requests", sa.Column("summary_zh", sa.Text(), nullable=True))
    op.add_column("requests", sa.Column("summary_en", sa.Text(), nullable=True))
