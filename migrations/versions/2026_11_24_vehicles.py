"""Vehicles, their trips and their registers, and the trigger that lets a register's lines stand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OURS = "current_setting('guiju.institution', true)"
TABLES = (
    "vehicles",
    "vehicle_trips",
    "vehicle_repair_orders",
    "vehicle_events",
    "vehicle_refuellings",
    "vehicle_repairs",
    "vehicle_mileages",
    "vehicle_parking_checks",
    "vehicle_sealings",
    "driver_incidents",
    "driver_liabilities",
    "driver_appraisals",
    "vehicle_hires",
    "vehicle_publications",
)
STANDING = (
    "vehicle_events",
    "vehicle_refuellings",
    "vehicle_repairs",
    "vehicle_mileages",
    "vehicle_parking_checks",
    "vehicle_sealings",
    "driver_incidents",
    "driver_liabilities",
    "driver_appraisals",
    "vehicle_hires",
    "vehicle_publications",
)

REFUSE = """
create function register_stands() returns trigger language plpgsql as $$
begin
  raise exception 'the lines of % stand: correct them by a later line', tg_table_name;
end $$"""


def upgrade() -> None:
    op.create_table(
        "vehicles",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("purchased_on", sa.Date(), nullable=True),
        sa.Column("engine_number", sa.Text(), nullable=False),
        sa.Column("frame_number", sa.Text(), nullable=False),
        sa.Column("passengers", sa.Integer(), nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.Column("parking_place", sa.Text(), nullable=False),
        sa.Column("insured_until", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("entered_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint("plate <> '' and parking_place <> ''", name=op.f("vehicles_told_check")),
        sa.CheckConstraint("pool in ('leaders', 'office')", name=op.f("vehicles_pool_check")),
        sa.CheckConstraint("passengers between 1 and 100", name=op.f("vehicles_passengers_check")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("vehicles_pkey")),
        sa.UniqueConstraint(
            "institution_id", "plate", name=op.f("vehicles_institution_id_plate_key")
        ),
    )
    op.create_table(
        "vehicle_trips",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("going_to", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("period", postgresql.TSRANGE(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("driver_id", sa.Uuid(), nullable=True),
        sa.Column("driver_number", sa.BigInteger(), nullable=True),
        sa.Column("driver_name", sa.Text(), nullable=True),
        sa.Column("shares_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("out_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("back_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("odometer_out", sa.Numeric(), nullable=True),
        sa.Column("odometer_back", sa.Numeric(), nullable=True),
        sa.Column("safety_driver", sa.Text(), nullable=True),
        sa.Column("safety_user", sa.Text(), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int8range(driver_number, driver_number, '[]')"), "&&"),
            (sa.column("period"), "&&"),
            where=sa.text("standing and shares_id is null and driver_number is not null"),
            using="gist",
            name="vehicle_trips_driven_one_at_a_time",
        ),
        sa.CheckConstraint(
            "(driver_id is null) = (driver_number is null)",
            name=op.f("vehicle_trips_driver_whole_check"),
        ),
        sa.CheckConstraint(
            "back_at is null or out_at <= back_at", name=op.f("vehicle_trips_back_after_out_check")
        ),
        sa.CheckConstraint(
            "odometer_back is null or odometer_out <= odometer_back",
            name=op.f("vehicle_trips_distance_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "driver_id"],
            ["people.institution_id", "people.id"],
            name=op.f("vehicle_trips_institution_id_driver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "vehicle_id"],
            ["vehicles.institution_id", "vehicles.id"],
            name=op.f("vehicle_trips_institution_id_vehicle_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("vehicle_trips_pkey")),
        sa.UniqueConstraint(
            "institution_id", "request_id", name=op.f("vehicle_trips_institution_id_request_id_key")
        ),
        info={"renewed_while": "vehicle_trips.out_at is null"},
    )
    op.create_index(
        "vehicle_trips_driver_idx",
        "vehicle_trips",
        ["institution_id", "driver_id", "out_at"],
        unique=False,
    )
    op.create_index(
        "vehicle_trips_state_idx",
        "vehicle_trips",
        ["institution_id", "state", "since"],
        unique=False,
    )
    op.create_table(
        "vehicle_repair_orders",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("driver_id", sa.Uuid(), nullable=False),
        sa.Column("driver_name", sa.Text(), nullable=False),
        sa.Column("faults", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("related_scope", sa.Text(), nullable=False),
        sa.Column("garage", sa.Text(), nullable=False),
        sa.Column("accepted_by", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "vehicle_id"],
            ["vehicles.institution_id", "vehicles.id"],
            name=op.f("vehicle_repair_orders_institution_id_vehicle_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("vehicle_repair_orders_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "request_id",
            name=op.f("vehicle_repair_orders_institution_id_request_id_key"),
        ),
        info={"renewed_while": "vehicle_repair_orders.garage = ''"},
    )
    op.create_index(
        "vehicle_repair_orders_state_idx",
        "vehicle_repair_orders",
        ["institution_id", "state", "since"],
        unique=False,
    )
    op.create_table(
        "vehicle_events",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("particulars", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "institution_id", "subject_id", "version", name=op.f("vehicle_events_pkey")
        ),
    )
    op.create_table(
        "vehicle_refuellings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=False),
        sa.Column("odometer_from", sa.Numeric(), nullable=False),
        sa.Column("odometer_to", sa.Numeric(), nullable=False),
        sa.Column("refuelled_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("litres", sa.Numeric(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=True),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("cash", sa.Boolean(), nullable=False),
        sa.Column("cash_reason", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("vehicle_refuellings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or btrim(signed_by) <> ''", name=op.f("vehicle_refuellings_signed_check")
        ),
        sa.CheckConstraint(
            "void or not cash or btrim(cash_reason) <> ''",
            name=op.f("vehicle_refuellings_cash_with_reason_check"),
        ),
        sa.CheckConstraint("void or litres > 0", name=op.f("vehicle_refuellings_litres_check")),
        sa.CheckConstraint(
            "void or odometer_from <= odometer_to", name=op.f("vehicle_refuellings_odometer_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["vehicle_refuellings.institution_id", "vehicle_refuellings.id"],
            name=op.f("vehicle_refuellings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("vehicle_refuellings_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "vehicle_id"],
            ["vehicles.institution_id", "vehicles.id"],
            name=op.f("vehicle_refuellings_institution_id_vehicle_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("vehicle_refuellings_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("vehicle_refuellings_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "vehicle_refuellings_when_idx",
        "vehicle_refuellings",
        ["institution_id", "refuelled_at"],
        unique=False,
    )
    op.create_table(
        "vehicle_repairs",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("repaired_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("vehicle_repairs_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or amount >= 0", name=op.f("vehicle_repairs_amount_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["vehicle_repairs.institution_id", "vehicle_repairs.id"],
            name=op.f("vehicle_repairs_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("vehicle_repairs_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "vehicle_id"],
            ["vehicles.institution_id", "vehicles.id"],
            name=op.f("vehicle_repairs_institution_id_vehicle_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("vehicle_repairs_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("vehicle_repairs_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "vehicle_repairs_when_idx",
        "vehicle_repairs",
        ["institution_id", "repaired_on"],
        unique=False,
    )
    op.create_table(
        "vehicle_mileages",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("odometer", sa.Numeric(), nullable=False),
        sa.Column("trip_id", sa.Uuid(), nullable=True),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("vehicle_mileages_struck_out_whole_check"),
        ),
        sa.CheckConstraint("void or odometer >= 0", name=op.f("vehicle_mileages_odometer_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["vehicle_mileages.institution_id", "vehicle_mileages.id"],
            name=op.f("vehicle_mileages_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("vehicle_mileages_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "vehicle_id"],
            ["vehicles.institution_id", "vehicles.id"],
            name=op.f("vehicle_mileages_institution_id_vehicle_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("vehicle_mileages_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("vehicle_mileages_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "vehicle_mileages_when_idx",
        "vehicle_mileages",
        ["institution_id", "vehicle_id", "read_at"],
        unique=False,
    )
    op.create_table(
        "vehicle_parking_checks",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=False),
        sa.Column("driver_id", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("at_fixed_place", sa.Boolean(), nullable=False),
        sa.Column("permitted", sa.Boolean(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("vehicle_parking_checks_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["vehicle_parking_checks.institution_id", "vehicle_parking_checks.id"],
            name=op.f("vehicle_parking_checks_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "driver_id"],
            ["people.institution_id", "people.id"],
            name=op.f("vehicle_parking_checks_institution_id_driver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("vehicle_parking_checks_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "vehicle_id"],
            ["vehicles.institution_id", "vehicles.id"],
            name=op.f("vehicle_parking_checks_institution_id_vehicle_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("vehicle_parking_checks_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("vehicle_parking_checks_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "vehicle_parking_checks_when_idx",
        "vehicle_parking_checks",
        ["institution_id", "checked_at"],
        unique=False,
    )
    op.create_table(
        "vehicle_sealings",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("keys_with", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("vehicle_sealings_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or first_day <= last_day", name=op.f("vehicle_sealings_days_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["vehicle_sealings.institution_id", "vehicle_sealings.id"],
            name=op.f("vehicle_sealings_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("vehicle_sealings_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "vehicle_id"],
            ["vehicles.institution_id", "vehicles.id"],
            name=op.f("vehicle_sealings_institution_id_vehicle_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("vehicle_sealings_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("vehicle_sealings_institution_id_corrects_key")
        ),
    )
    op.create_table(
        "driver_incidents",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("driver_id", sa.Uuid(), nullable=False),
        sa.Column("vehicle_id", sa.Uuid(), nullable=True),
        sa.Column("happened_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("at_fault", sa.Boolean(), nullable=False),
        sa.Column("accident", sa.Boolean(), nullable=False),
        sa.Column("damage", sa.Boolean(), nullable=False),
        sa.Column("loss", sa.Boolean(), nullable=False),
        sa.Column("prosecuted", sa.Boolean(), nullable=False),
        sa.Column("fine", sa.Numeric(), nullable=True),
        sa.Column("repair_residual", sa.Numeric(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("driver_incidents_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or (fine is null or fine >= 0)", name=op.f("driver_incidents_fine_check")
        ),
        sa.CheckConstraint(
            "void or (repair_residual is null or repair_residual >= 0)",
            name=op.f("driver_incidents_residual_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["driver_incidents.institution_id", "driver_incidents.id"],
            name=op.f("driver_incidents_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "driver_id"],
            ["people.institution_id", "people.id"],
            name=op.f("driver_incidents_institution_id_driver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("driver_incidents_institution_id_recorded_by_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "vehicle_id"],
            ["vehicles.institution_id", "vehicles.id"],
            name=op.f("driver_incidents_institution_id_vehicle_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("driver_incidents_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("driver_incidents_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "driver_incidents_when_idx",
        "driver_incidents",
        ["institution_id", "driver_id", "happened_at"],
        unique=False,
    )
    op.create_table(
        "driver_liabilities",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("incident_id", sa.Uuid(), nullable=False),
        sa.Column("share", sa.Numeric(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("driver_liabilities_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "void or (share > 0 and share <= 100)", name=op.f("driver_liabilities_share_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["driver_liabilities.institution_id", "driver_liabilities.id"],
            name=op.f("driver_liabilities_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "incident_id"],
            ["driver_incidents.institution_id", "driver_incidents.id"],
            name=op.f("driver_liabilities_institution_id_incident_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("driver_liabilities_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("driver_liabilities_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("driver_liabilities_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "driver_liabilities_once",
        "driver_liabilities",
        ["institution_id", "incident_id"],
        unique=True,
        postgresql_where=sa.text("corrects is null"),
    )
    op.create_table(
        "driver_appraisals",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("driver_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("driver_appraisals_struck_out_whole_check"),
        ),
        sa.CheckConstraint(
            "extract(day from month) = 1", name=op.f("driver_appraisals_month_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["driver_appraisals.institution_id", "driver_appraisals.id"],
            name=op.f("driver_appraisals_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "driver_id"],
            ["people.institution_id", "people.id"],
            name=op.f("driver_appraisals_institution_id_driver_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("driver_appraisals_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("driver_appraisals_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("driver_appraisals_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "driver_appraisals_once_a_month",
        "driver_appraisals",
        ["institution_id", "driver_id", "month"],
        unique=True,
        postgresql_where=sa.text("corrects is null"),
    )
    op.create_table(
        "vehicle_hires",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("hired_on", sa.Date(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("vehicle_hires_struck_out_whole_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["vehicle_hires.institution_id", "vehicle_hires.id"],
            name=op.f("vehicle_hires_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("vehicle_hires_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("vehicle_hires_pkey")),
        sa.UniqueConstraint(
            "institution_id", "corrects", name=op.f("vehicle_hires_institution_id_corrects_key")
        ),
    )
    op.create_index(
        "vehicle_hires_request_idx", "vehicle_hires", ["institution_id", "request_id"], unique=False
    )
    op.create_index(
        "vehicle_hires_when_idx", "vehicle_hires", ["institution_id", "hired_on"], unique=False
    )
    op.create_table(
        "vehicle_publications",
        sa.Column("institution_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("corrects", sa.Uuid(), nullable=True),
        sa.Column("void", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("why", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_by_name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.CheckConstraint(
            "not void or (corrects is not null and why <> '')",
            name=op.f("vehicle_publications_struck_out_whole_check"),
        ),
        sa.CheckConstraint("first_day <= last_day", name=op.f("vehicle_publications_days_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "corrects"],
            ["vehicle_publications.institution_id", "vehicle_publications.id"],
            name=op.f("vehicle_publications_institution_id_corrects_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "recorded_by"],
            ["people.institution_id", "people.id"],
            name=op.f("vehicle_publications_institution_id_recorded_by_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("vehicle_publications_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "corrects",
            name=op.f("vehicle_publications_institution_id_corrects_key"),
        ),
    )
    op.create_index(
        "vehicle_publications_once",
        "vehicle_publications",
        ["institution_id", "statement", "first_day"],
        unique=True,
        postgresql_where=sa.text("corrects is null"),
    )
    for table in TABLES:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(f"create policy own on {table} using (institution_id = {OURS})")
    op.execute(REFUSE)
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
    op.execute("drop function register_stands()")
