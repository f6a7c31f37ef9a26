"""Sheets of checks with their marks, what is mended, and circulars."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_marks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("label", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("points", sa.Numeric(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=True),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id", "line_id", "position", name=op.f("check_marks_pkey")
        ),
        sa.UniqueConstraint(
            "institution_id",
            "line_id",
            "item",
            name=op.f("check_marks_institution_id_line_id_item_key"),
        ),
    )
    op.create_table(
        "check_circulars",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("of_check", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("places", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("check_circulars_days_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("check_circulars_institution_id_by_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("check_circulars_pkey")),
    )
    op.create_index(
        "check_circulars_at_idx", "check_circulars", ["institution_id", "at", "id"], unique=False
    )
    op.create_table(
        "cleaner_checks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Numeric(), nullable=False),
        sa.Column("pass_mark", sa.Numeric(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("own_unit", sa.Boolean(), nullable=False),
        sa.Column("cleaner_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("lapse", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "void or total between 0 and 1000000", name=op.f("cleaner_checks_total_check")
        ),
        sa.CheckConstraint(
            "void or pass_mark between 0 and 1000000", name=op.f("cleaner_checks_pass_mark_check")
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("cleaner_checks_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "cleaner_id"],
            ["people.institution_id", "people.id"],
            name=op.f("cleaner_checks_institution_id_cleaner_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["cleaner_checks.institution_id", "cleaner_checks.id"],
            name=op.f("cleaner_checks_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("cleaner_checks_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("cleaner_checks_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("cleaner_checks_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "cleaner_checks_by_cleaner_id_idx",
        "cleaner_checks",
        ["institution_id", "cleaner_id", "checked_on", "id"],
        unique=False,
    )
    op.create_index(
        "cleaner_checks_by_day_idx",
        "cleaner_checks",
        ["institution_id", "checked_on", "id"],
        unique=False,
    )
    op.create_table(
        "hygiene_checks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Numeric(), nullable=False),
        sa.Column("pass_mark", sa.Numeric(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("own_unit", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("regular", sa.Boolean(), nullable=False),
        sa.Column("neglected", sa.Boolean(), nullable=False),
        sa.Column("graders", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "void or total between 0 and 1000000", name=op.f("hygiene_checks_total_check")
        ),
        sa.CheckConstraint(
            "void or pass_mark between 0 and 1000000", name=op.f("hygiene_checks_pass_mark_check")
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("hygiene_checks_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["hygiene_checks.institution_id", "hygiene_checks.id"],
            name=op.f("hygiene_checks_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("hygiene_checks_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("hygiene_checks_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("hygiene_checks_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("hygiene_checks_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "hygiene_checks_by_day_idx",
        "hygiene_checks",
        ["institution_id", "checked_on", "id"],
        unique=False,
    )
    op.create_index(
        "hygiene_checks_by_unit_id_idx",
        "hygiene_checks",
        ["institution_id", "unit_id", "checked_on", "id"],
        unique=False,
    )
    op.create_table(
        "mend_turns",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("of_check", sa.Text(), nullable=False),
        sa.Column("turn", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "turn in ('mended', 'passed', 'failed')", name=op.f("mend_turns_turn_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("mend_turns_institution_id_by_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "line_id", "number", name=op.f("mend_turns_pkey")
        ),
    )
    op.execute("alter table check_marks enable row level security")
    op.execute("alter table check_marks force row level security")
    op.execute(
        "create policy own on check_marks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on check_marks for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on check_marks for each statement execute function register_stands()"
    )
    op.execute("alter table check_circulars enable row level security")
    op.execute("alter table check_circulars force row level security")
    op.execute(
        "create policy own on check_circulars using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on check_circulars for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on check_circulars for each statement execute function register_stands()"
    )
    op.execute("alter table cleaner_checks enable row level security")
    op.execute("alter table cleaner_checks force row level security")
    op.execute(
        "create policy own on cleaner_checks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on cleaner_checks for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on cleaner_checks for each statement execute function register_stands()"
    )
    op.execute("alter table hygiene_checks enable row level security")
    op.execute("alter table hygiene_checks force row level security")
    op.execute(
        "create policy own on hygiene_checks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on hygiene_checks for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on hygiene_checks for each statement execute function register_stands()"
    )
    op.execute("alter table mend_turns enable row level security")
    op.execute("alter table mend_turns force row level security")
    op.execute(
        "create policy own on mend_turns using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on mend_turns for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on mend_turns for each statement execute function register_stands()"
    )
