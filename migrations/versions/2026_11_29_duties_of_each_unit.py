"""Duties are owed by each unit, and taken back where what showed them is no more."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "cadence_notices", sa.Column("unit", sa.Text(), server_default="", nullable=False)
    )
    op.drop_constraint("cadence_notices_pkey", "cadence_notices", type_="primary")
    op.create_primary_key(
        "cadence_notices_pkey",
        "cadence_notices",
        ["institution_id", "cadence", "clause", "period_first", "what", "unit"],
    )
    for name in ("unit_id", "shown_by", "takes_back"):
        op.add_column("cadence_records", sa.Column(name, sa.Uuid(), nullable=True))
    for name, column, unique in (
        ("cadence_records_back_idx", "takes_back", True),
        ("cadence_records_shown_idx", "shown_by", False),
    ):
        op.create_index(
            name,
            "cadence_records",
            ["institution_id", column],
            unique=unique,
            postgresql_where=sa.text(f"{column} is not null"),
        )
