"""Sittings know whom they were called with and who was heard; a complaint, whether it was true."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0144"
down_revision = "0152"
branch_labels = None
depends_on = None


def upgrade() -> None:
    invited = sa.Column("invited", sa.ARRAY(sa.Uuid()), server_default="{}", nullable=False)
    sits_in = sa.Column("sits_in", sa.Boolean(), server_default="false", nullable=False)
    op.add_column("sittings", invited)
    op.add_column("sitting_attendance", sits_in)
    op.add_column("sitting_items", sa.Column("heard", postgresql.JSONB()))
    op.add_column("cases", sa.Column("upheld", sa.Boolean()))
    op.add_column("last_places", sa.Column("off_until", sa.Date()))
    arrangement = sa.Column("arrangement", sa.Text(), server_default="", nullable=False)
    op.add_column("last_places", arrangement)
    op.alter_column("last_places", "arrangement", server_default=None)


def downgrade() -> None:
    op.drop_column("last_places", "arrangement")
    op.drop_column("last_places", "off_until")
    op.drop_column("cases", "upheld")
    op.drop_column("sitting_items", "heard")
    op.drop_column("sitting_attendance", "sits_in")
    op.drop_column("sittings", "invited")
