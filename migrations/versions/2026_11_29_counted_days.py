"""Which days of the calendar a request was counted on, and whether they are settled."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("requests", sa.Column("counted_from", sa.Date(), nullable=True))
    op.add_column("requests", sa.Column("counted_until", sa.Date(), nullable=True))
    op.add_column(
        "requests",
        sa.Column("provisional", sa.Boolean(), server_default="false", nullable=False),
    )
    op.create_check_constraint(
        op.f("requests_counted_check"),
        "requests",
        "(counted_from is null) = (counted_until is null)"
        " and not (provisional and counted_from is null)",
    )
    op.create_index(
        "requests_counted_idx", "requests", ["institution_id", "counted_until"], unique=False
    )


def downgrade() -> None:
    op.drop_index("requests_counted_idx", table_name="requests")
    op.drop_constraint(op.f("requests_counted_check"), "requests", type_="check")
    for column in ("provisional", "counted_until", "counted_from"):
        op.drop_column("requests", column)
