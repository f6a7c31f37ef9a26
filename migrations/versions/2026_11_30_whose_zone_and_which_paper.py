"""Whose zone it is that was found dirty, and which paper is lent."""

import sqlalchemy as sa
from alembic import op

revision = "0133"
down_revision = "0121"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "hygiene_zones",
        sa.Column("by_cleaner", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.execute("alter table hygiene_zones no force row level security")
    op.execute(
        "update hygiene_zones set by_cleaner = responsible in ('卫生人员', '衞生人員', '保洁员')"
    )
    op.execute("alter table hygiene_zones force row level security")
    op.alter_column("hygiene_zones", "by_cleaner", server_default=None)
    op.add_column("cleaner_checks", sa.Column("zone_id", sa.Uuid(), nullable=True))
    op.add_column("cleaner_checks", sa.Column("cleaners_zone", sa.Boolean(), nullable=True))
    op.create_foreign_key(
        op.f("cleaner_checks_institution_id_zone_id_fkey"),
        "cleaner_checks",
        "hygiene_zones",
        ["institution_id", "zone_id"],
        ["institution_id", "id"],
    )
    op.create_index(
        "cleaner_checks_by_zone_id_idx",
        "cleaner_checks",
        ["institution_id", "zone_id", "checked_on", "id"],
        unique=False,
    )
    op.add_column("document_loans", sa.Column("incoming_document_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("document_loans", "incoming_document_id")
    op.drop_index("cleaner_checks_by_zone_id_idx", "cleaner_checks")
    op.drop_column("cleaner_checks", "cleaners_zone")
    op.drop_column("cleaner_checks", "zone_id")
    op.drop_column("hygiene_zones", "by_cleaner")
