"""Cases of joining the party and what happened to them, as they are kept."""

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKeyConstraint, Index, Integer, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from domain.areas.party.joining import THING
from domain.records.own_matters import OwnMatter
from domain.tables import ADDED, key, moment, table


def words(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


STANDING: Any = {"postgresql_where": text("standing")}
path_cases = table(
    "path_cases",
    key(),
    Column("person_id", Uuid, nullable=False),
    *words("path", "state"),
    moment("since"),
    Column("rulebook_version", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("standing", Boolean, nullable=False),
    moment("begun_at"),
    ForeignKeyConstraint(["institution_id", "person_id"], ["people.institution_id", "people.id"]),
    Index("path_cases_standing_idx", "institution_id", "person_id", unique=True, **STANDING),
    changes=("insert", "update (path, state, since, version, standing)"),
)

path_events = table(
    "path_events",
    key("case_id"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    *words("path", "event", "origin", "target", "person_name", "role", "clause", "comment"),
    Column("taken", Boolean, nullable=False),
    moment("at"),
    Column("person_id", Uuid, nullable=False),
    Column("seat_id", Uuid),
    Column("measures", JSONB, nullable=False),
    Column("particulars", JSONB, nullable=False),
    ForeignKeyConstraint(
        ["institution_id", "case_id"], ["path_cases.institution_id", "path_cases.id"]
    ),
    changes=ADDED,
)

OWN_MATTERS = (OwnMatter(THING, path_cases, person="person_id", open="standing"),)
