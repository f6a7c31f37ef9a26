"""The books on vehicles: the archive, trips and repair orders, registers whose lines stand."""

from sqlalchemy import (
    BigInteger,
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
from sqlalchemy.dialects.postgresql import JSONB, TSRANGE, ExcludeConstraint

from domain.records.lines import register_table
from domain.tables import ADDED, LINE, REWRITTEN, key, moment, table


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

vehicle_trips = table(
    "vehicle_trips",
    key(),
    Column("request_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("user_name", Text, nullable=False),
    Column("going_to", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("people", Integer),
    Column("facts", JSONB, nullable=False),
    Column("period", TSRANGE, nullable=False),
    *_vehicle(nullable=True),
    *_driver(nullable=True),
    Column("driver_number", BigInteger),
    Column("driver_name", Text),
    Column("shares_id", Uuid),
    Column("state", Text, nullable=False),
    moment("since"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("standing", Boolean, nullable=False),
    moment("out_at", nullable=True),
    moment("back_at", nullable=True),
    Column("odometer_out", Numeric),
    Column("odometer_back", Numeric),
    Column("safety_driver", Text),
    Column("safety_user", Text),
    Column("remarks", Text, nullable=False),
    CheckConstraint("back_at is null or out_at <= back_at", name="back_after_out"),
    CheckConstraint("odometer_back is null or odometer_out <= odometer_back", name="distance"),
    CheckConstraint("(driver_id is null) = (driver_number is null)", name="driver_whole"),
    UniqueConstraint("institution_id", "request_id"),
    # Ranges on both sides: an exclusion over plain ids would need btree_gist.
    ExcludeConstraint(
        (text("int8range(driver_number, driver_number, '[]')"), "&&"),
        ("period", "&&"),
        name="vehicle_trips_driven_one_at_a_time",
        where=text("standing and shares_id is null and driver_number is not null"),
    ),
    Index("vehicle_trips_state_idx", "institution_id", "state", "since"),
    Index("vehicle_trips_driver_idx", "institution_id", "driver_id", "out_at"),
    changes=("insert", REWRITTEN),
)

vehicle_repair_orders = table(
    "vehicle_repair_orders",
    key(),
    Column("request_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    *_vehicle(nullable=True),
    Column("driver_id", Uuid, nullable=False),
    Column("driver_name", Text, nullable=False),
    Column("faults", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("related_scope", Text, nullable=False),
    Column("garage", Text, nullable=False),
    Column("accepted_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    moment("since"),
    Column("version", Integer, nullable=False, server_default="1"),
    UniqueConstraint("institution_id", "request_id"),
    Index("vehicle_repair_orders_state_idx", "institution_id", "state", "since"),
    changes=("insert", REWRITTEN),
)

vehicle_events = table(
    "vehicle_events",
    Column("subject_id", Uuid, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("event", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("clause", Text, nullable=False),
    Column("particulars", JSONB, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("person_name", Text, nullable=False),
    moment("at"),
    changes=ADDED,
    stands=LINE,
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

vehicle_trips.info["renewed_while"] = "vehicle_trips.out_at is null"
vehicle_repair_orders.info["renewed_while"] = "vehicle_repair_orders.garage = ''"
