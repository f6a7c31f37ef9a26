"""What somebody studied alone, or made up for a session that was missed."""

import sqlalchemy as sa
from alembic import op

revision = "0290"
down_revision = "0280"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_studies",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("studied_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hours", sa.Numeric(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("own_studies_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(content) <> ''", name=op.f("own_studies_content_check")),
        sa.CheckConstraint(
            "void or hours between 0.5 and 24", name=op.f("own_studies_hours_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["own_studies.institution_id", "own_studies.id"],
            name=op.f("own_studies_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("own_studies_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("own_studies_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("own_studies_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("own_studies_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "own_studies_by_day_idx",
        "own_studies",
        ["institution_id", "studied_on", "id"],
        unique=False,
    )
    op.create_index(
        "own_studies_by_person_id_idx",
        "own_studies",
        ["institution_id", "person_id", "studied_on", "id"],
        unique=False,
    )
    op.create_index(
        "own_studies_by_request_id_idx",
        "own_studies",
        ["institution_id", "request_id", "studied_on", "id"],
        unique=False,
    )
    op.execute("alter table own_studies enable row level security")
    op.execute("alter table own_studies force row level security")
    op.execute(
        "create policy own on own_studies using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on own_studies for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on own_studies for each statement execute function register_stands()"
    )
