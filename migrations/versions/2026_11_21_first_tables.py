"""The first tables: the office, its rulebooks, its requests and its ledger."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "absences",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period", postgresql.TSRANGE(), nullable=False),
        sa.Column("days", sa.Numeric(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(person_number, person_number, '[]')"), "&&"),
            (sa.column("period"), "&&"),
            where=sa.text("standing and not isempty(period)"),
            using="gist",
            name="absences_do_not_overlap",
        ),
        sa.PrimaryKeyConstraint("institution_id", "request_id", name=op.f("absences_pkey")),
    )
    op.create_index(
        "absences_person_idx", "absences", ["institution_id", "person_id"], unique=False
    )
    op.create_table(
        "answers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("answer", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id", "person_id", "idempotency_key", name=op.f("answers_pkey")
        ),
    )
    op.create_table(
        "calendar_days",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "day between '2004-01-01' and '2050-12-31'", name=op.f("calendar_days_day_check")
        ),
        sa.CheckConstraint(
            "state in ('announced', 'provisional')", name=op.f("calendar_days_state_check")
        ),
        sa.PrimaryKeyConstraint("institution_id", "day", name=op.f("calendar_days_pkey")),
    )
    op.create_table(
        "institution_superiors",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("superior_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id", "superior_id", name=op.f("institution_superiors_pkey")
        ),
    )
    op.create_table(
        "institutions",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("policy_epoch", sa.Integer(), server_default="0", nullable=False),
        sa.Column("escalates_gaps", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("takes_stricter", sa.Boolean(), server_default="false", nullable=False),
        sa.PrimaryKeyConstraint("institution_id", name=op.f("institutions_pkey")),
    )
    op.create_table(
        "ledger",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "seq", name=op.f("ledger_pkey")),
    )
    op.create_table(
        "ledger_heads",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", name=op.f("ledger_heads_pkey")),
    )
    op.create_table(
        "people",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), server_default="", nullable=False),
        sa.Column("employment", sa.Text(), server_default="formal", nullable=False),
        sa.Column(
            "facts", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("people_pkey")),
        sa.UniqueConstraint(
            "institution_id", "number", name=op.f("people_institution_id_number_key")
        ),
    )
    op.create_index(
        op.f("people_institution_id_name_key_idx"),
        "people",
        ["institution_id", "name_key"],
        unique=False,
    )
    op.create_table(
        "request_numbers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "year", name=op.f("request_numbers_pkey")),
    )
    op.create_table(
        "rulebook_versions",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "version", name=op.f("rulebook_versions_pkey")),
    )
    op.create_table(
        "sign_in_failures",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("sign_in_failures_pkey")),
    )
    op.create_index(
        op.f("sign_in_failures_institution_id_account_at_idx"),
        "sign_in_failures",
        ["institution_id", "account", "at"],
        unique=False,
    )
    op.create_table(
        "units",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_institution_id", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "(parent_id is null) = (parent_institution_id is null)",
            name=op.f("units_parent_whole_check"),
        ),
        sa.CheckConstraint("parent_id <> id", name=op.f("units_parent_other_check")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("units_pkey")),
    )
    op.create_index(
        op.f("units_institution_id_parent_id_idx"),
        "units",
        ["institution_id", "parent_id"],
        unique=False,
    )
    op.create_table(
        "waiting",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("request_institution_id", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("own_turn", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "seat_id", "step_id", name=op.f("waiting_pkey")),
    )
    op.create_index(
        "waiting_inbox_idx",
        "waiting",
        ["institution_id", "seat_id", "opened_at", "step_id"],
        unique=False,
    )
    op.create_index(
        "waiting_request_idx", "waiting", ["institution_id", "request_id"], unique=False
    )
    op.create_table(
        "accounts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("accounts_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "account", name=op.f("accounts_pkey")),
    )
    op.create_index(
        op.f("accounts_institution_id_person_id_idx"),
        "accounts",
        ["institution_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "requests",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("round", sa.Integer(), server_default="1", nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("applicant_name", sa.Text(), nullable=False),
        sa.Column("applicant_account", sa.Text(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("form", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("attachments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("claims", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("notes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rulebook_version", sa.Integer(), nullable=True),
        sa.Column("step_institutions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("extends_id", sa.Uuid(), nullable=True),
        sa.Column("search", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("closed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("completed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'draft') = (submitted_at is null)", name=op.f("requests_submitted_check")
        ),
        sa.CheckConstraint(
            "status in ('draft', 'pending', 'returned', 'approved', 'rejected', 'withdrawn')",
            name=op.f("requests_status_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "applicant_id"],
            ["people.institution_id", "people.id"],
            name=op.f("requests_institution_id_applicant_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("requests_pkey")),
    )
    op.create_index(
        "requests_mine_idx",
        "requests",
        ["institution_id", "applicant_id", "created_at", "id"],
        unique=False,
    )
    op.create_index("requests_number_idx", "requests", ["institution_id", "number"], unique=False)
    op.create_index(
        "requests_search_idx", "requests", ["search"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "requests_unit_idx",
        "requests",
        ["institution_id", "unit_id", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "rulebook_clauses",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("clause_kind", sa.Text(), nullable=False),
        sa.Column("request_kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("replaced_by", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "version"],
            ["rulebook_versions.institution_id", "rulebook_versions.version"],
            name=op.f("rulebook_clauses_institution_id_version_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id",
            "version",
            "clause",
            "clause_kind",
            "request_kind",
            name=op.f("rulebook_clauses_pkey"),
        ),
    )
    op.create_index(
        op.f("rulebook_clauses_institution_id_version_area_idx"),
        "rulebook_clauses",
        ["institution_id", "version", "area"],
        unique=False,
    )
    op.create_table(
        "rulebook_documents",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "version"],
            ["rulebook_versions.institution_id", "rulebook_versions.version"],
            name=op.f("rulebook_documents_institution_id_version_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "version", "position", name=op.f("rulebook_documents_pkey")
        ),
    )
    op.create_table(
        "rulebook_rows",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("step_order", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("effect", sa.Text(), nullable=False),
        sa.CheckConstraint("effect in ('allow', 'deny')", name=op.f("rulebook_rows_effect_check")),
        sa.CheckConstraint(
            "step_order ~ '^[0-9]+[+]?$'", name=op.f("rulebook_rows_step_order_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "version"],
            ["rulebook_versions.institution_id", "rulebook_versions.version"],
            name=op.f("rulebook_rows_institution_id_version_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "version", "position", name=op.f("rulebook_rows_pkey")
        ),
        sa.UniqueConstraint(
            "institution_id",
            "version",
            "rule",
            "step_order",
            "role",
            "clause",
            name="rulebook_rows_once",
        ),
    )
    op.create_table(
        "rulebook_words",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("narrowed", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "word in ('role', 'fact', 'rank')", name=op.f("rulebook_words_word_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "version"],
            ["rulebook_versions.institution_id", "rulebook_versions.version"],
            name=op.f("rulebook_words_institution_id_version_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "version", "word", "code", name=op.f("rulebook_words_pkey")
        ),
    )
    op.create_table(
        "seats",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("seats_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("seats_pkey")),
        sa.UniqueConstraint(
            "institution_id", "unit_id", "role", name=op.f("seats_institution_id_unit_id_role_key")
        ),
    )
    op.create_table(
        "sessions",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("sessions_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("sessions_pkey")),
    )
    op.create_index(
        op.f("sessions_institution_id_person_id_idx"),
        "sessions",
        ["institution_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "appointments",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seat_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends is null or ends >= begins", name=op.f("appointments_ends_after_it_begins_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("appointments_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "seat_id"],
            ["seats.institution_id", "seats.id"],
            name=op.f("appointments_institution_id_seat_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("appointments_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "seat_id",
            "person_id",
            "begins",
            name=op.f("appointments_institution_id_seat_id_person_id_begins_key"),
        ),
    )
    op.create_index(
        op.f("appointments_institution_id_person_id_idx"),
        "appointments",
        ["institution_id", "person_id"],
        unique=False,
    )
    op.create_table(
        "steps",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("alternatives", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("clauses", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("seats", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("step_institutions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("decided_in", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("due_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("skipped", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint(
            "(status = 'done') = (decided_by is not null and decided_at is not null"
            " and decision is not null)",
            name=op.f("steps_decided_whole_check"),
        ),
        sa.CheckConstraint(
            "status in ('waiting', 'open', 'done', 'skipped', 'cancelled')",
            name=op.f("steps_status_check"),
        ),
        sa.CheckConstraint("cardinality(clauses) > 0", name=op.f("steps_cites_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "request_id"],
            ["requests.institution_id", "requests.id"],
            name=op.f("steps_institution_id_request_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("steps_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            "round",
            "position",
            name=op.f("steps_institution_id_request_id_round_position_key"),
        ),
    )
    op.create_index(
        "steps_handled_idx",
        "steps",
        ["institution_id", "decided_by", "decided_at", "id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("steps")
    op.drop_table("appointments")
    op.drop_table("sessions")
    op.drop_table("seats")
    op.drop_table("rulebook_words")
    op.drop_table("rulebook_rows")
    op.drop_table("rulebook_documents")
    op.drop_table("rulebook_clauses")
    op.drop_table("requests")
    op.drop_table("accounts")
    op.drop_table("waiting")
    op.drop_table("units")
    op.drop_table("sign_in_failures")
    op.drop_table("rulebook_versions")
    op.drop_table("request_numbers")
    op.drop_table("people")
    op.drop_table("ledger_heads")
    op.drop_table("ledger")
    op.drop_table("institutions")
    op.drop_table("institution_superiors")
    op.drop_table("calendar_days")
    op.drop_table("answers")
    op.drop_table("absences")
