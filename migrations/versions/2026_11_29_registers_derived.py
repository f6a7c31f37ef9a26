"""Tables of registers as their entries derive them; numbered lines, and lines signed for."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


DROPPED = {
    "driver_appraisals": ("driver_appraisals_month_check",),
    "driver_incidents": ("driver_incidents_fine_check", "driver_incidents_residual_check"),
    "driver_liabilities": ("driver_liabilities_share_check",),
    "vehicle_mileages": ("vehicle_mileages_odometer_check",),
    "vehicle_refuellings": (
        "vehicle_refuellings_cash_with_reason_check",
        "vehicle_refuellings_litres_check",
        "vehicle_refuellings_odometer_check",
        "vehicle_refuellings_signed_check",
    ),
    "vehicle_repairs": ("vehicle_repairs_amount_check",),
    "vehicle_sealings": ("vehicle_sealings_days_check",),
}
HELD_TO = {
    "contacts": (
        (
            "contacts_asked_scope_check",
            "CHECK ((asked_scope = ANY (ARRAY['own'::text, 'other'::text, 'unclear'::text, 'outside'::text])))",
        ),
        ("contacts_content_check", "CHECK ((void OR (btrim(content) <> ''::text)))"),
        ("contacts_event_check", "CHECK ((void OR (btrim(event) <> ''::text)))"),
    ),
    "driver_appraisals": (
        (
            "driver_appraisals_not_a_first_day_check",
            "CHECK ((void OR (EXTRACT(day FROM month) = (1)::numeric)))",
        ),
    ),
    "driver_incidents": (
        (
            "driver_incidents_description_check",
            "CHECK ((void OR (btrim(description) <> ''::text)))",
        ),
        (
            "driver_incidents_fine_check",
            "CHECK ((void OR ((fine >= (0)::numeric) AND (fine <= (1000000000)::numeric))))",
        ),
        (
            "driver_incidents_repair_residual_check",
            "CHECK ((void OR ((repair_residual >= (0)::numeric) AND (repair_residual <= (1000000000)::numeric))))",
        ),
        (
            "driver_incidents_what_check",
            "CHECK ((what = ANY (ARRAY['traffic_fine'::text, 'accident'::text, 'drink_driving'::text, 'refused_duty'::text, 'unauthorised_trip'::text, 'unauthorised_lending'::text, 'unauthorised_parking'::text, 'trip_without_task'::text, 'leader_drove'::text, 'weak_management'::text])))",
        ),
    ),
    "driver_liabilities": (
        ("driver_liabilities_reason_check", "CHECK ((void OR (btrim(reason) <> ''::text)))"),
        (
            "driver_liabilities_share_check",
            "CHECK ((void OR ((share >= (0)::numeric) AND (share <= (100)::numeric))))",
        ),
    ),
    "receptions": (
        ("receptions_matter_check", "CHECK ((void OR (btrim(matter) <> ''::text)))"),
        ("receptions_visitor_name_check", "CHECK ((void OR (btrim(visitor_name) <> ''::text)))"),
    ),
    "vehicle_hires": (
        (
            "vehicle_hires_amount_check",
            "CHECK ((void OR ((amount >= (0)::numeric) AND (amount <= (1000000000)::numeric))))",
        ),
    ),
    "vehicle_mileages": (
        (
            "vehicle_mileages_odometer_check",
            "CHECK ((void OR ((odometer >= (0)::numeric) AND (odometer <= (10000000)::numeric))))",
        ),
    ),
    "vehicle_parking_checks": (
        ("vehicle_parking_checks_place_check", "CHECK ((void OR (btrim(place) <> ''::text)))"),
    ),
    "vehicle_refuellings": (
        (
            "vehicle_refuellings_amount_check",
            "CHECK ((void OR ((amount >= (0)::numeric) AND (amount <= (1000000000)::numeric))))",
        ),
        (
            "vehicle_refuellings_cash_without_reason_check",
            "CHECK ((void OR (NOT cash) OR (btrim(cash_reason) <> ''::text)))",
        ),
        (
            "vehicle_refuellings_litres_check",
            "CHECK ((void OR ((litres >= 0.01) AND (litres <= (100000)::numeric))))",
        ),
        (
            "vehicle_refuellings_odometer_from_check",
            "CHECK ((void OR ((odometer_from >= (0)::numeric) AND (odometer_from <= (10000000)::numeric))))",
        ),
        (
            "vehicle_refuellings_odometer_runs_back_check",
            "CHECK ((void OR (odometer_from <= odometer_to)))",
        ),
        (
            "vehicle_refuellings_odometer_to_check",
            "CHECK ((void OR ((odometer_to >= (0)::numeric) AND (odometer_to <= (10000000)::numeric))))",
        ),
        ("vehicle_refuellings_signed_by_check", "CHECK ((void OR (btrim(signed_by) <> ''::text)))"),
    ),
    "vehicle_repairs": (
        (
            "vehicle_repairs_amount_check",
            "CHECK ((void OR ((amount >= (0)::numeric) AND (amount <= (1000000000)::numeric))))",
        ),
        ("vehicle_repairs_content_check", "CHECK ((void OR (btrim(content) <> ''::text)))"),
        ("vehicle_repairs_name_check", "CHECK ((void OR (btrim(name) <> ''::text)))"),
    ),
    "vehicle_sealings": (
        ("vehicle_sealings_end_before_start_check", "CHECK ((void OR (first_day <= last_day)))"),
        ("vehicle_sealings_keys_with_check", "CHECK ((void OR (btrim(keys_with) <> ''::text)))"),
    ),
}


def upgrade() -> None:
    for table, names in DROPPED.items():
        for name in names:
            op.drop_constraint(name, table)
    op.create_table(
        "line_numbers",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id", "register", "series", "year", name=op.f("line_numbers_pkey")
        ),
    )
    op.create_table(
        "line_signatures",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "person_id"],
            ["people.institution_id", "people.id"],
            name=op.f("line_signatures_institution_id_person_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "register", "line_id", name=op.f("line_signatures_pkey")
        ),
    )
    op.add_column("contacts", sa.Column("handled_at_once", sa.Boolean(), nullable=True))
    op.drop_index(op.f("contacts_institution_id_on_day_id_idx"), table_name="contacts")
    op.create_index(
        "contacts_by_day_idx", "contacts", ["institution_id", "on_day", "id"], unique=False
    )
    op.drop_index(
        op.f("driver_appraisals_once_a_month"),
        table_name="driver_appraisals",
        postgresql_where="(corrects IS NULL)",
    )
    op.create_index(
        "driver_appraisals_by_day_idx",
        "driver_appraisals",
        ["institution_id", "month", "id"],
        unique=False,
    )
    op.create_index(
        "driver_appraisals_by_driver_id_idx",
        "driver_appraisals",
        ["institution_id", "driver_id", "month", "id"],
        unique=False,
    )
    op.drop_index(op.f("driver_incidents_when_idx"), table_name="driver_incidents")
    op.create_index(
        "driver_incidents_by_day_idx",
        "driver_incidents",
        ["institution_id", "happened_at", "id"],
        unique=False,
    )
    op.create_index(
        "driver_incidents_by_driver_id_idx",
        "driver_incidents",
        ["institution_id", "driver_id", "happened_at", "id"],
        unique=False,
    )
    op.create_index(
        "driver_incidents_by_vehicle_id_idx",
        "driver_incidents",
        ["institution_id", "vehicle_id", "happened_at", "id"],
        unique=False,
    )
    op.drop_index(
        op.f("driver_liabilities_once"),
        table_name="driver_liabilities",
        postgresql_where="(corrects IS NULL)",
    )
    op.create_index(
        "driver_liabilities_by_day_idx",
        "driver_liabilities",
        ["institution_id", "recorded_at", "id"],
        unique=False,
    )
    op.create_index(
        "driver_liabilities_by_incident_id_idx",
        "driver_liabilities",
        ["institution_id", "incident_id", "recorded_at", "id"],
        unique=False,
    )
    op.drop_index(op.f("receptions_institution_id_received_on_id_idx"), table_name="receptions")
    op.create_index(
        "receptions_by_case_id_idx",
        "receptions",
        ["institution_id", "case_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        "receptions_by_day_idx", "receptions", ["institution_id", "received_on", "id"], unique=False
    )
    op.create_index(
        "receptions_by_leader_id_idx",
        "receptions",
        ["institution_id", "leader_id", "received_on", "id"],
        unique=False,
    )
    op.drop_index(op.f("vehicle_hires_request_idx"), table_name="vehicle_hires")
    op.drop_index(op.f("vehicle_hires_when_idx"), table_name="vehicle_hires")
    op.create_index(
        "vehicle_hires_by_day_idx",
        "vehicle_hires",
        ["institution_id", "hired_on", "id"],
        unique=False,
    )
    op.create_index(
        "vehicle_hires_by_request_id_idx",
        "vehicle_hires",
        ["institution_id", "request_id", "hired_on", "id"],
        unique=False,
    )
    op.drop_index(op.f("vehicle_mileages_when_idx"), table_name="vehicle_mileages")
    op.create_index(
        "vehicle_mileages_by_day_idx",
        "vehicle_mileages",
        ["institution_id", "read_at", "id"],
        unique=False,
    )
    op.create_index(
        "vehicle_mileages_by_trip_id_idx",
        "vehicle_mileages",
        ["institution_id", "trip_id", "read_at", "id"],
        unique=False,
    )
    op.create_index(
        "vehicle_mileages_by_vehicle_id_idx",
        "vehicle_mileages",
        ["institution_id", "vehicle_id", "read_at", "id"],
        unique=False,
    )
    op.drop_index(op.f("vehicle_parking_checks_when_idx"), table_name="vehicle_parking_checks")
    op.create_index(
        "vehicle_parking_checks_by_day_idx",
        "vehicle_parking_checks",
        ["institution_id", "checked_at", "id"],
        unique=False,
    )
    op.create_index(
        "vehicle_parking_checks_by_driver_id_idx",
        "vehicle_parking_checks",
        ["institution_id", "driver_id", "checked_at", "id"],
        unique=False,
    )
    op.create_index(
        "vehicle_parking_checks_by_vehicle_id_idx",
        "vehicle_parking_checks",
        ["institution_id", "vehicle_id", "checked_at", "id"],
        unique=False,
    )
    op.drop_index(op.f("vehicle_refuellings_when_idx"), table_name="vehicle_refuellings")
    op.create_index(
        "vehicle_refuellings_by_day_idx",
        "vehicle_refuellings",
        ["institution_id", "refuelled_at", "id"],
        unique=False,
    )
    op.create_index(
        "vehicle_refuellings_by_vehicle_id_idx",
        "vehicle_refuellings",
        ["institution_id", "vehicle_id", "refuelled_at", "id"],
        unique=False,
    )
    op.drop_index(op.f("vehicle_repairs_when_idx"), table_name="vehicle_repairs")
    op.create_index(
        "vehicle_repairs_by_day_idx",
        "vehicle_repairs",
        ["institution_id", "repaired_on", "id"],
        unique=False,
    )
    op.create_index(
        "vehicle_repairs_by_request_id_idx",
        "vehicle_repairs",
        ["institution_id", "request_id", "repaired_on", "id"],
        unique=False,
    )
    op.create_index(
        "vehicle_repairs_by_vehicle_id_idx",
        "vehicle_repairs",
        ["institution_id", "vehicle_id", "repaired_on", "id"],
        unique=False,
    )
    op.create_index(
        "vehicle_sealings_by_day_idx",
        "vehicle_sealings",
        ["institution_id", "first_day", "id"],
        unique=False,
    )
    op.create_index(
        "vehicle_sealings_by_vehicle_id_idx",
        "vehicle_sealings",
        ["institution_id", "vehicle_id", "first_day", "id"],
        unique=False,
    )
    op.execute("alter table line_numbers enable row level security")
    op.execute("alter table line_numbers force row level security")
    op.execute(
        "create policy own on line_numbers using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute("alter table line_signatures enable row level security")
    op.execute("alter table line_signatures force row level security")
    op.execute(
        "create policy own on line_signatures using (institution_id = current_setting('guiju.institution', true))"
    )
    op.execute(
        "create trigger stands before update or delete on line_signatures for each row execute function register_stands()"
    )
    op.execute(
        "create trigger stands_whole before truncate on line_signatures for each statement execute function register_stands()"
    )
    for table, checks in HELD_TO.items():
        for name, check in checks:
            op.execute(f"alter table {table} add constraint {name} {check}")
