"""Who drafts the options of a major decision says that they have none of the four faults."""

import sqlalchemy as sa
from alembic import op

revision = "0175"
down_revision = "0190"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision_matters", sa.Column("options_sound", sa.Boolean()))


def downgrade() -> None:
    op.drop_column("decision_matters", "options_sound")
