"""A room's card tells whether the cleaner answers for it."""

import sqlalchemy as sa
from alembic import op

revision = "0199"
down_revision = "0198"
branch_labels = None
depends_on = None


def upgrade() -> None:
    yes = sa.Column("by_cleaner", sa.Boolean(), server_default=sa.true(), nullable=False)
    op.add_column("rooms", yes)
    op.alter_column("rooms", "by_cleaner", server_default=None)


def downgrade() -> None:
    op.drop_column("rooms", "by_cleaner")
