"""Meals before a turn, copies of secrets, what a reader asks for, lists of whoever leaves."""

import sqlalchemy as sa
from alembic import op

revision = "0157"
down_revision = "0156"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "classified_copyings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("copied_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("secrecy", sa.Text(), nullable=False),
        sa.Column("printed_by", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("first_number", sa.Text(), nullable=False),
        sa.Column("last_number", sa.Text(), nullable=False),
        sa.Column("spoiled", sa.Integer(), nullable=False),
        sa.Column("destroyed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("classified_copyings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "printed_by in ('own', 'designated', 'other')",
            name=op.f("classified_copyings_printed_by_check"),
        ),
        sa.CheckConstraint(
            "secrecy in ('none', 'secret', 'confidential', 'top_secret')",
            name=op.f("classified_copyings_secrecy_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(first_number) <> ''", name=op.f("classified_copyings_first_number_check")
        ),
        sa.CheckConstraint(
            "void or btrim(last_number) <> ''", name=op.f("classified_copyings_last_number_check")
        ),
        sa.CheckConstraint(
            "void or btrim(original) <> ''", name=op.f("classified_copyings_original_check")
        ),
        sa.CheckConstraint(
            "void or copied_at <= destroyed_at",
            name=op.f("classified_copyings_end_before_start_check"),
        ),
        sa.CheckConstraint(
            "void or copies between 1 and 1000", name=op.f("classified_copyings_copies_check")
        ),
        sa.CheckConstraint(
            "void or spoiled between 0 and 100000", name=op.f("classified_copyings_spoiled_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["classified_copyings.institution_id", "classified_copyings.id"],
            name=op.f("classified_copyings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("classified_copyings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("classified_copyings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("classified_copyings_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "classified_copyings_by_day_idx",
        "classified_copyings",
        ["institution_id", "copied_at", "id"],
        unique=False,
    )
    op.create_table(
        "duty_meals",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("left_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("back_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("duty_meals_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or left_at <= back_at", name=op.f("duty_meals_end_before_start_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["duty_meals.institution_id", "duty_meals.id"],
            name=op.f("duty_meals_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("duty_meals_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("duty_meals_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("duty_meals_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "duty_meals_by_day_idx", "duty_meals", ["institution_id", "left_at", "id"], unique=False
    )
    op.add_column(
        "archive_readings", sa.Column("file_title", sa.Text(), server_default="", nullable=False)
    )
    op.alter_column("archive_readings", "file_title", server_default=None)
    op.add_column("archive_readings", sa.Column("kept_for", sa.Text(), nullable=True))
    op.add_column("archive_readings", sa.Column("reads_on", sa.Date(), nullable=True))
    op.add_column(
        "archive_transfers",
        sa.Column("on_leaving", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.alter_column("archive_transfers", "on_leaving", server_default=None)
    op.execute("alter table classified_copyings enable row level security")
    op.execute("alter table classified_copyings force row level security")
    op.execute(
        "create policy own on classified_copyings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on classified_copyings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on classified_copyings for each statement execute function register_stands()"
    )
    op.execute("alter table duty_meals enable row level security")
    op.execute("alter table duty_meals force row level security")
    op.execute(
        "create policy own on duty_meals using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on duty_meals for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on duty_meals for each statement execute function register_stands()"
    )
