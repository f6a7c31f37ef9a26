"""Lists of approvals and books of enforcement."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0280"
down_revision = "0270"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval_lists",
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
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("approval_type", sa.Text(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("flow_chart", sa.Text(), nullable=False),
        sa.Column("applicants", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("statutory_days", sa.Integer(), nullable=True),
        sa.Column("promised_days", sa.Integer(), nullable=True),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.Column("material_count", sa.Integer(), nullable=True),
        sa.Column("charged", sa.Boolean(), nullable=True),
        sa.Column("fee_basis", sa.Text(), nullable=False),
        sa.Column("fee_standard", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("enquiry_telephone", sa.Text(), nullable=False),
        sa.Column("complaint_telephone", sa.Text(), nullable=False),
        sa.Column("model_form", sa.Text(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.Column("filing_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "replaces_id"],
            ["approval_lists.institution_id", "approval_lists.id"],
            name=op.f("approval_lists_institution_id_replaces_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("approval_lists_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("approval_lists_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "approval_lists_begun_idx",
        "approval_lists",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "approval_applications",
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
        sa.Column("list_id", sa.Uuid(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("handed_in", sa.Text(), nullable=False),
        sa.Column("handed_in_count", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("lacking", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("promised_until", sa.Date(), nullable=True),
        sa.Column("statutory_until", sa.Date(), nullable=True),
        sa.Column("fee_taken", sa.Numeric(), nullable=False),
        sa.Column("conditions_met", sa.Boolean(), nullable=True),
        sa.Column("examined", sa.Text(), nullable=False),
        sa.Column("passed_to", sa.Text(), nullable=False),
        sa.Column("superior_decision", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "list_id"],
            ["approval_lists.institution_id", "approval_lists.id"],
            name=op.f("approval_applications_institution_id_list_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("approval_applications_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("approval_applications_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("approval_applications_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "approval_applications_begun_idx",
        "approval_applications",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "enforcement_acts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("second_officer_id", sa.Uuid(), nullable=True),
        sa.Column("act_kind", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("section_qualified", sa.Boolean(), nullable=False),
        sa.Column("enforcement_licence", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "act_kind in ('inspection', 'inquiry', 'service', 'other')",
            name=op.f("enforcement_acts_act_kind_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("enforcement_acts_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(legal_basis) <> ''", name=op.f("enforcement_acts_legal_basis_check")
        ),
        sa.CheckConstraint("void or btrim(party) <> ''", name=op.f("enforcement_acts_party_check")),
        sa.CheckConstraint(
            "void or second_officer_id <> officer_id",
            name=op.f("enforcement_acts_same_person_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["enforcement_acts.institution_id", "enforcement_acts.id"],
            name=op.f("enforcement_acts_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "officer_id"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_acts_institution_id_officer_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_acts_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "second_officer_id"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_acts_institution_id_second_officer_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("enforcement_acts_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("enforcement_acts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("enforcement_acts_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "enforcement_acts_by_day_idx",
        "enforcement_acts",
        ["institution_id", "done_on", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_acts_by_officer_id_idx",
        "enforcement_acts",
        ["institution_id", "officer_id", "done_on", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_acts_by_second_officer_id_idx",
        "enforcement_acts",
        ["institution_id", "second_officer_id", "done_on", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_acts_by_unit_id_idx",
        "enforcement_acts",
        ["institution_id", "unit_id", "done_on", "id"],
        unique=False,
    )
    op.create_table(
        "enforcement_cases",
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
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("officer_id", sa.Uuid(), nullable=True),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("notice_by_law", sa.Boolean(), nullable=False),
        sa.Column("hearing_by_law", sa.Boolean(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column("investigated", sa.Text(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("intended", sa.Text(), nullable=False),
        sa.Column("defence", sa.Text(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("hearing", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("remedies", sa.Text(), nullable=False),
        sa.Column("remedies_told_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "officer_id"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_cases_institution_id_officer_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("enforcement_cases_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("enforcement_cases_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("enforcement_cases_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "enforcement_cases_begun_idx",
        "enforcement_cases",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "enforcement_daily_checks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("in_order", sa.Boolean(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("enforcement_daily_checks_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(finding) <> ''", name=op.f("enforcement_daily_checks_finding_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["enforcement_daily_checks.institution_id", "enforcement_daily_checks.id"],
            name=op.f("enforcement_daily_checks_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_daily_checks_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("enforcement_daily_checks_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("enforcement_daily_checks_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("enforcement_daily_checks_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "enforcement_daily_checks_by_day_idx",
        "enforcement_daily_checks",
        ["institution_id", "checked_on", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_daily_checks_by_unit_id_idx",
        "enforcement_daily_checks",
        ["institution_id", "unit_id", "checked_on", "id"],
        unique=False,
    )
    op.create_table(
        "enforcement_licences",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("licence_number", sa.Text(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)",
            name=op.f("enforcement_licences_holder_check"),
        ),
        sa.CheckConstraint(
            "btrim(licence_number) <> ''", name=op.f("enforcement_licences_licence_number_check")
        ),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null",
            name=op.f("enforcement_licences_keeper_check"),
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("enforcement_licences_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_licences_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_licences_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_licences_institution_id_offered_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "officer_id"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_licences_institution_id_officer_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("enforcement_licences_pkey")),
    )
    op.create_index(
        "enforcement_licences_due_idx",
        "enforcement_licences",
        ["institution_id", "due_on", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_licences_named_idx",
        "enforcement_licences",
        ["institution_id", "licence_number", "id"],
        unique=False,
    )
    op.create_table(
        "enforcement_reviews",
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
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("head_id", sa.Uuid(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("self_assessment", sa.Text(), nullable=False),
        sa.Column("meeting_assessment", sa.Text(), nullable=False),
        sa.Column("public_assessment", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "head_id"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_reviews_institution_id_head_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("enforcement_reviews_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("enforcement_reviews_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("enforcement_reviews_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "enforcement_reviews_begun_idx",
        "enforcement_reviews",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "enforcement_sections",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("powers", sa.Text(), nullable=False),
        sa.Column("targets", sa.Text(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("liability", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("enforcement_sections_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(duties) <> ''", name=op.f("enforcement_sections_duties_check")
        ),
        sa.CheckConstraint(
            "void or btrim(items) <> ''", name=op.f("enforcement_sections_items_check")
        ),
        sa.CheckConstraint(
            "void or btrim(legal_basis) <> ''", name=op.f("enforcement_sections_legal_basis_check")
        ),
        sa.CheckConstraint(
            "void or btrim(liability) <> ''", name=op.f("enforcement_sections_liability_check")
        ),
        sa.CheckConstraint(
            "void or btrim(powers) <> ''", name=op.f("enforcement_sections_powers_check")
        ),
        sa.CheckConstraint(
            "void or btrim(procedure) <> ''", name=op.f("enforcement_sections_procedure_check")
        ),
        sa.CheckConstraint(
            "void or btrim(section) <> ''", name=op.f("enforcement_sections_section_check")
        ),
        sa.CheckConstraint(
            "void or btrim(targets) <> ''", name=op.f("enforcement_sections_targets_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["enforcement_sections.institution_id", "enforcement_sections.id"],
            name=op.f("enforcement_sections_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_sections_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("enforcement_sections_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("enforcement_sections_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("enforcement_sections_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "enforcement_sections_by_day_idx",
        "enforcement_sections",
        ["institution_id", "entered_on", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_sections_by_unit_id_idx",
        "enforcement_sections",
        ["institution_id", "unit_id", "entered_on", "id"],
        unique=False,
    )
    op.create_table(
        "law_studies",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("study_kind", sa.Text(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("study_form", sa.Text(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("law_studies_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "study_kind in ('study', 'publicity')", name=op.f("law_studies_study_kind_check")
        ),
        sa.CheckConstraint("void or btrim(law) <> ''", name=op.f("law_studies_law_check")),
        sa.CheckConstraint(
            "void or btrim(study_form) <> ''", name=op.f("law_studies_study_form_check")
        ),
        sa.CheckConstraint("void or came between 1 and 1000", name=op.f("law_studies_came_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["law_studies.institution_id", "law_studies.id"],
            name=op.f("law_studies_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("law_studies_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("law_studies_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("law_studies_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("law_studies_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "law_studies_by_day_idx", "law_studies", ["institution_id", "held_on", "id"], unique=False
    )
    op.create_index(
        "law_studies_by_unit_id_idx",
        "law_studies",
        ["institution_id", "unit_id", "held_on", "id"],
        unique=False,
    )
    op.create_table(
        "one_time_notices",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("visitor_name", sa.Text(), nullable=False),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("in_writing", sa.Boolean(), nullable=False),
        sa.Column("can_be_done", sa.Boolean(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("others_needed", sa.Boolean(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("department_address", sa.Text(), nullable=False),
        sa.Column("department_handler", sa.Text(), nullable=False),
        sa.Column("several_sections", sa.Boolean(), nullable=False),
        sa.Column("consulted", sa.Boolean(), nullable=False),
        sa.Column("joint_procedure", sa.Text(), nullable=False),
        sa.Column("joint_time", sa.Text(), nullable=False),
        sa.Column("cautions", sa.Text(), nullable=False),
        sa.Column("unable", sa.Boolean(), nullable=False),
        sa.Column("explained", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("one_time_notices_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(business) <> ''", name=op.f("one_time_notices_business_check")
        ),
        sa.CheckConstraint(
            "void or btrim(visitor_name) <> ''", name=op.f("one_time_notices_visitor_name_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["one_time_notices.institution_id", "one_time_notices.id"],
            name=op.f("one_time_notices_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("one_time_notices_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("one_time_notices_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("one_time_notices_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("one_time_notices_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "one_time_notices_by_day_idx",
        "one_time_notices",
        ["institution_id", "told_on", "id"],
        unique=False,
    )
    op.create_index(
        "one_time_notices_by_unit_id_idx",
        "one_time_notices",
        ["institution_id", "unit_id", "told_on", "id"],
        unique=False,
    )
    op.create_table(
        "section_matters",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("section_part", sa.Text(), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("keeper_id", sa.Uuid(), nullable=True),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'lent') = (holder_id is not null)", name=op.f("section_matters_holder_check")
        ),
        sa.CheckConstraint("btrim(article) <> ''", name=op.f("section_matters_article_check")),
        sa.CheckConstraint("btrim(matter) <> ''", name=op.f("section_matters_matter_check")),
        sa.CheckConstraint(
            "section_part in ('in_charge', 'examines', 'takes_part', 'assists')",
            name=op.f("section_matters_section_part_check"),
        ),
        sa.CheckConstraint(
            "state <> 'issued' or keeper_id is not null", name=op.f("section_matters_keeper_check")
        ),
        sa.CheckConstraint(
            "state in ('kept', 'issued', 'lent', 'lost', 'ended')",
            name=op.f("section_matters_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "holder_id"],
            ["people.institution_id", "people.id"],
            name=op.f("section_matters_institution_id_holder_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "keeper_id"],
            ["people.institution_id", "people.id"],
            name=op.f("section_matters_institution_id_keeper_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "offered_id"],
            ["people.institution_id", "people.id"],
            name=op.f("section_matters_institution_id_offered_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("section_matters_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("section_matters_pkey")),
    )
    op.create_index(
        "section_matters_due_idx",
        "section_matters",
        ["institution_id", "due_on", "id"],
        unique=False,
    )
    op.create_index(
        "section_matters_named_idx",
        "section_matters",
        ["institution_id", "matter", "id"],
        unique=False,
    )
    op.create_table(
        "enforcement_documents",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enforcement_case_id", sa.Uuid(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_number", sa.Text(), nullable=False),
        sa.Column("uniform", sa.Boolean(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("enforcement_documents_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(file_number) <> ''", name=op.f("enforcement_documents_file_number_check")
        ),
        sa.CheckConstraint(
            "void or btrim(title) <> ''", name=op.f("enforcement_documents_title_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["enforcement_documents.institution_id", "enforcement_documents.id"],
            name=op.f("enforcement_documents_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "enforcement_case_id"],
            ["enforcement_cases.institution_id", "enforcement_cases.id"],
            name=op.f("enforcement_documents_institution_id_enforcement_case_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_documents_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("enforcement_documents_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("enforcement_documents_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "enforcement_documents_by_day_idx",
        "enforcement_documents",
        ["institution_id", "issued_on", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_documents_by_enforcement_case_id_idx",
        "enforcement_documents",
        ["institution_id", "enforcement_case_id", "issued_on", "id"],
        unique=False,
    )
    op.create_table(
        "papers_asked_afterwards",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("papers_asked_afterwards_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(paper) <> ''", name=op.f("papers_asked_afterwards_paper_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["papers_asked_afterwards.institution_id", "papers_asked_afterwards.id"],
            name=op.f("papers_asked_afterwards_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "notice_id"],
            ["one_time_notices.institution_id", "one_time_notices.id"],
            name=op.f("papers_asked_afterwards_institution_id_notice_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("papers_asked_afterwards_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("papers_asked_afterwards_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("papers_asked_afterwards_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("papers_asked_afterwards_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "papers_asked_afterwards_by_day_idx",
        "papers_asked_afterwards",
        ["institution_id", "asked_on", "id"],
        unique=False,
    )
    op.create_index(
        "papers_asked_afterwards_by_notice_id_idx",
        "papers_asked_afterwards",
        ["institution_id", "notice_id", "asked_on", "id"],
        unique=False,
    )
    op.create_index(
        "papers_asked_afterwards_by_unit_id_idx",
        "papers_asked_afterwards",
        ["institution_id", "unit_id", "asked_on", "id"],
        unique=False,
    )
    op.create_table(
        "section_referrals",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("matter_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_by_text", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("section_referrals_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(subject) <> ''", name=op.f("section_referrals_subject_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["section_referrals.institution_id", "section_referrals.id"],
            name=op.f("section_referrals_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "matter_id"],
            ["section_matters.institution_id", "section_matters.id"],
            name=op.f("section_referrals_institution_id_matter_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("section_referrals_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("section_referrals_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("section_referrals_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("section_referrals_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "section_referrals_by_day_idx",
        "section_referrals",
        ["institution_id", "passed_on", "id"],
        unique=False,
    )
    op.create_index(
        "section_referrals_by_matter_id_idx",
        "section_referrals",
        ["institution_id", "matter_id", "passed_on", "id"],
        unique=False,
    )
    op.create_index(
        "section_referrals_by_unit_id_idx",
        "section_referrals",
        ["institution_id", "unit_id", "passed_on", "id"],
        unique=False,
    )
    op.execute("alter table approval_lists enable row level security")
    op.execute("alter table approval_lists force row level security")
    op.execute(
        "create policy own on approval_lists using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table approval_applications enable row level security")
    op.execute("alter table approval_applications force row level security")
    op.execute(
        "create policy own on approval_applications using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table enforcement_acts enable row level security")
    op.execute("alter table enforcement_acts force row level security")
    op.execute(
        "create policy own on enforcement_acts using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on enforcement_acts for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on enforcement_acts for each statement execute function register_stands()"
    )
    op.execute("alter table enforcement_cases enable row level security")
    op.execute("alter table enforcement_cases force row level security")
    op.execute(
        "create policy own on enforcement_cases using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table enforcement_daily_checks enable row level security")
    op.execute("alter table enforcement_daily_checks force row level security")
    op.execute(
        "create policy own on enforcement_daily_checks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on enforcement_daily_checks for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on enforcement_daily_checks for each statement execute function register_stands()"
    )
    op.execute("alter table enforcement_licences enable row level security")
    op.execute("alter table enforcement_licences force row level security")
    op.execute(
        "create policy own on enforcement_licences using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table enforcement_reviews enable row level security")
    op.execute("alter table enforcement_reviews force row level security")
    op.execute(
        "create policy own on enforcement_reviews using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table enforcement_sections enable row level security")
    op.execute("alter table enforcement_sections force row level security")
    op.execute(
        "create policy own on enforcement_sections using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on enforcement_sections for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on enforcement_sections for each statement execute function register_stands()"
    )
    op.execute("alter table law_studies enable row level security")
    op.execute("alter table law_studies force row level security")
    op.execute(
        "create policy own on law_studies using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on law_studies for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on law_studies for each statement execute function register_stands()"
    )
    op.execute("alter table one_time_notices enable row level security")
    op.execute("alter table one_time_notices force row level security")
    op.execute(
        "create policy own on one_time_notices using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on one_time_notices for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on one_time_notices for each statement execute function register_stands()"
    )
    op.execute("alter table section_matters enable row level security")
    op.execute("alter table section_matters force row level security")
    op.execute(
        "create policy own on section_matters using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table enforcement_documents enable row level security")
    op.execute("alter table enforcement_documents force row level security")
    op.execute(
        "create policy own on enforcement_documents using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on enforcement_documents for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on enforcement_documents for each statement execute function register_stands()"
    )
    op.execute("alter table papers_asked_afterwards enable row level security")
    op.execute("alter table papers_asked_afterwards force row level security")
    op.execute(
        "create policy own on papers_asked_afterwards using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on papers_asked_afterwards for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on papers_asked_afterwards for each statement execute function register_stands()"
    )
    op.execute("alter table section_referrals enable row level security")
    op.execute("alter table section_referrals force row level security")
    op.execute(
        "create policy own on section_referrals using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on section_referrals for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on section_referrals for each statement execute function register_stands()"
    )
