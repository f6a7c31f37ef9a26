"""Who has acknowledged which version of a regulation that binds conduct."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"
TABLE = "regulation_acknowledgements"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("regulation", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 0", name=op.f(f"{TABLE}_version_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f(f"{TABLE}_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "regulation", "version", "person_id", name=op.f(f"{TABLE}_pkey")
        ),
    )
    op.execute(f"alter table {TABLE} enable row level security")
    op.execute(f"alter table {TABLE} force row level security")
    op.execute(f"create policy own on {TABLE} using (institution_id = {OURS})")


def downgrade() -> None:
    op.drop_table(TABLE)
