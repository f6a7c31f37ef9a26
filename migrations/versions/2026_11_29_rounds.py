"""Rounds of evaluation by rows: several a year, closed without a request too, and what was counted.

The rounds that there were are those of the one row that was known before.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0029"
down_revision: str | Sequence[str] | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROUNDS, RESULTS = "evaluation_rounds", "evaluation_results"
YEAR = f"{ROUNDS}_institution_id_year_key"
PERIOD = f"{ROUNDS}_institution_id_kind_scheme_year_period_key"
RESOLVED = f"{ROUNDS}_closed_by_resolution_check"


def upgrade() -> None:
    for name, of, known in (
        ("kind", sa.Text(), "evaluation.round"),
        ("scheme", sa.Text(), "performance"),
        ("period", sa.Integer(), "1"),
    ):
        op.add_column(ROUNDS, sa.Column(name, of, nullable=False, server_default=known))
        op.alter_column(ROUNDS, name, server_default=None)
    op.drop_constraint(op.f(YEAR), ROUNDS, type_="unique")
    op.create_unique_constraint(
        op.f(PERIOD), ROUNDS, ["institution_id", "kind", "scheme", "year", "period"]
    )
    op.drop_constraint(op.f(RESOLVED), ROUNDS, type_="check")
    op.create_check_constraint(
        op.f(f"{ROUNDS}_resolved_check"), ROUNDS, "resolution_id is null or closed_at is not null"
    )
    op.add_column(
        RESULTS, sa.Column("counted", postgresql.JSONB(), nullable=False, server_default="[]")
    )


def downgrade() -> None:
    op.drop_column(RESULTS, "counted")
    op.drop_constraint(op.f(f"{ROUNDS}_resolved_check"), ROUNDS, type_="check")
    op.create_check_constraint(
        op.f(RESOLVED), ROUNDS, "(closed_at is null) = (resolution_id is null)"
    )
    op.drop_constraint(op.f(PERIOD), ROUNDS, type_="unique")
    op.create_unique_constraint(op.f(YEAR), ROUNDS, ["institution_id", "year"])
    for name in ("period", "scheme", "kind"):
        op.drop_column(ROUNDS, name)
