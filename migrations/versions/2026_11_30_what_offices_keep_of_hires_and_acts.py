"""What offices keep of hires, acts, research and inquiries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0250"
down_revision = "0195"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "personnel_rotated",
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
        sa.Column("newly_promoted", sa.Boolean(), nullable=True),
        sa.Column("shown_from", sa.Date(), nullable=True),
        sa.Column("shown_of", sa.Text(), nullable=False),
        sa.Column("opinions", sa.Text(), nullable=False),
        sa.Column("talked_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("personnel_rotated_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("personnel_rotated_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "personnel_rotated_begun_idx",
        "personnel_rotated",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "enforcement_acts",
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
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("party_name", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("statutory_notice", sa.Boolean(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("explained", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("hearing_asked", sa.Boolean(), nullable=True),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("remedies", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("enforcement_acts_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("enforcement_acts_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("enforcement_acts_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "enforcement_acts_begun_idx",
        "enforcement_acts",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "enforcement_officers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("section_qualified", sa.Boolean(), nullable=False),
        sa.Column("enforcement_licence", sa.Boolean(), nullable=False),
        sa.Column("licence_number", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("enforcement_officers_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["enforcement_officers.institution_id", "enforcement_officers.id"],
            name=op.f("enforcement_officers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_officers_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("enforcement_officers_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("enforcement_officers_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("enforcement_officers_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("enforcement_officers_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "enforcement_officers_by_day_idx",
        "enforcement_officers",
        ["institution_id", "from_day", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_officers_by_person_id_idx",
        "enforcement_officers",
        ["institution_id", "person_id", "from_day", "id"],
        unique=False,
    )
    op.create_index(
        "enforcement_officers_by_unit_id_idx",
        "enforcement_officers",
        ["institution_id", "unit_id", "from_day", "id"],
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
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("own_assessment", sa.Text(), nullable=False),
        sa.Column("meeting_assessment", sa.Text(), nullable=False),
        sa.Column("others_assessment", sa.Text(), nullable=False),
        sa.Column("routine_checks", sa.Integer(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
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
        "notices_given",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("time_needed", sa.Text(), nullable=False),
        sa.Column("materials", sa.Text(), nullable=False),
        sa.Column("procedure", sa.Text(), nullable=False),
        sa.Column("elsewhere", sa.Boolean(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("department_address", sa.Text(), nullable=False),
        sa.Column("department_contact", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("notices_given_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(authority) <> ''", name=op.f("notices_given_authority_check")
        ),
        sa.CheckConstraint(
            "void or btrim(business) <> ''", name=op.f("notices_given_business_check")
        ),
        sa.CheckConstraint("void or btrim(caller) <> ''", name=op.f("notices_given_caller_check")),
        sa.CheckConstraint(
            "void or btrim(materials) <> ''", name=op.f("notices_given_materials_check")
        ),
        sa.CheckConstraint(
            "void or btrim(procedure) <> ''", name=op.f("notices_given_procedure_check")
        ),
        sa.CheckConstraint("void or btrim(scope) <> ''", name=op.f("notices_given_scope_check")),
        sa.CheckConstraint(
            "void or btrim(time_needed) <> ''", name=op.f("notices_given_time_needed_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["notices_given.institution_id", "notices_given.id"],
            name=op.f("notices_given_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("notices_given_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("notices_given_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("notices_given_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "notices_given_by_day_idx",
        "notices_given",
        ["institution_id", "told_on", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_donations",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("donor", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "donor in ('by_union', 'by_branch')", name=op.f("outreach_donations_donor_check")
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("outreach_donations_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(recipients) <> ''", name=op.f("outreach_donations_recipients_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0.01 and 1000000000",
            name=op.f("outreach_donations_amount_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["outreach_donations.institution_id", "outreach_donations.id"],
            name=op.f("outreach_donations_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_donations_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outreach_donations_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("outreach_donations_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "outreach_donations_by_day_idx",
        "outreach_donations",
        ["institution_id", "held_on", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_inquiries",
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
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("within_own_power", sa.Boolean(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reported_to", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("outreach_inquiries_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outreach_inquiries_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("outreach_inquiries_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "outreach_inquiries_begun_idx",
        "outreach_inquiries",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_summaries",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("inquiry", sa.Text(), nullable=False),
        sa.Column("carried_out", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("outreach_summaries_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(carried_out) <> ''", name=op.f("outreach_summaries_carried_out_check")
        ),
        sa.CheckConstraint(
            "void or btrim(inquiry) <> ''", name=op.f("outreach_summaries_inquiry_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["outreach_summaries.institution_id", "outreach_summaries.id"],
            name=op.f("outreach_summaries_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_summaries_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_summaries_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outreach_summaries_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("outreach_summaries_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "outreach_summaries_by_day_idx",
        "outreach_summaries",
        ["institution_id", "written_on", "id"],
        unique=False,
    )
    op.create_index(
        "outreach_summaries_by_person_id_idx",
        "outreach_summaries",
        ["institution_id", "person_id", "written_on", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_teams",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("set_on", sa.Date(), nullable=False),
        sa.Column("persuasion_teams", sa.Integer(), nullable=False),
        sa.Column("team_leaders", sa.Integer(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("outreach_teams_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(members) <> ''", name=op.f("outreach_teams_members_check")
        ),
        sa.CheckConstraint(
            "void or persuasion_teams between 0 and 1000",
            name=op.f("outreach_teams_persuasion_teams_check"),
        ),
        sa.CheckConstraint(
            "void or team_leaders between 0 and 1000",
            name=op.f("outreach_teams_team_leaders_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["outreach_teams.institution_id", "outreach_teams.id"],
            name=op.f("outreach_teams_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_teams_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outreach_teams_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("outreach_teams_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "outreach_teams_by_day_idx",
        "outreach_teams",
        ["institution_id", "set_on", "id"],
        unique=False,
    )
    op.create_table(
        "personnel_temporaries",
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
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("post", sa.Text(), nullable=False),
        sa.Column("plan_approval", sa.Text(), nullable=False),
        sa.Column("recruited_how", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("employed_on", sa.Date(), nullable=True),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("personnel_temporaries_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("personnel_temporaries_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("personnel_temporaries_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "personnel_temporaries_begun_idx",
        "personnel_temporaries",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "proposal_contacts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("contacted_on", sa.Date(), nullable=False),
        sa.Column("contact_way", sa.Text(), nullable=False),
        sa.Column("with_whom", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "contact_way in ('face_to_face', 'symposium', 'visit', 'letter', 'telephone')",
            name=op.f("proposal_contacts_contact_way_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("proposal_contacts_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(said) <> ''", name=op.f("proposal_contacts_said_check")),
        sa.CheckConstraint(
            "void or btrim(with_whom) <> ''", name=op.f("proposal_contacts_with_whom_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["proposal_contacts.institution_id", "proposal_contacts.id"],
            name=op.f("proposal_contacts_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("proposal_contacts_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("proposal_contacts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("proposal_contacts_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "proposal_contacts_by_day_idx",
        "proposal_contacts",
        ["institution_id", "contacted_on", "id"],
        unique=False,
    )
    op.create_index(
        "proposal_contacts_by_request_id_idx",
        "proposal_contacts",
        ["institution_id", "request_id", "contacted_on", "id"],
        unique=False,
    )
    op.create_table(
        "research_items",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("research_items_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(title) <> ''", name=op.f("research_items_title_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["research_items.institution_id", "research_items.id"],
            name=op.f("research_items_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("research_items_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("research_items_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("research_items_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("research_items_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "research_items_by_day_idx",
        "research_items",
        ["institution_id", "sent_on", "id"],
        unique=False,
    )
    op.create_index(
        "research_items_by_request_id_idx",
        "research_items",
        ["institution_id", "request_id", "sent_on", "id"],
        unique=False,
    )
    op.create_index(
        "research_items_by_unit_id_idx",
        "research_items",
        ["institution_id", "unit_id", "sent_on", "id"],
        unique=False,
    )
    op.create_table(
        "research_papers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("research_papers_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(title) <> ''", name=op.f("research_papers_title_check")),
        sa.CheckConstraint(
            "void or num_nonnulls(unit_id, person_id) = 1",
            name=op.f("research_papers_one_alone_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["research_papers.institution_id", "research_papers.id"],
            name=op.f("research_papers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("research_papers_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("research_papers_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("research_papers_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("research_papers_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("research_papers_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "research_papers_by_day_idx",
        "research_papers",
        ["institution_id", "handed_in_on", "id"],
        unique=False,
    )
    op.create_index(
        "research_papers_by_person_id_idx",
        "research_papers",
        ["institution_id", "person_id", "handed_in_on", "id"],
        unique=False,
    )
    op.create_index(
        "research_papers_by_unit_id_idx",
        "research_papers",
        ["institution_id", "unit_id", "handed_in_on", "id"],
        unique=False,
    )
    op.create_table(
        "research_theory_articles",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("adopted_level", sa.Text(), nullable=False),
        sa.Column("adopted_by", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "adopted_level in ('district', 'city', 'national')",
            name=op.f("research_theory_articles_adopted_level_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("research_theory_articles_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(adopted_by) <> ''",
            name=op.f("research_theory_articles_adopted_by_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(title) <> ''", name=op.f("research_theory_articles_title_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0 and 1000000000",
            name=op.f("research_theory_articles_amount_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["research_theory_articles.institution_id", "research_theory_articles.id"],
            name=op.f("research_theory_articles_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("research_theory_articles_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("research_theory_articles_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("research_theory_articles_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("research_theory_articles_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "research_theory_articles_by_day_idx",
        "research_theory_articles",
        ["institution_id", "adopted_on", "id"],
        unique=False,
    )
    op.create_index(
        "research_theory_articles_by_person_id_idx",
        "research_theory_articles",
        ["institution_id", "person_id", "adopted_on", "id"],
        unique=False,
    )
    op.create_table(
        "proposal_filings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("sent_to_congress", sa.Boolean(), nullable=False),
        sa.Column("sent_to_conference", sa.Boolean(), nullable=False),
        sa.Column("sent_to_government", sa.Boolean(), nullable=False),
        sa.Column("sent_to_proposer", sa.Boolean(), nullable=False),
        sa.Column("original_filed", sa.Boolean(), nullable=False),
        sa.Column("answer_filed", sa.Boolean(), nullable=False),
        sa.Column("satisfied", sa.Boolean(), nullable=False),
        sa.Column("filed_as", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("proposal_filings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(filed_as) <> ''", name=op.f("proposal_filings_filed_as_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "assignment_id"],
            ["proposal_assignments.institution_id", "proposal_assignments.id"],
            name=op.f("proposal_filings_institution_id_assignment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["proposal_filings.institution_id", "proposal_filings.id"],
            name=op.f("proposal_filings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("proposal_filings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("proposal_filings_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("proposal_filings_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "proposal_filings_by_assignment_id_idx",
        "proposal_filings",
        ["institution_id", "assignment_id", "filed_on", "id"],
        unique=False,
    )
    op.create_index(
        "proposal_filings_by_day_idx",
        "proposal_filings",
        ["institution_id", "filed_on", "id"],
        unique=False,
    )
    op.create_table(
        "supervisors_invitations",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invited_on", sa.Date(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("came", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supervisors_invitations_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(activity) <> ''", name=op.f("supervisors_invitations_activity_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "appointment_id"],
            ["supervisor_appointments.institution_id", "supervisor_appointments.id"],
            name=op.f("supervisors_invitations_institution_id_appointment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supervisors_invitations.institution_id", "supervisors_invitations.id"],
            name=op.f("supervisors_invitations_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supervisors_invitations_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supervisors_invitations_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("supervisors_invitations_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "supervisors_invitations_by_appointment_id_idx",
        "supervisors_invitations",
        ["institution_id", "appointment_id", "invited_on", "id"],
        unique=False,
    )
    op.create_index(
        "supervisors_invitations_by_day_idx",
        "supervisors_invitations",
        ["institution_id", "invited_on", "id"],
        unique=False,
    )
    op.create_table(
        "supervisors_opinions",
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
        sa.Column("handed_in_on", sa.Date(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "appointment_id"],
            ["supervisor_appointments.institution_id", "supervisor_appointments.id"],
            name=op.f("supervisors_opinions_institution_id_appointment_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supervisors_opinions_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("supervisors_opinions_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "supervisors_opinions_begun_idx",
        "supervisors_opinions",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    for done in ("organisation_done", "personnel_done", "staffing_done", "finance_done"):
        # What was entered as completed before was completed at all four.
        yes = sa.Column(done, sa.Boolean(), server_default="true", nullable=False)
        op.add_column("departure_formalities", yes)
        op.alter_column("departure_formalities", done, server_default=None)
    op.execute("alter table personnel_rotated enable row level security")
    op.execute("alter table personnel_rotated force row level security")
    op.execute(
        "create policy own on personnel_rotated using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table enforcement_acts enable row level security")
    op.execute("alter table enforcement_acts force row level security")
    op.execute(
        "create policy own on enforcement_acts using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table enforcement_officers enable row level security")
    op.execute("alter table enforcement_officers force row level security")
    op.execute(
        "create policy own on enforcement_officers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on enforcement_officers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on enforcement_officers for each statement execute function register_stands()"
    )
    op.execute("alter table enforcement_reviews enable row level security")
    op.execute("alter table enforcement_reviews force row level security")
    op.execute(
        "create policy own on enforcement_reviews using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table notices_given enable row level security")
    op.execute("alter table notices_given force row level security")
    op.execute(
        "create policy own on notices_given using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on notices_given for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on notices_given for each statement execute function register_stands()"
    )
    op.execute("alter table outreach_donations enable row level security")
    op.execute("alter table outreach_donations force row level security")
    op.execute(
        "create policy own on outreach_donations using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on outreach_donations for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on outreach_donations for each statement execute function register_stands()"
    )
    op.execute("alter table outreach_inquiries enable row level security")
    op.execute("alter table outreach_inquiries force row level security")
    op.execute(
        "create policy own on outreach_inquiries using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table outreach_summaries enable row level security")
    op.execute("alter table outreach_summaries force row level security")
    op.execute(
        "create policy own on outreach_summaries using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on outreach_summaries for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on outreach_summaries for each statement execute function register_stands()"
    )
    op.execute("alter table outreach_teams enable row level security")
    op.execute("alter table outreach_teams force row level security")
    op.execute(
        "create policy own on outreach_teams using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on outreach_teams for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on outreach_teams for each statement execute function register_stands()"
    )
    op.execute("alter table personnel_temporaries enable row level security")
    op.execute("alter table personnel_temporaries force row level security")
    op.execute(
        "create policy own on personnel_temporaries using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table proposal_contacts enable row level security")
    op.execute("alter table proposal_contacts force row level security")
    op.execute(
        "create policy own on proposal_contacts using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on proposal_contacts for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on proposal_contacts for each statement execute function register_stands()"
    )
    op.execute("alter table research_items enable row level security")
    op.execute("alter table research_items force row level security")
    op.execute(
        "create policy own on research_items using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on research_items for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on research_items for each statement execute function register_stands()"
    )
    op.execute("alter table research_papers enable row level security")
    op.execute("alter table research_papers force row level security")
    op.execute(
        "create policy own on research_papers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on research_papers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on research_papers for each statement execute function register_stands()"
    )
    op.execute("alter table research_theory_articles enable row level security")
    op.execute("alter table research_theory_articles force row level security")
    op.execute(
        "create policy own on research_theory_articles using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on research_theory_articles for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on research_theory_articles for each statement execute function register_stands()"
    )
    op.execute("alter table proposal_filings enable row level security")
    op.execute("alter table proposal_filings force row level security")
    op.execute(
        "create policy own on proposal_filings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on proposal_filings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on proposal_filings for each statement execute function register_stands()"
    )
    op.execute("alter table supervisors_invitations enable row level security")
    op.execute("alter table supervisors_invitations force row level security")
    op.execute(
        "create policy own on supervisors_invitations using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supervisors_invitations for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supervisors_invitations for each statement execute function register_stands()"
    )
    op.execute("alter table supervisors_opinions enable row level security")
    op.execute("alter table supervisors_opinions force row level security")
    op.execute(
        "create policy own on supervisors_opinions using (institution_id = current_setting('guiju.institution', true))"
    )
