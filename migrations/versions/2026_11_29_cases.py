"""Cases of every kind stand alike: how each began, the version that it keeps, its events in one table.

What was begun before keeps the version of its request.
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    open_to_us("cases", "requests")
    op.alter_column("cases", "registered_by", new_column_name="begun_by")
    op.alter_column("cases", "registered_by_name", new_column_name="begun_by_name")
    op.add_column("cases", sa.Column("request_id", sa.Uuid()))
    op.execute("update cases set request_id = id")
    pinned("cases")
    op.alter_column("cases", "answer_form", nullable=True)
    op.drop_constraint("cases_answer_form_check", "cases")
    op.execute("update cases set answer_form = null where answer_form = ''")
    op.create_check_constraint(
        op.f("cases_answer_form_check"), "cases", "answer_form in ('oral', 'written')"
    )
    op.create_unique_constraint(
        op.f("cases_institution_id_request_id_key"), "cases", ["institution_id", "request_id"]
    )
    op.drop_constraint("case_events_institution_id_case_id_fkey", "case_events")
    walled_again("cases", "requests")


def downgrade() -> None:
    raise RuntimeError("A database goes forward only: restore a backup.")


def pinned(table: str) -> None:
    """The version of the rules that a case keeps is its request's."""
    op.add_column(table, sa.Column("rulebook_version", sa.Integer()))
    op.execute(
        f"""update {table} t set rulebook_version = coalesce(r.rulebook_version, 1) from requests r
            where (r.institution_id, r.id) = (t.institution_id, t.request_id)"""
    )
    op.execute(f"update {table} set rulebook_version = 1 where rulebook_version is null")
    op.alter_column(table, "rulebook_version", nullable=False)


def open_to_us(*tables: str) -> None:
    """Whoever owns the tables sees every institution's rows, for as long as this lasts."""
    for table in tables:
        op.execute(f"alter table {table} no force row level security")


def walled_again(*tables: str) -> None:
    for table in tables:
        op.execute(f"alter table {table} force row level security")
