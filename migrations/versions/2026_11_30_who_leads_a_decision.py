"""A major decision may name the deputy who leads what is done upon it."""

import sqlalchemy as sa
from alembic import op

revision = "0130"
down_revision = "0120"
branch_labels = None
depends_on = None

HERE = "decision_matters"


def upgrade() -> None:
    op.add_column(HERE, sa.Column("lead_id", sa.Uuid()))
    op.create_foreign_key(
        op.f("decision_matters_institution_id_lead_id_fkey"),
        *(HERE, "people", ["institution_id", "lead_id"], ["institution_id", "id"]),
    )


def downgrade() -> None:
    op.drop_column(HERE, "lead_id")
