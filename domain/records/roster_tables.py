"""What of rosters is kept: a month, its turns, and who took over whose."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    Text,
    UniqueConstraint,
    Uuid,
)

from domain.tables import ADDED, LINE, key, moment, table

PEOPLE = ["people.institution_id", "people.id"]
TURNED = (
    *("state", "version", "drawn_by", "drawn_by_name", "drawn_at"),
    *("settled_by", "settled_by_name", "settled_at", "request_id", "clause", "why"),
)
"""What changes when a month is drawn anew or settled."""

rosters = table(
    "rosters",
    key(),
    Column("roster", Text, nullable=False),
    Column("month", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("drawn_by", Uuid, nullable=False),
    Column("drawn_by_name", Text, nullable=False),
    moment("drawn_at"),
    Column("settled_by", Uuid),
    Column("settled_by_name", Text, nullable=False),
    moment("settled_at", nullable=True),
    Column("request_id", Uuid),
    Column("clause", Text),
    Column("why", Text, nullable=False),
    CheckConstraint("state in ('draft', 'settled')", name="state"),
    CheckConstraint("(state = 'settled') = (settled_at is not null)", name="settled_whole"),
    CheckConstraint("extract(day from month) = 1", name="month"),
    UniqueConstraint("institution_id", "roster", "month"),
    UniqueConstraint("institution_id", "request_id"),
    changes=(
        "insert",
        f"update ({', '.join(TURNED)})",
    ),
)

roster_slots = table(
    "roster_slots",
    key(),
    Column("roster_id", Uuid, nullable=False),
    Column("day", Date, nullable=False),
    Column("post", Text, nullable=False),
    Column("shift", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("clause", Text, nullable=False),
    moment("begins"),
    moment("ends"),
    Column("person_id", Uuid),
    CheckConstraint("begins < ends", name="ends_after_it_begins"),
    UniqueConstraint("institution_id", "roster_id", "day", "post", "shift", "place"),
    ForeignKeyConstraint(["institution_id", "roster_id"], ["rosters.institution_id", "rosters.id"]),
    ForeignKeyConstraint(["institution_id", "person_id"], PEOPLE),
    Index(None, "institution_id", "begins"),
    changes=("insert", "update (person_id)", "delete"),
)
"""A turn: who is at a post in a shift; nobody where none may be."""

roster_changes = table(
    "roster_changes",
    key(),
    Column("slot_id", Uuid, nullable=False),
    Column("from_id", Uuid),
    Column("to_id", Uuid, nullable=False),
    Column("ground", Text, nullable=False),
    Column("request_id", Uuid),
    Column("why", Text, nullable=False),
    Column("by_id", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    moment("at"),
    CheckConstraint("ground in ('swapped', 'unable', 'vacant')", name="ground"),
    UniqueConstraint("institution_id", "request_id", "slot_id"),
    ForeignKeyConstraint(
        ["institution_id", "slot_id"], ["roster_slots.institution_id", "roster_slots.id"]
    ),
    ForeignKeyConstraint(["institution_id", "from_id"], PEOPLE),
    ForeignKeyConstraint(["institution_id", "to_id"], PEOPLE),
    changes=ADDED,
    stands=LINE,
)
"""Who took over whose turn of a settled roster, on which ground."""
