"""What is had by one at a time: a car or a room, booked for a period by a request."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Index, Uuid, text
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
