"""What takes up the time of somebody, or of something that the office has: absences, bookings."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Computed,
    Date,
    DateTime,
    Index,
    Numeric,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import TSRANGE, ExcludeConstraint

from domain.tables import REWRITTEN, key, table
from domain.time.moments import Period


@dataclass(frozen=True)
class Booking:
    """Something that a request wants for a time."""

    resource: UUID
    period: Period


def number_of(resource: UUID) -> int:
    """The number that stands for a resource in the exclusion: its lowest 62 bits, all random."""
    return resource.int & (2**62 - 1)


bookings = table(
    "bookings",
    key("request_id"),
    Column("resource_id", Uuid, nullable=False),
    Column("resource_number", BigInteger, nullable=False),
    Column("period", TSRANGE, nullable=False),
    Column("standing", Boolean, nullable=False),
    ExcludeConstraint(
        (text("int8range(resource_number, resource_number, '[]')"), "&&"),
        ("period", "&&"),
        name="bookings_do_not_overlap",
        where=text("standing and not isempty(period)"),
    ),
    Index("bookings_resource_idx", "institution_id", "resource_id"),
    changes=("insert", REWRITTEN),
)


@dataclass(frozen=True)
class Absence:
    """A leave or outing that is standing. `running`: approved, and not yet reported back from."""

    request_id: UUID
    kind: str
    period: Period
    days: Decimal
    running: bool = True


absences = table(
    "absences",
    key("request_id"),
    Column("person_id", Uuid, nullable=False),
    Column("person_number", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("period", TSRANGE, nullable=False),
    Column("days", Numeric, nullable=False),
    Column("back_at", DateTime),
    Column("standing", Boolean, nullable=False),
    Column("begins_on", Date, Computed("lower(period)::date", persisted=True)),
    ExcludeConstraint(
        (text("int8range(person_number, person_number, '[]')"), "&&"),
        ("period", "&&"),
        name="absences_do_not_overlap",
        where=text("standing and not isempty(period)"),
    ),
    Index("absences_person_idx", "institution_id", "person_id", "begins_on"),
    changes=("insert", REWRITTEN),
)
