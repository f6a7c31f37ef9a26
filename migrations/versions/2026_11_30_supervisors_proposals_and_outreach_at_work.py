"""Supervisors at work, files of proposals, and what outreach keeps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0270"
down_revision = "0260"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outreach_contacts",
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
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("hardships", sa.Text(), nullable=False),
        sa.Column("reported_to", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outreach_contacts_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("outreach_contacts_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "outreach_contacts_begun_idx",
        "outreach_contacts",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_findings",
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
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("road_section", sa.Text(), nullable=False),
        sa.Column("civility_problem", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("coordinated", sa.Text(), nullable=False),
        sa.Column("corrected", sa.Text(), nullable=False),
        sa.Column("corrected_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outreach_findings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("outreach_findings_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "outreach_findings_begun_idx",
        "outreach_findings",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_activities",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("civility_team", sa.Text(), nullable=False),
        sa.Column("led_by_id", sa.Uuid(), nullable=False),
        sa.Column("road_section", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "civility_team in ('first', 'second')",
            name=op.f("outreach_activities_civility_team_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("outreach_activities_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(done) <> ''", name=op.f("outreach_activities_done_check")
        ),
        sa.CheckConstraint(
            "void or btrim(road_section) <> ''", name=op.f("outreach_activities_road_section_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["outreach_activities.institution_id", "outreach_activities.id"],
            name=op.f("outreach_activities_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "led_by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_activities_institution_id_led_by_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_activities_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outreach_activities_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("outreach_activities_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "outreach_activities_by_day_idx",
        "outreach_activities",
        ["institution_id", "held_on", "id"],
        unique=False,
    )
    op.create_index(
        "outreach_activities_by_led_by_id_idx",
        "outreach_activities",
        ["institution_id", "led_by_id", "held_on", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_donations",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("organiser", sa.Text(), nullable=False),
        sa.Column("given_to", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("outreach_donations_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "organiser in ('union', 'party_branch')",
            name=op.f("outreach_donations_organiser_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(given_to) <> ''", name=op.f("outreach_donations_given_to_check")
        ),
        sa.CheckConstraint(
            "void or amount between 0 and 1000000000", name=op.f("outreach_donations_amount_check")
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
        sa.Column("chosen_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("visits", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("within_own_power", sa.Boolean(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("told_leader", sa.Text(), nullable=False),
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
        "outreach_members",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("civility_team", sa.Text(), nullable=False),
        sa.Column("leads_team", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "civility_team in ('first', 'second')",
            name=op.f("outreach_members_civility_team_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("outreach_members_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["outreach_members.institution_id", "outreach_members.id"],
            name=op.f("outreach_members_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_members_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_members_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outreach_members_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("outreach_members_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "outreach_members_by_day_idx",
        "outreach_members",
        ["institution_id", "since", "id"],
        unique=False,
    )
    op.create_index(
        "outreach_members_by_person_id_idx",
        "outreach_members",
        ["institution_id", "person_id", "since", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_pairings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("village", sa.Text(), nullable=False),
        sa.Column("household_helped", sa.Text(), nullable=False),
        sa.Column("help_planned", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("outreach_pairings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(household_helped) <> ''",
            name=op.f("outreach_pairings_household_helped_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(village) <> ''", name=op.f("outreach_pairings_village_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["outreach_pairings.institution_id", "outreach_pairings.id"],
            name=op.f("outreach_pairings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_pairings_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_pairings_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outreach_pairings_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("outreach_pairings_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "outreach_pairings_by_day_idx",
        "outreach_pairings",
        ["institution_id", "since", "id"],
        unique=False,
    )
    op.create_index(
        "outreach_pairings_by_person_id_idx",
        "outreach_pairings",
        ["institution_id", "person_id", "since", "id"],
        unique=False,
    )
    op.create_table(
        "proposal_files",
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
        sa.Column("file_number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("proposers", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(), nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("co_handled", sa.Boolean(), nullable=False),
        sa.Column("other_units", sa.Text(), nullable=False),
        sa.Column("key_proposal", sa.Boolean(), nullable=False),
        sa.Column("party_group_proposal", sa.Boolean(), nullable=False),
        sa.Column("major", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("return_until", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("return_request_id", sa.Uuid(), nullable=True),
        sa.Column("handler_id", sa.Uuid(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("other_opinion", sa.Text(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("wholly_granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("sent_to_congress", sa.Boolean(), nullable=False),
        sa.Column("sent_to_conference", sa.Boolean(), nullable=False),
        sa.Column("sent_to_government", sa.Boolean(), nullable=False),
        sa.Column("sent_to_proposers", sa.Boolean(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("original_filed", sa.Boolean(), nullable=False),
        sa.Column("answer_filed", sa.Boolean(), nullable=False),
        sa.Column("filed_as", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "handler_id"],
            ["people.institution_id", "people.id"],
            name=op.f("proposal_files_institution_id_handler_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("proposal_files_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("proposal_files_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("proposal_files_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "proposal_files_begun_idx",
        "proposal_files",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_attendance",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("civility_presence", sa.Text(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=True),
        sa.Column("leader_told", sa.Boolean(), nullable=False),
        sa.Column("misconduct", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "civility_presence in ('came', 'substituted', 'missing')",
            name=op.f("outreach_attendance_civility_presence_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("outreach_attendance_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or (civility_presence = 'substituted') = (substitute_id is not null)",
            name=op.f("outreach_attendance_substitute_named_check"),
        ),
        sa.CheckConstraint(
            "void or substitute_id <> person_id", name=op.f("outreach_attendance_same_person_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "activity_id"],
            ["outreach_activities.institution_id", "outreach_activities.id"],
            name=op.f("outreach_attendance_institution_id_activity_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["outreach_attendance.institution_id", "outreach_attendance.id"],
            name=op.f("outreach_attendance_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_attendance_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_attendance_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "substitute_id"],
            ["people.institution_id", "people.id"],
            name=op.f("outreach_attendance_institution_id_substitute_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("outreach_attendance_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("outreach_attendance_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "outreach_attendance_by_activity_id_idx",
        "outreach_attendance",
        ["institution_id", "activity_id", "noted_on", "id"],
        unique=False,
    )
    op.create_index(
        "outreach_attendance_by_day_idx",
        "outreach_attendance",
        ["institution_id", "noted_on", "id"],
        unique=False,
    )
    op.create_index(
        "outreach_attendance_by_person_id_idx",
        "outreach_attendance",
        ["institution_id", "person_id", "noted_on", "id"],
        unique=False,
    )
    op.create_index(
        "outreach_attendance_by_substitute_id_idx",
        "outreach_attendance",
        ["institution_id", "substitute_id", "noted_on", "id"],
        unique=False,
    )
    op.create_table(
        "outreach_summaries",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("inquiry_id", sa.Uuid(), nullable=False),
        sa.Column("inquiry_told", sa.Boolean(), nullable=False),
        sa.Column("outcome_told", sa.Boolean(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["outreach_summaries.institution_id", "outreach_summaries.id"],
            name=op.f("outreach_summaries_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "inquiry_id"],
            ["outreach_inquiries.institution_id", "outreach_inquiries.id"],
            name=op.f("outreach_summaries_institution_id_inquiry_id_fkey"),
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
        ["institution_id", "handed_on", "id"],
        unique=False,
    )
    op.create_index(
        "outreach_summaries_by_inquiry_id_idx",
        "outreach_summaries",
        ["institution_id", "inquiry_id", "handed_on", "id"],
        unique=False,
    )
    op.create_index(
        "outreach_summaries_by_person_id_idx",
        "outreach_summaries",
        ["institution_id", "person_id", "handed_on", "id"],
        unique=False,
    )
    op.create_table(
        "proposal_contacts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("contacted_on", sa.Date(), nullable=False),
        sa.Column("contact_way", sa.Text(), nullable=False),
        sa.Column("contact_said", sa.Text(), nullable=False),
        sa.Column("others_present", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "contact_way in ('dialogue', 'forum', 'visit', 'letter', 'telephone')",
            name=op.f("proposal_contacts_contact_way_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("proposal_contacts_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(contact_said) <> ''", name=op.f("proposal_contacts_contact_said_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["proposal_contacts.institution_id", "proposal_contacts.id"],
            name=op.f("proposal_contacts_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "file_id"],
            ["proposal_files.institution_id", "proposal_files.id"],
            name=op.f("proposal_contacts_institution_id_file_id_fkey"),
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
        "proposal_contacts_by_file_id_idx",
        "proposal_contacts",
        ["institution_id", "file_id", "contacted_on", "id"],
        unique=False,
    )
    op.create_table(
        "proposal_feedback",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("satisfaction", sa.Text(), nullable=False),
        sa.Column("feedback_said", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("proposal_feedback_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "satisfaction in ('satisfied', 'dissatisfied')",
            name=op.f("proposal_feedback_satisfaction_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["proposal_feedback.institution_id", "proposal_feedback.id"],
            name=op.f("proposal_feedback_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "file_id"],
            ["proposal_files.institution_id", "proposal_files.id"],
            name=op.f("proposal_feedback_institution_id_file_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("proposal_feedback_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("proposal_feedback_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("proposal_feedback_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "proposal_feedback_by_day_idx",
        "proposal_feedback",
        ["institution_id", "told_on", "id"],
        unique=False,
    )
    op.create_index(
        "proposal_feedback_by_file_id_idx",
        "proposal_feedback",
        ["institution_id", "file_id", "told_on", "id"],
        unique=False,
    )
    op.create_table(
        "proposal_points",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("point", sa.Text(), nullable=False),
        sa.Column("proposal_problem", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("proposal_points_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "proposal_problem in ('solvable', 'later', 'unsolvable')",
            name=op.f("proposal_points_proposal_problem_check"),
        ),
        sa.CheckConstraint("void or btrim(event) <> ''", name=op.f("proposal_points_event_check")),
        sa.CheckConstraint("void or btrim(point) <> ''", name=op.f("proposal_points_point_check")),
        sa.CheckConstraint("void or btrim(reply) <> ''", name=op.f("proposal_points_reply_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["proposal_points.institution_id", "proposal_points.id"],
            name=op.f("proposal_points_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "file_id"],
            ["proposal_files.institution_id", "proposal_files.id"],
            name=op.f("proposal_points_institution_id_file_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("proposal_points_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("proposal_points_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("proposal_points_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "proposal_points_by_day_idx",
        "proposal_points",
        ["institution_id", "answered_on", "id"],
        unique=False,
    )
    op.create_index(
        "proposal_points_by_file_id_idx",
        "proposal_points",
        ["institution_id", "file_id", "answered_on", "id"],
        unique=False,
    )
    op.create_table(
        "supervisors_activities",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("invited_for", sa.Date(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "activity in ('inspection', 'meeting', 'research', 'publicity')",
            name=op.f("supervisors_activities_activity_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supervisors_activities_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(subject) <> ''", name=op.f("supervisors_activities_subject_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "appointment_id"],
            ["supervisor_appointments.institution_id", "supervisor_appointments.id"],
            name=op.f("supervisors_activities_institution_id_appointment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supervisors_activities.institution_id", "supervisors_activities.id"],
            name=op.f("supervisors_activities_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supervisors_activities_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supervisors_activities_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("supervisors_activities_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "supervisors_activities_by_appointment_id_idx",
        "supervisors_activities",
        ["institution_id", "appointment_id", "invited_for", "id"],
        unique=False,
    )
    op.create_index(
        "supervisors_activities_by_day_idx",
        "supervisors_activities",
        ["institution_id", "invited_for", "id"],
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
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("said_as", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.TIMESTAMP(timezone=True), nullable=True),
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
        "supervisors_opinions_appointment_id_idx",
        "supervisors_opinions",
        ["institution_id", "appointment_id"],
        unique=False,
    )
    op.create_index(
        "supervisors_opinions_begun_idx",
        "supervisors_opinions",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "supervisors_sheets",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("recognition", sa.Numeric(), nullable=False),
        sa.Column("satisfaction", sa.Numeric(), nullable=False),
        sa.Column("influence", sa.Numeric(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supervisors_sheets_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or influence between 0 and 100", name=op.f("supervisors_sheets_influence_check")
        ),
        sa.CheckConstraint(
            "void or recognition between 0 and 100",
            name=op.f("supervisors_sheets_recognition_check"),
        ),
        sa.CheckConstraint(
            "void or satisfaction between 0 and 100",
            name=op.f("supervisors_sheets_satisfaction_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "appointment_id"],
            ["supervisor_appointments.institution_id", "supervisor_appointments.id"],
            name=op.f("supervisors_sheets_institution_id_appointment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supervisors_sheets.institution_id", "supervisors_sheets.id"],
            name=op.f("supervisors_sheets_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("supervisors_sheets_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supervisors_sheets_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("supervisors_sheets_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supervisors_sheets_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("supervisors_sheets_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "supervisors_sheets_by_appointment_id_idx",
        "supervisors_sheets",
        ["institution_id", "appointment_id", "rated_on", "id"],
        unique=False,
    )
    op.create_index(
        "supervisors_sheets_by_day_idx",
        "supervisors_sheets",
        ["institution_id", "rated_on", "id"],
        unique=False,
    )
    op.create_index(
        "supervisors_sheets_by_person_id_idx",
        "supervisors_sheets",
        ["institution_id", "person_id", "rated_on", "id"],
        unique=False,
    )
    op.create_index(
        "supervisors_sheets_by_unit_id_idx",
        "supervisors_sheets",
        ["institution_id", "unit_id", "rated_on", "id"],
        unique=False,
    )
    op.add_column(
        "supervisor_appointments",
        sa.Column("employer_in_district", sa.Boolean(), server_default="false", nullable=False),
    )
    op.alter_column("supervisor_appointments", "employer_in_district", server_default=None)
    op.add_column("supervisor_appointments", sa.Column("serves_until", sa.Date(), nullable=True))
    op.execute("alter table outreach_contacts enable row level security")
    op.execute("alter table outreach_contacts force row level security")
    op.execute(
        "create policy own on outreach_contacts using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table outreach_findings enable row level security")
    op.execute("alter table outreach_findings force row level security")
    op.execute(
        "create policy own on outreach_findings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table outreach_activities enable row level security")
    op.execute("alter table outreach_activities force row level security")
    op.execute(
        "create policy own on outreach_activities using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on outreach_activities for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on outreach_activities for each statement execute function register_stands()"
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
    op.execute("alter table outreach_members enable row level security")
    op.execute("alter table outreach_members force row level security")
    op.execute(
        "create policy own on outreach_members using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on outreach_members for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on outreach_members for each statement execute function register_stands()"
    )
    op.execute("alter table outreach_pairings enable row level security")
    op.execute("alter table outreach_pairings force row level security")
    op.execute(
        "create policy own on outreach_pairings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on outreach_pairings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on outreach_pairings for each statement execute function register_stands()"
    )
    op.execute("alter table proposal_files enable row level security")
    op.execute("alter table proposal_files force row level security")
    op.execute(
        "create policy own on proposal_files using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table outreach_attendance enable row level security")
    op.execute("alter table outreach_attendance force row level security")
    op.execute(
        "create policy own on outreach_attendance using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on outreach_attendance for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on outreach_attendance for each statement execute function register_stands()"
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
    op.execute("alter table proposal_feedback enable row level security")
    op.execute("alter table proposal_feedback force row level security")
    op.execute(
        "create policy own on proposal_feedback using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on proposal_feedback for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on proposal_feedback for each statement execute function register_stands()"
    )
    op.execute("alter table proposal_points enable row level security")
    op.execute("alter table proposal_points force row level security")
    op.execute(
        "create policy own on proposal_points using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on proposal_points for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on proposal_points for each statement execute function register_stands()"
    )
    op.execute("alter table supervisors_activities enable row level security")
    op.execute("alter table supervisors_activities force row level security")
    op.execute(
        "create policy own on supervisors_activities using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supervisors_activities for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supervisors_activities for each statement execute function register_stands()"
    )
    op.execute("alter table supervisors_opinions enable row level security")
    op.execute("alter table supervisors_opinions force row level security")
    op.execute(
        "create policy own on supervisors_opinions using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table supervisors_sheets enable row level security")
    op.execute("alter table supervisors_sheets force row level security")
    op.execute(
        "create policy own on supervisors_sheets using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supervisors_sheets for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supervisors_sheets for each statement execute function register_stands()"
    )
