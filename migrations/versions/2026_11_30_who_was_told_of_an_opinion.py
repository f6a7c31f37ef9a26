"""What whoever gave an opinion was told; a turn that changes by a roster approved anew."""

import sqlalchemy as sa
from alembic import op

revision = "0331"
down_revision = "0330"
branch_labels = None
depends_on = None

BEFORE = ("swapped", "unable", "vacant")


def _grounds(words: tuple[str, ...]) -> None:
    name = op.f("roster_changes_ground_check")
    op.drop_constraint(name, "roster_changes")
    op.create_check_constraint(name, "roster_changes", sa.column("ground").in_(words))


def upgrade() -> None:
    answered = sa.Column("answered", sa.Text(), server_default="", nullable=False)
    op.add_column("openness_suggestions", answered)
    op.alter_column("openness_suggestions", "answered", server_default=None)
    _grounds((*BEFORE, "approved_anew"))


def downgrade() -> None:
    _grounds(BEFORE)
    op.drop_column("openness_suggestions", "answered")
