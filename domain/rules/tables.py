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
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.tables import ADDED, SWEPT, among, columns, key, moment, refers, signed, table

rulebook_versions = table(
    "rulebook_versions",
    Column("version", Integer, primary_key=True),
    Column("effective_from", Date),
    Column("digest", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
    moment("recorded_at"),
    Column("document", JSONB),
    changes=ADDED,
)
"""`document` names what adopted a version that was drafted here, and who agreed to it."""

rulebook_drafts = table(
    "rulebook_drafts",
    key(),
    Column("base", Integer, nullable=False),
    Column("taken_from", Integer),
    Column("files", JSONB, nullable=False),
    *signed(),
    moment("changed_at"),
    Column("version", Integer),
    ForeignKeyConstraint(
        ["institution_id", "base"],
        ["rulebook_versions.institution_id", "rulebook_versions.version"],
    ),
    Index(None, "institution_id", "at"),
    changes=("insert", "update (files, changed_at, version)"),
)
"""What an administrator would make of version `base`: the lines of each file that is not as it was;
`taken_from` is the earlier version that it restores, `version` what came of it."""

rulebook_replays = table(
    "rulebook_replays",
    key(),
    *refers("rulebook_drafts", "draft_id"),
    *columns(Text, "digest", "state"),
    *columns(Date, "first", "last"),
    *columns(Integer, "done", "total"),
    Column("result", JSONB),
    Column("problem", Text),
    *signed(),
    among("state", ("waiting", "running", "done", "cancelled", "failed")),
    Index(None, "institution_id", "draft_id", "at"),
    Index(
        "rulebook_replays_going_key",
        "institution_id",
        unique=True,
        postgresql_where=text("state in ('waiting', 'running')"),
    ),
    changes=("insert", "update (state, done, total, result, problem)"),
)
"""The stored requests from `first` to `last` under a draft as it was by its digest: `done` of
`total` were looked at; `problem` is the code of why there is no result."""

requests_not_routed = table(
    "requests_not_routed",
    key(),
    *columns(Text, "kind", "unit_name"),
    Column("facts", JSONB, nullable=False),
    moment("at"),
    Index(None, "institution_id", "at"),
    changes=SWEPT,
)
"""What was submitted and given to nobody: what its rules look at, for replays. It names nobody; who
it was stands in the ledger."""


def _of_its_version() -> ForeignKeyConstraint:
    """That the version of a row is one of the office's rulebook."""
    there = "rulebook_versions.institution_id", "rulebook_versions.version"
    return ForeignKeyConstraint(["institution_id", "version"], there)


rulebook_rows = table(
    "rulebook_rows",
    Column("version", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    *columns(Text, "role", "kind", "act", "condition", "rule", "step_order", "clause", "effect"),
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
    _of_its_version(),
    changes=ADDED,
)

rulebook_clauses = table(
    "rulebook_clauses",
    Column("version", Integer, primary_key=True),
    Column("clause", Text, primary_key=True),
    Column("clause_kind", Text, primary_key=True),
    Column("request_kind", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    *columns(Text, "title", "area"),
    *columns(Date, "valid_from", "valid_until", nullable=True),
    *columns(Text, "replaced_by", "summary"),
    _of_its_version(),
    Index(None, "institution_id", "version", "area"),
    changes=ADDED,
)

rulebook_documents = table(
    "rulebook_documents",
    Column("version", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    *columns(Text, "kind", "condition", "documents", "clause"),
    _of_its_version(),
    changes=ADDED,
)

rulebook_words = table(
    "rulebook_words",
    Column("version", Integer, primary_key=True),
    Column("word", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    *columns(Text, "zh", "en", "narrowed"),
    CheckConstraint("word in ('role', 'fact', 'rank', 'hours')", name="word"),
    _of_its_version(),
    changes=ADDED,
)

regulation_texts = table(
    "regulation_texts",
    Column("regulation", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    *refers("people", "uploaded_by"),
    Column("uploaded_by_name", Text, nullable=False),
    moment("uploaded_at"),
    changes=ADDED,
)

regulation_acknowledgements = table(
    "regulation_acknowledgements",
    Column("regulation", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    *refers("people", "person_id", key=True),
    Column("person_name", Text, nullable=False),
    moment("at"),
    CheckConstraint("version >= 0", name="version"),
    changes=ADDED,
)

rulebook_shapes = table(
    "rulebook_shapes",
    Column("version", Integer, primary_key=True),
    Column("shape", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("fields", JSONB, nullable=False),
    _of_its_version(),
    changes=ADDED,
)
