"""Incidents, departures, proposals, supervisors and classified papers that came back: books of their terms."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "departures",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ground in ('retired', 'died', 'transferred', 'released')",
            name=op.f("departures_ground_check"),
        ),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("departures_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or btrim(name) <> ''", name=op.f("departures_name_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["departures.institution_id", "departures.id"],
            name=op.f("departures_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("departures_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("departures_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("departures_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "departures_by_day_idx", "departures", ["institution_id", "left_on", "id"], unique=False
    )
    op.create_table(
        "infosec_incidents",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("found_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("found_by_id", sa.Uuid(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("leak", sa.Boolean(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("infosec_incidents_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(description) <> ''", name=op.f("infosec_incidents_description_check")
        ),
        sa.CheckConstraint(
            "void or btrim(system) <> ''", name=op.f("infosec_incidents_system_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["infosec_incidents.institution_id", "infosec_incidents.id"],
            name=op.f("infosec_incidents_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "found_by_id"],
            ["people.institution_id", "people.id"],
            name=op.f("infosec_incidents_institution_id_found_by_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("infosec_incidents_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("infosec_incidents_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("infosec_incidents_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "infosec_incidents_by_day_idx",
        "infosec_incidents",
        ["institution_id", "found_at", "id"],
        unique=False,
    )
    op.create_index(
        "infosec_incidents_by_found_by_id_idx",
        "infosec_incidents",
        ["institution_id", "found_by_id", "found_at", "id"],
        unique=False,
    )
    op.create_table(
        "proposal_assignments",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("handler_id", sa.Uuid(), nullable=False),
        sa.Column("co_handled", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("proposal_assignments_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(title) <> ''", name=op.f("proposal_assignments_title_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["proposal_assignments.institution_id", "proposal_assignments.id"],
            name=op.f("proposal_assignments_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "handler_id"],
            ["people.institution_id", "people.id"],
            name=op.f("proposal_assignments_institution_id_handler_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("proposal_assignments_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("proposal_assignments_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("proposal_assignments_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "proposal_assignments_by_day_idx",
        "proposal_assignments",
        ["institution_id", "taken_on", "id"],
        unique=False,
    )
    op.create_index(
        "proposal_assignments_by_handler_id_idx",
        "proposal_assignments",
        ["institution_id", "handler_id", "taken_on", "id"],
        unique=False,
    )
    op.create_table(
        "supervisor_appointments",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointed_on", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("workplace", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("supervisor_appointments_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(name) <> ''", name=op.f("supervisor_appointments_name_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["supervisor_appointments.institution_id", "supervisor_appointments.id"],
            name=op.f("supervisor_appointments_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("supervisor_appointments_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("supervisor_appointments_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("supervisor_appointments_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "supervisor_appointments_by_day_idx",
        "supervisor_appointments",
        ["institution_id", "appointed_on", "id"],
        unique=False,
    )
    op.create_table(
        "classified_returns",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("returned_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("classified_returns_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["classified_returns.institution_id", "classified_returns.id"],
            name=op.f("classified_returns_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("classified_returns_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("classified_returns_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("classified_returns_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "classified_returns_by_day_idx",
        "classified_returns",
        ["institution_id", "returned_at", "id"],
        unique=False,
    )
    op.create_index(
        "classified_returns_by_request_id_idx",
        "classified_returns",
        ["institution_id", "request_id", "returned_at", "id"],
        unique=False,
    )
    op.create_table(
        "departure_formalities",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("departure_id", sa.Uuid(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("departure_formalities_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["departure_formalities.institution_id", "departure_formalities.id"],
            name=op.f("departure_formalities_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "departure_id"],
            ["departures.institution_id", "departures.id"],
            name=op.f("departure_formalities_institution_id_departure_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("departure_formalities_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("departure_formalities_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("departure_formalities_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "departure_formalities_by_day_idx",
        "departure_formalities",
        ["institution_id", "completed_on", "id"],
        unique=False,
    )
    op.create_index(
        "departure_formalities_by_departure_id_idx",
        "departure_formalities",
        ["institution_id", "departure_id", "completed_on", "id"],
        unique=False,
    )
    op.create_table(
        "infosec_incident_reports",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("reported_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("reported_to", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("infosec_incident_reports_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(reported_to) <> ''",
            name=op.f("infosec_incident_reports_reported_to_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["infosec_incident_reports.institution_id", "infosec_incident_reports.id"],
            name=op.f("infosec_incident_reports_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "incident_id"],
            ["infosec_incidents.institution_id", "infosec_incidents.id"],
            name=op.f("infosec_incident_reports_institution_id_incident_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("infosec_incident_reports_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("infosec_incident_reports_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("infosec_incident_reports_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "infosec_incident_reports_by_day_idx",
        "infosec_incident_reports",
        ["institution_id", "reported_at", "id"],
        unique=False,
    )
    op.create_index(
        "infosec_incident_reports_by_incident_id_idx",
        "infosec_incident_reports",
        ["institution_id", "incident_id", "reported_at", "id"],
        unique=False,
    )
    op.create_table(
        "infosec_incident_settlements",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("settled_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("infosec_incident_settlements_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(result) <> ''", name=op.f("infosec_incident_settlements_result_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["infosec_incident_settlements.institution_id", "infosec_incident_settlements.id"],
            name=op.f("infosec_incident_settlements_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "incident_id"],
            ["infosec_incidents.institution_id", "infosec_incidents.id"],
            name=op.f("infosec_incident_settlements_institution_id_incident_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("infosec_incident_settlements_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "id", name=op.f("infosec_incident_settlements_pkey")
        ),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("infosec_incident_settlements_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "infosec_incident_settlements_by_day_idx",
        "infosec_incident_settlements",
        ["institution_id", "settled_at", "id"],
        unique=False,
    )
    op.create_index(
        "infosec_incident_settlements_by_incident_id_idx",
        "infosec_incident_settlements",
        ["institution_id", "incident_id", "settled_at", "id"],
        unique=False,
    )
    op.create_table(
        "proposal_answers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("talked_over", sa.Boolean(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("proposal_answers_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "assignment_id"],
            ["proposal_assignments.institution_id", "proposal_assignments.id"],
            name=op.f("proposal_answers_institution_id_assignment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["proposal_answers.institution_id", "proposal_answers.id"],
            name=op.f("proposal_answers_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("proposal_answers_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("proposal_answers_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("proposal_answers_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "proposal_answers_by_assignment_id_idx",
        "proposal_answers",
        ["institution_id", "assignment_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        "proposal_answers_by_day_idx",
        "proposal_answers",
        ["institution_id", "received_on", "id"],
        unique=False,
    )
    op.create_table(
        "infosec_incident_filings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("filed_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("filed_with", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("infosec_incident_filings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(filed_with) <> ''",
            name=op.f("infosec_incident_filings_filed_with_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["infosec_incident_filings.institution_id", "infosec_incident_filings.id"],
            name=op.f("infosec_incident_filings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("infosec_incident_filings_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "settlement_id"],
            ["infosec_incident_settlements.institution_id", "infosec_incident_settlements.id"],
            name=op.f("infosec_incident_filings_institution_id_settlement_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("infosec_incident_filings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("infosec_incident_filings_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "infosec_incident_filings_by_day_idx",
        "infosec_incident_filings",
        ["institution_id", "filed_at", "id"],
        unique=False,
    )
    op.create_index(
        "infosec_incident_filings_by_settlement_id_idx",
        "infosec_incident_filings",
        ["institution_id", "settlement_id", "filed_at", "id"],
        unique=False,
    )
    op.execute("alter table departures enable row level security")
    op.execute("alter table departures force row level security")
    op.execute(
        "create policy own on departures using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on departures for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on departures for each statement execute function register_stands()"
    )
    op.execute("alter table infosec_incidents enable row level security")
    op.execute("alter table infosec_incidents force row level security")
    op.execute(
        "create policy own on infosec_incidents using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on infosec_incidents for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on infosec_incidents for each statement execute function register_stands()"
    )
    op.execute("alter table proposal_assignments enable row level security")
    op.execute("alter table proposal_assignments force row level security")
    op.execute(
        "create policy own on proposal_assignments using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on proposal_assignments for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on proposal_assignments for each statement execute function register_stands()"
    )
    op.execute("alter table supervisor_appointments enable row level security")
    op.execute("alter table supervisor_appointments force row level security")
    op.execute(
        "create policy own on supervisor_appointments using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on supervisor_appointments for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on supervisor_appointments for each statement execute function register_stands()"
    )
    op.execute("alter table classified_returns enable row level security")
    op.execute("alter table classified_returns force row level security")
    op.execute(
        "create policy own on classified_returns using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on classified_returns for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on classified_returns for each statement execute function register_stands()"
    )
    op.execute("alter table departure_formalities enable row level security")
    op.execute("alter table departure_formalities force row level security")
    op.execute(
        "create policy own on departure_formalities using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on departure_formalities for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on departure_formalities for each statement execute function register_stands()"
    )
    op.execute("alter table infosec_incident_reports enable row level security")
    op.execute("alter table infosec_incident_reports force row level security")
    op.execute(
        "create policy own on infosec_incident_reports using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on infosec_incident_reports for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on infosec_incident_reports for each statement execute function register_stands()"
    )
    op.execute("alter table infosec_incident_settlements enable row level security")
    op.execute("alter table infosec_incident_settlements force row level security")
    op.execute(
        "create policy own on infosec_incident_settlements using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on infosec_incident_settlements for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on infosec_incident_settlements for each statement execute function register_stands()"
    )
    op.execute("alter table proposal_answers enable row level security")
    op.execute("alter table proposal_answers force row level security")
    op.execute(
        "create policy own on proposal_answers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on proposal_answers for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on proposal_answers for each statement execute function register_stands()"
    )
    op.execute("alter table infosec_incident_filings enable row level security")
    op.execute("alter table infosec_incident_filings force row level security")
    op.execute(
        "create policy own on infosec_incident_filings using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on infosec_incident_filings for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on infosec_incident_filings for each statement execute function register_stands()"
    )
