"""Rounds as tables: what was opened, what was found of each section, and how it was rated."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from domain.tables import ADDED, columns, key, moment, refers, table

evaluation_rounds = table(
    "evaluation_rounds",
    key(),
    *columns(Text, "kind", "scheme"),
    *columns(Integer, "year", "period", "rulebook_version"),
    *refers("people", "opened_by"),
    moment("opened_at"),
    moment("changed_at"),
    moment("closed_at", nullable=True),
    Column("resolution_id", Uuid),
    CheckConstraint("resolution_id is null or closed_at is not null", name="resolved"),
    UniqueConstraint("institution_id", "kind", "scheme", "year", "period"),
    UniqueConstraint("institution_id", "resolution_id"),
    changes=("insert", "update (changed_at, closed_at, resolution_id)"),
)

evaluation_results = table(
    "evaluation_results",
    *refers("evaluation_rounds", "round_id", key=True),
    Column("subject_id", Uuid, primary_key=True),
    *refers("people", "person_id", nullable=True),
    Column("name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("counted", JSONB, nullable=False, server_default="[]"),
    Column("total", Numeric),
    Column("place", Integer),
    Column("tier", Text),
    CheckConstraint("place >= 1", name="place"),
    CheckConstraint("person_id is null or person_id = subject_id", name="person"),
    changes=("insert", "update (counted, total, place, tier)"),
)


def _of_a_section() -> ForeignKeyConstraint:
    of = ("institution_id", "round_id", "subject_id")
    return ForeignKeyConstraint(of, [f"evaluation_results.{name}" for name in of])


evaluation_marks = table(
    "evaluation_marks",
    key(),
    *columns(Uuid, "round_id", "subject_id"),
    *columns(Text, "clause", "measure"),
    Column("value", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    *refers("people", "recorded_by"),
    Column("recorded_by_name", Text, nullable=False),
    moment("recorded_at"),
    moment("cancelled_at", nullable=True),
    _of_a_section(),
    Index(None, "institution_id", "round_id", "subject_id"),
    changes=("insert", "update (cancelled_at)"),
)

evaluation_ballots = table(
    "evaluation_ballots",
    key(),
    *columns(Uuid, "round_id", "subject_id"),
    Column("panel", Text, nullable=False),
    Column("line", Text, nullable=False, server_default=""),
    Column("rating", Numeric, nullable=False),
    *refers("people", "rater_id", nullable=True),
    UniqueConstraint(
        *("institution_id", "round_id", "subject_id", "panel", "line", "rater_id"),
        name="evaluation_ballots_once",
    ),
    _of_a_section(),
    changes=ADDED,
)
