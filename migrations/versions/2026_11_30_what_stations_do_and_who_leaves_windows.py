"""What stations do of a marriage interfered with, who leaves a window, and further columns."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0340"
down_revision = "0331"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "household_interferences",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_by_name", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("book_holder", sa.Text(), nullable=False),
        sa.Column("failed_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("carried_out_id", sa.Uuid(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("holder_told_on", sa.Date(), nullable=True),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("application_filed", sa.Boolean(), nullable=False),
        sa.Column("marriage_paper_filed", sa.Boolean(), nullable=False),
        sa.Column("filed_as", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("household_interferences_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("household_interferences_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "household_interferences_begun_idx",
        "household_interferences",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "household_transfers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("moves_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hall_window", sa.Text(), nullable=False),
        sa.Column("to_post", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("household_transfers_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(hall_window) <> ''", name=op.f("household_transfers_hall_window_check")
        ),
        sa.CheckConstraint(
            "void or btrim(to_post) <> ''", name=op.f("household_transfers_to_post_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["household_transfers.institution_id", "household_transfers.id"],
            name=op.f("household_transfers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("household_transfers_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("household_transfers_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("household_transfers_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("household_transfers_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "household_transfers_by_day_idx",
        "household_transfers",
        ["institution_id", "moves_on", "id"],
        unique=False,
    )
    op.create_index(
        "household_transfers_by_person_id_idx",
        "household_transfers",
        ["institution_id", "person_id", "moves_on", "id"],
        unique=False,
    )
    op.create_index(
        "household_transfers_by_request_id_idx",
        "household_transfers",
        ["institution_id", "request_id", "moves_on", "id"],
        unique=False,
    )
    op.add_column("enforcement_cases", sa.Column("term_days", sa.Integer(), nullable=True))
    op.add_column("proposal_files", sa.Column("points_asked", sa.Integer(), nullable=True))
    # Of the lines of before, the number of the letter was demanded.
    for table, name, kind, before in (
        ("proposal_points", "reasons", sa.Text(), ""),
        ("supervisor_appointments", "letter_issued", sa.Boolean(), "true"),
    ):
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=before))
        op.alter_column(table, name, server_default=None)
    op.add_column("supervisors_changes", sa.Column("adjustment_ground", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("supervisors_changes_adjustment_ground_check"),
        "supervisors_changes",
        "adjustment_ground in ('illness', 'moved', 'post', 'special', 'absence', 'other')",
    )
    op.execute("alter table household_interferences enable row level security")
    op.execute("alter table household_interferences force row level security")
    op.execute(
        "create policy own on household_interferences using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table household_transfers enable row level security")
    op.execute("alter table household_transfers force row level security")
    op.execute(
        "create policy own on household_transfers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on household_transfers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on household_transfers for each statement execute function register_stands()"
    )
