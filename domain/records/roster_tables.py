"""What of rosters is kept: a month, its turns, and who took over whose."""

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Text, UniqueConstraint, Uuid

from domain.tables import ADDED, LINE, among, columns, key, moment, refers, table

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
    among("state", ("draft", "settled")),
    CheckConstraint("(state = 'settled') = (settled_at is not null)", name="settled_whole"),
    CheckConstraint("extract(day from month) = 1", name="month"),
    UniqueConstraint("institution_id", "roster", "month"),
    UniqueConstraint("institution_id", "request_id"),
    changes=("insert", f"update ({', '.join(TURNED)})"),
)

roster_slots = table(
    "roster_slots",
    key(),
    *refers("rosters", "roster_id"),
    Column("day", Date, nullable=False),
    *columns(Text, "post", "shift"),
    Column("place", Integer, nullable=False),
    Column("clause", Text, nullable=False),
    moment("begins"),
    moment("ends"),
    *refers("people", "person_id", nullable=True),
    CheckConstraint("begins < ends", name="ends_after_it_begins"),
    UniqueConstraint("institution_id", "roster_id", "day", "post", "shift", "place"),
    Index(None, "institution_id", "begins"),
    changes=("insert", "update (person_id)", "delete"),
)
"""A turn: who is at a post in a shift; nobody where none may be."""

roster_changes = table(
    "roster_changes",
    key(),
    *refers("roster_slots", "slot_id"),
    *refers("people", "from_id", nullable=True),
    *refers("people", "to_id"),
    Column("ground", Text, nullable=False),
    Column("request_id", Uuid),
    Column("why", Text, nullable=False),
    Column("by_id", Uuid, nullable=False),
    Column("by_name", Text, nullable=False),
    moment("at"),
    among("ground", ("swapped", "unable", "vacant")),
    UniqueConstraint("institution_id", "request_id", "slot_id"),
    changes=ADDED,
    stands=LINE,
)
"""Who took over whose turn of a settled roster, on which ground."""
