"""Receptions, windows and surveys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0102"
down_revision = "0098"
branch_labels = None
depends_on = None

TEXTS = ("proposal_answers", "met"), ("supervisor_appointments", "certificate"), ("vehicle_refuellings", "exception")  # fmt: skip
SAID = "fair", "informed", "upright", "healthy"
ADDED = (
    *((table, name, sa.Text(), "") for table, name in TEXTS),
    *(("supervisor_appointments", f"supervisor_{name}", sa.Boolean(), "false") for name in SAID),
    ("proposal_answers", "must_meet", sa.Boolean(), "false"),
)
"""Columns that lines of before have empty."""


def upgrade() -> None:
    op.create_table(
        "hall_checks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at_post", sa.Boolean(), nullable=False),
        sa.Column("served_well", sa.Boolean(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("hall_checks_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["hall_checks.institution_id", "hall_checks.id"],
            name=op.f("hall_checks_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("hall_checks_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("hall_checks_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("hall_checks_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("hall_checks_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "hall_checks_by_day_idx",
        "hall_checks",
        ["institution_id", "checked_at", "id"],
        unique=False,
    )
    op.create_index(
        "hall_checks_by_person_id_idx",
        "hall_checks",
        ["institution_id", "person_id", "checked_at", "id"],
        unique=False,
    )
    op.create_table(
        "hall_logs",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("attendance", sa.Text(), nullable=False),
        sa.Column("dress", sa.Text(), nullable=False),
        sa.Column("cleanliness", sa.Text(), nullable=False),
        sa.Column("absences", sa.Text(), nullable=False),
        sa.Column("work", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("hall_logs_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(absences) <> ''", name=op.f("hall_logs_absences_check")),
        sa.CheckConstraint(
            "void or btrim(attendance) <> ''", name=op.f("hall_logs_attendance_check")
        ),
        sa.CheckConstraint(
            "void or btrim(cleanliness) <> ''", name=op.f("hall_logs_cleanliness_check")
        ),
        sa.CheckConstraint("void or btrim(dress) <> ''", name=op.f("hall_logs_dress_check")),
        sa.CheckConstraint("void or btrim(work) <> ''", name=op.f("hall_logs_work_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["hall_logs.institution_id", "hall_logs.id"],
            name=op.f("hall_logs_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("hall_logs_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("hall_logs_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("hall_logs_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "hall_logs_by_day_idx", "hall_logs", ["institution_id", "day", "id"], unique=False
    )
    op.create_table(
        "hall_shifts",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("hall_window", sa.Text(), nullable=False),
        sa.Column("hall_post", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "hall_post in ('front', 'standby')", name=op.f("hall_shifts_hall_post_check")
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("hall_shifts_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(hall_window) <> ''", name=op.f("hall_shifts_hall_window_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["hall_shifts.institution_id", "hall_shifts.id"],
            name=op.f("hall_shifts_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("hall_shifts_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("hall_shifts_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "unit_id"],
            ["units.institution_id", "units.id"],
            name=op.f("hall_shifts_institution_id_unit_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("hall_shifts_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("hall_shifts_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "hall_shifts_by_day_idx", "hall_shifts", ["institution_id", "day", "id"], unique=False
    )
    op.create_index(
        "hall_shifts_by_person_id_idx",
        "hall_shifts",
        ["institution_id", "person_id", "day", "id"],
        unique=False,
    )
    op.create_index(
        "hall_shifts_by_unit_id_idx",
        "hall_shifts",
        ["institution_id", "unit_id", "day", "id"],
        unique=False,
    )
    op.create_table(
        "household_birth_notices",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_to", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("household_birth_notices_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(told_to) <> ''", name=op.f("household_birth_notices_told_to_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["household_birth_notices.institution_id", "household_birth_notices.id"],
            name=op.f("household_birth_notices_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("household_birth_notices_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("household_birth_notices_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("household_birth_notices_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "household_birth_notices_by_day_idx",
        "household_birth_notices",
        ["institution_id", "told_on", "id"],
        unique=False,
    )
    op.create_index(
        "household_birth_notices_by_request_id_idx",
        "household_birth_notices",
        ["institution_id", "request_id", "told_on", "id"],
        unique=False,
    )
    op.create_table(
        "household_handovers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("hall_window", sa.Text(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("awaits", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("household_handovers_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(content) <> ''", name=op.f("household_handovers_content_check")
        ),
        sa.CheckConstraint(
            "void or btrim(hall_window) <> ''", name=op.f("household_handovers_hall_window_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["household_handovers.institution_id", "household_handovers.id"],
            name=op.f("household_handovers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("household_handovers_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "to_id"],
            ["people.institution_id", "people.id"],
            name=op.f("household_handovers_institution_id_to_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("household_handovers_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("household_handovers_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "household_handovers_by_day_idx",
        "household_handovers",
        ["institution_id", "on_day", "id"],
        unique=False,
    )
    op.create_index(
        "household_handovers_by_to_id_idx",
        "household_handovers",
        ["institution_id", "to_id", "on_day", "id"],
        unique=False,
    )
    op.create_table(
        "household_officers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("hall_window", sa.Text(), nullable=False),
        sa.Column("city_trained", sa.Boolean(), nullable=False),
        sa.Column("post_assessment_passed", sa.Boolean(), nullable=False),
        sa.Column("post_certificate", sa.Boolean(), nullable=False),
        sa.Column("knows_policy", sa.Boolean(), nullable=False),
        sa.Column("knows_procedure", sa.Boolean(), nullable=False),
        sa.Column("operates_computer", sa.Boolean(), nullable=False),
        sa.Column("detects_forgery", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("household_officers_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(hall_window) <> ''", name=op.f("household_officers_hall_window_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["household_officers.institution_id", "household_officers.id"],
            name=op.f("household_officers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("household_officers_institution_id_person_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("household_officers_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("household_officers_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("household_officers_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "household_officers_by_day_idx",
        "household_officers",
        ["institution_id", "from_day", "id"],
        unique=False,
    )
    op.create_index(
        "household_officers_by_person_id_idx",
        "household_officers",
        ["institution_id", "person_id", "from_day", "id"],
        unique=False,
    )
    op.create_table(
        "household_surveys",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=False),
        sa.Column("survey_of", sa.Text(), nullable=False),
        sa.Column("officers", sa.Integer(), nullable=False),
        sa.Column("officer_names", sa.Text(), nullable=False),
        sa.Column("informed_persons", sa.Integer(), nullable=False),
        sa.Column("on_site_investigated", sa.Boolean(), nullable=False),
        sa.Column("report_complete", sa.Boolean(), nullable=False),
        sa.Column("papers_only", sa.Boolean(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("household_surveys_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "survey_of in ('late_entry', 'move_in', 'other')",
            name=op.f("household_surveys_survey_of_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(officer_names) <> ''", name=op.f("household_surveys_officer_names_check")
        ),
        sa.CheckConstraint(
            "void or btrim(report) <> ''", name=op.f("household_surveys_report_check")
        ),
        sa.CheckConstraint(
            "void or informed_persons between 0 and 1000",
            name=op.f("household_surveys_informed_persons_check"),
        ),
        sa.CheckConstraint(
            "void or officers between 1 and 100", name=op.f("household_surveys_officers_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["household_surveys.institution_id", "household_surveys.id"],
            name=op.f("household_surveys_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("household_surveys_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("household_surveys_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("household_surveys_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "household_surveys_by_day_idx",
        "household_surveys",
        ["institution_id", "surveyed_on", "id"],
        unique=False,
    )
    op.create_index(
        "household_surveys_by_request_id_idx",
        "household_surveys",
        ["institution_id", "request_id", "surveyed_on", "id"],
        unique=False,
    )
    op.create_table(
        "reception_slips",
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
        sa.Column("business", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("reception_standard", sa.Numeric(), nullable=True),
        sa.Column("companions", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("drinks_cost", sa.Numeric(), nullable=True),
        sa.Column("reception_cost", sa.Numeric(), nullable=True),
        sa.Column("signed_id", sa.Uuid(), nullable=True),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "lead_id"],
            ["people.institution_id", "people.id"],
            name=op.f("reception_slips_institution_id_lead_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "signed_id"],
            ["people.institution_id", "people.id"],
            name=op.f("reception_slips_institution_id_signed_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("reception_slips_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("reception_slips_institution_id_request_id_key"),
        ),
    )
    op.create_index(
        "reception_slips_begun_idx",
        "reception_slips",
        ["institution_id", "kind", "begun_at", "id"],
        unique=False,
    )
    op.create_table(
        "proposal_progress",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("filed_as", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("proposal_progress_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(progress) <> ''", name=op.f("proposal_progress_progress_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "assignment_id"],
            ["proposal_assignments.institution_id", "proposal_assignments.id"],
            name=op.f("proposal_progress_institution_id_assignment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["proposal_progress.institution_id", "proposal_progress.id"],
            name=op.f("proposal_progress_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("proposal_progress_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("proposal_progress_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("proposal_progress_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "proposal_progress_by_assignment_id_idx",
        "proposal_progress",
        ["institution_id", "assignment_id", "reported_on", "id"],
        unique=False,
    )
    op.create_index(
        "proposal_progress_by_day_idx",
        "proposal_progress",
        ["institution_id", "reported_on", "id"],
        unique=False,
    )
    op.create_table(
        "supervisors_changes",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supervisors_changes_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(reason) <> ''", name=op.f("supervisors_changes_reason_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "appointment_id"],
            ["supervisor_appointments.institution_id", "supervisor_appointments.id"],
            name=op.f("supervisors_changes_institution_id_appointment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supervisors_changes.institution_id", "supervisors_changes.id"],
            name=op.f("supervisors_changes_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supervisors_changes_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supervisors_changes_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("supervisors_changes_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "supervisors_changes_by_appointment_id_idx",
        "supervisors_changes",
        ["institution_id", "appointment_id", "changed_on", "id"],
        unique=False,
    )
    op.create_index(
        "supervisors_changes_by_day_idx",
        "supervisors_changes",
        ["institution_id", "changed_on", "id"],
        unique=False,
    )
    for table, name, type_, empty in ADDED:
        op.add_column(table, sa.Column(name, type_, nullable=False, server_default=empty))
        op.alter_column(table, name, server_default=None)
    op.add_column(
        "supervisor_appointments", sa.Column("supervisor_origin", sa.Text(), nullable=True)
    )
    op.create_check_constraint(
        op.f("supervisor_appointments_supervisor_origin_check"),
        "supervisor_appointments",
        "supervisor_origin in ('street_leader', 'congress_deputy', 'consultative_member', "
        "'employer_hr', 'other')",
    )
    op.create_check_constraint(
        op.f("proposal_answers_not_talked_over_check"),
        "proposal_answers",
        "void or not must_meet or btrim(met) <> ''",
    )
    op.execute("alter table hall_checks enable row level security")
    op.execute("alter table hall_checks force row level security")
    op.execute(
        "create policy own on hall_checks using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on hall_checks for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on hall_checks for each statement execute function register_stands()"
    )
    op.execute("alter table hall_logs enable row level security")
    op.execute("alter table hall_logs force row level security")
    op.execute(
        "create policy own on hall_logs using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on hall_logs for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on hall_logs for each statement execute function register_stands()"
    )
    op.execute("alter table hall_shifts enable row level security")
    op.execute("alter table hall_shifts force row level security")
    op.execute(
        "create policy own on hall_shifts using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on hall_shifts for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on hall_shifts for each statement execute function register_stands()"
    )
    op.execute("alter table household_birth_notices enable row level security")
    op.execute("alter table household_birth_notices force row level security")
    op.execute(
        "create policy own on household_birth_notices using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on household_birth_notices for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on household_birth_notices for each statement execute function register_stands()"
    )
    op.execute("alter table household_handovers enable row level security")
    op.execute("alter table household_handovers force row level security")
    op.execute(
        "create policy own on household_handovers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on household_handovers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on household_handovers for each statement execute function register_stands()"
    )
    op.execute("alter table household_officers enable row level security")
    op.execute("alter table household_officers force row level security")
    op.execute(
        "create policy own on household_officers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on household_officers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on household_officers for each statement execute function register_stands()"
    )
    op.execute("alter table household_surveys enable row level security")
    op.execute("alter table household_surveys force row level security")
    op.execute(
        "create policy own on household_surveys using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on household_surveys for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on household_surveys for each statement execute function register_stands()"
    )
    op.execute("alter table reception_slips enable row level security")
    op.execute("alter table reception_slips force row level security")
    op.execute(
        "create policy own on reception_slips using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table proposal_progress enable row level security")
    op.execute("alter table proposal_progress force row level security")
    op.execute(
        "create policy own on proposal_progress using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on proposal_progress for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on proposal_progress for each statement execute function register_stands()"
    )
    op.execute("alter table supervisors_changes enable row level security")
    op.execute("alter table supervisors_changes force row level security")
    op.execute(
        "create policy own on supervisors_changes using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supervisors_changes for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supervisors_changes for each statement execute function register_stands()"
    )
