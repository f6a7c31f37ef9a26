"""The log of seals tells the digest of the paper that was sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0119"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "seal_uses", sa.Column("sealed_sha256", sa.Text(), nullable=False, server_default="")
    )
    op.alter_column("seal_uses", "sealed_sha256", server_default=None)


def downgrade() -> None:
    op.drop_column("seal_uses", "sealed_sha256")
