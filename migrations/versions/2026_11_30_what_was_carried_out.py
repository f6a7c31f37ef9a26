"""On which day what was decided was carried out."""

import sqlalchemy as sa
from alembic import op

revision = "0156"
down_revision = "0133"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consequence_turns", sa.Column("carried_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("consequence_turns", "carried_on")
