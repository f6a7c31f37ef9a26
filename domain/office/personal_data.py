"""What people are told of what is held on them: who looked, and what they ask to have corrected."""

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Column, Index, Text, Uuid, text

from domain.tables import among, columns, key, moment, refers, table

LOOKS = ("secret_read", "file_opened", "printed", "receipt_exported")
"""The events of the ledger that tell who looked at something."""

ledger_looks = table("ledger_looks", key("record_id"), Column("seq", BigInteger, primary_key=True))
"""Which lines of the ledger tell that somebody looked at a record: the ledger's own trigger writes
them, so that no look is left out."""

ASKED, CORRECTED, REFUSED = "asked", "corrected", "refused"

corrections_asked = table(
    "corrections_asked",
    key(),
    *refers("people", "person_id"),
    *columns(Text, "held", "row_key", "held_column", "says"),
    Column("before", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    moment("at"),
    Column("state", Text, nullable=False, server_default=ASKED),
    *refers("people", "answered_by", nullable=True),
    *columns(Text, "answered_by_name", "reason", nullable=True),
    Column("line_id", Uuid),
    moment("answered_at", nullable=True),
    among("state", (ASKED, CORRECTED, REFUSED)),
    CheckConstraint("(state = 'asked') = (answered_by is null)", name="answered"),
    Index(None, "institution_id", "person_id", "at"),
    Index("corrections_asked_latest_idx", "institution_id", "at", "id"),
    Index(None, "institution_id", "at", postgresql_where=text("state = 'asked'")),
    changes=(
        "insert",
        "update (state, answered_by, answered_by_name, reason, line_id, answered_at)",
    ),
)
"""What somebody asks to have corrected of a row that is held on them: `before` is the digest of
the column as it was, `roles` the keepers by the rows, `line_id` the line that corrects it."""
