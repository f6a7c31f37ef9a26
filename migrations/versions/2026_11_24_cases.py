"""Petitions and complaints as cases, and the books of who was received, who called and came."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"
TABLES = ("cases", "case_events", "contacts", "receptions")
STANDING = ("case_events", "contacts", "receptions")


def upgrade() -> None:
    op.add_column("requests", sa.Column("concerns_id", sa.Uuid(), nullable=True))
    op.create_table(
        "cases",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=False),
        sa.Column("registered_by_name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("complainant_name", sa.Text(), nullable=False),
        sa.Column("complainant_telephone", sa.Text(), nullable=False),
        sa.Column("superior", sa.Text(), nullable=False),
        sa.Column("complained_of", sa.Text(), nullable=False),
        sa.Column("complained_person_id", sa.Uuid(), nullable=True),
        sa.Column("complained_unit_id", sa.Uuid(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("handler_unit_id", sa.Uuid(), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("handler_unit", sa.Text(), nullable=False),
        sa.Column("handler_name", sa.Text(), nullable=False),
        sa.Column("assigned_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("forwarded_to", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_form", sa.Text(), nullable=False),
        sa.Column("forwarded_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("urged_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("reported_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("archived_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answer = '') = (answered_at is null)", name=op.f("cases_answered_check")
        ),
        sa.CheckConstraint(
            "answer_form in ('', 'oral', 'written')", name=op.f("cases_answer_form_check")
        ),
        sa.CheckConstraint(
            "not (standing and archived_at is not null)", name=op.f("cases_archived_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "handler_id"],
            ["people.institution_id", "people.id"],
            name=op.f("cases_institution_id_handler_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "handler_unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("cases_institution_id_handler_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("cases_pkey")),
    )
    op.create_index(
        "cases_begun_idx", "cases", ["institution_id", "kind", "begun_at", "id"], unique=False
    )
    op.create_index("cases_handler_idx", "cases", ["institution_id", "handler_id"], unique=False)
    op.create_table(
        "case_events",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("measures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("particulars", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "case_id"],
            ["cases.institution_id", "cases.id"],
            name=op.f("case_events_institution_id_case_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "case_id", "version", name=op.f("case_events_pkey")
        ),
    )
    op.create_table(
        "contacts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("by_telephone", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("caller_name", sa.Text(), nullable=False),
        sa.Column("caller_telephone", sa.Text(), nullable=False),
        sa.Column("asked_scope", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("passed_to", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("contacts_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "purpose in ('errand', 'enquiry', 'report')", name=op.f("contacts_purpose_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["contacts.institution_id", "contacts.id"],
            name=op.f("contacts_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("contacts_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("contacts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("contacts_institution_id_corrects_key")
        ),
    )
    op.create_index(
        op.f("contacts_institution_id_on_day_id_idx"),
        "contacts",
        ["institution_id", "on_day", "id"],
        unique=False,
    )
    op.create_table(
        "receptions",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("leader_id", sa.Uuid(), nullable=False),
        sa.Column("leader_name", sa.Text(), nullable=False),
        sa.Column("visitor_name", sa.Text(), nullable=False),
        sa.Column("visitor_telephone", sa.Text(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("receptions_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["receptions.institution_id", "receptions.id"],
            name=op.f("receptions_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "leader_id"],
            ["people.institution_id", "people.id"],
            name=op.f("receptions_institution_id_leader_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("receptions_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("receptions_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("receptions_institution_id_corrects_key")
        ),
    )
    op.create_index(
        op.f("receptions_institution_id_received_on_id_idx"),
        "receptions",
        ["institution_id", "received_on", "id"],
        unique=False,
    )
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy own on {table} using (institution_id = {OURS})")
    for table in STANDING:
        op.execute(
            f"create trigger stands before update or delete on {table}"
            " for each row execute function register_stands()"
        )
        op.execute(
            f"create trigger stands_whole before truncate on {table}"
            " for each statement execute function register_stands()"
        )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_column("requests", "concerns_id")
