"""A sign-in tells whether one was due at work by then: late is nobody on a rest day or on leave."""

import sqlalchemy as sa
from alembic import op

revision = "0141"
down_revision = "0140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    due = sa.Column("expected", sa.Boolean(), server_default="true", nullable=False)
    op.add_column("sign_ins", due)
    op.alter_column("sign_ins", "expected", server_default=None)


def downgrade() -> None:
    op.drop_column("sign_ins", "expected")
