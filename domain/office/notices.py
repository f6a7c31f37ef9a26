"""What people are told of: one line for a seat or a person, and who has read it when.

A notice to a seat is for whoever holds it, so it finds the successor and the substitute too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Index, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from domain.tables import SWEPT, columns, key, moment, refers, table


@dataclass(frozen=True)
class Notice:
    """One thing to tell. `code` has its sentence in `policies.messages`, which `details` fill.

    `to` is a seat or a person of `institution`; `subject` is what it is about, where that is not
    the request itself.
    """

    code: str
    to: UUID
    institution: str
    details: Mapping[str, Any] = field(default_factory=dict)
    request: UUID | None = None
    request_institution: str | None = None
    clause: str | None = None
    subject: UUID | None = None


notices = table(
    "notices",
    key(),
    Column("to_id", Uuid, nullable=False),
    Column("code", Text, nullable=False),
    Column("details", JSONB, nullable=False),
    Column("request_institution_id", Text),
    *columns(Uuid, "request_id", "subject_id", nullable=True),
    Column("clause", Text),
    Column("by_id", Uuid),
    Column("by_name", Text, nullable=False),
    moment("at"),
    Index("notices_to_idx", "institution_id", "to_id", "at", "id"),
    Index("notices_at_idx", "institution_id", "at", postgresql_using="brin"),
    changes=SWEPT,
)

notice_reads = table(
    "notice_reads",
    *refers("notices", "notice_id", key=True),
    key("person_id"),
    Column("person_name", Text, nullable=False),
    moment("at"),
    changes=SWEPT,
)
