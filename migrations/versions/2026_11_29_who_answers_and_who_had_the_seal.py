"""Who answers for a consequence, and who had a seal when it was used."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0068"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    answers = sa.Column("answers", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False)
    op.add_column("consequence_turns", answers)
    op.add_column("seal_uses", sa.Column("keeper_id", sa.Uuid(), nullable=True))
    for name, before in (("keeper_away", sa.false()), ("keeper_in_post", sa.true())):
        column = sa.Column(name, sa.Boolean(), nullable=False, server_default=before)
        op.add_column("seal_uses", column)
        op.alter_column("seal_uses", name, server_default=None)
    op.create_index(
        "seal_uses_by_keeper_id_idx",
        "seal_uses",
        ["institution_id", "keeper_id", "used_at", "id"],
        unique=False,
    )
    op.create_foreign_key(
        op.f("seal_uses_institution_id_keeper_id_fkey"),
        "seal_uses",
        "people",
        ["institution_id", "keeper_id"],
        ["institution_id", "id"],
    )
