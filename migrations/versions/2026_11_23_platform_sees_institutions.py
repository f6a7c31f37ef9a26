"""The platform knows which institutions there are, so that every chain of the ledger is checked."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "create policy platform on institutions for select"
        " using (current_setting('guiju.institution', true) = 'platform')"
    )


def downgrade() -> None:
    op.execute("drop policy platform on institutions")
