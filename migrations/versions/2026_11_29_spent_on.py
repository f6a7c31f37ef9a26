"""A payment tells when it was spent, and how many months later it is booked."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("finance_payments", sa.Column("spent_on", sa.Date(), nullable=True))
    op.add_column(
        "finance_payments",
        sa.Column("months_late", sa.Integer(), nullable=False, server_default="0"),
    )
    op.alter_column("finance_payments", "months_late", server_default=None)
    op.create_check_constraint(
        op.f("finance_payments_end_before_start_check"),
        "finance_payments",
        "void or (spent_on <= paid_on)",
    )
