"""The archive of vehicles."""

from sqlalchemy import CheckConstraint, Column, Date, Integer, Text, UniqueConstraint

from domain.tables import key, moment, table

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
