"""An absence tells when somebody was back at work, as they reported it."""

import sqlalchemy as sa
from alembic import op

revision = "0140"
down_revision = "0157"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("absences", sa.Column("back_at", sa.DateTime()))


def downgrade() -> None:
    op.drop_column("absences", "back_at")
