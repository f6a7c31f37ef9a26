"""Rounds of people, whose ballots have lines; a letter says all that a target is to say."""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0096"
branch_labels = None
depends_on = None

RESULTS, MARKS, BALLOTS = "evaluation_results", "evaluation_marks", "evaluation_ballots"
ONCE = "evaluation_ballots_once"


def upgrade() -> None:
    op.drop_constraint("evaluation_results_institution_id_unit_id_fkey", RESULTS, "foreignkey")
    op.drop_constraint(ONCE, BALLOTS, "unique")
    for table in (RESULTS, MARKS, BALLOTS):
        op.alter_column(table, "unit_id", new_column_name="subject_id")
    op.alter_column(RESULTS, "unit_name", new_column_name="name")
    for table in (MARKS, BALLOTS):
        before = f"{table}_institution_id_round_id_unit_id_fkey"
        after = before.replace("unit_id", "subject_id")
        op.execute(f"alter table {table} rename constraint {before} to {after}")
    before = "evaluation_marks_institution_id_round_id_unit_id_idx"
    op.execute(f"alter index {before} rename to {before.replace('unit_id', 'subject_id')}")
    op.add_column(RESULTS, sa.Column("person_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "evaluation_results_institution_id_person_id_fkey",
        *(RESULTS, "people", ["institution_id", "person_id"], ["institution_id", "id"]),
    )
    op.create_check_constraint(
        op.f("evaluation_results_person_check"),
        *(RESULTS, "person_id is null or person_id = subject_id"),
    )
    op.add_column(BALLOTS, sa.Column("line", sa.Text(), server_default="", nullable=False))
    key = ["institution_id", "round_id", "subject_id", "panel", "line", "rater_id"]
    op.create_unique_constraint(ONCE, BALLOTS, key)
    for name in ("begins", "ends"):
        op.add_column("evaluation_letters", sa.Column(name, sa.Date(), nullable=True))
    for name in ("overview", "standard", "responsible", "year_progress"):
        op.add_column(
            "evaluation_letters", sa.Column(name, sa.Text(), nullable=False, server_default="")
        )
        op.alter_column("evaluation_letters", name, server_default=None)
