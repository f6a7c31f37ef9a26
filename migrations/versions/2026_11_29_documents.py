"""Tables of papers that come in, go out, are lent and printed outside, and of the checks of drafts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_loans",
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
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("returned_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("document_loans_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("document_loans_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "document_loans_begun_idx",
        "document_loans",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "outgoing_documents",
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
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("doc_origin", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("secrecy", sa.Text(), nullable=False),
        sa.Column("altered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("signed_anew_by", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("numbered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("printed", sa.Integer(), nullable=True),
        sa.Column("proofread_by", sa.Text(), nullable=False),
        sa.Column("sealed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("sent_to", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("original_drafts_kept", sa.Integer(), nullable=True),
        sa.Column("formal_copies_kept", sa.Integer(), nullable=True),
        sa.Column("filed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(document_number = '') = (numbered_at is null)",
            name=op.f("outgoing_documents_numbered_check"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outgoing_documents_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("outgoing_documents_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "outgoing_documents_begun_idx",
        "outgoing_documents",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_index(
        "outgoing_documents_number_idx",
        "outgoing_documents",
        ["institution_id", "document_number"],
        unique=False,
    )
    op.create_table(
        "outside_printings",
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
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("special", sa.Boolean(), nullable=False),
        sa.Column("printer", sa.Text(), nullable=False),
        sa.Column("proofread_by", sa.Text(), nullable=False),
        sa.Column("brought_back_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outside_printings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("outside_printings_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "outside_printings_begun_idx",
        "outside_printings",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "document_deputy_checks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Numeric(), nullable=False),
        sa.Column("pass_mark", sa.Numeric(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("own_unit", sa.Boolean(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("document_deputy_checks_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or pass_mark between 0 and 1000000",
            name=op.f("document_deputy_checks_pass_mark_check"),
        ),
        sa.CheckConstraint(
            "void or total between 0 and 1000000", name=op.f("document_deputy_checks_total_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["document_deputy_checks.institution_id", "document_deputy_checks.id"],
            name=op.f("document_deputy_checks_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("document_deputy_checks_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("document_deputy_checks_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("document_deputy_checks_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("document_deputy_checks_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "document_deputy_checks_by_day_idx",
        "document_deputy_checks",
        ["institution_id", "checked_on", "id"],
        unique=False,
    )
    op.create_index(
        "document_deputy_checks_by_request_id_idx",
        "document_deputy_checks",
        ["institution_id", "request_id", "checked_on", "id"],
        unique=False,
    )
    op.create_index(
        "document_deputy_checks_by_unit_id_idx",
        "document_deputy_checks",
        ["institution_id", "unit_id", "checked_on", "id"],
        unique=False,
    )
    op.create_table(
        "document_office_checks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Numeric(), nullable=False),
        sa.Column("pass_mark", sa.Numeric(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("own_unit", sa.Boolean(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("document_office_checks_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or pass_mark between 0 and 1000000",
            name=op.f("document_office_checks_pass_mark_check"),
        ),
        sa.CheckConstraint(
            "void or total between 0 and 1000000", name=op.f("document_office_checks_total_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["document_office_checks.institution_id", "document_office_checks.id"],
            name=op.f("document_office_checks_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("document_office_checks_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("document_office_checks_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("document_office_checks_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("document_office_checks_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "document_office_checks_by_day_idx",
        "document_office_checks",
        ["institution_id", "checked_on", "id"],
        unique=False,
    )
    op.create_index(
        "document_office_checks_by_request_id_idx",
        "document_office_checks",
        ["institution_id", "request_id", "checked_on", "id"],
        unique=False,
    )
    op.create_index(
        "document_office_checks_by_unit_id_idx",
        "document_office_checks",
        ["institution_id", "unit_id", "checked_on", "id"],
        unique=False,
    )
    op.create_table(
        "incoming_documents",
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
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("their_number", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("secrecy", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=True),
        sa.Column("brought_back", sa.Boolean(), nullable=False),
        sa.Column("marked_personal", sa.Boolean(), nullable=False),
        sa.Column("addressee_id", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("clerk_id", sa.Uuid(), nullable=True),
        sa.Column("register_number", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("reader_id", sa.Uuid(), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("handler_unit_id", sa.Uuid(), nullable=True),
        sa.Column("urged_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("filed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(register_number = '') = (registered_at is null)",
            name=op.f("incoming_documents_numbered_check"),
        ),
        sa.CheckConstraint(
            "not marked_personal or addressee_id is not null",
            name=op.f("incoming_documents_addressed_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "addressee_id"],
            ["people.institution_id", "people.id"],
            name=op.f("incoming_documents_institution_id_addressee_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "clerk_id"],
            ["people.institution_id", "people.id"],
            name=op.f("incoming_documents_institution_id_clerk_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "handler_id"],
            ["people.institution_id", "people.id"],
            name=op.f("incoming_documents_institution_id_handler_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "handler_unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("incoming_documents_institution_id_handler_unit_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "reader_id"],
            ["people.institution_id", "people.id"],
            name=op.f("incoming_documents_institution_id_reader_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("incoming_documents_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("incoming_documents_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "incoming_documents_begun_idx",
        "incoming_documents",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_index(
        "incoming_documents_number_idx",
        "incoming_documents",
        ["institution_id", "register_number"],
        unique=False,
    )
    op.create_index(
        "incoming_documents_reader_idx",
        "incoming_documents",
        ["institution_id", "reader_id"],
        unique=False,
    )
    op.execute("alter table document_loans enable row level security")
    op.execute("alter table document_loans force row level security")
    op.execute(
        "create policy own on document_loans using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table outgoing_documents enable row level security")
    op.execute("alter table outgoing_documents force row level security")
    op.execute(
        "create policy own on outgoing_documents using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table outside_printings enable row level security")
    op.execute("alter table outside_printings force row level security")
    op.execute(
        "create policy own on outside_printings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table document_deputy_checks enable row level security")
    op.execute("alter table document_deputy_checks force row level security")
    op.execute(
        "create policy own on document_deputy_checks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on document_deputy_checks for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on document_deputy_checks for each statement execute function register_stands()"
    )
    op.execute("alter table document_office_checks enable row level security")
    op.execute("alter table document_office_checks force row level security")
    op.execute(
        "create policy own on document_office_checks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on document_office_checks for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on document_office_checks for each statement execute function register_stands()"
    )
    op.execute("alter table incoming_documents enable row level security")
    op.execute("alter table incoming_documents force row level security")
    op.execute(
        "create policy own on incoming_documents using (institution_id = current_setting('guiju.institution', true))"
    )
