"""Columns of a site and what goes online."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0113"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site_matters",
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
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("site_matters_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("site_matters_institution_id_request_id_key")
        ),
    )
    op.create_index(
        "site_matters_begun_idx",
        "site_matters",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "site_watches",
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
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("watched_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("warning", sa.Text(), nullable=False),
        sa.Column("observed", sa.Text(), nullable=False),
        sa.Column("response", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("site_watches_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("site_watches_institution_id_request_id_key")
        ),
    )
    op.create_index(
        "site_watches_begun_idx",
        "site_watches",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "online_publications",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("online_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("collector_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("operator_id", sa.Uuid(), nullable=False),
        sa.Column("alters", sa.Boolean(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("online_publications_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(title) <> ''", name=op.f("online_publications_title_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "collector_id"],
            ["people.institution_id", "people.id"],
            name=op.f("online_publications_institution_id_collector_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["online_publications.institution_id", "online_publications.id"],
            name=op.f("online_publications_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "operator_id"],
            ["people.institution_id", "people.id"],
            name=op.f("online_publications_institution_id_operator_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("online_publications_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "reviewer_id"],
            ["people.institution_id", "people.id"],
            name=op.f("online_publications_institution_id_reviewer_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("online_publications_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("online_publications_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "online_publications_by_collector_id_idx",
        "online_publications",
        ["institution_id", "collector_id", "online_at", "id"],
        unique=False,
    )
    op.create_index(
        "online_publications_by_day_idx",
        "online_publications",
        ["institution_id", "online_at", "id"],
        unique=False,
    )
    op.create_index(
        "online_publications_by_operator_id_idx",
        "online_publications",
        ["institution_id", "operator_id", "online_at", "id"],
        unique=False,
    )
    op.create_index(
        "online_publications_by_request_id_idx",
        "online_publications",
        ["institution_id", "request_id", "online_at", "id"],
        unique=False,
    )
    op.create_index(
        "online_publications_by_reviewer_id_idx",
        "online_publications",
        ["institution_id", "reviewer_id", "online_at", "id"],
        unique=False,
    )
    op.create_table(
        "site_columns",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("column_kind", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("site_columns_holder_check")
        ),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("site_columns_name_check")),
        sa.CheckConstraint(
            "column_kind in ('news', 'policy', 'leaders', 'service', 'mailbox')",
            name=op.f("site_columns_column_kind_check"),
        ),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("site_columns_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("site_columns_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("site_columns_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("site_columns_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("site_columns_institution_id_offered_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("site_columns_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("site_columns_pkey")),
    )
    op.create_index(
        "site_columns_due_idx", "site_columns", ["institution_id", "due_on", "id"], unique=False
    )
    op.create_index(
        "site_columns_named_idx", "site_columns", ["institution_id", "name", "id"], unique=False
    )
    op.create_table(
        "site_renewals",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("column_id", sa.Uuid(), nullable=False),
        sa.Column("renewed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("site_renewals_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(content) <> ''", name=op.f("site_renewals_content_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "column_id"],
            ["site_columns.institution_id", "site_columns.id"],
            name=op.f("site_renewals_institution_id_column_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["site_renewals.institution_id", "site_renewals.id"],
            name=op.f("site_renewals_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("site_renewals_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("site_renewals_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("site_renewals_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "site_renewals_by_column_id_idx",
        "site_renewals",
        ["institution_id", "column_id", "renewed_at", "id"],
        unique=False,
    )
    op.create_index(
        "site_renewals_by_day_idx",
        "site_renewals",
        ["institution_id", "renewed_at", "id"],
        unique=False,
    )
    op.add_column(
        "print_works", sa.Column("major", sa.Boolean(), server_default="false", nullable=False)
    )
    op.alter_column("print_works", "major", server_default=None)
    op.execute("alter table site_matters enable row level security")
    op.execute("alter table site_matters force row level security")
    op.execute(
        "create policy own on site_matters using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table site_watches enable row level security")
    op.execute("alter table site_watches force row level security")
    op.execute(
        "create policy own on site_watches using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table online_publications enable row level security")
    op.execute("alter table online_publications force row level security")
    op.execute(
        "create policy own on online_publications using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on online_publications for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on online_publications for each statement execute function register_stands()"
    )
    op.execute("alter table site_columns enable row level security")
    op.execute("alter table site_columns force row level security")
    op.execute(
        "create policy own on site_columns using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table site_renewals enable row level security")
    op.execute("alter table site_renewals force row level security")
    op.execute(
        "create policy own on site_renewals using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on site_renewals for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on site_renewals for each statement execute function register_stands()"
    )
