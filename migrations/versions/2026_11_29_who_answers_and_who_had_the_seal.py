"""Who answers for a consequence, who had a seal when it was used, what members reported."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0068"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    answers = sa.Column("answers", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False)
    op.add_column("consequence_turns", answers)
    op.add_column("seal_uses", sa.Column("keeper_id", sa.Uuid(), nullable=True))
    for name, before in (("keeper_away", sa.false()), ("keeper_in_post", sa.true())):
        column = sa.Column(name, sa.Boolean(), nullable=False, server_default=before)
        op.add_column("seal_uses", column)
        op.alter_column("seal_uses", name, server_default=None)
    op.create_index(
        "seal_uses_by_keeper_id_idx",
        "seal_uses",
        ["institution_id", "keeper_id", "used_at", "id"],
        unique=False,
    )
    op.create_foreign_key(
        op.f("seal_uses_institution_id_keeper_id_fkey"),
        "seal_uses",
        "people",
        ["institution_id", "keeper_id"],
        ["institution_id", "id"],
    )
    op.create_table(
        "member_reports",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("report_form", sa.Text(), nullable=False),
        sa.Column("special", sa.Boolean(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("suggestions", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("member_reports_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "report_form in ('written', 'democratic_life', 'cell_leader', 'organisation_head')",
            name=op.f("member_reports_report_form_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(situation) <> ''", name=op.f("member_reports_situation_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["member_reports.institution_id", "member_reports.id"],
            name=op.f("member_reports_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "member_id"],
            ["people.institution_id", "people.id"],
            name=op.f("member_reports_institution_id_member_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("member_reports_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("member_reports_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("member_reports_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "member_reports_by_day_idx",
        "member_reports",
        ["institution_id", "reported_on", "id"],
        unique=False,
    )
    op.create_index(
        "member_reports_by_member_id_idx",
        "member_reports",
        ["institution_id", "member_id", "reported_on", "id"],
        unique=False,
    )
    op.execute("alter table member_reports enable row level security")
    op.execute("alter table member_reports force row level security")
    op.execute(
        "create policy own on member_reports using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on member_reports for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on member_reports for each statement execute function register_stands()"
    )
