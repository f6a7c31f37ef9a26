"""Lists of files handed over, and the grade of a year."""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evaluation_outcomes", sa.Column("year_grade", sa.Text(), nullable=True))
    op.create_table(
        "archive_transfers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transferred_on", sa.Date(), nullable=False),
        sa.Column("files_year", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("handed_by_id", sa.Uuid(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("archive_transfers_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or (files_year >= 1950 and files_year <= 2200)",
            name=op.f("archive_transfers_files_year_check"),
        ),
        sa.CheckConstraint(
            "void or (pieces >= 1 and pieces <= 1000000)",
            name=op.f("archive_transfers_pieces_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(items) <> ''", name=op.f("archive_transfers_items_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["archive_transfers.institution_id", "archive_transfers.id"],
            name=op.f("archive_transfers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "handed_by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("archive_transfers_institution_id_handed_by_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("archive_transfers_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "to_id"],
            ["people.institution_id", "people.id"],
            name=op.f("archive_transfers_institution_id_to_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("archive_transfers_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("archive_transfers_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("archive_transfers_institution_id_corrects_key")
        ),
    )
    for name in ("handed_by_id", "unit_id", "to_id"):
        op.create_index(
            f"archive_transfers_by_{name}_idx",
            "archive_transfers",
            ["institution_id", name, "transferred_on", "id"],
        )
    op.create_index(
        "archive_transfers_by_day_idx",
        "archive_transfers",
        ["institution_id", "transferred_on", "id"],
    )
    op.execute("alter table archive_transfers enable row level security")
    op.execute("alter table archive_transfers force row level security")
    op.execute(
        "create policy own on archive_transfers"
        " using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on archive_transfers"
        " for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on archive_transfers"
        " for each statement execute function register_stands()"
    )
