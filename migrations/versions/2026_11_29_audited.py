"""The lines of the ledger between two days are found without reading those of other years."""

from alembic import op

revision = "0070"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ledger_at_idx", "ledger", ["institution_id", "at"], unique=False, postgresql_using="brin"
    )
