"""What was published of vehicles."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Index,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.records.lines import register_table

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
