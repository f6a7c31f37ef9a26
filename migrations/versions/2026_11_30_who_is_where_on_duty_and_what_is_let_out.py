"""Who is where on duty and went through its log, and what of meetings may be told."""

import sqlalchemy as sa
from alembic import op

revision = "0200"
down_revision = "0199"
branch_labels = None
depends_on = None

TABLES = ("duty_log_reviews", "duty_whereabouts", "meeting_releases")


def upgrade() -> None:
    op.create_table(
        "duty_log_reviews",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("duty_log_reviews_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(opinion) <> ''", name=op.f("duty_log_reviews_opinion_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["duty_log_reviews.institution_id", "duty_log_reviews.id"],
            name=op.f("duty_log_reviews_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("duty_log_reviews_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("duty_log_reviews_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("duty_log_reviews_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "duty_log_reviews_by_day_idx",
        "duty_log_reviews",
        ["institution_id", "on_day", "id"],
        unique=False,
    )
    op.create_table(
        "duty_whereabouts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reached_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("duty_whereabouts_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(place) <> ''", name=op.f("duty_whereabouts_place_check")),
        sa.CheckConstraint(
            "void or btrim(reached_by) <> ''", name=op.f("duty_whereabouts_reached_by_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["duty_whereabouts.institution_id", "duty_whereabouts.id"],
            name=op.f("duty_whereabouts_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("duty_whereabouts_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("duty_whereabouts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("duty_whereabouts_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "duty_whereabouts_by_day_idx",
        "duty_whereabouts",
        ["institution_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "meeting_releases",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("sitting_id", sa.Uuid(), nullable=False),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("meeting_releases_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(contents) <> ''", name=op.f("meeting_releases_contents_check")
        ),
        sa.CheckConstraint(
            "void or btrim(audience) <> ''", name=op.f("meeting_releases_audience_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["meeting_releases.institution_id", "meeting_releases.id"],
            name=op.f("meeting_releases_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "sitting_id"],
            ["sittings.institution_id", "sittings.id"],
            name=op.f("meeting_releases_institution_id_sitting_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("meeting_releases_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("meeting_releases_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("meeting_releases_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "meeting_releases_by_day_idx",
        "meeting_releases",
        ["institution_id", "released_on", "id"],
        unique=False,
    )
    op.create_index(
        "meeting_releases_by_sitting_id_idx",
        "meeting_releases",
        ["institution_id", "sitting_id", "released_on", "id"],
        unique=False,
    )
    op.add_column(
        "duty_entries",
        sa.Column("leader_told", sa.Boolean(), server_default="false", nullable=False),
    )
    op.alter_column("duty_entries", "leader_told", server_default=None)
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"create policy own on {table}"
            " using (institution_id = current_setting('guiju.institution', true))"
        )
        op.execute(
            f"create trigger stands before update or delete on {table}"
            " for each row execute function register_stands()"
        )
        op.execute(
            f"create trigger stands_whole before truncate on {table}"
            " for each statement execute function register_stands()"
        )


def downgrade() -> None:
    op.drop_column("duty_entries", "leader_told")
    for table in TABLES:
        op.drop_table(table)
