"""A line of the log of seals tells whose seal it is, and whether its use was approved."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seal_uses", sa.Column("seal_owner", sa.Text(), nullable=True))
    op.add_column(
        "seal_uses",
        sa.Column("seal_approved", sa.Boolean(), nullable=False, server_default="false"),
    )
    op.alter_column("seal_uses", "seal_approved", server_default=None)
    words = ("office", "party", "legal_representative", "section", "business", "household", "name")
    op.create_check_constraint(
        op.f("seal_uses_seal_owner_check"),
        "seal_uses",
        sa.column("seal_owner").in_(words),
    )
