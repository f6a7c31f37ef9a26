"""The catalogue of openness, what is published, applications, opinions, checks and circulars."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "openness_appraisals",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Numeric(), nullable=False),
        sa.Column("pass_mark", sa.Numeric(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("own_unit", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("regular", sa.Boolean(), nullable=False),
        sa.Column("false_openness", sa.Boolean(), nullable=False),
        sa.Column("mend_by", sa.Date(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("unqualified", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("openness_appraisals_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or mend_by is null or mend_by >= checked_on",
            name=op.f("openness_appraisals_end_before_start_check"),
        ),
        sa.CheckConstraint(
            "void or pass_mark between 0 and 1000000",
            name=op.f("openness_appraisals_pass_mark_check"),
        ),
        sa.CheckConstraint(
            "void or total between 0 and 1000000", name=op.f("openness_appraisals_total_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["openness_appraisals.institution_id", "openness_appraisals.id"],
            name=op.f("openness_appraisals_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("openness_appraisals_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("openness_appraisals_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("openness_appraisals_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("openness_appraisals_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "openness_appraisals_by_day_idx",
        "openness_appraisals",
        ["institution_id", "checked_on", "id"],
        unique=False,
    )
    op.create_index(
        "openness_appraisals_by_unit_id_idx",
        "openness_appraisals",
        ["institution_id", "unit_id", "checked_on", "id"],
        unique=False,
    )
    op.create_table(
        "openness_checks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("total", sa.Numeric(), nullable=False),
        sa.Column("pass_mark", sa.Numeric(), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.Column("own_unit", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("regular", sa.Boolean(), nullable=False),
        sa.Column("false_openness", sa.Boolean(), nullable=False),
        sa.Column("mend_by", sa.Date(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("openness_checks_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or mend_by is null or mend_by >= checked_on",
            name=op.f("openness_checks_end_before_start_check"),
        ),
        sa.CheckConstraint(
            "void or pass_mark between 0 and 1000000", name=op.f("openness_checks_pass_mark_check")
        ),
        sa.CheckConstraint(
            "void or total between 0 and 1000000", name=op.f("openness_checks_total_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["openness_checks.institution_id", "openness_checks.id"],
            name=op.f("openness_checks_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("openness_checks_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("openness_checks_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("openness_checks_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("openness_checks_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "openness_checks_by_day_idx",
        "openness_checks",
        ["institution_id", "checked_on", "id"],
        unique=False,
    )
    op.create_index(
        "openness_checks_by_unit_id_idx",
        "openness_checks",
        ["institution_id", "unit_id", "checked_on", "id"],
        unique=False,
    )
    op.create_table(
        "openness_circulars",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("openness_verdict", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("correct_by", sa.Date(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("openness_circulars_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "openness_verdict in ('praised', 'to_correct', 'progress')",
            name=op.f("openness_circulars_openness_verdict_check"),
        ),
        sa.CheckConstraint(
            "void or (openness_verdict = 'to_correct') = (correct_by is not null)",
            name=op.f("openness_circulars_corrected_by_a_day_check"),
        ),
        sa.CheckConstraint("void or btrim(said) <> ''", name=op.f("openness_circulars_said_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["openness_circulars.institution_id", "openness_circulars.id"],
            name=op.f("openness_circulars_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("openness_circulars_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("openness_circulars_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("openness_circulars_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("openness_circulars_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "openness_circulars_by_day_idx",
        "openness_circulars",
        ["institution_id", "told_on", "id"],
        unique=False,
    )
    op.create_index(
        "openness_circulars_by_unit_id_idx",
        "openness_circulars",
        ["institution_id", "unit_id", "told_on", "id"],
        unique=False,
    )
    op.create_table(
        "openness_items",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("openness_content", sa.Text(), nullable=False),
        sa.Column("openness_way", sa.Text(), nullable=False),
        sa.Column("rhythm", sa.Text(), nullable=True),
        sa.Column("openness_scope", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("on_board", sa.Boolean(), nullable=False),
        sa.Column("other_forms", sa.Text(), nullable=False),
        sa.Column("responsible_unit_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("openness_items_holder_check")
        ),
        sa.CheckConstraint(
            "audience in ('public', 'party_first', 'party_only')",
            name=op.f("openness_items_audience_check"),
        ),
        sa.CheckConstraint("btrim(name) <> ''", name=op.f("openness_items_name_check")),
        sa.CheckConstraint(
            "openness_content in ('powers', 'basis', 'procedure', 'discipline', 'time_limits', 'fee_basis', 'fee_standards', 'results', 'fines', 'complaint_channels', 'promises', 'compensation', 'accountability', 'conditions', 'audit', 'party_work', 'other')",
            name=op.f("openness_items_openness_content_check"),
        ),
        sa.CheckConstraint(
            "openness_scope in ('ordinary', 'major_or_vital_interest')",
            name=op.f("openness_items_openness_scope_check"),
        ),
        sa.CheckConstraint(
            "openness_way in ('fixed', 'periodic', 'at_once')",
            name=op.f("openness_items_openness_way_check"),
        ),
        sa.CheckConstraint(
            "rhythm in ('month', 'quarter', 'half_year')", name=op.f("openness_items_rhythm_check")
        ),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("openness_items_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("openness_items_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("openness_items_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("openness_items_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("openness_items_institution_id_offered_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "responsible_unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("openness_items_institution_id_responsible_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("openness_items_pkey")),
    )
    op.create_index(
        "openness_items_due_idx", "openness_items", ["institution_id", "due_on", "id"], unique=False
    )
    op.create_index(
        "openness_items_named_idx", "openness_items", ["institution_id", "name", "id"], unique=False
    )
    op.create_table(
        "openness_applications",
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
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.Column("applicant_name", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("form_paper", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("disclosable_part", sa.Text(), nullable=True),
        sa.Column("involves_secret", sa.Boolean(), nullable=True),
        sa.Column("under_deliberation", sa.Boolean(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("extension_reason", sa.Text(), nullable=False),
        sa.Column("extended_until", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_scope", sa.Text(), nullable=False),
        sa.Column("answer_way", sa.Text(), nullable=False),
        sa.Column("answer_time", sa.Text(), nullable=False),
        sa.Column("secrecy_rule", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("filed_with", sa.Text(), nullable=False),
        sa.Column("filed_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answer = '') = (answered_at is null)",
            name=op.f("openness_applications_answered_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["openness_items.institution_id", "openness_items.id"],
            name=op.f("openness_applications_institution_id_item_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("openness_applications_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("openness_applications_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "openness_applications_begun_idx",
        "openness_applications",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "openness_matters",
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
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=False),
        sa.Column("on_board", sa.Boolean(), nullable=False),
        sa.Column("other_forms", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("openness_bound_body", sa.Boolean(), nullable=True),
        sa.Column("publicity_topic", sa.Text(), nullable=True),
        sa.Column("openness_scope", sa.Text(), nullable=True),
        sa.Column("openness_way", sa.Text(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("responsible_unit_id", sa.Uuid(), nullable=True),
        sa.Column("approval_id", sa.Uuid(), nullable=True),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("opinions", sa.Text(), nullable=False),
        sa.Column("adopted", sa.Text(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("shown_until", sa.Date(), nullable=True),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("inside_id", sa.Uuid(), nullable=True),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("correction", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.CheckConstraint(
            "not published or published_at is not null",
            name=op.f("openness_matters_published_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "item_id"],
            ["openness_items.institution_id", "openness_items.id"],
            name=op.f("openness_matters_institution_id_item_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "responsible_unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("openness_matters_institution_id_responsible_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("openness_matters_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("openness_matters_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "openness_matters_begun_idx",
        "openness_matters",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "openness_suggestions",
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
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("opinion_kind", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("said_by", sa.Text(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=True),
        sa.Column("adopted", sa.Text(), nullable=False),
        sa.Column("explained", sa.Text(), nullable=False),
        sa.Column("solved", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "matter_id"],
            ["openness_matters.institution_id", "openness_matters.id"],
            name=op.f("openness_suggestions_institution_id_matter_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("openness_suggestions_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("openness_suggestions_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "openness_suggestions_begun_idx",
        "openness_suggestions",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.execute("alter table openness_appraisals enable row level security")
    op.execute("alter table openness_appraisals force row level security")
    op.execute(
        "create policy own on openness_appraisals using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on openness_appraisals for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on openness_appraisals for each statement execute function register_stands()"
    )
    op.execute("alter table openness_checks enable row level security")
    op.execute("alter table openness_checks force row level security")
    op.execute(
        "create policy own on openness_checks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on openness_checks for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on openness_checks for each statement execute function register_stands()"
    )
    op.execute("alter table openness_circulars enable row level security")
    op.execute("alter table openness_circulars force row level security")
    op.execute(
        "create policy own on openness_circulars using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on openness_circulars for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on openness_circulars for each statement execute function register_stands()"
    )
    op.execute("alter table openness_items enable row level security")
    op.execute("alter table openness_items force row level security")
    op.execute(
        "create policy own on openness_items using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table openness_applications enable row level security")
    op.execute("alter table openness_applications force row level security")
    op.execute(
        "create policy own on openness_applications using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table openness_matters enable row level security")
    op.execute("alter table openness_matters force row level security")
    op.execute(
        "create policy own on openness_matters using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table openness_suggestions enable row level security")
    op.execute("alter table openness_suggestions force row level security")
    op.execute(
        "create policy own on openness_suggestions using (institution_id = current_setting('guiju.institution', true))"
    )
