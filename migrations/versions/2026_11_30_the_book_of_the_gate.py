"""The book of the gate."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0093"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gate_certificates",
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
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("carried_by", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("leaves_on", sa.Date(), nullable=False),
        sa.Column("passed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("pieces_seen", sa.Integer(), nullable=True),
        sa.Column("mismatch", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("gate_certificates_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("gate_certificates_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "gate_certificates_begun_idx",
        "gate_certificates",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "gate_reports",
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
        sa.Column("happened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("handling", sa.Text(), nullable=False),
        sa.Column("handled_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("gate_reports_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("gate_reports_institution_id_request_id_key")
        ),
    )
    op.create_index(
        "gate_reports_begun_idx",
        "gate_reports",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "gate_handovers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("things", sa.Text(), nullable=False),
        sa.Column("premises", sa.Text(), nullable=False),
        sa.Column("matters", sa.Text(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("gate_handovers_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["gate_handovers.institution_id", "gate_handovers.id"],
            name=op.f("gate_handovers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("gate_handovers_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "to_id"],
            ["people.institution_id", "people.id"],
            name=op.f("gate_handovers_institution_id_to_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("gate_handovers_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("gate_handovers_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "gate_handovers_by_day_idx", "gate_handovers", ["institution_id", "at", "id"], unique=False
    )
    op.create_index(
        "gate_handovers_by_to_id_idx",
        "gate_handovers",
        ["institution_id", "to_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "gate_mail",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("came_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("mail_number", sa.Text(), nullable=False),
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
            name=op.f("gate_mail_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["gate_mail.institution_id", "gate_mail.id"],
            name=op.f("gate_mail_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("gate_mail_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "to_id"],
            ["people.institution_id", "people.id"],
            name=op.f("gate_mail_institution_id_to_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("gate_mail_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("gate_mail_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "gate_mail_by_day_idx", "gate_mail", ["institution_id", "came_at", "id"], unique=False
    )
    op.create_index(
        "gate_mail_by_to_id_idx",
        "gate_mail",
        ["institution_id", "to_id", "came_at", "id"],
        unique=False,
    )
    op.create_table(
        "gate_visits",
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
        sa.Column("came_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("caller_kind", sa.Text(), nullable=False),
        sa.Column("caller_name", sa.Text(), nullable=False),
        sa.Column("caller_from", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("stands_at", sa.Text(), nullable=True),
        sa.Column("left_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("gate_visits_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("gate_visits_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("gate_visits_institution_id_request_id_key")
        ),
    )
    op.create_index(
        "gate_visits_begun_idx",
        "gate_visits",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.execute("alter table gate_certificates enable row level security")
    op.execute("alter table gate_certificates force row level security")
    op.execute(
        "create policy own on gate_certificates using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table gate_reports enable row level security")
    op.execute("alter table gate_reports force row level security")
    op.execute(
        "create policy own on gate_reports using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table gate_handovers enable row level security")
    op.execute("alter table gate_handovers force row level security")
    op.execute(
        "create policy own on gate_handovers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on gate_handovers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on gate_handovers for each statement execute function register_stands()"
    )
    op.execute("alter table gate_mail enable row level security")
    op.execute("alter table gate_mail force row level security")
    op.execute(
        "create policy own on gate_mail using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on gate_mail for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on gate_mail for each statement execute function register_stands()"
    )
    op.execute("alter table gate_visits enable row level security")
    op.execute("alter table gate_visits force row level security")
    op.execute(
        "create policy own on gate_visits using (institution_id = current_setting('guiju.institution', true))"
    )
