"""A petition tells what kind of problem it is about, and whether it was reported up."""

import sqlalchemy as sa
from alembic import op

revision = "0222"
down_revision = "0221"
branch_labels = None
depends_on = None


def upgrade() -> None:
    nothing = sa.Column("topic", sa.Text(), server_default="", nullable=False)
    no = sa.Column("reported_up", sa.Boolean(), server_default="false", nullable=False)
    for column in (nothing, no):
        op.add_column("cases", column)
        op.alter_column("cases", column.name, server_default=None)
    for table in ("cases", "case_events"):
        op.execute(f"alter table {table} no force row level security")
    op.execute("""
      update cases c set reported_up = true where exists (
        select from case_events e
        where (e.institution_id, e.case_id) = (c.institution_id, c.id) and e.event = 'report_up')
    """)
    for table in ("cases", "case_events"):
        op.execute(f"alter table {table} force row level security")


def downgrade() -> None:
    for column in ("reported_up", "topic"):
        op.drop_column("cases", column)
