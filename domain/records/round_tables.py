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

from domain.tables import ADDED, key, moment, table

evaluation_rounds = table(
    "evaluation_rounds",
    key(),
    Column("kind", Text, nullable=False),
    Column("scheme", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("period", Integer, nullable=False),
    Column("rulebook_version", Integer, nullable=False),
    Column("opened_by", Uuid, nullable=False),
    moment("opened_at"),
    moment("changed_at"),
    moment("closed_at", nullable=True),
    Column("resolution_id", Uuid),
    CheckConstraint("resolution_id is null or closed_at is not null", name="resolved"),
    UniqueConstraint("institution_id", "kind", "scheme", "year", "period"),
    UniqueConstraint("institution_id", "resolution_id"),
    ForeignKeyConstraint(["institution_id", "opened_by"], ["people.institution_id", "people.id"]),
    changes=("insert", "update (changed_at, closed_at, resolution_id)"),
)

evaluation_results = table(
    "evaluation_results",
    key("round_id"),
    key("unit_id"),
    Column("unit_name", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("counted", JSONB, nullable=False, server_default="[]"),
    Column("total", Numeric),
    Column("place", Integer),
    Column("tier", Text),
    CheckConstraint("place >= 1", name="place"),
    ForeignKeyConstraint(
        ["institution_id", "round_id"],
        ["evaluation_rounds.institution_id", "evaluation_rounds.id"],
    ),
    ForeignKeyConstraint(["institution_id", "unit_id"], ["units.institution_id", "units.id"]),
    changes=("insert", "update (counted, total, place, tier)"),
)


def _of_a_section() -> ForeignKeyConstraint:
    of = ("institution_id", "round_id", "unit_id")
    return ForeignKeyConstraint(of, [f"evaluation_results.{name}" for name in of])


evaluation_marks = table(
    "evaluation_marks",
    key(),
    Column("round_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("clause", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("value", JSONB, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("recorded_by_name", Text, nullable=False),
    moment("recorded_at"),
    moment("cancelled_at", nullable=True),
    _of_a_section(),
    ForeignKeyConstraint(["institution_id", "recorded_by"], ["people.institution_id", "people.id"]),
    Index(None, "institution_id", "round_id", "unit_id"),
    changes=("insert", "update (cancelled_at)"),
)

evaluation_ballots = table(
    "evaluation_ballots",
    key(),
    Column("round_id", Uuid, nullable=False),
    Column("unit_id", Uuid, nullable=False),
    Column("panel", Text, nullable=False),
    Column("rating", Numeric, nullable=False),
    Column("rater_id", Uuid),
    UniqueConstraint(
        *("institution_id", "round_id", "unit_id", "panel", "rater_id"),
        name="evaluation_ballots_once",
    ),
    _of_a_section(),
    ForeignKeyConstraint(["institution_id", "rater_id"], ["people.institution_id", "people.id"]),
    changes=ADDED,
)
