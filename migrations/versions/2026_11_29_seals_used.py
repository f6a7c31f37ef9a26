"""The log of seals tells whose seal it was and if it was approved; papers their reading order."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
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
    op.add_column(
        "incoming_documents",
        sa.Column("reading_order", sa.Text(), nullable=False, server_default=""),
    )
    op.alter_column("incoming_documents", "reading_order", server_default=None)
