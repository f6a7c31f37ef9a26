"""Which records a clock concerns beside the one that it runs for."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "clocks",
        sa.Column("concerns", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
    )
    op.create_index(
        "clocks_concerning_idx",
        "clocks",
        ["institution_id", "id"],
        unique=False,
        postgresql_where=sa.text("concerns <> '{}'"),
    )
