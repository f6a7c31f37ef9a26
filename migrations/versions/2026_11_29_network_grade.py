"""An office records of which grade its network is before it keeps anything of classified carriers."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0071"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("institutions", sa.Column("network_grade", sa.Text()))
    op.create_check_constraint(
        op.f("institutions_network_grade_check"),
        "institutions",
        "network_grade in ('secret', 'confidential', 'top_secret')",
    )


def downgrade() -> None:
    op.drop_column("institutions", "network_grade")
