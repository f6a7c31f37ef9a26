"""Who is away when: the register that lets nobody be on leave twice at once."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Index, Numeric, Text, Uuid, text
from sqlalchemy.dialects.postgresql import TSRANGE, ExcludeConstraint

from domain.tables import REWRITTEN, key, table
from domain.time.moments import Period


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
    Column("standing", Boolean, nullable=False),
    ExcludeConstraint(
        (text("int8range(person_number, person_number, '[]')"), "&&"),
        ("period", "&&"),
        name="absences_do_not_overlap",
        where=text("standing and not isempty(period)"),
    ),
    Index("absences_person_idx", "institution_id", "person_id"),
    changes=("insert", REWRITTEN),
)
