"""Half a day away without leave is told apart from a day."""

from alembic import op

revision = "0119"
down_revision = "0116"
branch_labels = None
depends_on = None

KNOWN = "'present', 'outing', 'leave', 'late', 'early'"


def upgrade() -> None:
    _among(f"{KNOWN}, 'half_absent', 'absent'")


def downgrade() -> None:
    _among(f"{KNOWN}, 'absent'")


def _among(values: str) -> None:
    name = op.f("attendance_days_presence_check")
    op.drop_constraint(name, "attendance_days")
    op.create_check_constraint(name, "attendance_days", f"presence in ({values})")
