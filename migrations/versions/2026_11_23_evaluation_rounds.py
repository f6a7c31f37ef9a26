"""Rounds of evaluation: the sections evaluated, what was marked and rated, and the results."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"
TABLES = ("evaluation_rounds", "evaluation_results", "evaluation_marks", "evaluation_ballots")


def upgrade() -> None:
    op.create_table(
        "evaluation_rounds",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("changed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True)),
        sa.Column("resolution_id", sa.Uuid()),
        sa.CheckConstraint(
            "(closed_at is null) = (resolution_id is null)",
            name=op.f("evaluation_rounds_closed_by_resolution_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "opened_by"],
            ["people.institution_id", "people.id"],
            name=op.f("evaluation_rounds_institution_id_opened_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("evaluation_rounds_pkey")),
        sa.UniqueConstraint(
            "institution_id", "year", name=op.f("evaluation_rounds_institution_id_year_key")
        ),
        sa.UniqueConstraint(
            "institution_id",
            "resolution_id",
            name=op.f("evaluation_rounds_institution_id_resolution_id_key"),
        ),
    )
    op.create_table(
        "evaluation_results",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("total", sa.Numeric()),
        sa.Column("place", sa.Integer()),
        sa.Column("tier", sa.Text()),
        sa.CheckConstraint("place >= 1", name=op.f("evaluation_results_place_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "round_id"],
            ["evaluation_rounds.institution_id", "evaluation_rounds.id"],
            name=op.f("evaluation_results_institution_id_round_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("evaluation_results_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "round_id", "unit_id", name=op.f("evaluation_results_pkey")
        ),
    )
    op.create_table(
        "evaluation_marks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.TIMESTAMP(timezone=True)),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("evaluation_marks_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "round_id", "unit_id"],
            [
                "evaluation_results.institution_id",
                "evaluation_results.round_id",
                "evaluation_results.unit_id",
            ],
            name=op.f("evaluation_marks_institution_id_round_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("evaluation_marks_pkey")),
    )
    op.create_index(
        op.f("evaluation_marks_institution_id_round_id_unit_id_idx"),
        "evaluation_marks",
        ["institution_id", "round_id", "unit_id"],
    )
    op.create_table(
        "evaluation_ballots",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("panel", sa.Text(), nullable=False),
        sa.Column("rating", sa.Numeric(), nullable=False),
        sa.Column("rater_id", sa.Uuid()),
        sa.ForeignKeyConstraint(
            ["institution_id", "rater_id"],
            ["people.institution_id", "people.id"],
            name=op.f("evaluation_ballots_institution_id_rater_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "round_id", "unit_id"],
            [
                "evaluation_results.institution_id",
                "evaluation_results.round_id",
                "evaluation_results.unit_id",
            ],
            name=op.f("evaluation_ballots_institution_id_round_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("evaluation_ballots_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "round_id",
            "unit_id",
            "panel",
            "rater_id",
            name="evaluation_ballots_once",
        ),
    )
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy own on {table} using (institution_id = {OURS})")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
