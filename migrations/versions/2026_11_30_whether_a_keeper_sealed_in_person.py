"""A use of a seal tells whether its keeper used it in person."""

import sqlalchemy as sa
from alembic import op

revision = "0220"
down_revision = "0290"
branch_labels = None
depends_on = None


def upgrade() -> None:
    yes = sa.Column("used_by_keeper", sa.Boolean(), server_default="true", nullable=False)
    op.add_column("seal_uses", yes)
    op.alter_column("seal_uses", "used_by_keeper", server_default=None)


def downgrade() -> None:
    op.drop_column("seal_uses", "used_by_keeper")
