"""Rounds of evaluation by rows: several a year, closed without a request too, marks with a source.

The rounds that there were are those of the one row that was known before.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | Sequence[str] | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

ROUNDS, MARKS = "evaluation_rounds", "evaluation_marks"
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
    op.add_column(MARKS, sa.Column("source", sa.Text(), nullable=True))
    op.add_column(MARKS, sa.Column("source_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f(f"{MARKS}_source_check"), MARKS, "(source is null) = (source_id is null)"
    )
    op.create_unique_constraint(
        f"{MARKS}_filled_once",
        MARKS,
        ["institution_id", "round_id", "clause", "measure", "source_id"],
    )


def downgrade() -> None:
    op.drop_constraint(f"{MARKS}_filled_once", MARKS, type_="unique")
    op.drop_constraint(op.f(f"{MARKS}_source_check"), MARKS, type_="check")
    op.drop_column(MARKS, "source_id")
    op.drop_column(MARKS, "source")
    op.drop_constraint(op.f(f"{ROUNDS}_resolved_check"), ROUNDS, type_="check")
    op.create_check_constraint(
        op.f(RESOLVED), ROUNDS, "(closed_at is null) = (resolution_id is null)"
    )
    op.drop_constraint(op.f(PERIOD), ROUNDS, type_="unique")
    op.create_unique_constraint(op.f(YEAR), ROUNDS, ["institution_id", "year"])
    for name in ("period", "scheme", "kind"):
        op.drop_column(ROUNDS, name)
