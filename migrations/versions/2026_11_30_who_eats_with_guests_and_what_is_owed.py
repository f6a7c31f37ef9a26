"""What is owed to the canteen, why it pays more than the standard, and who eats with guests."""

import sqlalchemy as sa
from alembic import op

revision = "0320"
down_revision = "0311"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reception_companions",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("exception", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("reception_companions_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["reception_companions.institution_id", "reception_companions.id"],
            name=op.f("reception_companions_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("reception_companions_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("reception_companions_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("reception_companions_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("reception_companions_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "reception_companions_by_day_idx",
        "reception_companions",
        ["institution_id", "recorded_at", "id"],
        unique=False,
    )
    op.create_index(
        "reception_companions_by_person_id_idx",
        "reception_companions",
        ["institution_id", "person_id", "recorded_at", "id"],
        unique=False,
    )
    op.create_index(
        "reception_companions_by_request_id_idx",
        "reception_companions",
        ["institution_id", "request_id", "recorded_at", "id"],
        unique=False,
    )
    op.add_column("canteen_fees", sa.Column("owed", sa.Numeric(), nullable=True))
    op.create_check_constraint(
        op.f("canteen_fees_owed_check"),
        "canteen_fees",
        "void or (owed >= 0.01 and owed <= 1000000)",
    )
    op.add_column(
        "canteen_purchases", sa.Column("exception", sa.Text(), nullable=False, server_default="")
    )
    op.alter_column("canteen_purchases", "exception", server_default=None)
    op.execute("alter table reception_companions enable row level security")
    op.execute("alter table reception_companions force row level security")
    op.execute(
        "create policy own on reception_companions using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on reception_companions for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on reception_companions for each statement execute function register_stands()"
    )
