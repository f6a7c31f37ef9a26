"""Clearings of papers that came in, and of classified papers at the end of the year."""

import sqlalchemy as sa
from alembic import op

revision = "0204"
down_revision = "0201"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "classified_year_ends",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("superior_asked", sa.Boolean(), nullable=False),
        sa.Column("sent_back", sa.Integer(), nullable=False),
        sa.Column("filed", sa.Integer(), nullable=False),
        sa.Column("destroyed", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("classified_year_ends_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or destroyed between 0 and 1000000",
            name=op.f("classified_year_ends_destroyed_check"),
        ),
        sa.CheckConstraint(
            "void or filed between 0 and 1000000", name=op.f("classified_year_ends_filed_check")
        ),
        sa.CheckConstraint(
            "void or sent_back between 0 and 1000000",
            name=op.f("classified_year_ends_sent_back_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["classified_year_ends.institution_id", "classified_year_ends.id"],
            name=op.f("classified_year_ends_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("classified_year_ends_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("classified_year_ends_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("classified_year_ends_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "classified_year_ends_by_day_idx",
        "classified_year_ends",
        ["institution_id", "done_on", "id"],
        unique=False,
    )
    op.create_table(
        "document_clearings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("registered", sa.Integer(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("document_clearings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or found between 0 and 1000000", name=op.f("document_clearings_found_check")
        ),
        sa.CheckConstraint(
            "void or registered between 0 and 1000000",
            name=op.f("document_clearings_registered_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["document_clearings.institution_id", "document_clearings.id"],
            name=op.f("document_clearings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("document_clearings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("document_clearings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("document_clearings_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "document_clearings_by_day_idx",
        "document_clearings",
        ["institution_id", "checked_on", "id"],
        unique=False,
    )
    op.execute("alter table classified_year_ends enable row level security")
    op.execute("alter table classified_year_ends force row level security")
    op.execute(
        "create policy own on classified_year_ends using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on classified_year_ends for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on classified_year_ends for each statement execute function register_stands()"
    )
    op.execute("alter table document_clearings enable row level security")
    op.execute("alter table document_clearings force row level security")
    op.execute(
        "create policy own on document_clearings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on document_clearings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on document_clearings for each statement execute function register_stands()"
    )
