"""A loan is settled by name, a seal is a section's, a lending disk is not to be copied."""

import sqlalchemy as sa
from alembic import op

revision = "0185"
down_revision = "0175"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("classified_loans", sa.Column("no_copy_mark", sa.Boolean(), nullable=True))
    op.add_column("loan_settlements", sa.Column("loan_id", sa.Uuid(), nullable=True))
    op.add_column("seals", sa.Column("unit_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("seals_institution_id_unit_id_fkey"),
        "seals",
        "units",
        ["institution_id", "unit_id"],
        ["institution_id", "id"],
    )
    op.create_index(
        "loan_settlements_by_loan_id_idx",
        "loan_settlements",
        ["institution_id", "loan_id", "settled_on", "id"],
    )
