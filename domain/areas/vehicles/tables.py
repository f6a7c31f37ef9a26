"""The books on vehicles: the archive, trips and repair orders, registers whose lines stand."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.records.registers import register_table
from domain.tables import key, moment, table


def _vehicle(*, nullable: bool = False) -> tuple[Column[object], ForeignKeyConstraint]:
    return Column("vehicle_id", Uuid, nullable=nullable), ForeignKeyConstraint(
        ["institution_id", "vehicle_id"], ["vehicles.institution_id", "vehicles.id"]
    )


def _driver(*, nullable: bool = False) -> tuple[Column[object], ForeignKeyConstraint]:
    return Column("driver_id", Uuid, nullable=nullable), ForeignKeyConstraint(
        ["institution_id", "driver_id"], ["people.institution_id", "people.id"]
    )


vehicles = table(
    "vehicles",
    key(),
    Column("plate", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("purchased_on", Date),
    Column("engine_number", Text, nullable=False),
    Column("frame_number", Text, nullable=False),
    Column("passengers", Integer, nullable=False),
    Column("pool", Text, nullable=False),
    Column("parking_place", Text, nullable=False),
    Column("insured_until", Date),
    Column("retired_on", Date),
    Column("version", Integer, nullable=False, server_default="1"),
    moment("entered_at"),
    CheckConstraint("pool in ('leaders', 'office')", name="pool"),
    CheckConstraint("passengers between 1 and 100", name="passengers"),
    CheckConstraint("plate <> '' and parking_place <> ''", name="told"),
    UniqueConstraint("institution_id", "plate"),
    changes=("insert", "update (pool, parking_place, insured_until, retired_on, version)"),
)

vehicle_refuellings = register_table(
    "vehicle_refuellings",
    *_vehicle(),
    Column("odometer_from", Numeric, nullable=False),
    Column("odometer_to", Numeric, nullable=False),
    moment("refuelled_at"),
    Column("litres", Numeric, nullable=False),
    Column("amount", Numeric),
    Column("station", Text, nullable=False),
    Column("cash", Boolean, nullable=False),
    Column("cash_reason", Text, nullable=False),
    Column("signed_by", Text, nullable=False),
    CheckConstraint("void or odometer_from <= odometer_to", name="odometer"),
    CheckConstraint("void or litres > 0", name="litres"),
    CheckConstraint("void or not cash or btrim(cash_reason) <> ''", name="cash_with_reason"),
    CheckConstraint("void or btrim(signed_by) <> ''", name="signed"),
    Index("vehicle_refuellings_when_idx", "institution_id", "refuelled_at"),
)

vehicle_repairs = register_table(
    "vehicle_repairs",
    *_vehicle(),
    Column("name", Text, nullable=False),
    Column("repaired_on", Date, nullable=False),
    Column("content", Text, nullable=False),
    Column("amount", Numeric, nullable=False),
    Column("request_id", Uuid),
    CheckConstraint("void or amount >= 0", name="amount"),
    Index("vehicle_repairs_when_idx", "institution_id", "repaired_on"),
)

vehicle_mileages = register_table(
    "vehicle_mileages",
    *_vehicle(),
    moment("read_at"),
    Column("odometer", Numeric, nullable=False),
    Column("trip_id", Uuid),
    CheckConstraint("void or odometer >= 0", name="odometer"),
    Index("vehicle_mileages_when_idx", "institution_id", "vehicle_id", "read_at"),
)

vehicle_parking_checks = register_table(
    "vehicle_parking_checks",
    *_vehicle(),
    *_driver(nullable=True),
    moment("checked_at"),
    Column("place", Text, nullable=False),
    Column("at_fixed_place", Boolean, nullable=False),
    Column("permitted", Boolean, nullable=False),
    Column("remarks", Text, nullable=False),
    Index("vehicle_parking_checks_when_idx", "institution_id", "checked_at"),
)

vehicle_sealings = register_table(
    "vehicle_sealings",
    *_vehicle(),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("keys_with", Text, nullable=False),
    CheckConstraint("void or first_day <= last_day", name="days"),
)

driver_incidents = register_table(
    "driver_incidents",
    *_driver(),
    *_vehicle(nullable=True),
    moment("happened_at"),
    Column("what", Text, nullable=False),
    Column("at_fault", Boolean, nullable=False),
    Column("accident", Boolean, nullable=False),
    Column("damage", Boolean, nullable=False),
    Column("loss", Boolean, nullable=False),
    Column("prosecuted", Boolean, nullable=False),
    Column("fine", Numeric),
    Column("repair_residual", Numeric),
    Column("description", Text, nullable=False),
    CheckConstraint("void or (fine is null or fine >= 0)", name="fine"),
    CheckConstraint("void or (repair_residual is null or repair_residual >= 0)", name="residual"),
    Index("driver_incidents_when_idx", "institution_id", "driver_id", "happened_at"),
)

driver_liabilities = register_table(
    "driver_liabilities",
    Column("incident_id", Uuid, nullable=False),
    Column("share", Numeric, nullable=False),
    Column("reason", Text, nullable=False),
    CheckConstraint("void or (share > 0 and share <= 100)", name="share"),
    ForeignKeyConstraint(
        ["institution_id", "incident_id"],
        ["driver_incidents.institution_id", "driver_incidents.id"],
    ),
    Index(
        "driver_liabilities_once",
        "institution_id",
        "incident_id",
        unique=True,
        postgresql_where=text("corrects is null"),
    ),
)

driver_appraisals = register_table(
    "driver_appraisals",
    *_driver(),
    Column("month", Date, nullable=False),
    Column("good", Boolean, nullable=False),
    Column("remarks", Text, nullable=False),
    CheckConstraint("extract(day from month) = 1", name="month"),
    Index(
        "driver_appraisals_once_a_month",
        "institution_id",
        "driver_id",
        "month",
        unique=True,
        postgresql_where=text("corrects is null"),
    ),
)

vehicle_hires = register_table(
    "vehicle_hires",
    Column("request_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("hired_on", Date, nullable=False),
    Column("zone", Text, nullable=False),
    Column("amount", Numeric, nullable=False),
    Column("section", Text, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Index("vehicle_hires_request_idx", "institution_id", "request_id"),
    Index("vehicle_hires_when_idx", "institution_id", "hired_on"),
)

vehicle_publications = register_table(
    "vehicle_publications",
    Column("statement", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("clause", Text, nullable=False),
    Column("content", JSONB, nullable=False),
    CheckConstraint("first_day <= last_day", name="days"),
    Index(
        "vehicle_publications_once",
        "institution_id",
        "statement",
        "first_day",
        unique=True,
        postgresql_where=text("corrects is null"),
    ),
)

STANDING_TABLES = (
    *(vehicle_refuellings, vehicle_repairs, vehicle_mileages),
    *(vehicle_parking_checks, vehicle_sealings, driver_incidents, driver_liabilities),
    *(driver_appraisals, vehicle_hires, vehicle_publications),
)
"""What the database refuses to change or remove."""
