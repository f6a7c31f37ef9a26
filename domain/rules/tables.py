"""Rulebooks as they are lived: dated versions of an institution's rows and clause register."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.tables import ADDED, moment, table

rulebook_versions = table(
    "rulebook_versions",
    Column("version", Integer, primary_key=True),
    Column("effective_from", Date),
    Column("digest", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
    moment("recorded_at"),
)

rulebook_rows = table(
    "rulebook_rows",
    Column("version", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("condition", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("step_order", Text, nullable=False),
    Column("clause", Text, nullable=False),
    Column("effect", Text, nullable=False),
    CheckConstraint("effect in ('allow', 'deny')", name="effect"),
    CheckConstraint("step_order ~ '^[0-9]+[+]?$'", name="step_order"),
    UniqueConstraint(
        "institution_id",
        "version",
        "rule",
        "step_order",
        "role",
        "clause",
        name="rulebook_rows_once",
    ),
    ForeignKeyConstraint(
        ["institution_id", "version"],
        ["rulebook_versions.institution_id", "rulebook_versions.version"],
    ),
)

rulebook_clauses = table(
    "rulebook_clauses",
    Column("version", Integer, primary_key=True),
    Column("clause", Text, primary_key=True),
    Column("clause_kind", Text, primary_key=True),
    Column("request_kind", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("replaced_by", Text, nullable=False),
    Column("summary", Text, nullable=False),
    ForeignKeyConstraint(
        ["institution_id", "version"],
        ["rulebook_versions.institution_id", "rulebook_versions.version"],
    ),
    Index(None, "institution_id", "version", "area"),
)

rulebook_documents = table(
    "rulebook_documents",
    Column("version", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("condition", Text, nullable=False),
    Column("documents", Text, nullable=False),
    Column("clause", Text, nullable=False),
    ForeignKeyConstraint(
        ["institution_id", "version"],
        ["rulebook_versions.institution_id", "rulebook_versions.version"],
    ),
)

rulebook_words = table(
    "rulebook_words",
    Column("version", Integer, primary_key=True),
    Column("word", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("narrowed", Text, nullable=False),
    CheckConstraint("word in ('role', 'fact', 'rank', 'hours')", name="word"),
    ForeignKeyConstraint(
        ["institution_id", "version"],
        ["rulebook_versions.institution_id", "rulebook_versions.version"],
    ),
)

regulation_texts = table(
    "regulation_texts",
    Column("regulation", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("uploaded_by", Uuid, nullable=False),
    Column("uploaded_by_name", Text, nullable=False),
    moment("uploaded_at"),
    ForeignKeyConstraint(["institution_id", "uploaded_by"], ["people.institution_id", "people.id"]),
    changes=ADDED,
)

regulation_acknowledgements = table(
    "regulation_acknowledgements",
    Column("regulation", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("person_id", Uuid, primary_key=True),
    Column("person_name", Text, nullable=False),
    moment("at"),
    CheckConstraint("version >= 0", name="version"),
    ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"]),
    changes=ADDED,
)

rulebook_shapes = table(
    "rulebook_shapes",
    Column("version", Integer, primary_key=True),
    Column("shape", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("fields", JSONB, nullable=False),
    ForeignKeyConstraint(
        ["institution_id", "version"],
        ["rulebook_versions.institution_id", "rulebook_versions.version"],
    ),
)
