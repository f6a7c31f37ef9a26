"""Who chaired a sitting."""

import sqlalchemy as sa
from alembic import op

revision = "0400"
down_revision = "0340"
branch_labels = None
depends_on = None

TO_PEOPLE = "sittings_institution_id_chaired_by_fkey"


def upgrade() -> None:
    op.add_column("sittings", sa.Column("chaired_by", sa.Uuid(), nullable=True))
    here, there = ["institution_id", "chaired_by"], ["institution_id", "id"]
    op.create_foreign_key(op.f(TO_PEOPLE), "sittings", "people", here, there)


def downgrade() -> None:
    op.drop_constraint(op.f(TO_PEOPLE), "sittings")
    op.drop_column("sittings", "chaired_by")
